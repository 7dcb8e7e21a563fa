import { z } from 'zod';
import { AppError } from '../errors.ts';
import { Address } from './address.ts';
import { vagueDescription } from './customs-words.ts';

const Line = z.string().trim().min(1).max(200);
const CalendarDate = z.iso.date();
const Country = z.string().regex(/^[A-Z]{2}$/, 'a country has two capitals, such as FR');
const Amount = z.int().min(0).max(10_000_000_000);
const Currency = z.string().regex(/^[A-Z]{3}$/, 'a currency has three capitals, such as EUR');

const Party = Address.extend({ name: Line, street1: Line, city: Line });

/** Six digits are known all over the world; 8 and 10 go on with those of the country of import. */
const HsCode = z
  .string()
  .transform((code) => code.replace(/[\s.]/g, ''))
  .refine((code) => /^\d{6}(\d{2}){0,2}$/.test(code), 'an HS code has 6, 8 or 10 digits');

const Description = z
  .string()
  .trim()
  .min(3)
  .max(200)
  .superRefine((text, check) => {
    const vague = vagueDescription(text);
    if (vague !== undefined)
      check.addIssue({
        code: 'custom',
        message: `"${vague}" tells customs nothing and is refused: say what it is and of what, such as "T-shirt, cotton"`,
      });
  });

const CustomsLine = z.strictObject({
  description: Description,
  sku: Line.optional(),
  quantity: z.int().min(1).max(100_000),
  /** Of all pieces of the line, without packaging. */
  netWeightMg: z.int().positive(),
  /** Of all pieces of the line, in the currency of the form. */
  valueMinor: Amount,
  /** Needed for what is sold. */
  hsCode: HsCode.optional(),
  origin: Country.optional(),
});

/** UPU category of the contents. */
export const customsCategories = ['gift', 'documents', 'sale', 'sample', 'returned', 'other'] as const;

const Registrations = {
  /** Economic operator of the exporter, `FR` and up to 15 characters. */
  eori: z
    .string()
    .regex(/^[A-Z]{2}[A-Z0-9]{1,15}$/, 'an EORI number begins with its country')
    .optional(),
  /** Import One-Stop Shop: VAT was paid when it was sold, up to 150 EUR. */
  ioss: z
    .string()
    .regex(/^IM\d{10}$/, 'an IOSS number is IM and 10 digits')
    .optional(),
  vatId: Line.optional(),
};

const shared = {
  language: z.enum(['en', 'fr']).default('en'),
  /** S10 or the carrier's own number. */
  trackingNumber: Line.optional(),
  from: Party,
  to: Party,
  currency: Currency,
  lines: z.array(CustomsLine).min(1).max(200),
  /** With packaging, as weighed. */
  grossWeightMg: z.int().positive(),
  date: CalendarDate,
  /** Who answers for it; the sender's name when missing. */
  signedBy: Line.optional(),
  ...Registrations,
  recipientTaxId: Line.optional(),
};

const Declaration = z.strictObject({
  /** `auto` takes CN22 where the limits allow it and the sheet has room. */
  form: z.enum(['auto', 'CN22', 'CN23']).default('auto'),
  /** Paper of a CN22: `a7` is 74 × 105 mm, the others are labels with both addresses. */
  layout: z.enum(['a7', '4x6', '100x150']).default('a7'),
  /** Paper of a CN23: `a5` across, one form a page; `a4` upright, the same form twice a page to be cut apart. */
  sheet: z.enum(['a5', 'a4']).default('a5'),
  /** How often the pages of a CN23 come out: carrier and customs of both sides keep one. A CN22 sticks on the parcel. */
  copies: z.int().min(1).max(8).default(1),
  ...shared,
  category: z.enum(customsCategories),
  /** What "other" is; for returned goods the export that they came out with. */
  explanation: Line.optional(),
  /** 300 SDR of the day in minor units of `currency`; the usual currencies have a cautious one of ours. */
  limitMinor: z.int().positive().optional(),
  postalChargesMinor: Amount.optional(),
  licence: Line.optional(),
  certificate: Line.optional(),
  invoiceNumber: Line.optional(),
  /** Quarantine, sanitary inspection and the like. */
  comments: Line.optional(),
  ifUndeliverable: z.enum(['return', 'abandon']).default('return'),
});
export type CustomsDeclaration = z.infer<typeof Declaration>;
export type CustomsInput = z.input<typeof Declaration>;

/** Incoterms 2020. */
export const incoterms = ['EXW', 'FCA', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP', 'FAS', 'FOB', 'CFR', 'CIF'] as const;

const CommercialInvoice = z.strictObject({
  ...shared,
  number: Line,
  orderNumber: Line.optional(),
  carrier: Line.optional(),
  /** Who clears the goods, where it is not the recipient. */
  importer: Party.optional(),
  incoterm: z.enum(incoterms),
  /** The place that belongs to the incoterm. */
  incotermPlace: Line,
  reason: z.enum(['sale', 'gift', 'sample', 'returned', 'repair', 'personal', 'other']),
  /** What "other" is; for returned goods the export that they came out with. */
  explanation: Line.optional(),
  freightMinor: Amount.default(0),
  insuranceMinor: Amount.default(0),
  parcels: z.int().min(1).max(999).default(1),
  /** Couriers take three. */
  copies: z.int().min(1).max(8).default(1),
});
export type CommercialInvoice = z.infer<typeof CommercialInvoice>;
export type CommercialInvoiceInput = z.input<typeof CommercialInvoice>;

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

interface Declared {
  readonly lines: readonly z.infer<typeof CustomsLine>[];
  readonly grossWeightMg: number;
  readonly explanation?: string | undefined;
}

function checkCommon(form: Declared, isTrade: boolean, needsExplanation: boolean): Fault[] {
  const netMg = form.lines.reduce((sum, line) => sum + line.netWeightMg, 0);
  const missing = form.lines.flatMap((line, index): Fault[] => [
    ...(isTrade && !line.hsCode
      ? [{ path: ['lines', index, 'hsCode'], message: 'goods in trade need an HS code' }]
      : []),
    ...(isTrade && !line.origin
      ? [{ path: ['lines', index, 'origin'], message: 'goods in trade need their country of origin' }]
      : []),
  ]);
  return [
    ...missing,
    ...(netMg > form.grossWeightMg
      ? [{ path: ['grossWeightMg'], message: 'the articles alone weigh more than the whole parcel' }]
      : []),
    ...(needsExplanation && !form.explanation
      ? [{ path: ['explanation'], message: 'say what it is, or which export it returns from' }]
      : []),
  ];
}

function read<T>(schema: z.ZodType<T>, value: unknown, check: (form: T) => readonly Fault[]): T {
  const parsed = schema.safeParse(value);
  const faults = parsed.success ? check(parsed.data) : parsed.error.issues;
  const issues = faults.map(({ path, message }) => ({ field: path.join('.') || 'customs', message }));
  if (!parsed.success || issues.length > 0) throw new AppError('validation', 'customs.bad-model', { issues });
  return parsed.data;
}

/** Reads a customs declaration; throws `validation` `customs.bad-model` with one `{field, message}` for each fault. */
export function parseCustoms(value: unknown): CustomsDeclaration {
  return read(Declaration, value, (form) =>
    checkCommon(form, ['sale', 'returned'].includes(form.category), ['other', 'returned'].includes(form.category)),
  );
}

/** Reads a commercial invoice; throws like `parseCustoms`. */
export function parseCommercialInvoice(value: unknown): CommercialInvoice {
  return read(CommercialInvoice, value, (form) => checkCommon(form, true, ['other', 'returned'].includes(form.reason)));
}
