import { type FrameReading, readFiller, readWeight } from '../../../../shared/scale/frame-reading.ts';
import { fixedScanner, type LayoutPosition, times } from '../../../../shared/scale/frame-scanners.ts';
import { scannedProtocol } from '../../../../shared/scale/line-protocol.ts';
import type { ScaleSettings } from '../../../../shared/scale/scale-settings.ts';
import { LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';
import { modeOf, outOfRange } from '../../../../shared/scale/status-line.ts';

const LAMP_AT = 7;
const HOLD = 0x10;

// The lamp byte may be CR, LF or a comma on a 7-bit line: the frame is found by its layout, not by its end.
const LAYOUT: readonly LayoutPosition[] = [
  ...[/[SUO]/, /[TSL]/, ',', /[GN]/, /[ST]/, ',', /[^\r\n,]/, 'any-byte', ','],
  ...times(8, /[ \d.+^_-]/),
  ...[' ', /[A-Za-z% ]/, /[A-Za-z% ]/, '\r', '\n'],
];

/** Reads the 22 bytes `hh,gg,` device lamp `,` number(8) blank unit(2) CR LF. */
export function parseCas22(frame: string, settings: ScaleSettings): FrameReading | undefined {
  const header = frame.slice(0, 2);
  const mode = frame.slice(3, 5);
  if (!['ST', 'US', 'OL'].includes(header) || !['GS', 'NT'].includes(mode)) return undefined;
  const number = frame.slice(9, 17);
  const range = outOfRange(header, number) ?? readFiller(number);
  if (range) return range;
  // A held value is a remembered one: shown, never taken.
  const held = (frame.charCodeAt(LAMP_AT) & HOLD) !== 0;
  return readWeight(
    { number, unit: frame.slice(18, 20), stable: header === 'ST', mode: modeOf(mode), layoutKnown: !held },
    settings,
  );
}

/** CAS 22-byte (CI, NT, PDI, PDS manuals). */
export const cas22: ScaleProtocol = scannedProtocol(
  {
    name: 'cas-22',
    title: 'CAS 22 bytes (CI, NT, PDI, PDS)',
    unitInFrame: true,
    tellsStable: true,
    lines: [LINE_9600_8N1],
    config: [],
  },
  (settings) => fixedScanner(LAYOUT, (frame) => parseCas22(frame, settings), LAMP_AT),
);
