import { z } from 'zod';
import { isObject, wireCount, wireIdOrNone, wireText, wireTime } from '../../../shared/json/wire-values.ts';

const line = z.object({
  oid: wireIdOrNone,
  oid_str: wireIdOrNone,
  num_iid: wireIdOrNone,
  sku_id: wireIdOrNone,
  outer_sku_id: wireText,
  outer_iid: wireText,
  title: wireText,
  sku_properties_name: wireText,
  num: wireCount,
  price: wireText,
  status: wireText,
  refund_status: wireText,
  logistics_company: wireText,
  invoice_no: wireText,
});
export type TaobaoLine = z.infer<typeof line>;

/** TOP wraps a list in an object named after its item: `orders.order`. */
function unwrapped(key: string) {
  return (raw: unknown): unknown => {
    const inner = isObject(raw) && key in raw ? raw[key] : raw;
    return inner === null || inner === undefined ? [] : Array.isArray(inner) ? inner : [inner];
  };
}

/** A trade of TOP. Ids above 2^53 come as numbers too: the `_str` fields go first. Times are Asia/Shanghai. */
export const TaobaoTrade = z.object({
  tid: wireIdOrNone,
  tid_str: wireIdOrNone,
  status: wireText,
  type: wireText,
  created: wireTime,
  modified: wireTime,
  pay_time: wireTime,
  payment: wireText,
  oaid: wireText,
  buyer_message: wireText,
  seller_memo: wireText,
  receiver_name: wireText,
  receiver_country: wireText,
  receiver_state: wireText,
  receiver_city: wireText,
  receiver_district: wireText,
  receiver_town: wireText,
  receiver_address: wireText,
  receiver_zip: wireText,
  receiver_mobile: wireText,
  receiver_phone: wireText,
  orders: z.preprocess(unwrapped('order'), z.array(line)),
});
export type TaobaoTrade = z.infer<typeof TaobaoTrade>;
