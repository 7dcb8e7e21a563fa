import type { ProbeFinding } from '../contract/devices.ts';
import { textOfBytes } from '../devices/recording.ts';
import type { FrameReading, LineHint } from './frame-reading.ts';
import type { LinePreset, ScaleProtocol } from './scale-stream.ts';

/** Speeds and bits of a port that nobody knows anything about. */
const speeds = [9_600, 4_800, 2_400, 19_200] as const;
const bits = { '8N1': [8, 'none', 1], '7E1': [7, 'even', 1], '7O1': [7, 'odd', 1] } as const;

const lineAt = (baud: number, name: keyof typeof bits): LinePreset => {
  const [dataBits, parity, stopBits] = bits[name];
  return { baud, dataBits, parity, stopBits };
};

/** Read as 8N1 a line of seven bits shows its parity in bit 7: listening needs no other bits. */
export const listeningLines: readonly LinePreset[] = speeds.map((baud) => lineAt(baud, '8N1'));

/** A device that checks parity hears a question in its own bits only; those that manuals name most come first. */
export const askingLines: readonly LinePreset[] = [
  lineAt(9_600, '8N1'),
  lineAt(9_600, '7E1'),
  lineAt(2_400, '7E1'),
  lineAt(4_800, '8N1'),
  lineAt(2_400, '8N1'),
  lineAt(19_200, '8N1'),
  lineAt(4_800, '7E1'),
  lineAt(19_200, '7E1'),
  ...speeds.map((baud) => lineAt(baud, '7O1')),
];

/** What came while one line setting was tried. */
export interface HeardBytes {
  readonly line: LinePreset;
  readonly reads: readonly Uint8Array[];
  /** Protocols whose question it followed; none for what came by itself. */
  readonly asked: readonly string[];
}

/** Most of what came must belong to frames. */
const MOST_GARBAGE = 0.5;

/** Every way in which these bytes make sense, the best first. */
export function judgeHeard(heard: HeardBytes, protocols: readonly ScaleProtocol[]): ProbeFinding[] {
  const scales = protocols
    .filter(({ lines }) => lines.length > 0)
    .map((protocol, place) => ({ ...weigh(heard, protocol), place: protocol.name === 'adam' ? 999 : place }))
    .filter(({ finding }) => finding.frames > 0 && finding.garbage <= MOST_GARBAGE)
    .toSorted(
      (one, other) =>
        one.finding.garbage - other.finding.garbage ||
        Number(other.fits) - Number(one.fits) ||
        other.told - one.told ||
        one.place - other.place,
    );
  if (scales.length > 0) return scales.map(({ finding }) => finding);
  const scanner = asScanner(heard);
  return scanner ? [scanner] : [];
}

interface Weighed {
  readonly finding: ProbeFinding;
  /** Its own question was answered, or it came by itself and needs none. */
  readonly fits: boolean;
  /** Frames that say stable or moving: more than a number that anything may print. */
  readonly told: number;
}

function weigh({ line, reads, asked }: HeardBytes, protocol: ScaleProtocol): Weighed {
  const stream = protocol.open({});
  const frames = [...reads.flatMap((read) => stream.push(read)), ...stream.flush()].filter(
    ({ kind }) => kind !== 'ack',
  );
  const { bytes, framed } = stream.counts();
  const weights = frames.filter((frame) => frame.kind === 'weight');
  const hint = frames.find(({ lineHint }) => lineHint !== undefined)?.lineHint;
  const finding: ProbeFinding = {
    kind: 'scale',
    protocol: protocol.name,
    line: { ...line, ...(hint ? hinted[hint] : {}), dtr: true },
    frames: weights.length,
    sample: sampleOf(weights.at(-1)),
    garbage: bytes === 0 ? 0 : Math.round((1 - framed / bytes) * 100) / 100,
  };
  const streams = protocol.lines.length > 0 && asked.length === 0;
  return {
    finding,
    fits: asked.includes(protocol.name) || (streams && protocol.name !== 'kern-eoc'),
    told: weights.filter((frame) => frame.stable !== null).length,
  };
}

const hinted: Readonly<Record<LineHint, Partial<LinePreset>>> = {
  '7E1': { dataBits: 7, parity: 'even' },
  '7O1': { dataBits: 7, parity: 'odd' },
  '7N2': { dataBits: 7, parity: 'none', stopBits: 2 },
};

/** `1.250 kg`; without a unit where the frame has none. */
function sampleOf(frame: FrameReading | undefined): string {
  if (frame?.kind !== 'weight') return '';
  const { value, places, unit } = frame;
  return `${typeof value === 'number' ? value.toFixed(places) : value} ${unit ?? ''}`.trim();
}

const [STX, ETX, GS] = ['\x02', '\x03', '\x1d'];
const SCAN_ENDS = new RegExp(`\r\n|[\r\n\t${ETX}]`);
/** A scan is printable, with GS inside and perhaps STX in front. */
const SCAN = new RegExp(`^${STX}?[ -~${GS}]{4,}$`);

/** Whole lines of letters and digits that are no weight: somebody has scanned. */
function asScanner({ line, reads }: HeardBytes): ProbeFinding | undefined {
  const text = reads.map((read) => String.fromCharCode(...read.subarray(0, 4_096))).join('');
  const parts = text.split(SCAN_ENDS);
  // What has no end is no scan.
  const scans = parts.slice(0, -1).filter((part) => SCAN.test(part));
  const last = scans.at(-1);
  if (last === undefined) return undefined;
  const used = scans.reduce((sum, scan) => sum + scan.length, 0) + (text.length - parts.join('').length);
  const garbage = Math.max(0, Math.round((1 - used / text.length) * 100) / 100);
  if (garbage > MOST_GARBAGE) return undefined;
  const sample = textOfBytes(Uint8Array.from(last.slice(0, 60), (character) => character.charCodeAt(0)));
  return { kind: 'scanner', protocol: null, line: { ...line, dtr: true }, frames: scans.length, sample, garbage };
}

/** Why nothing was found, or what to do with what was: key of a text. */
export function adviceOn(
  found: readonly ProbeFinding[],
  bytes: number,
): { readonly code: string | null; readonly params: Readonly<Record<string, string>> } {
  const [best] = found;
  if (!best) return { code: bytes === 0 ? 'probe.nothing-came' : 'probe.unreadable', params: {} };
  const { dataBits, parity, stopBits } = best.line;
  if (dataBits === 8) return { code: null, params: {} };
  return { code: 'probe.seven-bits', params: { line: `7${parity.charAt(0).toUpperCase()}${stopBits}` } };
}
