import type { ProbeFinding } from '../../shared/contract/devices.ts';
import { AppError } from '../../shared/errors.ts';
import { adviceOn, askingLines, type HeardBytes, judgeHeard, listeningLines } from '../../shared/scale/probe-rules.ts';
import type { LinePreset } from '../../shared/scale/scale-stream.ts';
import type { Timing } from '../devices/driver/driver.ts';
import { type Question, questions } from '../devices/scale/poll-plan.ts';
import { OpenError, type OpenLine, type Transports } from '../devices/transports/transports.ts';
import { scaleProtocols } from './scale-protocols.ts';

/** The whole probe; with closing the last port it takes less than a minute. */
const LIMIT_MS = 57_000;
const LISTEN_MS = 1_500;
/** Something made sense: so long for a few more of it. */
const CONFIRM_MS = 600;
const ANSWER_MS = 320;
/** A line that ended is opened no sooner: some drivers of adapters still hold it. */
const REOPEN_MS = 300;
const TIMES_ASKED = 3;
/** A flood is judged by its beginning. */
const MOST_BYTES = 16_384;

export interface ProbeResult {
  readonly found: ProbeFinding[];
  readonly code: string | null;
  readonly params: Record<string, string>;
  readonly bytes: number;
}

export interface ProbeParts {
  readonly serial: Transports['serial'];
  readonly timing: Timing;
}

/**
 * What is on this port? Listens at each speed first, then asks with commands that only read, one at a time.
 *
 * Throws `device.port-taken`, `device.permission-denied`, `device.not-plugged-in`, `device.bad-line` and
 * `device.open-failed` when the port does not open.
 */
export async function probePort(path: string, { serial, timing }: ProbeParts): Promise<ProbeResult> {
  const end = timing.now() + LIMIT_MS;
  const probe = new Probe(path, { serial, timing });
  const found = (await listen(probe, end)) ?? (await ask(probe, end)) ?? [];
  return { found, bytes: probe.bytes, ...withParams(adviceOn(found, probe.bytes)) };
}

const withParams = ({ code, params }: ReturnType<typeof adviceOn>) => ({ code, params: { ...params } });

async function listen(probe: Probe, end: number): Promise<ProbeFinding[] | undefined> {
  for (const line of listeningLines) {
    const heard = await probe.at(line, async (opened) => {
      await opened.wait(LISTEN_MS, (reads) => judge({ line, reads, asked: [] }).length > 0);
      if (opened.reads.length > 0) await opened.wait(CONFIRM_MS);
      return { line, reads: opened.reads, asked: [] };
    });
    const found = judge(heard);
    if (found.length > 0) return found;
    if (probe.now() > end) return undefined;
  }
  return undefined;
}

async function ask(probe: Probe, end: number): Promise<ProbeFinding[] | undefined> {
  for (const line of askingLines) {
    const found = await probe.at(line, async (opened) => {
      for (const question of questions()) {
        if (probe.now() > end) return undefined;
        const answered = await askOne(opened, line, question);
        if (answered.length > 0) return answered;
      }
      return undefined;
    });
    if (found) return found;
    if (probe.now() > end) return undefined;
  }
  return undefined;
}

/** One question, and twice more when it was answered. */
async function askOne(opened: Opened, line: LinePreset, question: Question): Promise<ProbeFinding[]> {
  opened.reads = [];
  const { command, afterAck, protocols } = question;
  const heard = (): HeardBytes => ({ line, reads: opened.reads, asked: protocols });
  for (let turn = 0; turn < TIMES_ASKED; turn += 1) {
    opened.write(command);
    const before = opened.reads.length;
    if (afterAck && (await opened.wait(ANSWER_MS, (reads) => reads.length > before))) opened.write(afterAck);
    await opened.wait(ANSWER_MS, () => opened.reads.length > before && judge(heard()).length > 0);
    if (judge(heard()).length === 0) return [];
  }
  return judge(heard());
}

const judge = (heard: HeardBytes): ProbeFinding[] => judgeHeard(heard, scaleProtocols);

/** One opening of the port; `reads` is what came since it was last emptied. */
class Opened {
  reads: Uint8Array[] = [];
  #wake: (() => void) | undefined;
  #kept = 0;
  readonly #timing: Timing;
  readonly #line: () => OpenLine | undefined;

  constructor(timing: Timing, line: () => OpenLine | undefined) {
    this.#timing = timing;
    this.#line = line;
  }

  take(chunk: Uint8Array): void {
    this.#kept += chunk.length;
    if (this.#kept <= MOST_BYTES) this.reads.push(chunk);
    this.#wake?.();
  }

  write(bytes: Uint8Array): void {
    this.#kept = 0;
    this.#line()?.write(bytes);
  }

  /** Until `enough` says so after a read, or so long; whether it was enough. */
  async wait(ms: number, enough: (reads: readonly Uint8Array[]) => boolean = () => false): Promise<boolean> {
    const end = this.#timing.now() + ms;
    for (;;) {
      const left = end - this.#timing.now();
      if (left <= 0) return false;
      await new Promise<void>((resolve) => {
        const forget = this.#timing.after(left, resolve);
        this.#wake = () => {
          forget();
          resolve();
        };
      });
      this.#wake = undefined;
      if (this.reads.length > 0 && enough(this.reads)) return true;
    }
  }
}

class Probe {
  bytes = 0;
  #opened = false;
  readonly #path: string;
  readonly #parts: ProbeParts;

  constructor(path: string, parts: ProbeParts) {
    this.#path = path;
    this.#parts = parts;
  }

  now(): number {
    return this.#parts.timing.now();
  }

  /** Opens the port with these settings for as long as `work` takes. */
  async at<T>(line: LinePreset, work: (opened: Opened) => Promise<T>): Promise<T> {
    const { serial, timing } = this.#parts;
    if (this.#opened) await new Promise<void>((resolve) => void timing.after(REOPEN_MS, resolve));
    this.#opened = true;
    let open: OpenLine | undefined;
    const opened = new Opened(timing, () => open);
    const address = { kind: 'serial' as const, path: this.#path, line: { ...line, dtr: true } };
    open = await serial
      .open(address, {
        bytes: (chunk) => {
          this.bytes += chunk.length;
          opened.take(chunk);
        },
        closed: () => undefined,
      })
      .catch((error: unknown) => refuse(error, this.#path));
    try {
      return await work(opened);
    } finally {
      await open.close();
    }
  }
}

const codes = {
  gone: 'device.not-plugged-in',
  taken: 'device.port-taken',
  denied: 'device.permission-denied',
  'bad-settings': 'device.bad-line',
  unsupported: 'device.no-usb',
  failed: 'device.open-failed',
} as const;

function refuse(error: unknown, path: string): never {
  if (!(error instanceof OpenError)) throw error;
  throw new AppError('device', codes[error.problem], { ...error.params, path });
}
