import { type FrameReading, failed, readFiller, readWeight } from '../../../../shared/scale/frame-reading.ts';
import { type LineMatch, lineScanner } from '../../../../shared/scale/frame-scanners.ts';
import { scannedProtocol } from '../../../../shared/scale/line-protocol.ts';
import type { ScaleSettings } from '../../../../shared/scale/scale-settings.ts';
import { type FrameScanner, LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';
import { modeOf } from '../../../../shared/scale/status-line.ts';

const LABELLED = /(G|N|T|Gross|Net|Tare) ?(?:\/W|Wt\.?)[ :]*([+-]?[ \d.^_-]*?) *([A-Za-z:%]{1,5})? *$/i;
// AZExtra and CB send no terminator: eight characters of number that show where they begin, then the unit at once.
const BARE = /([ -][ \d.-]{4,18}\d)(kg|lb|oz|g)/gi;
const BARE_WIDTH = 8;
// A header or a legend in front makes it a frame of another kind, which may be moving.
const LEGEND = /[A-Zt,:+] *$|\/[Ww]|[Ww]t/;

/** Reads one line of a CPWplus (`G/W  + 5.00 lb`) or a label line (`Gross Wt 1.234 Kg`); neither tells stability. */
export function parseAdamLine(line: string, settings: ScaleSettings): LineMatch | undefined {
  const match = LABELLED.exec(line);
  if (!match) return undefined;
  const [, legend = '', number = '', unit] = match;
  const reading = /^t/i.test(legend)
    ? failed('not_a_weight')
    : // A capital G alone may be the legend once more.
      (readFiller(number) ??
      readWeight({ number, unit: unit && unit !== 'G' ? unit : null, stable: null, mode: modeOf(legend) }, settings));
  return reading && { at: match.index, reading };
}

/** AZExtra answers only when it is stable, and not at all for zero or for the same value as before. */
function parseBare(number: string, unit: string, settings: ScaleSettings): FrameReading | undefined {
  return readWeight({ number, unit, stable: true, mode: null, layoutKnown: number.length === BARE_WIDTH }, settings);
}

function adamScanner(settings: ScaleSettings): FrameScanner {
  const lines = lineScanner(parseAdamLine, settings);
  return (text, ended) => {
    const line = text.split('\r\n', 1)[0] ?? '';
    const bare = findBare(line);
    if (!bare) return lines(text, ended);
    const [whole, number = '', unit = ''] = bare;
    const take = bare.index + whole.length;
    const reading = parseBare(number, unit, settings);
    return reading ? { take, frame: { from: bare.index, to: take, reading } } : { take };
  };
}

function findBare(line: string): RegExpExecArray | undefined {
  let before = 0;
  for (const match of line.matchAll(BARE)) {
    if (!LEGEND.test(line.slice(before, match.index))) return match;
    before = match.index + match[0].length;
  }
  return undefined;
}

/** Adam CPWplus, AZExtra and CB. */
export const adam: ScaleProtocol = scannedProtocol(
  {
    name: 'adam',
    title: 'Adam CPWplus, AZExtra, CB',
    unsure: 'The command P that asks an AZExtra is taken from one program, not from a manual.',
    unitInFrame: true,
    tellsStable: true,
    lines: [LINE_9600_8N1, { baud: 4800, dataBits: 8, parity: 'none', stopBits: 1 }],
    config: ['terminator'],
  },
  adamScanner,
);
