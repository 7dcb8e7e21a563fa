import { createHash } from 'node:crypto';
import type { BookLine, BookOrder } from '../channel-order-book.ts';
import { chinaTime } from '../channel-windows.ts';

export const orderSnOf = ({ id, placedAt }: BookOrder): string =>
  `${chinaTime(new Date(placedAt)).slice(2, 10).replaceAll('-', '')}-${id}`;

const numberOf = (text: string): string =>
  String(Number.parseInt(createHash('md5').update(text).digest('hex').slice(0, 9), 16));

/** Ciphertext and text in one box, so that the platform can open what it gave. */
export const sealed = (text: string): string => {
  const box = Buffer.from(text, 'utf8').toString('base64');
  return `~AgAAAA${box}~1~`;
};
export const opened = (text: string): string => {
  const [, box = ''] = /^~AgAAAA(.*)~1~$/.exec(text) ?? [];
  return Buffer.from(box, 'base64').toString('utf8');
};

/** 1 to ship, 2 sent; an order that nobody paid is none yet. */
function statusOf(order: BookOrder): number {
  if (order.state === 'unpaid') return 0;
  return order.packages.length > 0 ? 2 : 1;
}

/** 1 none, 2 asked for, 4 done. */
const refundOf = (order: BookOrder): number => (order.state === 'cancelled' ? 4 : order.cancelRequested ? 2 : 1);

const yuan = (minor: number): string => (minor / 100).toFixed(2);

function itemsOf(order: BookOrder): readonly Record<string, unknown>[] {
  const bySku = new Map<string, BookLine[]>();
  for (const line of order.lines) bySku.set(line.sku, [...(bySku.get(line.sku) ?? []), line]);
  return [...bySku].map(([sku, lines]) => ({
    goods_id: numberOf(`goods ${sku}`),
    sku_id: numberOf(`sku ${sku}`),
    outer_id: sku,
    goods_name: lines[0]?.title ?? '',
    goods_spec: '',
    goods_count: lines.reduce((sum, line) => sum + line.quantity - line.cancelled, 0),
    goods_price: yuan(lines[0]?.unitPriceMinor ?? 0),
  }));
}

/** One order as lists and details give it; the receiver is gone once it is sent, refunded or under review. */
export function orderInfo(order: BookOrder): Record<string, unknown> {
  const { address } = order;
  const status = statusOf(order);
  const shown = status === 1 && refundOf(order) < 4 && order.held === null;
  const last = order.packages.at(-1);
  const cipher = (text: string): string => (shown ? sealed(text) : '');
  const items = itemsOf(order);
  return {
    order_sn: orderSnOf(order),
    order_status: status,
    refund_status: refundOf(order),
    after_sales_status: 0,
    risk_control_status: order.held === null ? 0 : 1,
    created_time: chinaTime(new Date(order.placedAt)),
    confirm_time: chinaTime(new Date(order.placedAt)),
    last_ship_time: chinaTime(new Date(Date.parse(order.placedAt) + 48 * 3_600_000)),
    updated_at: chinaTime(new Date(order.updatedAt)),
    receiver_name: cipher(address.name),
    receiver_phone: cipher(address.phone),
    receiver_address: cipher(address.street1),
    ...{ country: '中国', province: address.region, city: address.city, town: '' },
    tracking_number: last?.tracking ?? '',
    logistics_id: last ? Number(last.carrier) : 0,
    ...{ remark: '', buyer_memo: order.note },
    pay_amount: yuan(order.lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0)),
    item_list: items.filter(({ goods_count: count }) => count !== 0),
  };
}
