import { type FrameReading, failed, readWeight } from './frame-reading.ts';
import type { LineMatch } from './frame-scanners.ts';
import type { ScaleSettings } from './scale-settings.ts';

/** `GS` and `NT` of the CAS-like families. */
export function modeOf(word: string | undefined): 'gross' | 'net' | null {
  if (word === undefined) return null;
  return /^g/i.test(word) ? 'gross' : /^n/i.test(word) ? 'net' : null;
}

/** `OL` over or, with a minus in its field, under capacity; `UL` under. */
export function outOfRange(header: string, field: string): FrameReading | undefined {
  if (header === 'UL') return failed('underload');
  if (header === 'OL') return failed(/^ *-(?!-)/.test(field) ? 'underload' : 'overload');
  return undefined;
}

const LINE = /(ST|US|OL|UL),(GS|NT|TR),?([ +-]?[ \d.^_-]{0,12})([A-Za-z%]{1,3})?( {0,3})$/;
/** Number with sign, then a unit of two characters. */
const NUMBER_AND_UNIT = 10;

/**
 * `ST,NT,+  1.234kg` and `ST,GS   1.234kg`: eight characters of sign and number, two of unit.
 *
 * Sources: AWH-SA30 captured, AND-18, Kern KIB and EOC. Other widths are read and are not trusted by themselves.
 */
export function parseStatusLine(line: string, settings: ScaleSettings): LineMatch | undefined {
  const match = LINE.exec(line);
  if (!match) return undefined;
  const [, header = '', mode, field = '', unit, blanks = ''] = match;
  const at = match.index;
  const range = outOfRange(header, field);
  if (range) return { at, reading: range };
  if (mode === 'TR') return { at, reading: failed('not_a_weight') };
  const width = field.length + (unit?.length ?? 0) + blanks.length;
  const reading = readWeight(
    {
      number: field,
      unit: unit ?? null,
      stable: header === 'ST',
      mode: modeOf(mode),
      layoutKnown: unit !== undefined && (width === NUMBER_AND_UNIT || 'other-width'),
    },
    settings,
  );
  return reading && { at, reading };
}
