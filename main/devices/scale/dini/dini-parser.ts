import { readFiller, readWeight } from '../../../../shared/scale/frame-reading.ts';
import type { LineMatch } from '../../../../shared/scale/frame-scanners.ts';
import { lineProtocol } from '../../../../shared/scale/line-protocol.ts';
import type { ScaleSettings } from '../../../../shared/scale/scale-settings.ts';
import { LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';
import { modeOf, outOfRange } from '../../../../shared/scale/status-line.ts';

const LINE = /(ST|US|OL|UL),(\d{1,2}|GS|NT),([^,]{0,14}?)([A-Za-z%]{1,3})? {0,2},([^,]{0,14})$/;
const NUMBER_AND_UNIT = 11;

/** Reads `ST,1,    12.34kg,     0.00kg`: the second field is the tare. */
export function parseDiniLine(line: string, settings: ScaleSettings): LineMatch | undefined {
  const match = LINE.exec(line);
  if (!match) return undefined;
  const [, header = '', second = '', number = '', unit, tare = ''] = match;
  const wide = number.length + (unit ?? '').length === NUMBER_AND_UNIT && tare.length === NUMBER_AND_UNIT;
  const reading =
    outOfRange(header, number) ??
    readFiller(number) ??
    readWeight(
      {
        number,
        unit: unit ?? null,
        stable: header === 'ST',
        mode: modeOf(/^\d/.test(second) ? undefined : second),
        layoutKnown: unit !== undefined && (wide || 'other-width'),
      },
      settings,
    );
  return reading && { at: match.index, reading };
}

/** Dini Argeo, answer to `READ`. */
export const dini: ScaleProtocol = lineProtocol(
  {
    name: 'dini',
    title: 'Dini Argeo',
    unitInFrame: true,
    tellsStable: true,
    lines: [LINE_9600_8N1],
    config: ['terminator'],
  },
  parseDiniLine,
);
