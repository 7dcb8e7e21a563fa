import { isObject } from '../../../shared/json/wire-values.ts';
import type { BookOrder, OrderBook } from '../channel-order-book.ts';
import { opened, orderInfo, orderSnOf } from './simulated-orders.ts';

export type PddForm = Readonly<Record<string, string>>;
/** The answer with its own key; a refusal is thrown. */
export type PddMethod = (form: PddForm) => object;

export class PddRefusal extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

interface Parts {
  readonly book: OrderBook;
  readonly clock: () => Date;
  readonly maskApproved: boolean;
}

const COMPANIES = [
  { id: 44, logistics_company: '顺丰快递', code: 'SF', available: 1 },
  { id: 115, logistics_company: '中通快递', code: 'ZTO', available: 1 },
  { id: 3, logistics_company: '百世快递', code: 'HT', available: 0 },
];
const [HALF_HOUR, THREE_MINUTES, MOST_ROWS, MOST_PIECES] = [1_800, 180, 100, 100];

export function simulatedMethods(parts: Parts): Record<string, PddMethod> {
  const find = (orderSn: string | undefined): BookOrder => {
    const order = parts.book.all().find((one) => orderSnOf(one) === orderSn);
    if (!order) throw new PddRefusal(50001, '订单不存在');
    return order;
  };
  return {
    'pdd.order.number.list.increment.get': (form) => ({ order_sn_increment_get_response: list(parts, form) }),
    'pdd.order.information.get': ({ order_sn: orderSn }) => ({
      order_info_get_response: { order_info: orderInfo(find(orderSn)) },
    }),
    'pdd.logistics.online.send'(form) {
      send(parts.book, find(form.order_sn), form);
      return { logistics_online_send_response: { is_success: true } };
    },
    'pdd.logistics.companies.get': () => ({ logistics_companies_get_response: { logistics_companies: COMPANIES } }),
    'pdd.open.decrypt.mask.batch': (form) => ({ open_decrypt_mask_batch_response: masks(parts, form) }),
  };
}

/** By time of change, newest first. */
function list({ book, clock }: Parts, form: PddForm): object {
  const [start, end] = [Number(form.start_updated_at), Number(form.end_updated_at)];
  const [page, size] = [Number(form.page ?? 1), Number(form.page_size ?? 100)];
  for (const key of ['is_lucky_flag', 'order_status', 'refund_status', 'page'])
    if (form[key] === undefined) throw new PddRefusal(50001, `参数错误: ${key}`);
  if (!(end >= start) || end - start > HALF_HOUR) throw new PddRefusal(50001, '参数错误: 时间间距不超过 30 分钟');
  if (end > clock().getTime() / 1_000 - THREE_MINUTES) throw new PddRefusal(50001, '参数错误: 结束时间需早于当前3分钟');
  if (size > MOST_ROWS) throw new PddRefusal(50001, '参数错误: page_size');
  const secondOf = (order: BookOrder): number => Math.floor(Date.parse(order.updatedAt) / 1_000);
  const found = book
    .listed()
    .filter((order) => secondOf(order) >= start && secondOf(order) <= end)
    .reverse();
  const rows = found.slice((page - 1) * size, page * size).map(orderInfo);
  const hasNext = page * size < found.length;
  return {
    order_sn_list: rows,
    has_next: hasNext,
    ...(form.use_has_next === 'true' ? {} : { total_count: found.length }),
  };
}

const CORRECTION = '2';

/** One number an order: the whole of it counts as sent. */
function send(book: OrderBook, order: BookOrder, form: PddForm): void {
  const company = COMPANIES.find(({ id }) => String(id) === form.logistics_id);
  if (company?.available !== 1) throw new PddRefusal(50001, '快递公司不支持');
  const tracking = form.tracking_number ?? '';
  if (tracking === '') throw new PddRefusal(50001, '参数错误: tracking_number');
  const told = { tracking, carrier: String(company.id) };
  const last = order.packages.at(-1);
  if (form.redelivery_type === CORRECTION) {
    if (!last) throw new PddRefusal(50001, '订单未发货');
    book.correct(order, last, told);
    return;
  }
  if (order.state === 'cancelled') throw new PddRefusal(50001, '订单已退款，不能发货');
  if (order.held !== null) throw new PddRefusal(50001, '订单风控审核中，不能发货');
  if (last) throw new PddRefusal(50001, '订单已发货');
  book.ship(order, { ...told, lines: order.lines.map((line) => ({ lineId: line.id, quantity: book.left(line) })) });
}

const starred = (text: string): string => `${text.slice(0, 1)}${'*'.repeat(Math.max(2, text.length - 1))}`;

function masks({ maskApproved }: Parts, form: PddForm): object {
  if (!maskApproved) throw new PddRefusal(10016, '应用没有此接口的权限');
  const asked: unknown = JSON.parse(form.data_list ?? '[]');
  const pieces = Array.isArray(asked) ? asked.filter(isObject) : [];
  if (pieces.length > MOST_PIECES) throw new PddRefusal(50001, '参数错误: data_list');
  return {
    data_decrypt_list: pieces.map(({ data_tag: tag, encrypted_data: text }) => ({
      ...{ data_tag: tag, encrypted_data: text, error_code: 0, error_msg: '' },
      decrypted_data: starred(opened(String(text))),
    })),
  };
}
