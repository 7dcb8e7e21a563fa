import { z } from 'zod';
import { wireCount, wireId, wireIdOrNone, wireList, wireText, wireTime } from '../../../shared/json/wire-values.ts';

const item = z.object({
  goods_id: wireIdOrNone,
  sku_id: wireIdOrNone,
  outer_id: wireText,
  outer_goods_id: wireText,
  goods_name: wireText,
  goods_spec: wireText,
  goods_count: wireCount,
  goods_price: wireText,
});
export type PddItem = z.infer<typeof item>;

/** `order_info` of POP. Receiver fields are ciphertext and empty after shipping; times are Asia/Shanghai. */
export const PddOrder = z.object({
  order_sn: wireId,
  order_status: wireCount,
  refund_status: wireCount.nullish(),
  after_sales_status: wireCount.nullish(),
  risk_control_status: wireCount.nullish(),
  created_time: wireTime,
  confirm_time: wireTime,
  pay_time: wireTime,
  last_ship_time: wireTime,
  updated_at: wireTime,
  receiver_name: wireText,
  receiver_phone: wireText,
  receiver_address: wireText,
  address: wireText,
  receiver_name_mask: wireText,
  receiver_phone_mask: wireText,
  receiver_address_mask: wireText,
  province: wireText,
  city: wireText,
  town: wireText,
  postcode: wireText,
  tracking_number: wireText,
  logistics_id: wireIdOrNone,
  remark: wireText,
  buyer_memo: wireText,
  pay_amount: wireText,
  item_list: wireList(item),
});
export type PddOrder = z.infer<typeof PddOrder>;
