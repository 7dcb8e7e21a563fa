import { z } from 'zod';
import {
  wireCountOrNone,
  wireFlag,
  wireId,
  wireIdOrNone,
  wireList,
  wireText,
  wireTime,
} from '../../../shared/json/wire-values.ts';

/** One line item is one unit; there is no quantity. */
const lineItem = z.object({
  id: wireId,
  product_id: wireIdOrNone,
  sku_id: wireIdOrNone,
  seller_sku: wireText,
  product_name: wireText,
  sku_name: wireText,
  sale_price: wireText,
  currency: wireText,
  package_id: wireIdOrNone,
  package_status: wireText,
  display_status: wireText,
  tracking_number: wireText,
  shipping_provider_id: wireIdOrNone,
  shipping_provider_name: wireText,
  cancel_user: wireText,
  is_gift: wireFlag,
  /** What a virtual bundle is made of. */
  combined_listing_skus: wireList(z.object({ sku_id: wireIdOrNone, seller_sku: wireText, sku_count: wireCountOrNone })),
});
export type TiktokLine = z.infer<typeof lineItem>;

const address = z.object({
  name: wireText,
  first_name: wireText,
  last_name: wireText,
  phone_number: wireText,
  address_line1: wireText,
  address_line2: wireText,
  address_line3: wireText,
  address_line4: wireText,
  address_detail: wireText,
  full_address: wireText,
  postal_code: wireText,
  region_code: wireText,
  district_info: wireList(z.object({ address_level: wireText, address_level_name: wireText, address_name: wireText })),
});
export type TiktokAddress = z.infer<typeof address>;

/** An order of `/order/202309/orders/search` or of the detail call; times are epoch seconds, 0 where there is none. */
export const TiktokOrder = z.object({
  id: wireId,
  status: wireText,
  create_time: wireTime,
  update_time: wireTime,
  paid_time: wireTime,
  rts_sla_time: wireTime,
  shipping_due_time: wireTime,
  tts_sla_time: wireTime,
  delivery_due_time: wireTime,
  delivery_sla_time: wireTime,
  shipping_type: wireText,
  fulfillment_type: wireText,
  delivery_option_id: wireIdOrNone,
  delivery_option_name: wireText,
  warehouse_id: wireIdOrNone,
  split_or_combine_tag: wireText,
  delivery_type: wireText,
  is_on_hold_order: wireFlag,
  is_cod: wireFlag,
  is_buyer_request_cancel: wireFlag,
  buyer_message: wireText,
  seller_note: wireText,
  buyer_email: wireText,
  payment: z.object({ currency: wireText, total_amount: wireText }).nullish(),
  recipient_address: address.nullish(),
  line_items: z.array(lineItem, 'line_items are missing'),
});
export type TiktokOrder = z.infer<typeof TiktokOrder>;
