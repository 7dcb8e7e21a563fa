import type { FrameReading } from './frame-reading.ts';
import type { ScaleSettings } from './scale-settings.ts';
import type { ScaleProtocol } from './scale-stream.ts';

/** One frame as `scale decode` prints it. `line` is there only when bit 7 gave away another line setting. */
export type DecodedFrame = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Decodes one line of `scale decode`: the hex of one read, or of several with `|` between them.
 *
 * Each line is a scale opened anew and then silent. What is not hex becomes the one error `not_hex`.
 */
export function decodeScaleCase(line: string, protocol: ScaleProtocol, settings: ScaleSettings): DecodedFrame[] {
  const reads = line.split('|').map(bytesOf);
  const stream = protocol.open(settings);
  const readings: FrameReading[] = [];
  for (const bytes of reads) {
    if (!bytes) return [{ error: 'not_hex' }];
    readings.push(...stream.push(bytes));
  }
  return [...readings, ...stream.flush()].map(toDecodedFrame);
}

function bytesOf(text: string): Uint8Array | undefined {
  const digits = text.replace(/[ \t\r]/g, '');
  if (digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits)) return undefined;
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** The shape that leaves the program. */
export function toDecodedFrame(reading: FrameReading): DecodedFrame {
  const line = reading.lineHint ? { line: reading.lineHint } : {};
  switch (reading.kind) {
    case 'weight': {
      const { value, unit, grams, stable, mode, usable } = reading;
      return { value, unit, grams, stable, mode, usable, ...line };
    }
    case 'error':
      return { error: reading.error, ...line };
    case 'ack':
      return { ack: true, ...line };
  }
}
