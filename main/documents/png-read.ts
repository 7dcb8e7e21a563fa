import { crc32, inflateSync } from 'node:zlib';
import { type DotPicture, PNG_SIGNATURE } from './png.ts';

/** What a PNG says of itself. */
export interface PngFacts {
  readonly width: number;
  readonly height: number;
  /** Of both directions, where it tells square pixels by the metre; null where it does not. */
  readonly dpi: number | null;
}

interface PngChunk {
  readonly kind: string;
  readonly data: Buffer;
}

/** Every chunk up to the end; undefined where one is torn, changed on the way, or the end is missing. */
function wholeChunks(bytes: Uint8Array): PngChunk[] | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  for (let at = PNG_SIGNATURE.length; at + 12 <= file.length; ) {
    const end = at + 8 + file.readUInt32BE(at);
    if (end + 4 > file.length || crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end)) return undefined;
    const kind = file.toString('latin1', at + 4, at + 8);
    chunks.push({ kind, data: file.subarray(at + 8, end) });
    if (kind === 'IEND') return chunks;
    at = end + 4;
  }
  return undefined;
}

function factsOf(chunks: readonly PngChunk[]): PngFacts | undefined {
  const header = chunks[0];
  if (header?.kind !== 'IHDR' || header.data.length < 13) return undefined;
  const density = chunks.find(({ kind, data }) => kind === 'pHYs' && data.length === 9 && data[8] === 1)?.data;
  const [x, y] = density ? [density.readUInt32BE(0), density.readUInt32BE(4)] : [0, 0];
  const dpi = x > 0 && x === y ? (x * 25.4) / 1000 : null;
  return { width: header.data.readUInt32BE(0), height: header.data.readUInt32BE(4), dpi };
}

/** Size and density of a whole PNG; undefined for one that is torn. */
export function pngFacts(bytes: Uint8Array): PngFacts | undefined {
  const chunks = wholeChunks(bytes);
  return chunks && factsOf(chunks);
}

/** What a PNG row adds to each byte, from the bytes left of it, above it and between (PNG specification, 9.2). */
function predicted(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  if (filter !== 4) return 0;
  const estimate = left + above - corner;
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((value) => Math.abs(estimate - value));
  if ((toLeft ?? 0) <= (toAbove ?? 0) && (toLeft ?? 0) <= (toCorner ?? 0)) return left;
  return (toAbove ?? 0) <= (toCorner ?? 0) ? above : corner;
}

/** The dots of a grey PNG of eight bits, as the ZPL renderer writes it; undefined for any other. */
export function greyDots(bytes: Uint8Array): DotPicture | undefined {
  const chunks = wholeChunks(bytes);
  const facts = chunks && factsOf(chunks);
  const [depth, color, , , interlaced] = chunks?.[0]?.data.subarray(8) ?? [];
  if (!chunks || !facts || depth !== 8 || color !== 0 || interlaced !== 0) return undefined;
  const { width, height } = facts;
  const rows = inflateSync(Buffer.concat(chunks.filter(({ kind }) => kind === 'IDAT').map(({ data }) => data)));
  const dots = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const [from, to] = [y * (width + 1) + 1, y * width];
    const filter = rows[from - 1] ?? 0;
    for (let x = 0; x < width; x += 1) {
      const left = x > 0 ? (dots[to + x - 1] ?? 0) : 0;
      const above = y > 0 ? (dots[to - width + x] ?? 0) : 0;
      const corner = x > 0 && y > 0 ? (dots[to - width + x - 1] ?? 0) : 0;
      dots[to + x] = (rows[from + x] ?? 0) + predicted(filter, left, above, corner);
    }
  }
  return { width, height, dots };
}
