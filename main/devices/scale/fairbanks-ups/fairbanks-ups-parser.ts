import { type FrameReading, readFiller, readWeight } from '../../../../shared/scale/frame-reading.ts';
import { beginsAlone, type LineMatch } from '../../../../shared/scale/frame-scanners.ts';
import { lineProtocol } from '../../../../shared/scale/line-protocol.ts';
import type { ScaleSettings } from '../../../../shared/scale/scale-settings.ts';
import { LINE_9600_7E1, LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';
import { modeOf } from '../../../../shared/scale/status-line.ts';

// Seven characters of number, so that the tail of a longer one is not taken for a weight.
const LINE = /(.{7}) ([A-Za-z]{1,3}) {1,2}(GR|gr|NT|nt|NE|ne|TR|tr) {0,2}$/;

/** Reads `  12.34 lb GR  `: capital letters mean stable, small ones moving. */
export function parseFairbanksLine(line: string, settings: ScaleSettings): LineMatch | undefined {
  const match = LINE.exec(line);
  if (!match || !beginsAlone(line, match.index)) return undefined;
  const [, number = '', unit = '', legend = ''] = match;
  const reading: FrameReading | undefined =
    readFiller(number) ??
    readWeight(
      {
        number,
        unit,
        stable: legend === legend.toUpperCase(),
        mode: modeOf(legend),
      },
      settings,
    );
  return reading && { at: match.index, reading };
}

/** Fairbanks UPS and Ultegra. */
export const fairbanksUps: ScaleProtocol = lineProtocol(
  {
    name: 'fairbanks-ups',
    title: 'Fairbanks UPS, Ultegra',
    unitInFrame: true,
    tellsStable: true,
    lines: [LINE_9600_7E1, LINE_9600_8N1],
    config: ['terminator'],
  },
  parseFairbanksLine,
);
