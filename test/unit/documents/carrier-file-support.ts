import { createRequire } from 'node:module';
import type { CarrierFile, LabelFileFormat, LabelProblem } from '../../../main/documents/document.ts';
import { createDocuments } from '../../../main/documents/documents.ts';
import { drawSimulatedLabel } from '../../../main/documents/simulated-carrier-label.ts';
import type { LabelDpi, LabelMedia } from '../../../shared/model/label.ts';
import { aSimulatedLabel, type SymbolSet } from './simulated-symbol-sets.ts';

const require = createRequire(import.meta.url);
// A writer that shares no code with pdfkit; it comes with the second reader of Factur-X.
const { PDFDocument } = createRequire(require.resolve('node-zugferd'))('pdf-lib');

const POINTS_PER_MM = 72 / 25.4;

export const sheets = {
  '4x6': { widthMm: 101.6, heightMm: 152.4 },
  '100x150': { widthMm: 100, heightMm: 150 },
} as const satisfies Record<LabelMedia, object>;

export interface Placing {
  readonly widthMm: number;
  readonly heightMm: number;
  /** Of the label's lower left corner. */
  readonly xMm?: number;
  readonly yMm?: number;
  readonly scale?: number;
}

/** The page of a PDF drawn onto another sheet, as drivers and office programs do it. */
export async function onSheet(pdf: Uint8Array, placing: Placing): Promise<Uint8Array> {
  const { widthMm, heightMm, xMm = 0, yMm = 0, scale = 1 } = placing;
  const sheet = await PDFDocument.create();
  const page = sheet.addPage([widthMm * POINTS_PER_MM, heightMm * POINTS_PER_MM]);
  const [label] = await sheet.embedPdf(pdf);
  page.drawPage(label, { x: xMm * POINTS_PER_MM, y: yMm * POINTS_PER_MM, xScale: scale, yScale: scale });
  return sheet.save();
}

/** The same page, of which a window in the middle of a larger sheet is shown. */
export async function asWindow(pdf: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf);
  const [page] = document.getPages();
  const { width, height } = page.getSize();
  page.setMediaBox(-100, -100, width + 200, height + 200);
  page.setCropBox(0, 0, width, height);
  return document.save();
}

/** The label and one more page behind it. */
export async function withPage(pdf: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf);
  document.addPage([288, 432]);
  return document.save();
}

export async function blankPdf(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage([288, 432]);
  return document.save();
}

/** A carrier's file of these symbols, and what it is held against. */
export async function aCarrierFile(
  set: SymbolSet,
  { format = 'pdf', dpi = 203, media = '4x6' }: { format?: LabelFileFormat; dpi?: LabelDpi; media?: LabelMedia } = {},
): Promise<CarrierFile> {
  const bytes = await drawSimulatedLabel(aSimulatedLabel(set, { file: format, dpi, media }));
  const { trackingNumber } = set;
  return { bytes, format, dpi, media: sheets[media], trackingNumber, scanTexts: [] };
}

/** Documents of a test, with the codes of what is wrong with a file. */
export function openProofs() {
  const documents = createDocuments();
  const problemsOf = async (file: CarrierFile): Promise<readonly LabelProblem[]> => {
    const proof = await documents.proveCarrierFile(file);
    return proof.ok ? [] : proof.problems;
  };
  const codesOf = async (file: CarrierFile) => (await problemsOf(file)).map(({ code }) => code);
  return { documents, problemsOf, codesOf };
}
