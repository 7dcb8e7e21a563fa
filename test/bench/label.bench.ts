import bwipjs from 'bwip-js/node';
import PDFDocument from 'pdfkit';
import type { RenderedDocument } from '../../main/documents/document.ts';
import { createDocuments } from '../../main/documents/documents.ts';
import { planLabel } from '../../main/documents/label.ts';
import type { FillItem, PagePlan, SymbolItem, TextItem } from '../../main/documents/page-plan.ts';
import { drawSimulatedLabel } from '../../main/documents/simulated-carrier-label.ts';
import type { LabelProfileName } from '../../shared/model/label-profiles.ts';
import { aSimulatedLabel, symbolSets } from '../unit/documents/simulated-symbol-sets.ts';
import { benchedProfiles, labelNumber } from './label-models.ts';

/** Of each profile; the first ones only warm up. */
const LABELS = 100;
const WARM_UP = 20;
const RATIO_BAR = 1.5;
const PROVED_P95_BAR_MS = 100;
/** A shift's rush, of all profiles in turn, drawn while the label before is proved. */
const BATCH = 1000;
const BATCH_BAR_MS = 60_000;
const IN_FLIGHT = 4;
/** Carriers' own files, of each form; no bar of their own: buying them takes longer. */
const CARRIER_FILES = 24;

/** What a programmer would write by hand who already knew every coordinate: pdfkit calls, bwip-js for the bars. */
interface BarePage {
  readonly size: [number, number];
  readonly texts: readonly TextItem[];
  readonly fills: readonly FillItem[];
  readonly symbols: readonly { readonly item: SymbolItem; readonly bcid: string; readonly text: string }[];
  readonly dot: number;
  readonly dpi: 203 | 300;
}

/** `(420)73108(92)346…`: the element string as bwip-js wants it typed. */
function bracketed(text: string): string {
  return text
    .split('\x1d')
    .map((element) => element.replace(/^(4\d\d|\d\d)/, '($1)'))
    .join('');
}

