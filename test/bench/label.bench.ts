import bwipjs from 'bwip-js/node';
import PDFDocument from 'pdfkit';
import type { RenderedDocument } from '../../main/documents/document.ts';
import { createDocuments } from '../../main/documents/documents.ts';
import { planLabel } from '../../main/documents/label.ts';
import type { FillItem, PagePlan, SymbolItem, TextItem } from '../../main/documents/page-plan.ts';
import { buildSscc } from '../../shared/barcode/sscc.ts';
import { type LabelInput, type LabelModel, parseLabelModel } from '../../shared/model/label.ts';

const LABELS = 200;
const WARM_UP = 40;
const RATIO_BAR = 1.5;
const PROVED_P95_BAR_MS = 100;

const from = {
  name: 'Entrepôt Lumière',
  street1: '18 quai de la Fosse',
  postcode: '44000',
  city: 'Nantes',
  country: 'FR',
};
const recipients = [
  {
    name: 'Hélène Dupré-Lefèvre',
    street1: "12 rue de l'Église",
    street2: 'Bâtiment C',
    postcode: '75011',
    city: 'Paris',
    country: 'FR',
  },
  {
    name: 'Jürgen Weißgerber',
    company: 'Großhandel Müller & Söhne',
    street1: 'Donaustraße 128',
    postcode: '80331',
    city: 'München',
    country: 'DE',
  },
  { name: 'Siân Llewellyn', street1: 'Flat 2, 14 Brook Terrace', postcode: 'SW1A 1AA', city: 'London', country: 'GB' },
  {
    name: 'Michael O’Connor',
    street1: '4125 North Western Avenue',
    street2: 'Suite 310',
    postcode: '73118',
    city: 'Oklahoma City',
    region: 'OK',
    country: 'US',
  },
];

/** Outbound labels and returns in turn, every other one for a 300 dpi printer. */
function labelNumber(index: number): LabelModel {
  const to = recipients[index % recipients.length] ?? from;
  const common = {
    approved: true,
    dpi: index % 4 < 2 ? (203 as const) : (300 as const),
    sscc: buildSscc({ extension: 1, companyPrefix: '0614141', serial: index }),
    carrier: 'Atlantic Parcel',
    service: 'Home delivery',
    parcelIndex: 1,
    parcelCount: 1,
    orderNumber: `#${1000 + index}`,
    weightMg: 1_250_000,
    shipDate: '2026-11-21',
    references: ['PO 77-1'],
  } satisfies Partial<LabelInput>;
  const input: LabelInput =
    index % 2 === 0
      ? { ...common, kind: 'outbound', from, to }
      : { ...common, kind: 'return', from: to, to: from, rma: 'R7K3M9QX9', expiresOn: '2027-01-05' };
  return parseLabelModel(input);
}

/** What a programmer would write by hand who already knew every coordinate: pdfkit calls, bwip-js for the bars. */
interface BarePage {
  readonly size: [number, number];
  readonly texts: readonly TextItem[];
  readonly fills: readonly FillItem[];
  readonly symbols: readonly { readonly item: SymbolItem; readonly bcid: string; readonly text: string }[];
  readonly dot: number;
  readonly dpi: 203 | 300;
}

function bcidOf({ symbol }: SymbolItem): { bcid: string; text: string } {
  if (symbol.symbology === ']d1') return { bcid: 'datamatrix', text: symbol.text };
  if (symbol.symbology === ']C0') return { bcid: 'code128', text: symbol.text };
  const ai = symbol.text.startsWith('00') ? 2 : 3;
  return { bcid: 'gs1-128', text: `(${symbol.text.slice(0, ai)})${symbol.text.slice(ai)}` };
}

function bareOf({ widthMm, heightMm, dpi, items }: PagePlan): BarePage {
  const symbols = items.filter((item) => item.kind === 'bars' || item.kind === 'matrix');
  return {
    size: [(widthMm * 72) / 25.4, (heightMm * 72) / 25.4],
    texts: items.filter((item) => item.kind === 'text'),
    fills: items.filter((item) => item.kind === 'fill'),
    symbols: symbols.map((item) => ({ item, ...bcidOf(item) })),
    dot: 72 / (dpi === 203 ? 203.2 : 300),
    dpi,
  };
}

