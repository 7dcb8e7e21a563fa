import {
  acknowledged,
  type FrameReading,
  failed,
  readFiller,
  readWeight,
} from '../../../../shared/scale/frame-reading.ts';
import { fixedScanner, type LayoutPosition, times } from '../../../../shared/scale/frame-scanners.ts';
import { scannedProtocol } from '../../../../shared/scale/line-protocol.ts';
import type { ScaleSettings } from '../../../../shared/scale/scale-settings.ts';
import { type FrameScanner, LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';

const LAYOUT: readonly LayoutPosition[] = [
  ...['\x01', '\x02', /[SU]/, /[ +\-F]/],
  ...times(6, /[ \d.F]/),
  ...[/[A-Za-z ]/, /[A-Za-z ]/, 'any-byte', '\x03', '\x04'],
];
const FIRST_SUMMED = 2;
const BCC_AT = 12;
const ACK = '\x06';
const NAK = '\x15';

/** Reads `SOH STX status sign number(6) unit(2) BCC ETX EOT`; BCC is the XOR from status to unit. */
export function parseCasPd2(frame: string, settings: ScaleSettings): FrameReading | undefined {
  let bcc = 0;
  for (let at = FIRST_SUMMED; at < BCC_AT; at += 1) bcc ^= frame.charCodeAt(at);
  if (bcc !== frame.charCodeAt(BCC_AT)) return failed('checksum');
  const sign = frame.charAt(3);
  const number = frame.slice(4, 10);
  if (sign === 'F' || /F/.test(number)) return failed('overload');
  return (
    readFiller(number) ??
    readWeight(
      { number: sign + number, unit: frame.slice(10, 12), stable: frame.charAt(2) === 'S', mode: null },
      settings,
    )
  );
}

/** A frame, or the one byte that answers ENQ. */
function casPd2Scanner(settings: ScaleSettings): FrameScanner {
  const frames = fixedScanner(LAYOUT, (frame) => parseCasPd2(frame, settings));
  return (text, ended) => {
    const first = text.charAt(0);
    if (first !== ACK && first !== NAK) return frames(text, ended);
    return { take: 1, frame: { from: 0, to: 1, reading: first === ACK ? acknowledged : failed('refused') } };
  };
}

/** CAS PD-II type 6 (also AP and "Samsung ECR"). */
export const casPd2: ScaleProtocol = scannedProtocol(
  {
    name: 'cas-pd2',
    title: 'CAS PD-II type 6, AP, Samsung ECR',
    unitInFrame: true,
    tellsStable: true,
    lines: [LINE_9600_8N1],
    config: [],
  },
  casPd2Scanner,
);
