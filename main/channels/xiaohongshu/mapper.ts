import { ownMarketplace } from '../../../shared/model/attribution.ts';
import { firstTime, sourceTime } from '../../../shared/model/source-time.ts';
import {
  brokenOrder,
  type NormalisedAddress,
  type NormalisedLine,
  type NormalisedOrder,
  orderDefaults,
} from '../channel.ts';
import type { XhsOrder, XhsSku } from './wire.ts';

const SHIP_STATE: Readonly<Record<number, NormalisedOrder['shipState']>> = {
  1: 'waiting',
  2: 'waiting',
  3: 'waiting',
  4: 'to-ship',
  5: 'partly-shipped',
  6: 'shipped',
  7: 'shipped',
  8: 'cancelled',
  9: 'cancelled',
  10: 'waiting',
};
const ZONE = 'Asia/Shanghai';

/** One order of Xiaohongshu in our shape; its receiver is ciphertext behind `openAddressId`. */
export function mapXhsOrder(order: XhsOrder): NormalisedOrder {
  const updated = [order.updateTime, order.updatedTime];
  const placedAt = firstTime([order.createdTime, order.createTime, order.paidTime, ...updated], ZONE);
  if (!placedAt) throw brokenOrder('createdTime is missing');
  const shipState = SHIP_STATE[order.orderStatus] ?? 'waiting';
  const updatedAt = firstTime(updated, ZONE);
  const shipBy = sourceTime(order.promiseLastDeliveryTime, ZONE);
  const shipped = new Set(order.simpleDeliveryOrderList.filter(isSent).flatMap(({ skuIdList }) => skuIdList));
  return {
    ...orderDefaults,
    channel: 'xiaohongshu',
    externalId: order.orderId,
    externalNumber: order.orderId,
    placedAt: placedAt.at,
    updatedAt: updatedAt?.at ?? null,
    shipBy: shipBy?.at ?? null,
    sourceTimes: { placedAt: placedAt.source, updatedAt: updatedAt?.source ?? null, shipBy: shipBy?.source ?? null },
    payState:
      order.orderStatus === 1 || (shipState === 'cancelled' && sourceTime(order.paidTime) === null) ? 'unpaid' : 'paid',
    shipState,
    cancelRequested: (order.cancelStatus ?? 0) !== 0 || order.skuList.some(isAskedBack),
    address: regionOf(order),
    addressState: order.openAddressId === '' ? (order.orderStatus === 1 ? 'pending' : 'masked') : 'encrypted',
    addressToken: order.openAddressId || null,
    note: [order.customerRemark, order.sellerRemark].filter(Boolean).join('\n') || null,
    currency: 'CNY',
    totalMinor: order.totalPayAmount ?? null,
    lines: order.skuList.map((sku) => lineOf(sku, shipState, shipped)),
    packages: packagesOf(order),
    attribution: ownMarketplace('xiaohongshu'),
  };
}

/** The buyer wants it back, and nobody has decided yet. */
const isAskedBack = ({ skuAfterSaleStatus: state }: XhsSku): boolean => state === 2 || state === 6;
const REFUNDED = 3;

/** What of the receiver is told in clear: where in China, to plan by. */
function regionOf(order: XhsOrder): NormalisedAddress | null {
  const { receiverProvinceName: region, receiverCityName: city, receiverDistrictName: street2 } = order;
  if (region === '' && city === '') return null;
  return {
    ...{ name: '', company: '', street1: '', postcode: '', phone: '', email: '' },
    street2,
    city,
    region,
    country: 'CN',
  };
}

const isSent = ({ expressTrackingNo }: XhsOrder['simpleDeliveryOrderList'][number]): boolean =>
  expressTrackingNo !== '';

/** Parcels are told by SKU, without quantities: a SKU in a parcel has left as a whole. */
function lineOf(sku: XhsSku, state: NormalisedOrder['shipState'], shipped: ReadonlySet<string>): NormalisedLine {
  const gone =
    state === 'shipped' || state === 'cancelled' || shipped.has(sku.skuId) || sku.skuAfterSaleStatus === REFUNDED;
  return {
    externalLineIds: [sku.skuId],
    sku: sku.erpcode || sku.erpCode || sku.skuId,
    barcode: sku.barcode || null,
    title: sku.skuName,
    variant: sku.skuSpec || null,
    quantityOrdered: sku.skuQuantity,
    quantityToPack: gone ? 0 : sku.skuQuantity,
    gift: sku.skuTag === 1,
    giftMessage: null,
    unitPriceMinor: null,
  };
}

function packagesOf(order: XhsOrder): NormalisedOrder['packages'] {
  const parcels = order.simpleDeliveryOrderList.filter(isSent).map((parcel) => ({
    remoteId: parcel.deliveryOrderIndex || parcel.expressTrackingNo,
    carrierCode: parcel.expressCompanyCode,
    tracking: parcel.expressTrackingNo,
    lines: order.skuList
      .filter(({ skuId }) => parcel.skuIdList.includes(skuId))
      .map(({ skuId, skuQuantity }) => ({ lineId: skuId, quantity: skuQuantity })),
  }));
  if (parcels.length > 0 || order.expressTrackingNo === '') return parcels;
  const { expressTrackingNo: tracking, expressCompanyCode: carrierCode } = order;
  return [{ remoteId: tracking, carrierCode, tracking, lines: [] }];
}
