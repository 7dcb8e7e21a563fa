import type { scannerEnds } from '../contract/devices.ts';

export type ScanEnd = (typeof scannerEnds)[number];

/** One scan as the scanner sent it, GS and AIM id kept; `atMs` is when its last byte was read. */
export interface FramedScan {
  readonly raw: string;
  readonly atMs: number;
}

/** Bytes of one serial scanner in, whole scans out. */
export interface ScanFramer {
  push(bytes: Uint8Array, atMs: number): FramedScan[];
  /** The scanner pauses: the end of a scan only where that is how its scans end. */
  pause(atMs: number): FramedScan[];
  /** Bytes kept of a scan that is not whole yet. */
  held(): number;
  counts(): { readonly scans: number; readonly doubled: number; readonly rejected: number };
}

const STX = 0x02;
const MOST_BYTES = 4_096;
/** The same code again within this time is the scanner's own bounce; later it is a second piece. */
const BOUNCE_MS = 80;
/** A scan that broke off for so long is given up when the next one begins. */
const BROKEN_OFF_MS = 2_000;

const ENDS: Readonly<Record<ScanEnd, readonly number[]>> = {
  any: [0x0d, 0x0a, 0x09, 0x03],
  cr: [0x0d],
  lf: [0x0a],
  crlf: [0x0a],
  tab: [0x09],
  etx: [0x03],
  timeout: [],
};

/** Cuts the bytes of a scanner into scans; the rest it keeps is bounded, and an overlong scan is dropped whole. */
export function createScanFramer(end: ScanEnd): ScanFramer {
  const ends = new Set(ENDS[end]);
  let kept: number[] = [];
  let overlong = false;
  let keptAtMs = 0;
  let last: FramedScan | undefined;
  const counts = { scans: 0, doubled: 0, rejected: 0 };

  const finish = (atMs: number): FramedScan[] => {
    const raw = textOf(end === 'crlf' && kept.at(-1) === 0x0d ? kept.slice(0, -1) : kept);
    const dropped = overlong;
    kept = [];
    overlong = false;
    if (dropped) counts.rejected += 1;
    // CR LF ends a scan twice, and a scanner may wrap its codes in both STX and CR.
    if (dropped || raw === '') return [];
    if (last?.raw === raw && atMs - last.atMs < BOUNCE_MS) {
      counts.doubled += 1;
      return [];
    }
    last = { raw, atMs };
    counts.scans += 1;
    return [last];
  };
  const take = (byte: number, atMs: number): FramedScan[] => {
    if (ends.has(byte)) return finish(atMs);
    if (byte === STX && end !== 'timeout') {
      if (kept.length > 0) counts.rejected += 1;
      kept = [];
      overlong = false;
    } else if (kept.length < MOST_BYTES) kept.push(byte);
    else overlong = true;
    return [];
  };
  return {
    push(bytes, atMs) {
      if (kept.length > 0 && atMs - keptAtMs > BROKEN_OFF_MS) {
        counts.rejected += 1;
        kept = [];
        overlong = false;
      }
      keptAtMs = atMs;
      const scans: FramedScan[] = [];
      for (const byte of bytes) scans.push(...take(byte, atMs));
      return scans;
    },
    pause: (atMs) => (end === 'timeout' && kept.length > 0 ? finish(atMs) : []),
    held: () => kept.length,
    counts: () => ({ ...counts }),
  };
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
