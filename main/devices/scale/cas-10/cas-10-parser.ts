import { readFiller, readWeight, withSetPlaces } from '../../../../shared/scale/frame-reading.ts';
import { beginsAlone, type LineMatch } from '../../../../shared/scale/frame-scanners.ts';
import { lineProtocol } from '../../../../shared/scale/line-protocol.ts';
import type { ScaleSettings } from '../../../../shared/scale/scale-settings.ts';
import { LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';

const WIDTH = 8;

/** Reads eight characters of number: no unit, no flag, so it is shown and never taken by itself. */
export function parseCas10Line(line: string, settings: ScaleSettings): LineMatch | undefined {
  const field = line.slice(-WIDTH);
  const at = line.length - WIDTH;
  if (at < 0 || !beginsAlone(line, at)) return undefined;
  const filler = readFiller(field);
  if (filler) return { at, reading: filler };
  const read = withSetPlaces(field, settings);
  const reading = read && readWeight({ number: read.number, unit: null, stable: null, mode: null }, settings);
  return reading && { at, reading };
}

/** CAS 10-byte. */
export const cas10: ScaleProtocol = lineProtocol(
  {
    name: 'cas-10',
    title: 'CAS 10 bytes',
    unitInFrame: false,
    tellsStable: false,
    lines: [LINE_9600_8N1],
    config: ['decimals', 'terminator'],
  },
  parseCas10Line,
);
