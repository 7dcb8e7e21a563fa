import {
  acknowledged,
  type FrameReading,
  failed,
  readFiller,
  readPoundsAndOunces,
  readWeight,
} from './frame-reading.ts';
import { endMarkScanner, type LineMatch } from './frame-scanners.ts';
import type { ScaleSettings } from './scale-settings.ts';
import type { FrameScanner } from './scale-stream.ts';

/** The three ways a weight frame and a frame of status alone are put together; all end with ETX. */
interface NciShape {
  readonly weight: RegExp;
  readonly status: RegExp;
}

// Status bytes are 0x30 plus bits 0 to 3, bit 6 in all but the last where another byte follows.
const BITS = '[\\x30-\\x3f\\x70-\\x7f]{2,4}';
const FIELD = '([^\\n\\r\\x03]{1,20})';

/**
 * SCP-01 and SCP-02: `LF weight CR LF [S] status CR ETX`. The weight line is missing where the scale holds it back; an LF
 * behind a CR begins the status and never the weight.
 */
export const scp01Shape: NciShape = {
  weight: new RegExp(`(?<!\\r)\\n${FIELD}\\r\\nS?(${BITS})\\r\\x03$`),
  status: new RegExp(`(?<!\\r)\\nS?(${BITS}|\\?)\\r\\x03$`),
};

/** SCP-12: no LF before the status, no CR after it. */
export const scp12Shape: NciShape = {
  weight: new RegExp(`(?<!\\r)\\n${FIELD}\\r\\n?S?(${BITS})\\r?\\x03$`),
  status: new RegExp(`\\nS?(${BITS}|\\?)\\r?\\x03$`),
};

/** Scanner of the NCI family (SCP-01 text; Brecknell and Fairbanks manuals). */
export function nciScanner(shape: NciShape, settings: ScaleSettings): FrameScanner {
  return endMarkScanner('\x03', (text) => parseNci(text, shape, settings));
}

function parseNci(text: string, shape: NciShape, settings: ScaleSettings): LineMatch | undefined {
  const weight = shape.weight.exec(text);
  if (weight) {
    const status = readStatus(weight[2] ?? '', settings);
    const reading = status && weightReading(weight[1] ?? '', status, settings);
    if (reading?.kind !== 'weight') return reading && { at: weight.index, reading };
    return { at: weight.index, reading: { ...reading, atZero: status?.atZero === true } };
  }
  const alone = shape.status.exec(text);
  if (!alone) return undefined;
  if (alone[1] === '?') return { at: alone.index, reading: failed('refused') };
  const status = readStatus(alone[1] ?? '', settings);
  if (!status) return undefined;
  return { at: alone.index, reading: status.error ?? (status.moving ? failed('in_motion') : acknowledged) };
}

interface NciStatus {
  readonly moving: boolean;
  readonly atZero: boolean;
  readonly mode: 'gross' | 'net' | null;
  readonly error: FrameReading | undefined;
}

/** Undefined when bit 6 announces a byte that is not there: the frame was cut. */
function readStatus(bytes: string, settings: ScaleSettings): NciStatus | undefined {
  const codes = Array.from(bytes, (byte) => byte.charCodeAt(0));
  if (((codes.at(-1) ?? 0) & 0x40) !== 0) return undefined;
  const [first = 0, second = 0, third] = codes;
  const has = (byte: number, bit: number): boolean => ((byte >> bit) & 1) === 1;
  const inverted = settings.polarity === 'inverted';
  const moving = has(first, 0) !== inverted;
  const atZero = has(first, 1) !== inverted;
  const mode = third === undefined ? null : has(third, 2) ? 'net' : 'gross';
  return { moving, atZero, mode, error: errorOf() };

  function errorOf(): FrameReading | undefined {
    if (has(second, 1)) return failed('overload');
    if (has(second, 0)) return failed('underload');
    if (has(first, 2) || has(first, 3) || has(second, 2)) return failed('fault');
    if (has(second, 3)) return failed('calibration');
    return third !== undefined && has(third, 3) ? failed('zero_error') : undefined;
  }
}

const NUMBER_AND_UNIT = /^([ +-]*[\d.][ \d.]*?) ?([A-Za-z]{1,3})? *$/;
/** `0001.25`, `01.250`, ` 012.34`, ` 1250`: other widths may be two numbers in one or lack their first digits. */
const KNOWN_LAYOUT = /^(?=[^.]*\.)(?:[ +-][ \d.]{5,7}|[\d.]{6,7})$|^[ +-][ \d]{4,7}$/;

function weightReading(field: string, status: NciStatus, settings: ScaleSettings): FrameReading | undefined {
  // Over capacity may come with digits: the status wins.
  const withoutNumber = readFiller(field.replace(/[A-Za-z ]+$/, '')) ?? readFiller(field);
  if (status.error ?? withoutNumber) return status.error ?? withoutNumber;
  const told = { stable: !status.moving, mode: status.mode };
  const pounds = readPoundsAndOunces(field, told);
  if (pounds) return pounds;
  const [, number = '', unit] = NUMBER_AND_UNIT.exec(field) ?? [];
  // A frame of this family names its unit: without one, the end of the number may be gone too.
  const layoutKnown = unit !== undefined && (KNOWN_LAYOUT.test(number) || 'other-width');
  return readWeight({ ...told, number, unit: unit ?? null, layoutKnown }, settings);
}
