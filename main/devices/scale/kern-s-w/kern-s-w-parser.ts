import { failed, readWeight } from '../../../../shared/scale/frame-reading.ts';
import { beginsAlone, type LineMatch } from '../../../../shared/scale/frame-scanners.ts';
import { lineProtocol } from '../../../../shared/scale/line-protocol.ts';
import type { ScaleSettings } from '../../../../shared/scale/scale-settings.ts';
import { LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';

// There is no header: the columns are all that tells a frame from the tail of one.
const STABLE = /([ +-][ \d.+-]{11}) ([A-Za-z%]{1,3})( {0,2})$/;
const STABLE_TAIL = 3;
const MOVING = /([ +-][ \d.+-]{11}) $/;
const ERROR = /(?:^|[^A-Za-z])Error *$/i;

/** Reads one line of 16 (stable, with unit) or 13 characters (moving, without). */
export function parseKernLine(line: string, settings: ScaleSettings): LineMatch | undefined {
  const stable = STABLE.exec(line);
  if (stable && !beginsAlone(line, stable.index)) return undefined;
  if (stable) {
    const [, number = '', unit = '', blanks = ''] = stable;
    if (unit.length + blanks.length !== STABLE_TAIL) return undefined;
    const reading = readWeight({ number, unit, stable: true, mode: null }, settings);
    return reading && { at: stable.index, reading };
  }
  const moving = MOVING.exec(line);
  if (
    moving &&
    beginsAlone(line, moving.index) &&
    readWeight({ number: moving[1] ?? '', unit: null, stable: false, mode: null }, settings)
  )
    return { at: moving.index, reading: failed('in_motion') };
  const error = ERROR.exec(line);
  return error ? { at: error.index, reading: failed('fault') } : undefined;
}

/** Kern's own s, w and t commands. */
export const kernSw: ScaleProtocol = lineProtocol(
  {
    name: 'kern-s-w',
    title: 'Kern s, w',
    unitInFrame: true,
    tellsStable: true,
    lines: [LINE_9600_8N1],
    config: ['terminator'],
  },
  parseKernLine,
);
