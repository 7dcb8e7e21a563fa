import { type Decimal, negate, readDecimal, scaleByTen } from './decimal.ts';
import type { ScaleSettings } from './scale-settings.ts';
import { gramsOf, gramsOfPoundsAndOunces, readUnit, type ScaleUnit } from './units.ts';

/** Why a frame holds no weight. Words for people live in the renderer's catalogues. */
export const scaleFrameErrors = [
  'in_motion',
  'overload',
  'underload',
  'busy',
  'unchanged',
  'zero_error',
  'fault',
  'calibration',
  'no_reading',
  'not_a_weight',
  'checksum',
  'syntax',
  'transmission',
  'bad_parameter',
  'refused',
] as const;
export type ScaleFrameError = (typeof scaleFrameErrors)[number];

/** Line settings that a consistently set bit 7 gives away on a line opened as 8N1. */
export type LineHint = '7E1' | '7O1' | '7N2';

export interface WeightReading {
  readonly kind: 'weight';
  /** As received, in `unit`; a string `12:07.50` for pounds and ounces. */
  readonly value: number | string;
  readonly unit: ScaleUnit | null;
  readonly unitFrom: 'frame' | 'setting' | null;
  /** Digits behind the point as received. */
  readonly places: number;
  /** Four decimals; null while the unit is unknown. */
  readonly grams: number | null;
  readonly mg: number | null;
  /** null where the protocol does not tell. */
  readonly stable: boolean | null;
  readonly mode: 'gross' | 'net' | null;
  /** Complete, header or layout recognised, stable, not negative, in range, unit known. Its age is the driver's to judge. */
  readonly usable: boolean;
  /** Whether the scale says that its pan is empty; only where a protocol has a bit for it. */
  readonly atZero?: boolean;
  /**
   * Why a stable weight is not usable: it reads well and is only wider or narrower than its manuals say (`width` bytes are
   * given then), or something of its layout is missing.
   */
  readonly doubt?: 'width' | 'layout';
  readonly width?: number;
  /** Nothing but such frames has come for a while. */
  readonly unclear?: true;
  readonly lineHint?: LineHint;
}
export interface FailedReading {
  readonly kind: 'error';
  readonly error: ScaleFrameError;
  readonly lineHint?: LineHint;
}
export interface AckReading {
  readonly kind: 'ack';
  /** The scale announces itself: send its streaming command again, forget the last value. */
  readonly restarted?: true;
  readonly lineHint?: LineHint;
}
export type FrameReading = WeightReading | FailedReading | AckReading;

export const failed = (error: ScaleFrameError): FailedReading => ({ kind: 'error', error });
export const acknowledged: AckReading = { kind: 'ack' };
export const restarted: AckReading = { kind: 'ack', restarted: true };

/** What a parser found in the fields of one frame. */
export interface WeightFields {
  readonly number: string | Decimal;
  /** Text of the unit field; null where the frame has none. */
  readonly unit: string | null;
  readonly stable: boolean | null;
  readonly mode: 'gross' | 'net' | null;
  /**
   * `other-width` when every field is there and reads well, but not in the widths the protocol gives them; false when a
   * piece of the frame, or the place of its decimal point, is missing.
   */
  readonly layoutKnown?: boolean | 'other-width';
}

/** The reading of one weight frame; undefined when its number or its unit is none, an error when it counts pieces. */
export function readWeight(fields: WeightFields, settings: ScaleSettings): FrameReading | undefined {
  const unit = fields.unit === null ? (settings.unit ?? null) : readUnit(fields.unit);
  if (unit === undefined) return undefined;
  if (unit === 'not-a-weight') return failed('not_a_weight');
  const unitFrom = unit === null ? null : fields.unit === null ? 'setting' : 'frame';
  if (unit === 'lb:oz')
    return typeof fields.number === 'string' ? readPoundsAndOunces(fields.number, fields) : undefined;
  const decimal = typeof fields.number === 'string' ? readDecimal(fields.number) : fields.number;
  if (!decimal) return undefined;
  const grams = unit === null ? null : gramsOf(decimal.value, unit);
  return weightOf({ ...fields, value: decimal.value, places: decimal.places, unit, unitFrom, grams });
}

/** A number without a decimal point gets the places the station set for it; without a setting it is not trusted. */
export function withSetPlaces(field: string, settings: ScaleSettings): { number: Decimal; sure: boolean } | undefined {
  const decimal = readDecimal(field);
  if (!decimal) return undefined;
  if (decimal.hasPoint) return { number: decimal, sure: true };
  const places = settings.decimals;
  if (places === undefined) return { number: decimal, sure: false };
  return { number: { value: scaleByTen(decimal.value, -places), places, hasPoint: true }, sure: true };
}

const POUNDS_AND_OUNCES = /^ *([+-]?) *0*(\d{1,5}) ?(?::|lb) ?(\d{1,2}(?:\.\d{1,4})?) ?(?:oz)? *$/i;

/** `12:07.50`, `12lb 07.5oz` and `012lb07.50oz`, all told as `12:07.50`. Sixteen ounces or more are no such number. */
export function readPoundsAndOunces(
  text: string,
  fields: Omit<WeightFields, 'number' | 'unit'>,
): FrameReading | undefined {
  const [, sign, pounds = '', ounces = ''] = POUNDS_AND_OUNCES.exec(text) ?? [];
  if (sign === undefined || Number(ounces) >= 16) return undefined;
  const grams = negate(gramsOfPoundsAndOunces(Number(pounds), Number(ounces)), sign === '-');
  const value = `${grams < 0 ? '-' : ''}${pounds}:${ounces}`;
  const places = ounces.includes('.') ? ounces.length - ounces.indexOf('.') - 1 : 0;
  return weightOf({ ...fields, value, places, unit: 'lb:oz', unitFrom: 'frame', grams });
}

interface Weighed extends Omit<WeightFields, 'number' | 'unit'> {
  readonly value: number | string;
  readonly places: number;
  readonly unit: ScaleUnit | null;
  readonly unitFrom: 'frame' | 'setting' | null;
  readonly grams: number | null;
}

function weightOf(weighed: Weighed): WeightReading {
  const { value, places, unit, unitFrom, grams, stable, mode, layoutKnown = true } = weighed;
  const sound = stable === true && grams !== null && grams >= 0;
  const usable = sound && layoutKnown === true;
  const mg = grams === null ? null : Math.round(grams * 1000);
  const told = { value, unit, unitFrom, places, grams, mg: mg === 0 ? 0 : mg, stable, mode };
  if (usable || !sound) return { kind: 'weight', ...told, usable };
  return { kind: 'weight', ...told, usable, doubt: layoutKnown === 'other-width' ? 'width' : 'layout' };
}

/** What a number field without a number means, by the fillers scales put there; undefined when it is none of them. */
export function readFiller(field: string): FailedReading | undefined {
  const text = field.trim();
  if (/^\^+$|^(?:OL|OVER|HI|H+)$/i.test(text)) return failed('overload');
  if (/^_+$|^(?:UL|UNDER|LO|L+)$/i.test(text)) return failed('underload');
  if (/^-+$/.test(text)) return failed('zero_error');
  return /^ERR(?:OR)?\b/i.test(text) ? failed('fault') : undefined;
}