function drawBareSymbol(
  pen: PDFKit.PDFDocument,
  page: BarePage,
  { item, bcid, text }: BarePage['symbols'][number],
): void {
  const raw = bwipjs.raw({ bcid, text })[0];
  const module = item.spec.moduleDots[page.dpi] * page.dot;
  const [left, top] = [item.xDots * page.dot, item.yDots * page.dot];
  if (raw && 'sbs' in raw && item.kind === 'bars') {
    let x = left;
    for (const [index, width] of raw.sbs.entries()) {
      if (index % 2 === 0) pen.rect(x, top, width * module, item.heightDots * page.dot);
      x += width * module;
    }
  } else if (raw && 'pixs' in raw) {
    for (const [index, dark] of raw.pixs.entries()) {
      if (dark)
        pen.rect(left + (index % raw.pixx) * module, top + Math.floor(index / raw.pixx) * module, module, module);
    }
  }
  pen.fill('black');
}

function drawBare(page: BarePage): Promise<Buffer> {
  return new Promise((resolve) => {
    const pen = new PDFDocument({ size: page.size, margin: 0 });
    const chunks: Buffer[] = [];
    pen.on('data', (chunk: Buffer) => chunks.push(chunk));
    pen.on('end', () => resolve(Buffer.concat(chunks)));
    const mm = 72 / 25.4;
    for (const { at, color } of page.fills) {
      pen.rect(at.xMm * mm, at.yMm * mm, at.widthMm * mm, at.heightMm * mm).fill(color);
    }
    for (const { text, xMm, yMm, sizePt, bold, color } of page.texts) {
      pen
        .font(bold ? 'Helvetica-Bold' : 'Helvetica')
        .fontSize(sizePt)
        .fillColor(color);
      pen.text(text, xMm * mm, yMm * mm, { lineBreak: false });
    }
    for (const symbol of page.symbols) drawBareSymbol(pen, page, symbol);
    pen.end();
  });
}

async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  times.push(performance.now() - start);
  return result;
}

function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

function perSecond(times: readonly number[]): number {
  return Math.round((1000 * times.length) / times.reduce((sum, time) => sum + time, 0));
}

const round = (value: number) => Math.round(value * 100) / 100;

/** Labels drawn, drawn and proved, and drawn bare, in turn in one run: the ratio is of medians of the same minute. */
export async function run(): Promise<{ ok: boolean } & Record<string, unknown>> {
  const documents = createDocuments();
  const [drawn, bare, proved]: [number[], number[], number[]] = [[], [], []];
  let failed = 0;
  try {
    for (let index = 0; index < WARM_UP + LABELS; index += 1) {
      const model = labelNumber(index);
      const page = bareOf(planLabel(model).page);
      // In turn first and second: whoever comes second pays for the other's garbage.
      if (index % 8 < 4) await timed(bare, () => drawBare(page));
      const rendered: RenderedDocument = await timed(drawn, () => documents.renderLabel(model));
      if (index % 8 >= 4) await timed(bare, () => drawBare(page));
      const proof = await timed(proved, () => documents.proveLabel(rendered));
      if (!proof.ok) failed += 1;
    }
  } finally {
    await documents.close();
  }
  const [warmDrawn, warmBare, warmProved] = [drawn, bare, proved].map((times) => times.slice(WARM_UP));
  return summary(warmDrawn ?? [], warmBare ?? [], { proved: warmProved ?? [], failed });
}

function summary(
  drawn: readonly number[],
  bare: readonly number[],
  { proved, failed }: { proved: readonly number[]; failed: number },
): { ok: boolean } & Record<string, unknown> {
  const whole = drawn.map((time, index) => time + (proved[index] ?? 0));
  const ratio = round(percentile(drawn, 0.5) / percentile(bare, 0.5));
  const p95 = round(percentile(whole, 0.95));
  return {
    ok: failed === 0 && ratio <= RATIO_BAR && p95 <= PROVED_P95_BAR_MS,
    bar: `without proof <= ${RATIO_BAR} x bare, with proof p95 <= ${PROVED_P95_BAR_MS} ms, every label proved`,
    labels: drawn.length,
    failed,
    ratio,
    labelsPerSecond: perSecond(drawn),
    bareLabelsPerSecond: perSecond(bare),
    provedLabelsPerSecond: perSecond(whole),
    medianMs: round(percentile(drawn, 0.5)),
    bareMedianMs: round(percentile(bare, 0.5)),
    provedMedianMs: round(percentile(whole, 0.5)),
    provedP95Ms: p95,
  };
}
