import type { FrameReading, LineHint } from './frame-reading.ts';
import type { ScaleSettings } from './scale-settings.ts';

/** What the far end of a line looks like on one protocol, as its manuals set it. */
export interface LinePreset {
  readonly baud: number;
  readonly dataBits: 7 | 8;
  readonly parity: 'none' | 'even' | 'odd';
  readonly stopBits: 1 | 2;
}
export const LINE_9600_8N1: LinePreset = { baud: 9600, dataBits: 8, parity: 'none', stopBits: 1 };
export const LINE_9600_7E1: LinePreset = { baud: 9600, dataBits: 7, parity: 'even', stopBits: 1 };

/** A pause of the line, in milliseconds, after which a frame that only waited for more is whole: then `flush`. */
export const FLUSH_AFTER_MS = 20;

export interface ScaleProtocol {
  readonly name: string;
  /** Makers and models by which its owner knows it; names, the same in every language. */
  readonly title: string;
  /** What of it rests on a guess and not on a manual or a captured frame, for support. */
  readonly unsure?: string;
  /** False where the unit must come from the station's settings. */
  readonly unitInFrame: boolean;
  /** False where no frame ever says that the weight is stable: such a reading is never usable by itself. */
  readonly tellsStable: boolean;
  /** Line settings met, the usual one first; empty for USB HID. */
  readonly lines: readonly LinePreset[];
  /** Names of `ScaleConfig` that this protocol heeds. */
  readonly config: readonly string[];
  readonly open: (settings: ScaleSettings) => ScaleStream;
}

/** One opened scale: bytes in, readings out, nothing kept but a bounded rest. */
export interface ScaleStream {
  /** One read of the port, of any length; a frame may be torn over many. */
  push(bytes: Uint8Array): FrameReading[];
  /** The line has fallen silent: gives out a frame that only waited to see whether a checksum follows. */
  flush(): FrameReading[];
  /** Forgets a half frame, after an overrun of the port or a new opening. */
  reset(): void;
  /** Bytes seen, bytes that belonged to frames (their ratio over time tells a wrong line setting), bytes kept. */
  counts(): { readonly bytes: number; readonly framed: number; readonly held: number };
}

/** One step over the bytes at hand. `take` bytes are done with; 0 means that more bytes are needed. */
export interface ScanStep {
  readonly take: number;
  readonly frame?: FoundFrame;
}
export interface FoundFrame {
  /** Span of the frame in the text, for the look at bit 7. */
  readonly from: number;
  readonly to: number;
  readonly reading: FrameReading;
  /** One byte of the span whose bit 7 carries data. */
  readonly exempt?: number;
}

/** Finds frames in text of one character a byte with bit 7 taken off; `ended` says that nothing follows for now. */
export type FrameScanner = (text: string, ended: boolean) => ScanStep;

export const NEED_MORE: ScanStep = { take: 0 };

const MOST_BYTES = 512;
const SLICE = 128;

/** Runs a scanner over a bounded rest of bytes; a frame whose bit 7 follows no line setting is noise. */
export function createScaleStream(makeScanner: () => FrameScanner): ScaleStream {
  let scan = makeScanner();
  let raw = '';
  let text = '';
  let bytes = 0;
  let framed = 0;
  let trusts = trustInLength();
  const drop = (count: number): void => {
    raw = raw.slice(count);
    text = text.slice(count);
  };
  const drain = (ended: boolean): FrameReading[] => {
    const readings: FrameReading[] = [];
    while (text.length > 0) {
      const step = scan(text, ended);
      if (step.take === 0) break;
      const line = step.frame && lineOf(raw, step.frame);
      if (step.frame && line !== 'mixed') {
        framed += step.frame.to - step.frame.from;
        const reading = trusted(step.frame, trusts);
        readings.push(line ? { ...reading, lineHint: line } : reading);
      }
      drop(step.take);
    }
    if (text.length > MOST_BYTES) drop(text.length - MOST_BYTES / 2);
    return readings;
  };
  return {
    push(chunk) {
      bytes += chunk.length;
      const readings: FrameReading[] = [];
      for (let at = 0; at < chunk.length; at += SLICE) {
        const slice = chunk.subarray(at, at + SLICE);
        raw += String.fromCharCode(...slice);
        text += String.fromCharCode(...slice.map((byte) => byte & 0x7f));
        readings.push(...drain(false));
      }
      return readings;
    },
    flush: () => drain(true),
    reset() {
      raw = '';
      text = '';
      scan = makeScanner();
      trusts = trustInLength();
    },
    counts: () => ({ bytes, framed, held: text.length }),
  };
}

/**
 * Whether a weight of this length is to be believed: the frames of one scale are equally long, and one that is not may be
 * put together from the head of one and the tail of another. Where two have agreed, another length must come twice.
 */
function trustInLength(): (length: number) => boolean {
  let usual = 0;
  let times = 0;
  let other = 0;
  return (length) => {
    if (length === usual) {
      times += 1;
      other = 0;
      return true;
    }
    if (times >= 2 && length !== other) {
      other = length;
      return false;
    }
    times = length === other ? 2 : 1;
    usual = length;
    other = 0;
    return true;
  };
}

function trusted({ reading, from, to }: FoundFrame, trusts: (length: number) => boolean): FrameReading {
  if (reading.kind !== 'weight' || (!reading.usable && reading.doubt !== 'width')) return reading;
  const width = to - from;
  const agrees = trusts(width);
  if (reading.doubt === 'width') return { ...reading, width };
  if (agrees) return reading;
  return { ...reading, usable: false };
}

/**
 * What bit 7 of a frame tells: nothing (undefined), a 7-bit line opened as 8N1, or `mixed`, which no line does.
 *
 * On such a line it is the parity bit (or the second stop bit) and follows one rule in every byte.
 */
function lineOf(raw: string, { from, to, exempt }: FoundFrame): LineHint | 'mixed' | undefined {
  let clean = true;
  let even = true;
  let odd = true;
  let mark = true;
  for (let at = from; at < to; at += 1) {
    if (at === exempt) continue;
    const byte = raw.charCodeAt(at);
    const high = byte >= 0x80;
    if (high) clean = false;
    else mark = false;
    if (hasOddBits(byte)) even = false;
    else odd = false;
  }
  if (clean) return undefined;
  if (mark) return '7N2';
  if (even) return '7E1';
  return odd ? '7O1' : 'mixed';
}

function hasOddBits(byte: number): boolean {
  let bits = byte ^ (byte >> 4);
  bits ^= bits >> 2;
  return ((bits ^ (bits >> 1)) & 1) === 1;
}
