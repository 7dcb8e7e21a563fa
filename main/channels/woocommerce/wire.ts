import { z } from 'zod';
import { wireId, wireIdOrNone, wireList, wireText, wireTime } from '../../../shared/json/wire-values.ts';

/** Meta data of plugins: the value may be anything. */
const meta = wireList(z.object({ key: wireText, value: z.unknown() }));
export type WooMeta = z.infer<typeof meta>;

/** Woo allows quantities such as 0.5 by plugins; those cannot be packed as units. Refunds count negative. */
const quantity = z.union(
  [
    z.number(),
    z
      .string()
      .regex(/^-?\d+(?:\.0+)?$/)
      .transform(Number),
  ],
  { error: 'a quantity is missing' },
);

const lineItem = z.object({
  id: wireId,
  name: wireText,
  product_id: wireIdOrNone,
  variation_id: wireIdOrNone,
  quantity: quantity.pipe(z.int('a quantity that is no whole number').min(0).max(1_000_000)),
  sku: wireText,
  global_unique_id: wireText,
  price: wireText,
  meta_data: meta,
});
export type WooLine = z.infer<typeof lineItem>;

const address = z
  .object({
    first_name: wireText,
    last_name: wireText,
    company: wireText,
    address_1: wireText,
    address_2: wireText,
    city: wireText,
    state: wireText,
    postcode: wireText,
    country: wireText,
    email: wireText,
    phone: wireText,
  })
  .nullish();
export type WooAddress = NonNullable<z.infer<typeof address>>;

const refund = z.object({
  id: wireIdOrNone,
  /** Absent in the order itself; there once `/orders/{id}/refunds` was read. */
  line_items: z.array(z.object({ quantity, meta_data: meta })).optional(),
});
export type WooRefund = z.infer<typeof refund>;

/** An order of REST wc/v3, also as the body of a webhook. Times ending in `_gmt` are UTC without saying so. */
export const WooOrder = z.object({
  id: wireId,
  number: wireText,
  status: wireText,
  currency: wireText,
  total: wireText,
  created_via: wireText,
  date_created_gmt: wireTime,
  date_modified_gmt: wireTime,
  date_paid_gmt: wireTime,
  payment_method: wireText,
  customer_note: wireText,
  billing: address,
  shipping: address,
  shipping_lines: wireList(z.object({ method_id: wireText, method_title: wireText })),
  line_items: z.array(lineItem, 'line_items are missing'),
  refunds: wireList(refund),
  meta_data: meta,
});
export type WooOrder = z.infer<typeof WooOrder>;
