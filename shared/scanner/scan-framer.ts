import type { scannerEnds } from '../contract/devices.ts';

export type ScanEnd = (typeof scannerEnds)[number];

/** One scan as the scanner sent it, GS and AIM id kept; `atMs` is when its last byte was read. */
export interface FramedScan {
  readonly raw: string;
  readonly atMs: number;
}

/** Why a code never became a scan; keys of texts in the catalogues. */
export type LostScan = 'scanner.code-cut-off' | 'scanner.code-too-long';

/** A scan, or the place in the row of scans where one was lost. */
export type Framed = ({ readonly kind: 'scan' } & FramedScan) | { readonly kind: 'lost'; readonly code: LostScan };

/** Bytes of one serial scanner in, whole scans out. */
export interface ScanFramer {
  push(bytes: Uint8Array, atMs: number): Framed[];
  /**
   * Gives up a code that began and never ended: the scanner has said nothing for `BROKEN_OFF_MS`, or its cable is out.
   * Silence never makes a scan of what came so far: half a number may be the number of something else.
   */
  discard(): Framed[];
  /** Bytes kept of a scan that is not whole yet. */
  held(): number;
  counts(): { readonly scans: number; readonly doubled: number; readonly blanked: number; readonly rejected: number };
}

const STX = 0x02;
const MOST_BYTES = 4_096;
/** The same code again within this time is the scanner's own bounce; later it is a second piece. */
const BOUNCE_MS = 80;
/** A code that broke off for so long is given up. */
export const BROKEN_OFF_MS = 2_000;

const ENDS: Readonly<Record<ScanEnd, readonly number[]>> = {
  any: [0x0d, 0x0a, 0x09, 0x03],
  cr: [0x0d],
  lf: [0x0a],
  crlf: [0x0a],
  tab: [0x09],
  etx: [0x03],
};

/**
 * Cuts the bytes of a scanner into scans; the rest it keeps is bounded, and an overlong scan is dropped whole.
 *
 * `blankMs` is for an imager that sends every code in view: within that time of a scan no other code counts.
 */
export function createScanFramer(end: ScanEnd, blankMs = 0): ScanFramer {
  const ends = new Set(ENDS[end]);
  let kept: number[] = [];
  let overlong = false;
  let keptAtMs = 0;
  let last: FramedScan | undefined;
  const counts = { scans: 0, doubled: 0, blanked: 0, rejected: 0 };

  const giveUp = (code: LostScan): Framed[] => {
    kept = [];
    overlong = false;
    counts.rejected += 1;
    return [{ kind: 'lost', code }];
  };
  const finish = (atMs: number): Framed[] => {
    if (overlong) return giveUp('scanner.code-too-long');
    const raw = textOf(end === 'crlf' && kept.at(-1) === 0x0d ? kept.slice(0, -1) : kept);
    kept = [];
    // CR LF ends a scan twice, and a scanner may wrap its codes in both STX and CR.
    if (raw === '') return [];
    if (last?.raw === raw && isWithin(BOUNCE_MS, atMs - last.atMs)) {
      counts.doubled += 1;
      return [];
    }
    if (last && isWithin(blankMs, atMs - last.atMs)) {
      counts.blanked += 1;
      return [];
    }
    last = { raw, atMs };
    counts.scans += 1;
    return [{ kind: 'scan', ...last }];
  };
  const take = (byte: number, atMs: number): Framed[] => {
    if (ends.has(byte)) return finish(atMs);
    if (byte === STX) return kept.length > 0 ? giveUp('scanner.code-cut-off') : [];
    if (kept.length < MOST_BYTES) kept.push(byte);
    else overlong = true;
    return [];
  };
  const discard = (): Framed[] =>
    kept.length > 0 ? giveUp(overlong ? 'scanner.code-too-long' : 'scanner.code-cut-off') : [];
  return {
    push(bytes, atMs) {
      const found = atMs - keptAtMs > BROKEN_OFF_MS ? discard() : [];
      keptAtMs = atMs;
      for (const byte of bytes) found.push(...take(byte, atMs));
      return found;
    },
    discard,
    held: () => kept.length,
    counts: () => ({ ...counts }),
  };
}

/** Not when the clock was set back between the two: then nobody knows, and a piece too many is better than one lost. */
function isWithin(limitMs: number, afterMs: number): boolean {
  return afterMs >= 0 && afterMs < limitMs;
}

/** UTF-8 where the bytes are valid UTF-8, else one character a byte. */
function textOf(bytes: readonly number[]): string {
  if (bytes.every((byte) => byte < 0x80)) return String.fromCharCode(...bytes);
  try {
    return decodeUtf8(bytes);
  } catch {
    return String.fromCharCode(...bytes);
  }
}

/** `shared` has no TextDecoder in its library; decodeURIComponent knows the same rules and throws on bad bytes. */
function decodeUtf8(bytes: readonly number[]): string {
  return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
}
