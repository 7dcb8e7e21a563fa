import type { FrameReading } from '../../shared/scale/frame-reading.ts';
import type { FarEnd } from '../support/devices/pty.ts';
import { until } from '../support/devices/until.ts';

export const PER_SECOND = 30;

export interface Times {
  readonly frames: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Sends numbered weights at their times; `arrived` is told each number that came through. */
export class Sender {
  readonly times: number[] = [];
  readonly #sent = new Map<number, number>();
  #next = 1;

  send(far: FarEnd): void {
    const number = this.#next;
    this.#next += 1;
    this.#sent.set(number, performance.now());
    far.send(`ST,NT,+${(number / 1_000).toFixed(3).padStart(7)}kg\r\n`);
  }

  arrived(number: number): void {
    const at = this.#sent.get(number);
    if (at === undefined) return;
    this.#sent.delete(number);
    this.times.push(performance.now() - at);
  }

  result(): Times {
    const sorted = this.times.toSorted((one, other) => one - other);
    const at = (share: number): number => round(sorted[Math.floor(sorted.length * share)] ?? Number.NaN);
    return { frames: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99) };
  }
}

/** Sends thirty frames a second from every far end; waits until all have arrived unless only some are to. */
export async function sendAll(
  fars: readonly FarEnd[],
  sender: Sender,
  { frames, allArrive }: { readonly frames: number; readonly allArrive: boolean },
): Promise<void> {
  const began = performance.now();
  const rounds = Math.ceil(frames / fars.length);
  const before = sender.times.length;
  for (let turn = 0; turn < rounds; turn += 1) {
    for (const far of fars) sender.send(far);
    const due = began + ((turn + 1) * 1_000) / PER_SECOND;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
  const wanted = before + rounds * fars.length;
  if (allArrive) await until(() => sender.times.length >= wanted, 'every frame', 5_000);
}

export const numberOf = (frame: FrameReading): number =>
  frame.kind === 'weight' ? Math.round((frame.mg ?? 0) / 1_000) : -1;

export const round = (value: number): number => Math.round(value * 100) / 100;
