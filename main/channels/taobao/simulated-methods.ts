import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import type { BookLine, BookOrder, OrderBook } from '../channel-order-book.ts';
import { chinaInstant } from '../channel-windows.ts';
import { statusOf, tradeHeader, tradeOf } from './simulated-trades.ts';

export type TopForm = Readonly<Record<string, string>>;
/** The answer with its own key; a refusal is thrown. */
export type TopMethod = (form: TopForm) => object;

export class TopRefusal extends Error {
  readonly code: number;
  readonly sub: string;
  constructor(code: number, message: string, sub = '') {
    super(message);
    this.code = code;
    this.sub = sub;
  }
}

const COMPANIES = [
  { id: 505, code: 'SF', name: '顺丰速运' },
  { id: 500, code: 'ZTO', name: '中通快递' },
  { id: 101, code: 'YTO', name: '圆通速递' },
];
const [DAY_SECONDS, MOST_ROWS] = [86_400, 100];

const remote = (sub: string, message: string): TopRefusal =>
  new TopRefusal(15, `Remote service error: ${message}`, sub);

export function simulatedMethods(book: OrderBook): Record<string, TopMethod> {
  const find = (tid: string | undefined): BookOrder => {
    const order = book.find(tid ?? '');
    if (!order) throw remote('isv.trade-not-exist', '交易订单不存在');
    return order;
  };
  return {
    'taobao.trades.sold.increment.get': (form) => ({ trades_sold_increment_get_response: list(book, form) }),
    'taobao.trade.fullinfo.get': ({ tid, fields }) => {
      if (!fields) throw new TopRefusal(40, 'Missing required arguments:fields');
      return { trade_fullinfo_get_response: { trade: tradeOf(book, find(tid)) } };
    },
    'taobao.logistics.offline.send'(form) {
      send(book, find(form.tid), form);
      return { logistics_offline_send_response: { shipping: { is_success: true } } };
    },
    'alibaba.ascp.logistics.consign.resend'(form) {
      resend(book, find(form.tid), form);
      return { alibaba_ascp_logistics_consign_resend_response: { result: { success: true } } };
    },
    'taobao.logistics.companies.get': () => ({
      logistics_companies_get_response: { logistics_companies: { logistics_company: COMPANIES } },
    }),
  };
}

/** By time of change, newest first. */
function list(book: OrderBook, form: TopForm): object {
  const secondOf = (iso: string | null): number => Math.floor(Date.parse(iso ?? '') / 1_000);
  const [start, end] = [form.start_modified, form.end_modified].map((text) => secondOf(chinaInstant(text ?? '')));
  const [page, size] = [Number(form.page_no ?? 1), Number(form.page_size ?? 40)];
  if (start === undefined || end === undefined || !(end >= start))
    throw new TopRefusal(41, 'Invalid arguments:end_modified', 'isv.invalid-parameter');
  if (end - start > DAY_SECONDS) throw remote('isv.time-interval-too-long', '查询时间间隔过长');
  if (size > MOST_ROWS) throw new TopRefusal(41, 'Invalid arguments:page_size', 'isv.invalid-parameter');
  const found = book
    .listed()
    .filter((order) => secondOf(order.updatedAt) >= start && secondOf(order.updatedAt) <= end)
    .reverse();
  const trade = found.slice((page - 1) * size, page * size).map((order) => tradeHeader(book, order));
  const counted =
    form.use_has_next === 'true' ? { has_next: page * size < found.length } : { total_results: found.length };
  return { ...counted, ...(trade.length > 0 ? { trades: { trade } } : {}) };
}

function companyOf(code: string | undefined): string {
  if (!COMPANIES.some((company) => company.code === code))
    throw remote('isv.logistics-offline-service-error:P38', '物流公司不存在');
  return code ?? '';
}

/** Lines leave as a whole: the named ones, or all that are left. */
function send(book: OrderBook, order: BookOrder, form: TopForm): void {
  const carrier = companyOf(form.company_code);
  if (!['WAIT_SELLER_SEND_GOODS', 'SELLER_CONSIGNED_PART'].includes(statusOf(book, order)))
    throw remote('isv.logistics-offline-service-error:B04', '该订单状态不允许发货');
  const split = form.is_split === '1';
  if (split && !form.sub_tid) throw new TopRefusal(40, 'Missing required arguments:sub_tid');
  const wanted = split ? (form.sub_tid ?? '').split(',') : order.lines.map(({ id }) => id);
  const chosen = order.lines.filter(({ id }) => wanted.includes(id));
  const isGone = (line: BookLine): boolean => book.left(line) === 0;
  if (chosen.length !== wanted.length || (split ? chosen.some(isGone) : chosen.every(isGone)))
    throw remote('isv.logistics-offline-service-error:B150', '发货失败，子订单已发货');
  const lines = chosen.map((line) => ({ lineId: line.id, quantity: book.left(line) }));
  book.ship(order, { tracking: form.out_sid ?? '', carrier, lines });
}

function resend(book: OrderBook, order: BookOrder, form: TopForm): void {
  const packages: unknown = JSON.parse(form.consign_pkgs ?? '[]');
  const [pkg] = Array.isArray(packages) ? packages.filter(isObject) : [];
  const carrier = companyOf(textUnder(pkg, 'company_code'));
  const subTids = form.sub_tids?.split(',') ?? [];
  const parcel = order.packages.find(({ lines }) => {
    const ids = lines.map(({ lineId }) => lineId);
    return subTids.length === 0 || subTids.every((id) => ids.includes(id));
  });
  if (!parcel || (subTids.length === 0 && order.packages.length > 1))
    throw remote('isv.logistics-update-company-or-mailno-error:P08', '该订单不支持修改');
  book.correct(order, parcel, { tracking: textUnder(pkg, 'out_sid') ?? '', carrier });
}
