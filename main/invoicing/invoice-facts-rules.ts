import { z } from 'zod';

const Vat = z.object({
  category: z.enum(['S', 'Z', 'E', 'AE', 'G', 'K']),
  rate: z.int(),
  reasonCode: z.string().optional(),
});

const Adjustment = z.object({ reason: z.string(), amountMinor: z.int().min(0), vat: Vat });

const Line = z.object({
  lineId: z.string(),
  sku: z.string(),
  title: z.string(),
  quantity: z.int().min(1),
  unitPriceMinor: z.int(),
  discountMinor: z.int(),
  vat: Vat,
});

/**
 * What was invoiced or credited, as it is stored: what the paper says but for who sold and who bought.
 *
 * A paper is drawn again by it after a crash, and a credit note gives back what it says, whatever the order says by then.
 */
export const InvoiceFacts = z.object({
  kind: z.enum(['invoice', 'credit-note']),
  language: z.enum(['en', 'fr']),
  number: z.string(),
  /** `YYYY-MM-DD` where the shipper is. */
  issuedOn: z.string(),
  suppliedOn: z.string(),
  orderNumber: z.string(),
  orderedOn: z.string(),
  currency: z.string(),
  prices: z.enum(['without-vat', 'with-vat']),
  lines: z.array(Line),
  charges: z.array(Adjustment),
  allowances: z.array(Adjustment),
  paid: z.boolean(),
  corrects: z.object({ number: z.string(), issuedOn: z.string() }).optional(),
});
export type InvoiceFacts = z.infer<typeof InvoiceFacts>;
export type FactVat = z.infer<typeof Vat>;
export type FactLine = z.infer<typeof Line>;
export type FactAdjustment = z.infer<typeof Adjustment>;
