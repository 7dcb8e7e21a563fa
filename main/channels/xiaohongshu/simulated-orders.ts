import { createHash } from 'node:crypto';
import type { BookOrder, OrderBook } from '../channel-order-book.ts';

/** One SKU of an order: Xiaohongshu adds up lines of the same SKU. */
export interface SimulatedSku {
  readonly skuId: string;
  readonly sku: string;
  readonly title: string;
  readonly lineIds: readonly string[];
  readonly ordered: number;
  readonly left: number;
}

const hex = (text: string): string => createHash('md5').update(text).digest('hex').slice(0, 24);

export const skuIdOf = (sku: string): string => hex(`sku ${sku}`);
export const orderIdOf = (order: BookOrder): string => `P${order.id}`;
export const openAddressIdOf = (order: BookOrder): string => hex(`${order.id} ${JSON.stringify(order.address)}`);

export function skusOf(book: OrderBook, order: BookOrder): readonly SimulatedSku[] {
  return [...new Set(order.lines.map(({ sku }) => sku))].map((sku) => {
    const lines = order.lines.filter((line) => line.sku === sku);
    const sum = (part: (line: (typeof lines)[number]) => number): number =>
      lines.reduce((total, line) => total + part(line), 0);
    return {
      ...{ skuId: skuIdOf(sku), sku, title: lines[0]?.title ?? '' },
      lineIds: lines.map(({ id }) => id),
      ordered: sum(({ quantity, cancelled }) => quantity - cancelled),
      left: sum((line) => book.left(line)),
    };
  });
}

/** 1 unpaid, 3 customs, 4 to ship, 5 partly shipped, 6 shipped, 9 cancelled. */
export function statusOf(book: OrderBook, order: BookOrder): number {
  if (order.state === 'cancelled') return 9;
  if (order.state === 'unpaid') return 1;
  if (skusOf(book, order).every(({ left }) => left === 0)) return 6;
  if (order.held !== null) return 3;
  return order.packages.length > 0 ? 5 : 4;
}

export function listRow(book: OrderBook, order: BookOrder): Record<string, unknown> {
  return {
    orderId: orderIdOf(order),
    orderType: 1,
    orderStatus: statusOf(book, order),
    cancelStatus: order.cancelRequested ? 1 : 0,
    createdTime: Date.parse(order.placedAt),
    updateTime: Date.parse(order.updatedAt),
  };
}

const REFUNDED = 3;

/** The receiver is told by `openAddressId` alone. */
export function detailOf(book: OrderBook, order: BookOrder): Record<string, unknown> {
  const skus = skusOf(book, order);
  return {
    ...listRow(book, order),
    paidTime: order.state === 'unpaid' ? 0 : Date.parse(order.placedAt),
    promiseLastDeliveryTime: Date.parse(order.placedAt) + 48 * 3_600_000,
    openAddressId: openAddressIdOf(order),
    receiverProvinceName: order.address.region,
    receiverCityName: order.address.city,
    customerRemark: order.note,
    unpack: order.packages.length > 1,
    totalPayAmount: order.lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0),
    skuList: skus.map((one) => ({
      skuId: one.skuId,
      skuName: one.title,
      erpcode: one.sku,
      skuQuantity: one.ordered,
      skuTag: order.gift ? 1 : 0,
      skuAfterSaleStatus: one.ordered === 0 ? REFUNDED : 1,
    })),
    simpleDeliveryOrderList: order.packages.map((parcel, at) => ({
      deliveryOrderIndex: at + 1,
      expressTrackingNo: parcel.tracking,
      expressCompanyCode: parcel.carrier,
      skuIdList: skus
        .filter(({ lineIds }) => parcel.lines.some(({ lineId }) => lineIds.includes(lineId)))
        .map(({ skuId }) => skuId),
    })),
  };
}
