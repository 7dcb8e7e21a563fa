import { crc32, deflateSync } from 'node:zlib';
import { type Raster, rasterPages } from '../../../main/documents/raster.ts';

/** Dots of a picture, 0 is black. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly dots: Uint8Array;
}

function chunk(kind: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A grey PNG, as carriers send labels. */
export function pngOf({ width, height, dots }: Picture): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) rows.set(dots.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    magic,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** The first page of a PDF as the printer burns it. */
export async function burnt(pdf: Uint8Array, dpi: 203 | 300): Promise<Raster> {
  for await (const { raster } of rasterPages(pdf, { dpi, format: 'bilevel' })) return raster;
  throw new Error('the PDF has no page');
}

/** The picture made anew dot by dot from another one. */
export function redrawn(
  { width, height }: { width: number; height: number },
  dotAt: (x: number, y: number) => number,
): Picture {
  const dots = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) dots[y * width + x] = dotAt(x, y);
  return { width, height, dots };
}

export function dotOf({ width, height, dots }: Picture, x: number, y: number): number {
  return x < 0 || y < 0 || x >= width || y >= height ? 255 : (dots[y * width + x] ?? 255);
}
