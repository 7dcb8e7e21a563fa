import { splitAim } from '../../shared/barcode/aim.ts';
import type { Verdict } from '../../shared/contract/common.ts';
import type { Handlers } from '../../shared/contract/handlers.ts';
import { answerOnce } from '../db/answer-once.ts';
import type { Deps } from '../db/unit-of-work.ts';

/** The same code by the other way within this time is the same pull of the trigger. */
const TWIN_MS = 1_000;

export type ScanWay = 'wedge' | 'serial';

export interface WayScan {
  readonly stationId: string;
  readonly raw: string;
  readonly way: ScanWay;
  readonly commandId: string | undefined;
}

interface Seen {
  readonly code: string;
  readonly way: ScanWay;
  readonly commandId: string | undefined;
  readonly atMs: number;
  /** It has found its other half: it answers for no third scan. */
  paired: boolean;
  readonly twin: boolean;
}

/**
 * Tells the second half of a scan that reaches the station both as keys and over a port (a composite scanner, or
 * software that types what a port says).
 *
 * Goods are identical, so the same code twice is two pieces wherever it comes the same way; only keys beside a port are
 * judged, each scan has at most one twin (three pieces give three pairs), and a third scan counts again. Two people with
 * two kinds of scanners at one bench who scan equal goods within a second lose one count, are told so and scan again;
 * counting every piece of a doubled scanner twice would send wrong parcels. Commands and badges are treated alike.
 */
export function createTwinFinder(nowMs: () => number): (scan: WayScan) => boolean {
  const benches = new Map<string, Seen[]>();
  return ({ stationId, raw, way, commandId }) => {
    const atMs = nowMs();
    const recent = (benches.get(stationId) ?? []).filter((seen) => atMs - seen.atMs < TWIN_MS);
    benches.set(stationId, recent);
    const repeat = commandId === undefined ? undefined : recent.find((seen) => seen.commandId === commandId);
    if (repeat) return repeat.twin;
    const code = codeOf(raw);
    const half = recent.find((seen) => seen.code === code && seen.way !== way && !seen.paired);
    if (half) half.paired = true;
    recent.push({ code, way, commandId, atMs, paired: half !== undefined, twin: half !== undefined });
    return half !== undefined;
  };
}

/** What both ways agree on: keys may lose GS, the identifier and the case of letters. */
function codeOf(raw: string): string {
  return splitAim(raw.trim())
    .content.replace(/\p{Cc}/gu, '')
    .toUpperCase();
}

type ScanHandlers = Handlers<'bench.scan' | 'bench.view'>;

/** `bench.scan` that answers the second half of a doubled scan with words and counts nothing. */
export function withoutTwins(
  handlers: ScanHandlers,
  deps: Deps,
  isTwin: (scan: WayScan) => boolean,
): ScanHandlers['bench.scan'] {
  return async (actor, input) => {
    const { raw, source } = input;
    const { stationId, commandId } = actor;
    const judged = source === 'wedge' || source === 'serial';
    if (!judged || !stationId || !isTwin({ stationId, raw, way: source, commandId }))
      return handlers['bench.scan'](actor, input);
    // Kept like any other answer: a repeat that comes after the second must not count.
    const verdict = await answerOnce(deps, actor, async () => twinVerdict(deps.clock()));
    return { verdict, view: await handlers['bench.view'](actor, {}) };
  };
}

function twinVerdict(now: Date): Verdict {
  return { tone: 'info', code: 'scan.two-ways', params: {}, at: now.toISOString() };
}
