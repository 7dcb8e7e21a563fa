import { z } from 'zod';
import { AppError } from '../errors.ts';
import { Address } from './address.ts';
import { checkInvoice } from './invoice-checks.ts';
import { isFrenchVatId, isSiren, isSiret } from './sirene.ts';

const Line = z.string().trim().min(1).max(200);
const LongText = z.string().trim().min(1).max(1000);
const CalendarDate = z.iso.date();
/** Up to 100 million in a currency with two decimals: every product of these stays exact. */
const Amount = z.int().min(0).max(10_000_000_000);

const compact = (text: string): string => text.replace(/[\s.]/g, '').toUpperCase();
const Siren = z.string().transform(compact).refine(isSiren, 'a SIREN has 9 digits, the last one its check digit');
const Siret = z.string().transform(compact).refine(isSiret, 'a SIRET has 14 digits, the last one its check digit');
const VatId = z
  .string()
  .transform(compact)
  .refine((id) => /^[A-Z]{2}[A-Z0-9]{2,13}$/.test(id), 'a VAT number begins with its country, such as FR or EL')
  .refine(
    (id) => !id.startsWith('FR') || isFrenchVatId(id),
    'the key of this French VAT number does not fit its SIREN',
  );

/** Where e-invoices reach somebody: a scheme of the EAS list (`0225` for French platforms) and the address in it. */
const ElectronicAddress = z.strictObject({ scheme: z.string().regex(/^(\d{4}|[A-Z]{2})$/), id: Line });

const PostalAddress = Address.extend({ name: Line, street1: Line, city: Line });

const Seller = PostalAddress.extend({
  /** `SAS`, `EURL`, `EI`; in France with its capital where there is one. */
  legalForm: Line.optional(),
  /** Minor units of the invoice's currency. */
  capitalMinor: Amount.optional(),
  siren: Siren.optional(),
  siret: Siret.optional(),
  /** `RCS Nantes`, or the register of another country with its number. */
  registry: Line.optional(),
  vatId: VatId.optional(),
  /** The seller chose to pay VAT when it invoices, not when it is paid ("option pour les débits"). */
  vatOnDebits: z.boolean().default(false),
  website: Line.optional(),
  electronicAddress: ElectronicAddress.optional(),
});

const Buyer = PostalAddress.extend({
  siren: Siren.optional(),
  siret: Siret.optional(),
  vatId: VatId.optional(),
  electronicAddress: ElectronicAddress.optional(),
});

/**
 * VAT categories of EN 16931: S standard or reduced rate, Z zero rate, E exempt, AE reverse charge,
 * G export, K supply to a business in another member state.
 */
export const vatCategories = ['S', 'Z', 'E', 'AE', 'G', 'K'] as const;

const Vat = z
  .strictObject({
    category: z.enum(vatCategories).default('S'),
    /** Hundredths of a percent: 2000 is 20 %, 550 is 5.5 %. */
    rate: z.int().min(0).max(5000).default(0),
    /** Why no VAT is charged, where the category's own words do not say it; needed for E. */
    reason: Line.optional(),
    /** Code of the VATEX list, `VATEX-FR-FRANCHISE` for art. 293 B. */
    reasonCode: z
      .string()
      .regex(/^VATEX-[A-Z0-9-]+$/)
      .optional(),
  })
  .superRefine((vat, check) => {
    const fault = (path: string, message: string) => check.addIssue({ code: 'custom', path: [path], message });
    if (vat.category === 'S' && vat.rate === 0)
      fault('rate', 'category S has a rate above 0; without VAT name another');
    if (vat.category !== 'S' && vat.rate !== 0) fault('rate', `category ${vat.category} has the rate 0`);
    if (vat.category === 'E' && !vat.reason && !vat.reasonCode) fault('reason', 'say why this is exempt');
    if (['S', 'Z'].includes(vat.category) && (vat.reason || vat.reasonCode))
      fault('reason', `category ${vat.category} has no reason of exemption`);
  });
export type Vat = z.infer<typeof Vat>;

const InvoiceLine = z
  .strictObject({
    sku: Line.optional(),
    gtin: z
      .string()
      .regex(/^(\d{8}|\d{12,14})$/)
      .optional(),
    title: z.string().trim().min(1).max(500),
    quantity: z.int().min(1).max(100_000),
    /** Of one piece, in minor units; with or without VAT as `prices` says. */
    unitPriceMinor: Amount,
    /** Off the whole line, on the same basis as the price. */
    discountMinor: Amount.default(0),
    discountReason: Line.optional(),
    vat: Vat,
    /** Lots and serial numbers, for recalls and guarantees. */
    note: LongText.optional(),
  })
  .refine((line) => line.discountMinor <= Math.max(0, line.unitPriceMinor * line.quantity), {
    path: ['discountMinor'],
    message: 'the discount is above the price',
  });

