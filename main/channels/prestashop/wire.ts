import { z } from 'zod';
import {
  isObject,
  wireCount,
  wireFlag,
  wireId,
  wireIdOrNone,
  wireText,
  wireTime,
} from '../../../shared/json/wire-values.ts';

const countOrZero = z
  .union([wireCount, z.literal('')])
  .nullish()
  .transform((value) => (value ? value : 0));

const row = z.object({
  id: wireId,
  product_id: wireIdOrNone,
  product_attribute_id: wireIdOrNone,
  product_quantity: wireCount,
  product_quantity_return: countOrZero,
  product_quantity_refunded: countOrZero,
  product_reference: wireText,
  product_ean13: wireText,
  product_name: wireText,
  unit_price_tax_incl: wireText,
});
export type PrestashopRow = z.infer<typeof row>;

/** Rows as JSON gives them (a list, or one object) or as XML does, by the name of one (`{order_row: …}`). */
export function rowsIn(raw: unknown, one: string): readonly unknown[] {
  if (isObject(raw) && one in raw) return rowsIn(raw[one], one);
  if (Array.isArray(raw)) return raw;
  return raw === null || raw === undefined || raw === '' ? [] : [raw];
}

/** An order of the Webservice. Every value may be text, with blanks around it; times are local to the shop. */
export const PrestashopOrder = z.object({
  id: wireId,
  reference: wireText,
  current_state: wireIdOrNone,
  module: wireText,
  payment: wireText,
  id_shop: wireIdOrNone,
  id_currency: wireIdOrNone,
  total_paid_tax_incl: wireText,
  date_add: wireTime,
  date_upd: wireTime,
  invoice_date: wireTime,
  valid: wireText,
  gift: wireFlag,
  gift_message: wireText,
  note: wireText,
  shipping_number: wireText,
  associations: z.preprocess(
    (raw) => (isObject(raw) ? raw : {}),
    z.object({ order_rows: z.preprocess((rows) => rowsIn(rows, 'order_row'), z.array(row)) }),
  ),
});
export type PrestashopOrder = z.infer<typeof PrestashopOrder>;
