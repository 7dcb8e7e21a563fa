import {
  acknowledged,
  type FrameReading,
  failed,
  readPoundsAndOunces,
  readWeight,
  withSetPlaces,
} from '../../../../shared/scale/frame-reading.ts';
import { markedScanner } from '../../../../shared/scale/frame-scanners.ts';
import { scannedProtocol } from '../../../../shared/scale/line-protocol.ts';
import type { ScaleSettings } from '../../../../shared/scale/scale-settings.ts';
import { LINE_9600_7E1, LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';

const NUMBER = /^([+-]?[ \d]*\d\.?\d*)([A-Za-z]{1,3})?$/;
/** `xx.xx` pounds and `xx.xxx` kilograms (DIVA), `xxx.xx` elsewhere, `xxxx.x` with a unit (Brecknell). */
const KNOWN_LAYOUT = /^(?:[ \d]\d\.\d{2,3}|[ \d]{2}\d\.\d{2})$/;
const KNOWN_LAYOUT_WITH_UNIT = /^[ \d]{1,3}\d\.\d{1,3}$/;
const SHORTEST = 5;

/** Reads what stands between STX and CR. A number alone means stable: the scale sends none while it moves. */
export function parseToledo8217(body: string, settings: ScaleSettings): FrameReading | undefined {
  if (body === 'E') return acknowledged;
  if (body.startsWith('?')) return body.length === 2 ? readStatus(body.charCodeAt(1)) : undefined;
  const net = body.endsWith('N');
  const text = net ? body.slice(0, -1) : body;
  const told = { stable: true, mode: net ? ('net' as const) : ('gross' as const) };
  const pounds = readPoundsAndOunces(text, told);
  if (pounds) return pounds;
  const [, field = '', unit] = NUMBER.exec(text) ?? [];
  const read = withSetPlaces(field, settings);
  if (!read) return undefined;
  const known = unit ? KNOWN_LAYOUT_WITH_UNIT : KNOWN_LAYOUT;
  const wide = field.length >= SHORTEST && (known.test(field) || !field.includes('.'));
  return readWeight(
    { ...told, number: read.number, unit: unit ?? null, layoutKnown: read.sure && (wide || 'other-width') },
    settings,
  );
}

/** Bit 6 is always 1. Range comes before motion: a scale beyond its range often moves as well. */
function readStatus(status: number): FrameReading | undefined {
  if ((status & 0x40) === 0) return undefined;
  if (status & 2) return failed('overload');
  if (status & 4) return failed('underload');
  if (status & 1) return failed('in_motion');
  if (status & 8) return failed('zero_error');
  // Some scales say a weight once and then nothing until it changes: the reader keeps the last value.
  return failed('unchanged');
}

/** Toledo 8217, 8213, "Weight only" (DIVA and Rice Lake manuals). */
export const toledo8217: ScaleProtocol = scannedProtocol(
  {
    name: 'toledo-8217',
    title: 'Toledo 8217, 8213, “Weight only”',
    unitInFrame: false,
    tellsStable: true,
    lines: [LINE_9600_7E1, LINE_9600_8N1],
    config: ['decimals'],
  },
  (settings) => markedScanner({ start: '\x02', end: '\r', mostBytes: 24 }, (body) => parseToledo8217(body, settings)),
);
