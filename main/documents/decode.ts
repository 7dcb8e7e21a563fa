import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, type ReaderOptions, type ReadResult, readBarcodes } from 'zxing-wasm/reader';
import type { ReadBackOptions } from './document.ts';
import { cutOut, maxiCodeZones } from './maxicode-zone.ts';
import type { Raster } from './raster.ts';

/** A rectangle of dots; right and bottom are the first dots outside. */
export interface DotBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface DecodedSymbol {
  readonly symbology: string;
  readonly text: string;
  readonly at: DotBox;
  /** Bars run down the page, not across: the symbol is turned by 90 or 270 degrees. */
  readonly upright: boolean;
  /** Modules across a matrix symbol; 0 for bars. */
  readonly columns: number;
  readonly correctionLeft: number | null;
}

/** Everything that carriers print; formats that only retail shelves or film edges carry would add false alarms. */
const linearFormats: ReaderOptions['formats'] = ['Code128', 'Code39', 'Code93', 'Codabar', 'ITF', 'EANUPC'];
const matrixFormats: ReaderOptions['formats'] = ['DataMatrix', 'QRCode', 'PDF417', 'Aztec'];

const common: ReaderOptions = { textMode: 'Plain', tryHarder: true, tryRotate: true, maxNumberOfSymbols: 64 };
const onDots: ReaderOptions = { ...common, binarizer: 'FixedThreshold', tryInvert: false, tryDownscale: false };
const everything = [...linearFormats, ...matrixFormats];

/** How hard to look: a proof knows that we drew the page upright, a reading knows nothing. */
export type DecodeEffort = 'proof' | ReadBackOptions['format'];

/** Bars are looked for in both directions always; turning the page for matrix symbols costs a third of a proof. */
const passes: Readonly<Record<DecodeEffort, readonly ReaderOptions[]>> = {
  proof: [
    { ...onDots, formats: linearFormats },
    { ...onDots, formats: matrixFormats, tryRotate: false },
  ],
  bilevel: [{ ...onDots, formats: everything }],
  grey: [{ ...common, formats: everything, binarizer: 'LocalAverage', tryDownscale: true }],
};

let ready: Promise<unknown> | undefined;

/** The package would fetch its wasm from a public server: a station has none to ask, so the bytes are handed in. */
async function prepare(): Promise<void> {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const { buffer, byteOffset, byteLength } = await readFile(path);
  const wasmBinary = buffer.slice(byteOffset, byteOffset + byteLength);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

function correctionLeft(extra: string): number | null {
  const share = /"UEC":([0-9.]+)/.exec(extra)?.[1];
  return share === undefined ? null : Number(share);
}

function toSymbol(result: ReadResult): DecodedSymbol {
  const { topLeft, topRight, bottomRight, bottomLeft } = result.position;
  const xs = [topLeft.x, topRight.x, bottomRight.x, bottomLeft.x];
  const ys = [topLeft.y, topRight.y, bottomRight.y, bottomLeft.y];
  const at = { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs) + 1, bottom: Math.max(...ys) + 1 };
  const upright = Math.abs(topRight.y - topLeft.y) > Math.abs(topRight.x - topLeft.x);
  const matrix = result.lineCount === 0;
  return {
    symbology: result.symbologyIdentifier,
    text: result.text,
    at,
    upright,
    columns: matrix ? result.symbol.width : 0,
    correctionLeft: correctionLeft(result.extra),
  };
}

/** Every symbol on a raster, found by zxing: it shares no code with the library that draws them. */
export async function decodeSymbols(raster: Raster, effort: DecodeEffort): Promise<DecodedSymbol[]> {
  ready ??= prepare();
  await ready;
  const found: DecodedSymbol[] = [];
  for (const options of passes[effort]) {
    const results = await readBarcodes(raster.pgm, options);
    found.push(...results.filter((result) => result.isValid).map(toSymbol));
  }
  // We draw none, so that a proof has none to expect.
  return effort === 'proof' ? found : [...found, ...(await decodeMaxiCodes(raster))];
}

async function decodeMaxiCodes(raster: Raster): Promise<DecodedSymbol[]> {
  const found: DecodedSymbol[] = [];
  for (const zone of maxiCodeZones(raster)) {
    const [result] = await readBarcodes(cutOut(raster, zone), { ...onDots, formats: ['MaxiCode'], isPure: true });
    if (!result?.isValid) continue;
    const { at, ...symbol } = toSymbol(result);
    const moved = (box: DotBox): DotBox => ({
      left: box.left + zone.left,
      top: box.top + zone.top,
      right: box.right + zone.left,
      bottom: box.bottom + zone.top,
    });
    found.push({ ...symbol, at: moved(at) });
  }
  return found;
}
