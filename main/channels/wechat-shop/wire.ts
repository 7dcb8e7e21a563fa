import { z } from 'zod';
import {
  wireCount,
  wireFlag,
  wireId,
  wireIdOrNone,
  wireList,
  wireText,
  wireTime,
} from '../../../shared/json/wire-values.ts';

const countOrZero = wireCount.nullish().transform((value) => value ?? 0);

const product = z.object({
  product_id: wireIdOrNone,
  sku_id: wireId,
  sku_code: wireText,
  sku_cnt: wireCount,
  on_aftersale_sku_cnt: countOrZero,
  finish_aftersale_sku_cnt: countOrZero,
  title: wireText,
  sale_price: wireCount.nullish(),
  sku_attrs: wireList(z.object({ attr_key: wireText, attr_value: wireText })),
  delivery_deadline: wireTime,
  is_free_gift: wireFlag,
});
export type WechatProduct = z.infer<typeof product>;

const parcel = z.object({
  waybill_id: wireText,
  delivery_id: wireText,
  product_infos: wireList(z.object({ product_id: wireIdOrNone, sku_id: wireIdOrNone, product_cnt: countOrZero })),
});

const address = z
  .object({
    user_name: wireText,
    tel_number: wireText,
    postal_code: wireText,
    province_name: wireText,
    city_name: wireText,
    county_name: wireText,
    detail_info: wireText,
    house_number: wireText,
  })
  .nullish();
export type WechatAddress = NonNullable<z.infer<typeof address>>;

/** The `order` of `/channels/ec/order/get`; times are epoch seconds, money is fen. */
export const WechatOrder = z.object({
  order_id: wireId,
  status: wireCount,
  create_time: wireTime,
  update_time: wireTime,
  order_detail: z.object({
    product_infos: z.array(product, 'product_infos are missing'),
    pay_info: z.object({ pay_time: wireTime }).nullish(),
    price_info: z.object({ order_price: wireCount.nullish() }).nullish(),
    delivery_info: z
      .object({
        address_info: address,
        delivery_product_info: wireList(parcel),
        deliver_method: z.union([z.number(), z.string()]).nullish(),
      })
      .nullish(),
    ext_info: z.object({ customer_notes: wireText, merchant_notes: wireText }).nullish(),
  }),
  aftersale_detail: z.object({ on_aftersale_order_cnt: countOrZero }).nullish(),
});
export type WechatOrder = z.infer<typeof WechatOrder>;
