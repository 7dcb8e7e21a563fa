import { z } from 'zod';
import { wireFlag, wireId, wireIdOrNone, wireList, wireText } from '../../../shared/json/wire-values.ts';
import { TiktokOrder } from './wire.ts';

// Shapes of what is asked beside orders; `data` of each answer. Unnamed parts are left alone.

/** A part of a call that failed despite code 0. */
const partFailed = z.object({
  code: wireText,
  message: wireText,
  detail: z.object({ sku_id: wireIdOrNone }).nullish(),
});
export type TiktokPartFailed = z.infer<typeof partFailed>;

/** `data` of a call that writes. */
export const Written = z.object({
  package_id: wireIdOrNone,
  cancel_id: wireIdOrNone,
  warning: z.object({ message: wireText }).nullish(),
  errors: wireList(partFailed),
});

/** Rows of orders as they came: each is read by itself, so that one broken row keeps no other back. */
export const OrderRows = z.object({ orders: wireList(z.unknown()), next_page_token: wireText });

export const OrderDetails = z.object({ orders: wireList(TiktokOrder) });

export const Shops = z.object({ shops: wireList(z.object({ cipher: wireText, name: wireText, region: wireText })) });

export const Warehouses = z.object({
  warehouses: wireList(z.object({ id: wireId, effect_status: wireText, type: wireText, is_default: wireFlag })),
});
export const DeliveryOptions = z.object({ delivery_options: wireList(z.object({ id: wireId })) });
export const ShippingProviders = z.object({
  shipping_providers: wireList(z.object({ id: wireId, name: wireText })),
});

/** One package; where TikTok combines, it holds several orders. */
export const PackageDetail = z.object({
  package_status: wireText,
  tracking_number: wireText,
  orders: wireList(z.object({ id: wireId })),
  order_line_item_ids: wireList(wireId),
});

export const Products = z.object({
  next_page_token: wireText,
  products: wireList(
    z.object({
      id: wireId,
      status: wireText,
      skus: wireList(
        z.object({
          id: wireId,
          seller_sku: wireText,
          inventory: wireList(z.object({ warehouse_id: wireIdOrNone })),
        }),
      ),
    }),
  ),
});

export const Cancellations = z.object({
  cancellations: wireList(
    z.object({ cancel_id: wireId, order_id: wireIdOrNone, cancel_status: wireText, role: wireText }),
  ),
});

export const Returns = z.object({
  return_orders: wireList(
    z.object({
      return_id: wireId,
      order_id: wireIdOrNone,
      return_type: wireText,
      return_status: wireText,
      return_line_items: wireList(z.object({ order_line_item_id: wireIdOrNone })),
    }),
  ),
});