function bcidOf({ symbol: { symbology, text } }: SymbolItem): { bcid: string; text: string } {
  if (symbology === ']d1') return { bcid: 'datamatrix', text };
  if (symbology === ']d2') return { bcid: 'gs1datamatrix', text: bracketed(text) };
  if (symbology === ']z0') return { bcid: 'azteccode', text };
  return symbology === ']C1' ? { bcid: 'gs1-128', text: bracketed(text) } : { bcid: 'code128', text };
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

interface Times {
  readonly drawn: number[];
  readonly bare: number[];
  /** Drawing and proof together. */
  readonly proved: number[];
  failed: number;
}

type Papers = ReturnType<typeof createDocuments>;

/** Labels drawn, drawn and proved, and drawn bare, in turn in one run: the ratio is of medians of the same minute. */
async function measure(documents: Papers, profile: LabelProfileName, labels = LABELS): Promise<Times> {
  const times: Times = { drawn: [], bare: [], proved: [], failed: 0 };
  for (let index = 0; index < WARM_UP + labels; index += 1) {
    const model = labelNumber(profile, index);
    const page = bareOf(planLabel(model).page);
    // In turn first and second: whoever comes second pays for the other's garbage.
    if (index % 8 < 4) await timed(times.bare, () => drawBare(page));
    const rendered: RenderedDocument = await timed(times.drawn, () => documents.renderLabel(model));
    if (index % 8 >= 4) await timed(times.bare, () => drawBare(page));
    const proof = await timed(times.proved, () => documents.proveLabel(rendered));
    if (!proof.ok) times.failed += 1;
  }
  const [drawn, bare, proved] = [times.drawn, times.bare, times.proved].map((all) => all.slice(WARM_UP));
  const whole = (proved ?? []).map((time, index) => time + (drawn?.[index] ?? 0));
  return { drawn: drawn ?? [], bare: bare ?? [], proved: whole, failed: times.failed };
}

function summary({ drawn, bare, proved, failed }: Times) {
  return {
    failed,
    ratio: round(percentile(drawn, 0.5) / percentile(bare, 0.5)),
    labelsPerSecond: perSecond(drawn),
    bareLabelsPerSecond: perSecond(bare),
    provedLabelsPerSecond: perSecond(proved),
    medianMs: round(percentile(drawn, 0.5)),
    bareMedianMs: round(percentile(bare, 0.5)),
    provedMedianMs: round(percentile(proved, 0.5)),
    provedP95Ms: round(percentile(proved, 0.95)),
  };
}

type Summary = ReturnType<typeof summary>;

const isWithinBar = ({ failed, ratio, provedP95Ms }: Summary) =>
  failed === 0 && ratio <= RATIO_BAR && provedP95Ms <= PROVED_P95_BAR_MS;

/** A thousand labels drawn and proved, as a batch is printed. */
async function measureBatch(documents: Papers): Promise<{ ms: number; failed: number }> {
  let [next, failed] = [0, 0];
  const start = performance.now();
  const work = async (): Promise<void> => {
    while (next < BATCH) {
      const index = next;
      next += 1;
      const profile = benchedProfiles[index % benchedProfiles.length] ?? 'gs1-logistic';
      const proof = await documents.proveLabel(await documents.renderLabel(labelNumber(profile, index)));
      if (!proof.ok) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return { ms: Math.round(performance.now() - start), failed };
}

const media = { widthMm: 101.6, heightMm: 152.4 };

/** How long a label that a carrier made is looked at before it is spooled. */
async function measureCarrierFiles(documents: Papers, format: 'pdf' | 'png' | 'zpl') {
  const sets = Object.values(symbolSets);
  const times: number[] = [];
  let failed = 0;
  for (let index = 0; index < CARRIER_FILES; index += 1) {
    const set = sets[index % sets.length] ?? symbolSets.usps;
    const dpi = index % 2 === 0 ? 203 : 300;
    const bytes = await drawSimulatedLabel(aSimulatedLabel(set, { file: format, dpi }));
    const file = { bytes, format, dpi, media, trackingNumber: set.trackingNumber, scanTexts: [] } as const;
    const proof = await timed(times, () => documents.proveCarrierFile(file));
    if (!proof.ok) failed += 1;
  }
  // The first ones start the interpreter.
  const warm = times.slice(sets.length);
  return { failed, medianMs: round(percentile(warm, 0.5)), p95Ms: round(percentile(warm, 0.95)) };
}

/** Every profile by itself, then all their labels together. */
export async function run(): Promise<{ ok: boolean } & Record<string, unknown>> {
  const documents = createDocuments();
  const measured: [LabelProfileName, Times][] = [];
  const files: [string, Awaited<ReturnType<typeof measureCarrierFiles>>][] = [];
  let batch = { ms: Number.NaN, failed: 0 };
  try {
    // The first profile must not pay for the compiler that all share.
    for (const profile of benchedProfiles) await measure(documents, profile, 0);
    for (const profile of benchedProfiles) measured.push([profile, await measure(documents, profile)]);
    batch = await measureBatch(documents);
    for (const format of ['pdf', 'png', 'zpl'] as const)
      files.push([format, await measureCarrierFiles(documents, format)]);
  } finally {
    await documents.close();
  }
  const profiles = measured.map(([profile, times]) => [profile, summary(times)] as const);
  const all = (pick: (times: Times) => number[]) => measured.flatMap(([, times]) => pick(times));
  const failed = measured.reduce((sum, [, times]) => sum + times.failed, 0);
  const total = summary({ drawn: all((t) => t.drawn), bare: all((t) => t.bare), proved: all((t) => t.proved), failed });
  return {
    ok:
      [total, ...profiles.map(([, one]) => one)].every(isWithinBar) &&
      batch.ms <= BATCH_BAR_MS &&
      [batch, ...files.map(([, one]) => one)].every((one) => one.failed === 0),
    bar: `each profile: without proof <= ${RATIO_BAR} x bare, with proof p95 <= ${PROVED_P95_BAR_MS} ms, every label proved; ${BATCH} labels with proof <= ${BATCH_BAR_MS / 1000} s`,
    batchOf1000Ms: batch.ms,
    carrierFiles: Object.fromEntries(files),
    labels: all((t) => t.drawn).length,
    ...total,
    profiles: Object.fromEntries(profiles),
  };
}
