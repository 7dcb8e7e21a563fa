import { failed, readWeight } from '../../../../shared/scale/frame-reading.ts';
import type { LineMatch } from '../../../../shared/scale/frame-scanners.ts';
import { lineProtocol } from '../../../../shared/scale/line-protocol.ts';
import type { ScaleSettings } from '../../../../shared/scale/scale-settings.ts';
import { LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';
import { parseStatusLine } from '../../../../shared/scale/status-line.ts';

const SHORT = /w([wgnt])([ \d.+-]{5,9}?)([A-Za-z]{1,2}) {0,2}$/;

/** Reads `ST,NT,+  1.234kg`, or `wn00007.5kg` of indicators that tell no stability. */
export function parseStNtLine(line: string, settings: ScaleSettings): LineMatch | undefined {
  const long = parseStatusLine(line, settings);
  if (long) return long;
  const short = SHORT.exec(line);
  if (!short) return undefined;
  const [, legend, number = '', unit = ''] = short;
  if (legend === 't') return { at: short.index, reading: failed('not_a_weight') };
  const reading = readWeight({ number, unit, stable: null, mode: legend === 'n' ? 'net' : 'gross' }, settings);
  return reading && { at: short.index, reading };
}

/** The `ST,NT` family: AWH-SA30, AND-18, many indicators. */
export const stNt: ScaleProtocol = lineProtocol(
  {
    name: 'st-nt',
    title: 'ST,NT lines (AWH, AND-18, many indicators)',
    unitInFrame: true,
    tellsStable: true,
    lines: [LINE_9600_8N1],
    config: ['terminator'],
  },
  parseStNtLine,
);
