import { createHash } from 'node:crypto';
import type { BookLine, BookOrder, OrderBook } from '../channel-order-book.ts';
import { chinaTime } from '../channel-windows.ts';

const at = (iso: string): string => chinaTime(new Date(iso));
const yuan = (minor: number): string => (minor / 100).toFixed(2);
const starred = (text: string): string => (text === '' ? '' : `${text.slice(0, 1)}**`);

export function statusOf(book: OrderBook, order: BookOrder): string {
  if (order.state === 'cancelled') return 'TRADE_CLOSED';
  if (order.state === 'unpaid') return 'WAIT_BUYER_PAY';
  if (order.lines.every((line) => book.left(line) === 0)) return 'WAIT_BUYER_CONFIRM_GOODS';
  if (order.held !== null) return 'PAID_FORBID_CONSIGN';
  return order.packages.length > 0 ? 'SELLER_CONSIGNED_PART' : 'WAIT_SELLER_SEND_GOODS';
}

export function tradeHeader(book: OrderBook, order: BookOrder): Record<string, unknown> {
  const { id } = order;
  return { tid: id, tid_str: id, modified: at(order.updatedAt), status: statusOf(book, order) };
}

function refundOf(order: BookOrder, line: BookLine): string {
  if (line.cancelled === line.quantity || order.state === 'cancelled') return 'SUCCESS';
  return order.cancelRequested ? 'WAIT_SELLER_AGREE' : 'NO_REFUND';
}

function lineOf(book: OrderBook, order: BookOrder, line: BookLine): Record<string, unknown> {
  const parcel = order.packages.find(({ lines }) => lines.some(({ lineId }) => lineId === line.id));
  const gone = book.left(line) === 0 && parcel !== undefined;
  return {
    oid: line.id,
    oid_str: line.id,
    outer_sku_id: line.sku,
    title: line.title,
    num: Math.max(1, line.quantity - line.cancelled),
    price: yuan(line.unitPriceMinor),
    status: gone ? 'WAIT_BUYER_CONFIRM_GOODS' : statusOf(book, order),
    refund_status: refundOf(order, line),
    ...(parcel ? { logistics_company: parcel.carrier, invoice_no: parcel.tracking } : {}),
  };
}

/** The receiver is starred; `oaid` stands for it towards Cainiao. */
export function tradeOf(book: OrderBook, order: BookOrder): Record<string, unknown> {
  const { address } = order;
  return {
    ...tradeHeader(book, order),
    type: 'fixed',
    created: at(order.placedAt),
    ...(order.state === 'unpaid' ? {} : { pay_time: at(order.placedAt) }),
    payment: yuan(order.lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0)),
    oaid: createHash('md5')
      .update(`${order.id} ${JSON.stringify(address)}`)
      .digest('hex'),
    buyer_message: order.note,
    receiver_name: starred(address.name),
    receiver_mobile: starred(address.phone),
    receiver_address: starred(address.street1),
    receiver_state: address.region,
    receiver_city: address.city,
    receiver_zip: '000000',
    orders: { order: order.lines.map((line) => lineOf(book, order, line)) },
  };
}
