import type { DeviceState, PrinterActivity } from '../contract/devices.ts';

/** What IPP tells of a printer (RFC 8011, 5.4.11 and 5.4.12). */
export interface TellsOfPrinter {
  /** 3 idle, 4 processing, 5 stopped; undefined when it was not told. */
  readonly state: number | undefined;
  readonly reasons: readonly string[];
  readonly accepting: boolean;
  /** `printer-state-message`: what the print system says in words. */
  readonly message?: string | undefined;
}

export interface PrinterCondition {
  readonly state: DeviceState;
  readonly code: string | null;
  readonly params: Readonly<Record<string, string>>;
  readonly activity: PrinterActivity;
}

/** The printer tells it and works on: what is nearly empty is not empty. */
const HARMLESS = /^(?:none|.*-low|.*-almost-.*|.*-nearly-.*|media-present|standby.*|sleep.*|spool-area-full)$/;
const CODES: readonly (readonly [stem: RegExp, code: string])[] = [
  [/^(?:cover|door|interlock|marker-supply-door|.*cover)-open$/, 'printer.cover-open'],
  [/^(?:media-jam|.*-jam)$/, 'printer.jam'],
  [/^(?:media-empty|media-needed|input-tray-missing|media-.*-empty)$/, 'printer.media-empty'],
  [
    /^marker-(?:supply|ribbon|supply-.*)-(?:empty|missing)$|^(?:toner|developer|marker-ribbon)-empty$/,
    'printer.ribbon-out',
  ],
  [/^(?:offline|shutdown|timed-out|connecting-to-device)$/, 'printer.offline'],
  [/^(?:paused|moving-to-paused|hold-new-jobs)$/, 'printer.paused'],
];
/** What the backends of CUPS say, by no reason but in words, while they try in vain to reach the printer. */
const OUT_OF_REACH =
  /may not exist or is unavailable|not responding|unreachable at this time|not connected|unable to locate printer|waiting for printer to become available/i;
const RANKS = ['error', '', 'warning', 'report'];

interface Reason {
  readonly code: string;
  /** 0 is the worst. */
  readonly rank: number;
  readonly place: number;
}

function readReason(keyword: string): Reason[] {
  const [, stem = '', , suffix = ''] = /^(.*?)(-(error|warning|report))?$/.exec(keyword.trim().toLowerCase()) ?? [];
  if (HARMLESS.test(stem)) return [];
  const place = CODES.findIndex(([pattern]) => pattern.test(stem));
  const code = CODES[place]?.[1];
  return code === undefined ? [] : [{ code, place, rank: RANKS.indexOf(suffix) }];
}

/**
 * What the reasons of a printer mean for whoever stands before it: matched by stem, ranked by suffix.
 *
 * A printer that is not stopped prints, whatever warning sticks to it: some keep `media-empty-warning` long after the
 * paper is in. Only an error without a stop, and being offline, hold papers back.
 */
export function judgePrinter({ state, reasons, accepting, message = '' }: TellsOfPrinter): PrinterCondition {
  const read = reasons.flatMap(readReason).sort((one, other) => one.rank - other.rank || one.place - other.place);
  const fault = (code: string): PrinterCondition => ({ state: 'fault', code, params: {}, activity: activityOf(state) });
  if (state === undefined) return { state: 'ready', code: 'printer.no-status', params: {}, activity: 'not-told' };
  const [worst] = read;
  if (state === STOPPED) return fault(worst?.code ?? 'printer.stopped');
  if (!accepting) return fault('printer.queue-rejects');
  if (state === PROCESSING && OUT_OF_REACH.test(message)) return fault('printer.offline');
  const holdsBack = read.find(({ code, rank }) => rank === 0 || (code === 'printer.offline' && state !== PROCESSING));
  if (holdsBack) return fault(holdsBack.code);
  return { state: 'ready', code: null, params: {}, activity: activityOf(state) };
}

const IDLE = 3;
const PROCESSING = 4;
const STOPPED = 5;

function activityOf(state: number | undefined): PrinterActivity {
  if (state === IDLE) return 'idle';
  if (state === PROCESSING) return 'printing';
  return state === STOPPED ? 'stopped' : 'not-told';
}

export type IppJobState = 'waiting' | 'printing' | 'printed' | 'cancelled' | 'aborted' | 'stopped' | 'not-told';

/** `job-state` of RFC 8011, 5.3.7; a job that waits because its printer stands still is stopped for whoever waits for it. */
export function judgeJob(state: number | undefined, reasons: readonly string[]): IppJobState {
  switch (state) {
    case 3:
    case 4:
      return reasons.includes('printer-stopped') ? 'stopped' : 'waiting';
    case 5:
      return reasons.includes('printer-stopped') ? 'stopped' : 'printing';
    case 6:
      return 'stopped';
    case 7:
      return 'cancelled';
    case 8:
      return 'aborted';
    case 9:
      return 'printed';
    default:
      return 'not-told';
  }
}
