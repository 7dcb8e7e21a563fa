import { ownMarketplace } from '../../../shared/model/attribution.ts';
import { earliestTime, firstTime, sourceTime } from '../../../shared/model/source-time.ts';
import {
  addressStateOf,
  brokenOrder,
  type NormalisedAddress,
  type NormalisedLine,
  type NormalisedOrder,
  orderDefaults,
} from '../channel.ts';
import type { WechatAddress, WechatOrder } from './wire.ts';

const SHIP_STATE: Readonly<Record<number, NormalisedOrder['shipState']>> = {
  10: 'waiting',
  20: 'to-ship',
  21: 'partly-shipped',
  30: 'shipped',
  100: 'shipped',
  200: 'cancelled',
  250: 'cancelled',
};
/** Goods without a parcel: virtual, or handed over without a carrier. */
const NO_PARCEL = new Set(['1', '3']);

/** One order of WeChat Shop in our shape: packed is what is neither shipped nor in an after-sale. */
export function mapWechatOrder(order: WechatOrder): NormalisedOrder {
  const { order_detail: detail, status } = order;
  const placedAt = firstTime([order.create_time, detail.pay_info?.pay_time, order.update_time]);
  if (!placedAt) throw brokenOrder('create_time is missing');
  const shipState = SHIP_STATE[status] ?? 'waiting';
  const updatedAt = sourceTime(order.update_time);
  const shipBy = earliestTime(detail.product_infos.map((product) => sourceTime(product.delivery_deadline)));
  const given = detail.delivery_info?.address_info;
  const address = given ? addressOf(given) : null;
  const lines = linesOf(order, shipState);
  const inAftersale = (order.aftersale_detail?.on_aftersale_order_cnt ?? 0) > 0;
  return {
    ...orderDefaults,
    channel: 'wechat_shop',
    externalId: order.order_id,
    externalNumber: order.order_id,
    placedAt: placedAt.at,
    updatedAt: updatedAt?.at ?? null,
    shipBy: shipBy?.at ?? null,
    sourceTimes: { placedAt: placedAt.source, updatedAt: updatedAt?.source ?? null, shipBy: shipBy?.source ?? null },
    payState: status === 10 || status === 250 ? 'unpaid' : status === 200 ? 'refunded' : 'paid',
    shipState,
    // The buyer wants all of it back before any of it has left.
    cancelRequested: inAftersale && shipState === 'to-ship' && lines.every((line) => line.quantityToPack === 0),
    needsLabel: !NO_PARCEL.has(String(detail.delivery_info?.deliver_method ?? '')),
    address,
    addressState: stateOf(address, status),
    note: [detail.ext_info?.customer_notes, detail.ext_info?.merchant_notes].filter(Boolean).join('\n') || null,
    currency: 'CNY',
    totalMinor: detail.price_info?.order_price ?? null,
    lines,
    packages: packagesOf(order),
    attribution: ownMarketplace('wechat_shop'),
  };
}

function stateOf(address: NormalisedAddress | null, status: number): NormalisedOrder['addressState'] {
  if (address !== null && address.street1 !== '') return addressStateOf(address);
  return status < 20 ? 'pending' : 'masked';
}

function linesOf(order: WechatOrder, state: NormalisedOrder['shipState']): NormalisedLine[] {
  const shipped = new Map<string, number>();
  const parcels = order.order_detail.delivery_info?.delivery_product_info ?? [];
  for (const { product_id, sku_id, product_cnt } of parcels.flatMap((parcel) => parcel.product_infos)) {
    const key = `${product_id}:${sku_id}`;
    shipped.set(key, (shipped.get(key) ?? 0) + product_cnt);
  }
  const done = state === 'shipped' || state === 'cancelled';
  return order.order_detail.product_infos.map((product) => {
    const key = `${product.product_id}:${product.sku_id}`;
    const gone = Math.min(shipped.get(key) ?? 0, product.sku_cnt);
    // The same SKU can stand on two lines: the rest of what left counts for the next one.
    shipped.set(key, (shipped.get(key) ?? 0) - gone);
    const left = product.sku_cnt - gone - product.on_aftersale_sku_cnt - product.finish_aftersale_sku_cnt;
    return {
      externalLineIds: [product.sku_id],
      sku: product.sku_code || product.sku_id,
      barcode: null,
      title: product.title,
      variant: product.sku_attrs.map(({ attr_key, attr_value }) => `${attr_key}: ${attr_value}`).join(', ') || null,
      quantityOrdered: product.sku_cnt,
      quantityToPack: done ? 0 : Math.max(0, left),
      gift: product.is_free_gift,
      giftMessage: null,
      unitPriceMinor: product.sale_price ?? null,
    };
  });
}

function addressOf(given: WechatAddress): NormalisedAddress {
  return {
    name: given.user_name,
    company: '',
    street1: [given.detail_info, given.house_number].filter(Boolean).join(' '),
    street2: given.county_name,
    postcode: given.postal_code,
    city: given.city_name,
    region: given.province_name,
    country: 'CN',
    phone: given.tel_number,
    email: '',
  };
}

function packagesOf(order: WechatOrder): NormalisedOrder['packages'] {
  return (order.order_detail.delivery_info?.delivery_product_info ?? []).map((parcel) => ({
    remoteId: parcel.waybill_id,
    carrierCode: parcel.delivery_id,
    tracking: parcel.waybill_id,
    lines: parcel.product_infos.map(({ sku_id, product_cnt }) => ({ lineId: sku_id, quantity: product_cnt })),
  }));
}
