import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { CarrierFile, LabelFileFormat } from '../../../main/documents/document.ts';
import { rasterPages } from '../../../main/documents/raster.ts';
import {
  aCarrierFile,
  asWindow,
  blankPdf,
  onSheet,
  openProofs,
  type Placing,
  sheets,
  withPage,
} from './carrier-file-support.ts';
import { burnt, dotOf, type Picture, pngOf, redrawn } from './label-pictures.ts';
import { symbolSets } from './simulated-symbol-sets.ts';

const { documents, codesOf, problemsOf } = openProofs();
afterAll(() => documents.close());

const resolutions = [203, 300] as const;
const formats = ['pdf', 'png', 'zpl'] as const;
const fourBySix = sheets['4x6'];

async function placed(file: CarrierFile, change: Omit<Placing, 'widthMm' | 'heightMm'>): Promise<CarrierFile> {
  return { ...file, bytes: await onSheet(file.bytes, { ...fourBySix, ...change }) };
}

describe.each(resolutions)('a carrier’s label for %i dpi is refused', (dpi) => {
  const usps = (format: LabelFileFormat = 'pdf') => aCarrierFile(symbolSets.usps, { dpi, format });
  const picture = async (): Promise<Picture> => burnt((await usps()).bytes, dpi);
  const asPng = async (change: (good: Picture) => Picture): Promise<CarrierFile> => ({
    ...(await usps('png')),
    bytes: pngOf(change(await picture())),
  });

  test.each([
    ['right', { xMm: 1 }],
    ['left', { xMm: -1 }],
    ['up', { yMm: 1 }],
    ['down', { yMm: -1 }],
  ])('when it was shifted a millimetre to the %s', async (_, shift) => {
    expect(await codesOf(await placed(await usps(), shift))).toContain('proof.content-cut');
  });

  test.each([0.97, 1.03])('when its page was scaled to %d', async (scale) => {
    const size = { widthMm: fourBySix.widthMm * scale, heightMm: fourBySix.heightMm * scale };
    const bytes = await onSheet((await usps()).bytes, { ...size, scale });

    expect(await codesOf({ ...(await usps()), bytes })).toContain('proof.page-size');
  });

  test.each([0.97, 1.03])('when what is on it was scaled to %d on the right page', async (scale) => {
    const [xMm, yMm] = [fourBySix.widthMm * (1 - scale) * 0.5, fourBySix.heightMm * (1 - scale) * 0.5];
    const codes = await codesOf(await placed(await usps(), { scale, xMm, yMm }));

    expect(codes).toEqual(
      expect.arrayContaining([expect.stringMatching(/^proof\.(module-width|decodability|content-cut)$/)]),
    );
  });

  test.each([
    ['A4', { widthMm: 210, heightMm: 297 }],
    ['letter', { widthMm: 215.9, heightMm: 279.4 }],
  ])('when it lies on a sheet of %s, with the size of the sheet', async (_, sheet) => {
    const file = await usps();
    const bytes = await onSheet(file.bytes, { ...sheet, xMm: 10, yMm: 10 });
    const shrunk = await onSheet(bytes, { ...fourBySix, scale: fourBySix.widthMm / sheet.widthMm });
    const [first] = await problemsOf({ ...file, bytes });

    expect(first?.code).toBe('proof.page-size');
    expect(first?.details.widthMm).toBeCloseTo(sheet.widthMm, 1);
    expect(await codesOf({ ...file, bytes: shrunk })).not.toEqual([]);
  });

  test('when it is a window on a larger sheet, which some printers print whole', async () => {
    const file = await usps();

    expect(await codesOf({ ...file, bytes: await asWindow(file.bytes) })).toEqual(['proof.page-size']);
  });

  test('when more pages come with it', async () => {
    const file = await usps();

    expect(await codesOf({ ...file, bytes: await withPage(file.bytes) })).toContain('proof.page-count');
  });

  test('when its bars are a dot thinner', async () => {
    const file = await asPng((good) =>
      redrawn(good, (x, y) => (dotOf(good, x + 1, y) === 255 ? 255 : dotOf(good, x, y))),
    );

    expect(await codesOf(file)).toContain('proof.bar-gain');
  });

  test('when a picture has lost a side', async () => {
    const file = await asPng((good) => redrawn(good, (x, y) => dotOf(good, x + (dpi === 203 ? 8 : 12), y)));

    expect(await codesOf(file)).toContain('proof.content-cut');
  });

  test('when something stands in the white beside its bars', async () => {
    const proof = await documents.proveCarrierFile(await usps());
    const bars = proof.ok ? proof.symbols.find(({ symbology }) => symbology === ']C1')?.at : undefined;
    const perMm = dpi === 203 ? 8 : 300 / 25.4;
    const [left, top] = [(bars?.xMm ?? 0) * perMm, (bars?.yMm ?? 0) * perMm];
    const file = await asPng((good) =>
      redrawn(good, (x, y) => (x > left - 12 && x < left - 8 && y > top + 20 && y < top + 60 ? 0 : dotOf(good, x, y))),
    );

    expect(await codesOf(file)).toEqual(['proof.quiet-zone']);
  });

  test('when a picture is grey', async () => {
    const file = await asPng((good) => redrawn(good, (x, y) => (dotOf(good, x, y) === 0 ? 90 : 255)));

    expect(new Set(await codesOf(file))).toEqual(new Set(['proof.grey']));
  });

  test('when a picture is smoothed', async () => {
    const half = await onSheet((await usps()).bytes, { ...fourBySix, xMm: 0.06, yMm: 0.06 });
    for await (const { raster } of rasterPages(half, { dpi, format: 'grey' }))
      expect(await codesOf({ ...(await usps('png')), bytes: pngOf(raster) })).toContain('proof.grey');
  });

  test.each(['png', 'zpl'] as const)('when it was drawn for another printer, as %s, which is named', async (format) => {
    const other = dpi === 203 ? 300 : 203;
    const file = await aCarrierFile(symbolSets.usps, { dpi: other, format });
    const problems = await problemsOf({ ...file, dpi });

    expect(problems.find(({ code }) => code === 'proof.resolution')?.details).toMatchObject({
      drawnForDpi: other,
      dpi,
    });
  });

  test.each(formats)('when nothing is on it, as %s', async (format) => {
    const blank = {
      pdf: await blankPdf(),
      png: pngOf(redrawn(await picture(), () => 255)),
      zpl: Buffer.from('^XA^FO50,50^A0N,30,30^FDno code^FS^XZ'),
    };

    expect(await codesOf({ ...(await usps(format)), bytes: blank[format] })).toContain('proof.no-symbol');
  });
});

