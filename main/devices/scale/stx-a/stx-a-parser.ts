import { type FrameReading, readFiller, readWeight } from '../../../../shared/scale/frame-reading.ts';
import { markedScanner } from '../../../../shared/scale/frame-scanners.ts';
import { scannedProtocol } from '../../../../shared/scale/line-protocol.ts';
import type { ScaleSettings } from '../../../../shared/scale/scale-settings.ts';
import { LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';

const BODY = /^A([ \d.+^_-]{6,10}?)([A-Za-z]{1,2})?\r$/;

/** Reads `A   0.165` between STX and CR ETX: neither unit nor stability is told. */
export function parseStxA(body: string, settings: ScaleSettings): FrameReading | undefined {
  const [, number, unit] = BODY.exec(body) ?? [];
  if (number === undefined) return undefined;
  return readFiller(number) ?? readWeight({ number, unit: unit ?? null, stable: null, mode: null }, settings);
}

/** The `STX A` family. */
export const stxA: ScaleProtocol = scannedProtocol(
  { name: 'stx-a', title: 'STX A family', unitInFrame: false, tellsStable: false, lines: [LINE_9600_8N1], config: [] },
  (settings) => markedScanner({ start: '\x02', end: '\x03', mostBytes: 24 }, (body) => parseStxA(body, settings)),
);
