import fc from 'fast-check';
import type { RenderedDocument } from '../../../main/documents/document.ts';
import { planLabel, renderLabel } from '../../../main/documents/label.ts';
import type { PagePlan, PlanItem, SymbolItem } from '../../../main/documents/page-plan.ts';
import { drawPdf } from '../../../main/documents/pdf.ts';
import { mod10CheckDigit } from '../../../shared/barcode/check-digits.ts';
import { encodeRma } from '../../../shared/barcode/station-codes.ts';
import type { Address } from '../../../shared/model/address.ts';
import { type LabelInput, LabelModel, type LabelOf, parseLabelModel } from '../../../shared/model/label.ts';

export const nantes: Address = {
  name: 'Entrepôt Lumière',
  street1: '18 quai de la Fosse',
  postcode: '44000',
  city: 'Nantes',
  country: 'FR',
};

export const paris: Address = {
  name: 'Hélène Dupré-Lefèvre',
  street1: "12 rue de l'Église",
  street2: 'Bâtiment C, 3e étage',
  postcode: '75011',
  city: 'Paris',
  country: 'FR',
  phone: '+33 6 12 34 56 78',
};

export const london: Address = {
  name: 'Siân Llewellyn',
  street1: 'Flat 2, 14 Brook Terrace',
  postcode: 'SW1A 1AA',
  city: 'London',
  country: 'GB',
};

const common = {
  approved: true,
  sscc: '106141412345678908',
  carrier: 'Atlantic Parcel',
  service: 'Home delivery',
  parcelIndex: 1,
  parcelCount: 2,
  orderNumber: '#1042',
  weightMg: 1_250_000,
  shipDate: '2026-11-21',
} as const;

type Gs1Outbound = Extract<LabelOf<'gs1-logistic'>, { kind: 'outbound' }>;
type Gs1Return = Extract<LabelOf<'gs1-logistic'>, { kind: 'return' }>;

function gs1(model: LabelModel): LabelOf<'gs1-logistic'> {
  if (model.profile !== 'gs1-logistic') throw new Error('a logistic label was asked for');
  return model;
}

export function anOutboundLabel(changes: Partial<Gs1Outbound> = {}): LabelOf<'gs1-logistic'> {
  return gs1(LabelModel.parse({ kind: 'outbound', ...common, from: nantes, to: paris, ...changes }));
}

export function aReturnLabel(changes: Partial<Gs1Return> = {}): LabelOf<'gs1-logistic'> {
  const back = { from: paris, to: nantes, rma: encodeRma('7K3M9QX'), expiresOn: '2027-01-05' };
  return gs1(LabelModel.parse({ kind: 'return', ...common, ...back, ...changes }));
}

const words = fc.constantFrom(
  ...[
    'Müller',
    'Straße',
    'Ångström',
    'Łódź',
    "l'Église",
    'Büro',
    'O’Connor',
    'Dvořák',
    'Αθήνα',
    'Škoda',
    '12',
    'B-7',
    'van',
    'de',
  ],
  ...[
    'Großhandel',
    'Lindström',
    'García',
    'Çelik',
    'Ionuț',
    'Київ',
    'North',
    'Western',
    'Côte',
    '№5',
    'Œuvre',
    '&',
    'Sons',
  ],
);
const phrase = (most: number) => fc.array(words, { minLength: 1, maxLength: most }).map((parts) => parts.join(' '));

const places = fc.constantFrom(
  { country: 'FR', postcode: '75011', city: 'Paris' },
  { country: 'DE', postcode: '80331', city: 'München' },
  { country: 'GB', postcode: 'SW1A 1AA', city: 'London' },
  { country: 'US', postcode: '73118-1234', city: 'Oklahoma City', region: 'OK' },
  { country: 'IE', postcode: '', city: 'Cork' },
  { country: 'NL', postcode: '1012 AB', city: 'Amsterdam' },
);

export const anyAddress = fc
  .record({ place: places, name: phrase(4), street1: phrase(4), street2: fc.option(phrase(3), { nil: undefined }) })
  .map(({ place, street2, ...rest }): Address => ({ ...place, ...rest, ...(street2 ? { street2 } : {}) }));

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const sscc = digits(17).map((body) => body + mod10CheckDigit(body));
const rma = fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{7}$/).map(encodeRma);

/** Any label that a station may draw: both kinds, sheets, resolutions and languages, names with all sorts of accents. */
export const anyLabel: fc.Arbitrary<LabelModel> = fc
  .record({
    kind: fc.constantFrom('outbound', 'return'),
    dpi: fc.constantFrom(203 as const, 300 as const),
    media: fc.constantFrom('4x6' as const, '100x150' as const),
    language: fc.constantFrom('en' as const, 'fr' as const),
    approved: fc.boolean(),
    from: anyAddress,
    to: anyAddress,
    sscc,
    rma,
    weightMg: fc.integer({ min: 1, max: 70_000_000 }),
    orderNumber: fc.stringMatching(/^[#A-Z0-9-]{1,20}$/),
    references: fc.array(phrase(2), { maxLength: 2 }),
  })
  .map(({ kind, rma: code, ...rest }): LabelModel => {
    const input: LabelInput =
      kind === 'outbound'
        ? { ...common, ...rest, kind: 'outbound' }
        : { ...common, ...rest, kind: 'return', rma: code, expiresOn: '2027-01-05' };
    return parseLabelModel(input);
  });

/** The label as drawn after somebody spoilt its page; what must read back stays as it was. */
export async function spoiltLabel(
  model: LabelModel,
  spoil: (page: PagePlan) => Partial<PagePlan>,
): Promise<RenderedDocument> {
  const rendered = await renderLabel(model);
  const { page } = planLabel(model);
  const info = { title: 'spoilt', date: model.shipDate, language: model.language };
  return { ...rendered, bytes: await drawPdf([{ ...page, ...spoil(page) }], info) };
}

export function barsOf(page: PagePlan): (SymbolItem & { kind: 'bars' })[] {
  return page.items.filter((item) => item.kind === 'bars');
}

/** The SSCC's bars: the lowest of the label. */
export function lowestBars(page: PagePlan): SymbolItem & { kind: 'bars' } {
  const lowest = barsOf(page).sort((a, b) => b.yDots - a.yDots)[0];
  if (!lowest) throw new Error('this page has no bars');
  return lowest;
}

/** The page with one of its items exchanged. */
export function exchange(page: PagePlan, item: PlanItem, by: readonly PlanItem[]): Partial<PagePlan> {
  return { items: page.items.flatMap((other) => (other === item ? by : [other])) };
}

export function ink(xMm: number, yMm: number, size: { widthMm: number; heightMm: number }, color = 'black'): PlanItem {
  return { kind: 'fill', at: { xMm, yMm, ...size }, color };
}
