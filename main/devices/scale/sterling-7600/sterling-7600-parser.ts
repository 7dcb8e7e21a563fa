import { readFiller, readWeight } from '../../../../shared/scale/frame-reading.ts';
import type { LineMatch } from '../../../../shared/scale/frame-scanners.ts';
import { lineProtocol } from '../../../../shared/scale/line-protocol.ts';
import type { ScaleSettings } from '../../../../shared/scale/scale-settings.ts';
import { LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';
import { modeOf } from '../../../../shared/scale/status-line.ts';

const LINE = /(?:S[GN]W)?(Gross|Net)[ :]*([ \d.^_+-]{3,12}?) *([A-Za-z]{1,3}) *$/i;

/** Reads `SGWGross   0.010 lb`: the command's echo, the legend, number and unit. Stability is not told. */
export function parseSterlingLine(line: string, settings: ScaleSettings): LineMatch | undefined {
  const match = LINE.exec(line);
  if (!match) return undefined;
  const [, legend, number = '', unit = ''] = match;
  const reading = readFiller(number) ?? readWeight({ number, unit, stable: null, mode: modeOf(legend) }, settings);
  return reading && { at: match.index, reading };
}

/** Sterling 7600. */
export const sterling7600: ScaleProtocol = lineProtocol(
  {
    name: 'sterling-7600',
    title: 'Sterling 7600',
    unitInFrame: true,
    tellsStable: false,
    lines: [LINE_9600_8N1],
    config: ['terminator'],
  },
  parseSterlingLine,
);
