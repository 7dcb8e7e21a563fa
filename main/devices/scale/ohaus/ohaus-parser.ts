import { type FrameReading, failed, readFiller, readWeight } from '../../../../shared/scale/frame-reading.ts';
import { beginsAlone, type LineMatch } from '../../../../shared/scale/frame-scanners.ts';
import { lineProtocol } from '../../../../shared/scale/line-protocol.ts';
import type { ScaleSettings } from '../../../../shared/scale/scale-settings.ts';
import { LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';

// Polarity, blank, number(7), blank, unit(5), `?` while moving, legend(3): 19 characters.
const STANDARD = /([ +-] [ \d.+-]{7}) ([A-Za-z%]{1,5}) {0,4}([ ?])(G|NET|N|T|PT| )? {0,3}$/;
const STANDARD_UNIT = 5;
// Scout: number right-aligned to eleven characters, unit, `?` while moving, legend or the interval clock.
const SCOUT =
  /([ +-][ \d.+-]{10}) ([A-Za-z%]{1,5})(?: {1,5}(\?))?(?: {1,3}(G|NET|N|T|PT))?(?: +\d\d:\d\d:\d\d)? {0,4}$/;
const TOTAL = /\d +[A-Za-z]{1,3} +TOTAL *$/i;
const FILLER = /(?:^|[^A-Za-z])(OVER|UNDER|ERR(?:OR)?(?: ?\d+(?:\.\d+)?)?|-{5,}|\^{4,}|_{4,}) *[A-Za-z]{0,2} *$/i;

/** Reads one line of an Ohaus scale in the 21-byte layout or in Scout's. The first number counts; a total does not. */
export function parseOhausLine(line: string, settings: ScaleSettings): LineMatch | undefined {
  const total = TOTAL.exec(line);
  if (total) return { at: total.index, reading: failed('not_a_weight') };
  const scout = SCOUT.exec(line);
  const standard = STANDARD.exec(line);
  // Only the wider of two readings has seen the whole number.
  const match = standard && hasStandardWidth(standard) ? standard : scout;
  if (match && beginsAlone(line, match.index)) {
    const reading = readFields(match, settings);
    if (reading) return { at: match.index, reading };
  }
  const filler = FILLER.exec(line);
  const reading = filler && readFiller(filler[1] ?? '');
  return filler && reading ? { at: filler.index, reading } : undefined;
}

/** The flag stands in a column of its own behind a unit field of five. */
function hasStandardWidth(match: RegExpExecArray): boolean {
  const [whole, number = ''] = match;
  return whole.length >= number.length + 1 + STANDARD_UNIT + 1;
}

function readFields(match: RegExpExecArray, settings: ScaleSettings): FrameReading | undefined {
  const [, number = '', unit = '', flag, legend = ''] = match;
  // `T` marks the tare itself, not what lies on the pan.
  if (legend === 'T' || legend === 'PT') return failed('not_a_weight');
  // A capital G where the unit stands is the legend: gross, unit unknown.
  const onlyLegend = unit === 'G';
  const mode = legend.startsWith('N') ? 'net' : legend === 'G' || onlyLegend ? 'gross' : null;
  return readWeight({ number, unit: onlyLegend ? null : unit, stable: flag !== '?', mode }, settings);
}

/** Ohaus (default print layout and Scout). */
export const ohaus: ScaleProtocol = lineProtocol(
  {
    name: 'ohaus',
    title: 'Ohaus',
    unitInFrame: true,
    tellsStable: true,
    lines: [LINE_9600_8N1, { baud: 2400, dataBits: 7, parity: 'none', stopBits: 2 }],
    config: ['terminator'],
  },
  parseOhausLine,
);