const Adjustment = z.strictObject({ reason: Line, amountMinor: Amount, vat: Vat });

export const paymentMeans = ['card', 'transfer', 'direct-debit', 'online', 'cash', 'other'] as const;

const Payment = z.strictObject({
  means: z.enum(paymentMeans),
  /** Day on which it was paid. */
  on: CalendarDate.optional(),
  reference: Line.optional(),
  iban: z
    .string()
    .transform(compact)
    .refine((iban) => /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(iban), 'no IBAN')
    .optional(),
  bic: z
    .string()
    .transform(compact)
    .refine((bic) => /^[A-Z0-9]{8}([A-Z0-9]{3})?$/.test(bic), 'no BIC')
    .optional(),
});

const Invoice = z.strictObject({
  /** A credit note gives back what an invoice charged; its amounts are written as positive numbers. */
  kind: z.enum(['invoice', 'credit-note']).default('invoice'),
  language: z.enum(['en', 'fr']).default('fr'),
  /** Unique and without gaps in its series; whoever issues the invoice keeps the series. */
  number: Line,
  issuedOn: CalendarDate,
  /** Day of delivery or of the end of the service; needed for K. */
  suppliedOn: CalendarDate,
  dueOn: CalendarDate.optional(),
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency has three capitals, such as EUR'),
  /** Whether prices, discounts, charges and allowances contain VAT, as shops for consumers show them. */
  prices: z.enum(['without-vat', 'with-vat']),
  seller: Seller,
  buyer: Buyer,
  /** Where the goods went, when not to the buyer's own address. */
  deliverTo: PostalAddress.optional(),
  /** "Catégorie d'opération" of the French e-invoice. */
  operations: z.enum(['goods', 'services', 'mixed']).default('goods'),
  orderNumber: Line.optional(),
  orderedOn: CalendarDate.optional(),
  lines: z.array(InvoiceLine).min(1).max(1000),
  /** Postage, wrapping. */
  charges: z.array(Adjustment).max(20).default([]),
  /** Vouchers and discounts on the whole. */
  allowances: z.array(Adjustment).max(20).default([]),
  /** Paid before this paper was made (on a credit note: already paid back). */
  paidMinor: Amount.default(0),
  payment: Payment.optional(),
  /** VAT in the seller's own currency, needed when the invoice is in another one. */
  vatInSellerCurrency: z.strictObject({ minor: Amount, currency: z.string().regex(/^[A-Z]{3}$/) }).optional(),
  /** The words of the contract instead of the law's default. */
  latePenalty: LongText.optional(),
  discountTerms: LongText.optional(),
  notes: z.array(LongText).max(10).default([]),
  /** The invoice that a credit note corrects. */
  corrects: z.strictObject({ number: Line, issuedOn: CalendarDate, reason: Line.optional() }).optional(),
});

/**
 * Everything that an invoice or credit note shows; money in integer minor units.
 *
 * Sources: art. L441-9 code de commerce, art. 242 nonies A annexe II CGI, EN 16931.
 */
export type InvoiceModel = z.infer<typeof Invoice>;
/** What a caller may write: fields with a default may be missing. */
export type InvoiceInput = z.input<typeof Invoice>;

/** Reads foreign JSON; throws `validation` `invoice.bad-model` with one `{field, message}` for each fault. */
export function parseInvoice(value: unknown): InvoiceModel {
  const parsed = Invoice.safeParse(value);
  // What belongs together is looked at once every field is one: sums of nonsense say nothing.
  const faults = parsed.success ? checkInvoice(parsed.data) : parsed.error.issues;
  const issues = faults.map(({ path, message }) => ({ field: path.join('.') || 'invoice', message }));
  if (!parsed.success || issues.length > 0) throw new AppError('validation', 'invoice.bad-model', { issues });
  return parsed.data;
}

/** Whether French law sees a trader in the buyer: then late fees and the SIREN are named. */
export function isBusiness(buyer: InvoiceModel['buyer']): boolean {
  return Boolean(buyer.siren ?? buyer.vatId ?? buyer.company);
}
