import { negate, readDecimal, scaleByTen } from '../../../../shared/scale/decimal.ts';
import { type FrameReading, failed, readWeight } from '../../../../shared/scale/frame-reading.ts';
import { followsLayout, type LayoutPosition, times } from '../../../../shared/scale/frame-scanners.ts';
import { scannedProtocol } from '../../../../shared/scale/line-protocol.ts';
import type { ScaleSettings } from '../../../../shared/scale/scale-settings.ts';
import {
  type FrameScanner,
  LINE_9600_7E1,
  LINE_9600_8N1,
  NEED_MORE,
  type ScaleProtocol,
} from '../../../../shared/scale/scale-stream.ts';

const STX = '\x02';
const LENGTH = 17;
// Bit 5 of each status word is 1, which also keeps them apart from STX and CR.
const STATUS_WORD = /[ -?`-\x7f]/;
const LAYOUT: readonly LayoutPosition[] = [STX, ...times(3, STATUS_WORD), ...times(12, /[ \d]/), '\r'];
/** Bits 0 to 2 of the third status word; 0 leaves pounds or kilograms to the second (Mettler manuals). */
const OTHER_UNITS: Readonly<Record<number, string>> = { 1: 'g', 3: 'oz', 4: 'ozt' };

/** Reads `STX SWA SWB SWC weight(6) tare(6) CR` without its checksum. */
export function parseToledoContinuous(frame: string, settings: ScaleSettings): FrameReading | undefined {
  const [a, b, c] = [frame.charCodeAt(1), frame.charCodeAt(2), frame.charCodeAt(3)];
  const digits = readDecimal(frame.slice(4, 10));
  if (!digits || digits.hasPoint) return undefined;
  const negative = (b & 2) !== 0;
  if (b & 4) return failed(negative ? 'underload' : 'overload');
  const power = 2 - (a & 7);
  // A field of six places is 0.0001 at its finest; 111 is not defined.
  if (power < -4) return undefined;
  const unit = (c & 7) === 0 ? (b & 16 ? 'kg' : 'lb') : OTHER_UNITS[c & 7];
  if (unit === undefined) return failed('not_a_weight');
  const value = negate(scaleByTen(digits.value, power), negative);
  const places = Math.max(0, -power);
  const mode = b & 1 ? 'net' : 'gross';
  return readWeight({ number: { value, places, hasPoint: places > 0 }, unit, stable: (b & 8) === 0, mode }, settings);
}

const isChecksum = (frame: string, check: number): boolean =>
  (Array.from(frame).reduce((sum, character) => sum + character.charCodeAt(0), check) & 0x7f) === 0;

/**
 * Whether a checksum follows is a menu item of the scale. `auto` waits for the next byte (or for silence): STX
 * begins another frame, the right checksum belongs to this one, a single wrong byte condemns it.
 */
export function toledoContinuousScanner(settings: ScaleSettings): FrameScanner {
  const wanted = settings.checksum ?? 'auto';
  let usual: boolean | undefined = wanted === 'auto' ? undefined : wanted;
  return (text, ended) => {
    const start = text.indexOf(STX);
    if (start !== 0) return { take: start < 0 ? text.length : start };
    const follows = followsLayout(text, LAYOUT);
    if (follows === 'no') return { take: 1 };
    if (follows === 'so-far') return NEED_MORE;
    const frame = text.slice(0, LENGTH);
    const reading = parseToledoContinuous(frame, settings);
    if (!reading) return { take: 1 };
    const plain = { take: LENGTH, frame: { from: 0, to: LENGTH, reading } };
    if (usual === false) return plain;
    const next = text.charAt(LENGTH);
    if (next === '') return ended && usual === undefined ? plain : NEED_MORE;
    if (isChecksum(frame, next.charCodeAt(0))) {
      usual ??= next === STX ? undefined : true;
      return { take: LENGTH + 1, frame: { from: 0, to: LENGTH + 1, reading } };
    }
    if (usual === undefined) {
      // A line feed behind the CR is no checksum: it would have been the right one.
      if (next === STX || next === '\n') return plain;
      // One foreign byte stands where a checksum would; several are noise behind a frame without one.
      const afterNext = text.charAt(LENGTH + 1);
      if (afterNext === '' && !ended) return NEED_MORE;
      if (afterNext !== '' && afterNext !== STX) return plain;
    }
    return { take: LENGTH, frame: { from: 0, to: LENGTH, reading: failed('checksum') } };
  };
}

/** Toledo continuous output. */
export const toledoContinuous: ScaleProtocol = scannedProtocol(
  {
    name: 'toledo-continuous',
    title: 'Toledo continuous',
    unitInFrame: true,
    tellsStable: true,
    lines: [LINE_9600_8N1, LINE_9600_7E1],
    config: ['checksum'],
  },
  toledoContinuousScanner,
);
