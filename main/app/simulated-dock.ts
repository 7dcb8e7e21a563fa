import { z } from 'zod';
import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import { BenchView } from '../../shared/contract/bench.ts';
import { Verdict } from '../../shared/contract/common.ts';
import type { Doorway } from './simulated-packer.ts';

export interface DockShift {
  /** Parcels that a driver took. */
  readonly handedOver: number;
  readonly faults: readonly string[];
}

const ScanAnswer = z.object({ ok: z.literal(true), output: z.object({ verdict: Verdict, view: BenchView }) });
type Answer = z.infer<typeof ScanAnswer>['output'];

/** Enough to fill a van; what lies about beyond that waits for the next one. */
const MOST_PARCELS = 400;
const PATIENCE = 400;
const UNDO_EVERY = 50;

/** After the shift: scans what is labelled onto its carrier's pile, closes each manifest, and hands it to the driver. */
export async function workDock(doorway: Doorway, badge: string): Promise<DockShift> {
  const faults: string[] = [];
  const scan = async (raw: string): Promise<Answer | undefined> => {
    const body = await doorway.call('bench.scan', { raw, source: 'simulated' });
    const answer = ScanAnswer.safeParse(body);
    if (answer.success) return answer.data.output;
    faults.push(JSON.stringify(body).slice(0, 200));
    return undefined;
  };
  await scan(badge);
  let answer = await scan(card('DOCK'));
  for (let parcel = 1; parcel <= MOST_PARCELS && answer; parcel += 1) {
    const label = answer.view.expects.find(({ kind }) => kind === 'label');
    if (!label) break;
    answer = await scan(label.text);
    if (answer && !answer.verdict.code.startsWith('dock.scanned') && answer.verdict.code !== 'dock.all-scanned')
      faults.push(`${label.title} at the dock: ${answer.verdict.code}`);
    if (parcel % UNDO_EVERY === 0) answer = await scan(card('UNDO'));
  }
  let handedOver = 0;
  for (const { manifest } of answer?.view.dock?.carriers ?? [])
    if (manifest && manifest.parcels > 0) handedOver += await handOver(scan, { number: manifest.number, faults });
  await scan(card('CANCEL'));
  return { handedOver, faults };
}

async function handOver(
  scan: (raw: string) => Promise<Answer | undefined>,
  { number, faults }: { number: string; faults: string[] },
): Promise<number> {
  await scan(number);
  const closed = await scan(card('HAND-OVER'));
  if (closed?.view.dock?.asks) await scan(card('YES'));
  for (let turn = 0; turn < PATIENCE; turn += 1) {
    const answer = await scan(card('HAND-OVER'));
    if (answer?.verdict.code === 'dock.handed-over') return Number(answer.verdict.params.parcels ?? 0);
    if (answer?.verdict.code !== 'dock.being-sent') {
      faults.push(`manifest ${number}: ${answer?.verdict.code ?? 'no answer'}`);
      return 0;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  faults.push(`manifest ${number} was never sent`);
  return 0;
}

function card(payload: string): string {
  return encodeStationCode('command', payload);
}
