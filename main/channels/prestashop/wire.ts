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

/** `order_rows` as JSON gives it (a list, or one object) or as XML does (`{order_row: …}`). */
function rowsOf(raw: unknown): unknown {
  if (isObject(raw) && 'order_row' in raw) return rowsOf(raw.order_row);
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
    z.object({ order_rows: z.preprocess(rowsOf, z.array(row)) }),
  ),
});
export type PrestashopOrder = z.infer<typeof PrestashopOrder>;
