import { z } from 'zod';
import { DeviceSettings, LineAddress } from '../contract/devices.ts';

/** First line of a recording: what was recorded, and how it was set up. */
export const RecordingHead = z.object({
  recording: z.literal(1),
  /** ISO instant from which `atMs` counts. */
  startedAt: z.string(),
  kind: z.enum(['scale', 'scanner']),
  device: z.string(),
  protocol: z.string().nullable(),
  address: LineAddress,
  settings: DeviceSettings,
});
export type RecordingHead = z.infer<typeof RecordingHead>;

/** Each further line: bytes from (`in`) or to (`out`) the device as they came together, or a new opening of its line. */
export const RecordedRead = z.object({
  atMs: z.number().min(0),
  direction: z.enum(['in', 'out', 'opened']),
  hex: z.string().regex(/^(?:[0-9a-f]{2})*$/),
});
export type RecordedRead = z.infer<typeof RecordedRead>;

export interface Recording {
  readonly head: RecordingHead;
  readonly reads: readonly RecordedRead[];
  /** Lines that are none: a recording that a power cut ended has half a line. */
  readonly broken: number;
}

/** Reads a recording; undefined when its first line does not say what it is. */
export function parseRecording(text: string): Recording | undefined {
  const [first = '', ...rest] = text.split('\n').filter((line) => line.trim() !== '');
  const head = RecordingHead.safeParse(jsonOf(first));
  if (!head.success) return undefined;
  const reads = rest.flatMap((line) => {
    const read = RecordedRead.safeParse(jsonOf(line));
    return read.success ? [read.data] : [];
  });
  return { head: head.data, reads, broken: rest.length - reads.length };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

export const bytesOfHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** Two digits a byte. */
export const hexOfBytes = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Printable ASCII as it is, a dot for everything else. */
export const textOfBytes = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
