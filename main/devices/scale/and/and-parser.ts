import { acknowledged, failed, readWeight } from '../../../../shared/scale/frame-reading.ts';
import type { LineMatch } from '../../../../shared/scale/frame-scanners.ts';
import { lineProtocol } from '../../../../shared/scale/line-protocol.ts';
import type { ScaleSettings } from '../../../../shared/scale/scale-settings.ts';
import { LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';
import { outOfRange } from '../../../../shared/scale/status-line.ts';

// Header, the comparator's verdict where one is fitted, sign with eight characters, unit of three.
const LINE = /(ST|US|OL|UL|QT)(?:,(?:HH|HI|OK|LO|LL|NG))?,([ +-][ \dE.+-]{8})([ A-Za-z%]{3})$/;
// Beyond its range some models send no unit, or nothing at all, behind the sign.
const SHORT_RANGE = /(OL|UL),([+-]?)[\d.E+-]{0,12} *$/;
const REFUSED = /EC,E\d\d$/;
const ACK = '\x06';

/** Reads `ST,+001234.5  g`. `QT` counts pieces and is no weight. */
export function parseAndLine(line: string, settings: ScaleSettings): LineMatch | undefined {
  const match = LINE.exec(line);
  if (match) {
    const [, header = '', number = '', unit = ''] = match;
    const reading =
      header === 'QT'
        ? failed('not_a_weight')
        : (outOfRange(header, number) ?? readWeight({ number, unit, stable: header === 'ST', mode: null }, settings));
    return reading && { at: match.index, reading };
  }
  const range = SHORT_RANGE.exec(line);
  const outside = range && outOfRange(range[1] ?? '', range[2] ?? '');
  if (range && outside) return { at: range.index, reading: outside };
  const refused = REFUSED.exec(line);
  if (refused) return { at: refused.index, reading: failed('refused') };
  return line === ACK ? { at: 0, reading: acknowledged } : undefined;
}

/** A&D standard format. Its scales come set to 2400 7E1. */
export const and: ScaleProtocol = lineProtocol(
  {
    name: 'and',
    title: 'A&D standard',
    unitInFrame: true,
    tellsStable: true,
    lines: [{ baud: 2400, dataBits: 7, parity: 'even', stopBits: 1 }, LINE_9600_8N1],
    config: ['terminator'],
  },
  parseAndLine,
);
