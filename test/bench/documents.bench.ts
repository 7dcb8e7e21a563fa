import PDFDocument from 'pdfkit';
import { renderCustomsForm } from '../../main/documents/customs-form.ts';
import { type FontFace, notoSans, type Typeface } from '../../main/documents/fonts.ts';
import { renderInvoice } from '../../main/documents/invoice.ts';
import { parseCustoms } from '../../shared/model/customs.ts';
import { type InvoiceModel, parseInvoice } from '../../shared/model/invoice.ts';

const DOCUMENTS = 150;
const WARM_UP = 25;
const RATIO_BAR = 2;

const seller = {
  name: 'Maison Éclat',
  street1: '18 quai de la Fosse',
  postcode: '44000',
  city: 'Nantes',
  country: 'FR',
  siren: '732829320',
  vatId: 'FR44732829320',
  registry: 'RCS Nantes',
} as const;
const buyers = ['Hélène Dupré-Lefèvre', 'Jürgen Weißgerber', 'Siân Llewellyn', 'Michael O’Connor'] as const;
const articles = [
  'Lampe de bureau, laiton',
  'Suspension en verre soufflé, teinte ambre',
  'Table basse, chêne massif',
] as const;

/** Letters of western Europe only: the built-in font has no others. */
function invoiceNumber(index: number, lines: number): InvoiceModel {
  return parseInvoice({
    number: `F-2026-${1000 + index}`,
    issuedOn: '2026-11-22',
    suppliedOn: '2026-11-21',
    dueOn: '2026-12-22',
    currency: 'EUR',
    prices: 'with-vat',
    seller,
    buyer: {
      ...seller,
      name: `${buyers[index % buyers.length]} ${index}`,
      siren: undefined,
      vatId: undefined,
      registry: undefined,
    },
    lines: Array.from({ length: lines }, (_, line) => ({
      sku: `SKU-${(index * 7 + line) % 500}`,
      title: `${articles[(index + line) % articles.length]} n° ${(index * 31 + line) % 400}`,
      quantity: 1 + ((index + line) % 5),
      unitPriceMinor: 990 + ((index * 137 + line * 53) % 9000),
      vat: { category: 'S', rate: line % 4 === 0 ? 550 : 2000 },
    })),
  });
}

function builtInFace(name: string): FontFace {
  const measure = new PDFDocument({ autoFirstPage: false }).font(name).fontSize(1000);
  return { source: name, capHeight: 0.718, widthOf: (text) => measure.widthOfString(text) / 1000, has: () => true };
}

async function timed(times: number[], work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  times.push(performance.now() - start);
}

const round = (value: number) => Math.round(value * 100) / 100;

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The same document in both typefaces, in turn: the ratio is of medians of the same minute. */
async function compare(lines: number, typefaces: { own: Typeface; builtIn: Typeface }) {
  const [own, builtIn]: [number[], number[]] = [[], []];
  for (let index = 0; index < WARM_UP + DOCUMENTS; index += 1) {
    const invoice = invoiceNumber(index, lines);
    // In turn first and second: whoever comes second pays for the other's garbage.
    if (index % 2 === 0) await timed(builtIn, () => renderInvoice(invoice, typefaces.builtIn));
    await timed(own, () => renderInvoice(invoice, typefaces.own));
    if (index % 2 === 1) await timed(builtIn, () => renderInvoice(invoice, typefaces.builtIn));
  }
  const [ownMs, builtInMs] = [median(own.slice(WARM_UP)), median(builtIn.slice(WARM_UP))];
  return { lines, ratio: round(ownMs / builtInMs), embeddedMs: round(ownMs), builtInMs: round(builtInMs) };
}

async function customs(): Promise<number> {
  const times: number[] = [];
  const party = {
    name: 'Camille Éclat',
    street1: '18 quai de la Fosse',
    postcode: '44000',
    city: 'Nantes',
    country: 'FR',
  };
  for (let index = 0; index < WARM_UP + DOCUMENTS; index += 1) {
    const line = {
      description: `Desk lamp, brass, model ${index}`,
      quantity: 1,
      netWeightMg: 500_000,
      valueMinor: 2990,
      hsCode: '940521',
      origin: 'FR',
    };
    const model = parseCustoms({
      from: party,
      to: { ...party, country: 'US' },
      currency: 'EUR',
      lines: [line],
      grossWeightMg: 700_000,
      date: '2026-11-22',
      category: 'sale',
    });
    await timed(times, () => renderCustomsForm(model));
  }
  return round(median(times.slice(WARM_UP)));
}

/** Invoices in the embedded font beside the same ones in Helvetica, a short one and one of three pages. */
export async function run(): Promise<{ ok: boolean } & Record<string, unknown>> {
  const start = performance.now();
  const own = notoSans();
  own.regular.widthOf('A');
  own.bold.widthOf('A');
  const openMs = round(performance.now() - start);
  const builtIn = { regular: builtInFace('Helvetica'), bold: builtInFace('Helvetica-Bold') };
  const short = await compare(4, { own, builtIn });
  const long = await compare(40, { own, builtIn });
  return {
    ok: short.ratio <= RATIO_BAR && long.ratio <= RATIO_BAR,
    bar: `embedded font <= ${RATIO_BAR} x built-in font`,
    documents: DOCUMENTS,
    ratio: Math.max(short.ratio, long.ratio),
    openFontsMs: openMs,
    short,
    long,
    cn22Ms: await customs(),
  };
}