describe('what is no whole label', () => {
  test.each(formats)('is refused wherever a %s breaks off', async (format) => {
    const file = await aCarrierFile(symbolSets.colissimo, { format });
    const cut = fc.asyncProperty(fc.integer({ min: 1, max: file.bytes.length - 8 }), async (at) => {
      const codes = await codesOf({ ...file, bytes: file.bytes.subarray(0, at) });
      expect(codes).toEqual([expect.stringMatching(/^proof\.(unreadable-document|wrong-format)$/)]);
    });
    await fc.assert(cut, { numRuns: 40 });
  });

  test.each([
    ['a page of HTML', '<!doctype html><title>Maintenance</title>', 'html'],
    ['JSON', '{"error":"try later"}', 'json'],
    ['nothing', '', 'nothing'],
    ['a picture of another kind', 'GIF89a....', 'gif'],
  ])('is refused as %s, which is named', async (_, text, found) => {
    for (const format of formats) {
      const file = { ...(await aCarrierFile(symbolSets.dpd)), format, bytes: Buffer.from(text) };
      expect(await problemsOf(file)).toEqual([{ code: 'proof.wrong-format', details: { found, expected: format } }]);
    }
  });

  test('is refused when bytes in its middle are gone or changed', async () => {
    for (const format of ['pdf', 'png'] as const) {
      const file = await aCarrierFile(symbolSets.colissimo, { format });
      const middle = Math.floor(file.bytes.length / 2);
      const without = Buffer.concat([file.bytes.subarray(0, middle - 300), file.bytes.subarray(middle + 300)]);
      expect(await codesOf({ ...file, bytes: without })).not.toEqual([]);
    }
  });

  test('is refused in ZPL with two labels, two copies or a field that no printer takes', async () => {
    const file = await aCarrierFile(symbolSets.colissimo, { format: 'zpl' });
    const zpl = Buffer.from(file.bytes).toString('utf8').trim();
    const codes = (text: string) => codesOf({ ...file, bytes: Buffer.from(text) });

    expect(await codes(zpl + zpl)).toContain('proof.page-count');
    expect(await codes(zpl.replace('^XZ', '^PQ2^XZ'))).toEqual(['proof.page-count']);
    expect(await codes(zpl.replace('^XZ', '^FO10,1200^A0N,60,60^FDbelow the sheet^FS^XZ'))).toContain(
      'proof.content-cut',
    );
    expect(await codes('^XA^FO10,10^BQN,2,4^FDX^FS^XZ')).toEqual(['proof.unreadable-document']);
  });

  test('is refused as a picture that would fill the memory', async () => {
    const huge = Buffer.from(pngOf({ width: 1, height: 1, dots: new Uint8Array([255]) }));
    huge.writeUInt32BE(60_000, 16);
    huge.writeUInt32BE(60_000, 20);
    huge.writeUInt32BE(crc32(huge.subarray(12, 29)), 29);
    const file = { ...(await aCarrierFile(symbolSets.dpd, { format: 'png' })), bytes: huge };

    expect(await codesOf(file)).toEqual(['proof.unreadable-document']);
  });

  test('in ZPL may store its pictures before the label begins', async () => {
    const file = await aCarrierFile(symbolSets.usps, { format: 'zpl' });
    const picture = `~DGR:LOGO.GRF,2000,10,${'0'.repeat(4000)}\n`;

    expect(await codesOf({ ...file, bytes: Buffer.concat([Buffer.from(picture), file.bytes]) })).toEqual([]);
  });

  test('in ZPL is read with the printer’s own symbols', async () => {
    const zpl = `^XA^PW812^FO60,60^BY3^BCN,160,N,N,N,A^FD1Z0FH3446831744085^FS
^FO60,300^BXN,4,200^FDDM 1^FS^FO300,300^BQN,2,4^FDQA,QR 1^FS^FO500,300^BON,4,N,0,N,1^FDAZTEC 1^FS
^FO60,500^BY2^B7N,8,3,6,,N^FDPDF 417^FS^FO60,700^BD2^FH^FD003840841706672[)>_1E01_1D961Z31744085_1DUPSN_1D0FH344_1D177_1D_1D1/1_1D1_1DN_1D_1DMUNICH_1D_1E_04^FS^XZ`;
    const file = { ...(await aCarrierFile(symbolSets.ups)), format: 'zpl' as const, bytes: Buffer.from(zpl) };
    const proof = await documents.proveCarrierFile({ ...file, expectMaxicode: true });

    const kinds = proof.ok ? proof.symbols.map(({ symbology }) => symbology.slice(0, 2)) : [];
    expect(kinds.sort()).toEqual([']C', ']L', ']Q', ']U', ']d', ']z']);
  });
});
