import { isObject } from '../../../shared/json/wire-values.ts';
import type { BookOrder, OrderBook } from '../channel-order-book.ts';
import { detailOf, listRow, openAddressIdOf, orderIdOf, skuIdOf, skusOf, statusOf } from './simulated-orders.ts';

/** What a method answers with; a refusal is thrown. */
export type XhsMethod = (params: Readonly<Record<string, unknown>>) => unknown;

export class XhsRefusal extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

interface Parts {
  readonly book: OrderBook;
  readonly clock: () => Date;
  find(id: unknown): BookOrder;
  readonly decryptApproved: boolean;
}

type Params = Parameters<XhsMethod>[0];

const COMPANIES = [
  { expressCompanyId: 1, expressCompanyCode: 'shunfeng', expressCompanyName: '顺丰速运' },
  { expressCompanyId: 2, expressCompanyCode: 'zhongtong', expressCompanyName: '中通快递' },
  { expressCompanyId: 3, expressCompanyCode: 'yuantong', expressCompanyName: '圆通速递' },
];
const [HALF_HOUR, MOST_ROWS, MOST_PAGES] = [1_800, 100, 100];
/** Orders of one shop whose receivers may be read in clear on one day. */
const ORDERS_A_DAY = 10;

export function simulatedMethods(parts: Parts): Record<string, XhsMethod> {
  return {
    'order.getOrderList': (params) => list(parts, params),
    'order.getOrderDetail': ({ orderId }) => detailOf(parts.book, parts.find(orderId)),
    'order.orderDeliver': (params) => deliver(parts, params),
    'order.modifyOrderExpressInfo': (params) => modify(parts, params),
    'order.getOrderReceiverInfo': ({ receiverQueries }) => receivers(parts, receiverQueries),
    'data.batchDecrypt': decrypting(parts),
    'common.getExpressCompanyList': () => ({ expressCompanyInfos: COMPANIES }),
    'product.getDetailSkuList': ({ pageNo }) => catalogue(parts, Number(pageNo)),
    'inventory.getSkuStock': ({ skuId }) => stockOf(parts, skuOf(parts, skuId)),
    'inventory.syncSkuStock'({ skuId, qty }) {
      const sku = skuOf(parts, skuId);
      parts.book.stock.set(sku, Math.max(0, Number(qty) - OCCUPIED));
      return stockOf(parts, sku);
    },
  };
}

/** By time of change, newest first. */
function list({ book }: Parts, { timeType, startTime, endTime, pageNo, pageSize }: Params): unknown {
  const [start, end, page, size] = [Number(startTime), Number(endTime), Number(pageNo ?? 1), Number(pageSize ?? 50)];
  if (timeType !== 2) throw new XhsRefusal(-20, 'timeType must be 2');
  if (!(end >= start) || end > 1e11) throw new XhsRefusal(-21, 'startTime and endTime are seconds');
  if (end - start > HALF_HOUR) throw new XhsRefusal(-22, '更新时间 end-start must be <= 30min');
  if (size > MOST_ROWS || page > MOST_PAGES) throw new XhsRefusal(-23, 'pageNo or pageSize is too large');
  const secondOf = (order: BookOrder): number => Math.floor(Date.parse(order.updatedAt) / 1_000);
  const found = book
    .listed()
    .filter((order) => secondOf(order) >= start && secondOf(order) <= end)
    .reverse();
  return {
    total: found.length,
    pageNo: page,
    pageSize: size,
    maxPageNo: Math.ceil(found.length / size),
    orderList: found.slice((page - 1) * size, page * size).map((order) => listRow(book, order)),
  };
}

function deliver({ book, find }: Parts, { orderId, unpack, skuIdList, ...express }: Params): unknown {
  const order = find(orderId);
  const { tracking, carrier } = expressOf(express);
  const status = statusOf(book, order);
  if (status !== 4 && status !== 5) throw new XhsRefusal(-30, `订单状态 ${status} 不允许发货`);
  const skus = skusOf(book, order);
  const wanted = unpack === true ? (Array.isArray(skuIdList) ? skuIdList : []) : skus.map(({ skuId }) => skuId);
  if (wanted.length === 0) throw new XhsRefusal(-31, 'skuIdList is missing');
  const chosen = skus.filter(({ skuId }) => wanted.includes(skuId));
  if (chosen.length !== wanted.length || chosen.some(({ left }) => left === 0))
    throw new XhsRefusal(-32, '订单 SKU has been delivered already');
  const lineIds = chosen.flatMap((one) => one.lineIds);
  const lines = order.lines
    .filter(({ id }) => lineIds.includes(id))
    .map((line) => ({ lineId: line.id, quantity: book.left(line) }));
  book.ship(order, { tracking, carrier, lines });
  return '发货成功';
}

function expressOf({ expressNo, expressCompanyCode }: Params): { tracking: string; carrier: string } {
  if (!COMPANIES.some((company) => company.expressCompanyCode === expressCompanyCode))
    throw new XhsRefusal(-33, '快递公司编码不存在');
  if (typeof expressNo !== 'string' || expressNo === '') throw new XhsRefusal(-34, 'expressNo is missing');
  return { tracking: expressNo, carrier: String(expressCompanyCode) };
}

/** Both the old number and the index: one parcel. */
function modify({ book, find }: Parts, { orderId, deliveryOrderIndex, oldExpressNo, ...express }: Params): unknown {
  const order = find(orderId);
  const told = expressOf(express);
  const parcel = order.packages.find(
    ({ tracking }, at) =>
      (oldExpressNo === undefined || tracking === oldExpressNo) &&
      (deliveryOrderIndex === undefined || deliveryOrderIndex === at + 1),
  );
  if (!parcel) throw new XhsRefusal(-35, '包裹不存在');
  book.correct(order, parcel, told);
  return '修改成功';
}

const sealed = (text: string): string => {
  const box = Buffer.from(text, 'utf8').toString('base64');
  return `#${box}#${box}#2##`;
};
const opened = (text: string): string => Buffer.from(text.split('#')[1] ?? '', 'base64').toString('utf8');

/** Ciphertext, of orders to ship only; `matched` false where the address has changed. */
function receivers({ book, find }: Parts, queries: unknown): unknown {
  const asked = Array.isArray(queries) ? queries.filter(isObject) : [];
  return {
    receiverInfos: asked.flatMap(({ orderId, openAddressId }) => {
      const order = find(orderId);
      if (![4, 5].includes(statusOf(book, order))) return [];
      const { name, phone, street1, city, region } = order.address;
      if (openAddressIdOf(order) !== openAddressId) return [{ orderId: orderIdOf(order), matched: false }];
      return [
        {
          ...{ orderId: orderIdOf(order), matched: true, receiverProvinceName: region, receiverCityName: city },
          receiverName: sealed(name),
          receiverPhone: sealed(phone),
          receiverAddress: sealed(street1),
        },
      ];
    }),
  };
}

function decrypting({ clock, decryptApproved }: Parts): XhsMethod {
  const seen = new Map<string, Set<string>>();
  return ({ baseInfos }) => {
    if (!decryptApproved) throw new XhsRefusal(-40, '无解密权限');
    const day = clock().toISOString().slice(0, 10);
    const tags = seen.get(day) ?? new Set<string>();
    seen.set(day, tags);
    const dataInfoList = (Array.isArray(baseInfos) ? baseInfos.filter(isObject) : []).map((piece) => {
      const [dataTag, encryptedData] = [String(piece.dataTag), String(piece.encryptedData)];
      if (!tags.has(dataTag) && tags.size >= ORDERS_A_DAY)
        return { dataTag, encryptedData, decryptedData: '', errorCode: 4001, errorMsg: '店铺单日限额' };
      tags.add(dataTag);
      return { dataTag, encryptedData, decryptedData: opened(encryptedData), errorCode: 0, errorMsg: '' };
    });
    return { dataInfoList };
  };
}

function knownSkus({ book }: Parts): readonly string[] {
  return [...new Set(book.all().flatMap(({ lines }) => lines.map(({ sku }) => sku)))].sort();
}

function skuOf(parts: Parts, skuId: unknown): string {
  const sku = knownSkus(parts).find((one) => skuIdOf(one) === skuId);
  if (sku === undefined) throw new XhsRefusal(-50, 'sku 不存在');
  return sku;
}

/** Units that unpaid orders hold: part of the total, not to be sold. */
const OCCUPIED = 2;

function stockOf({ book }: Parts, sku: string): unknown {
  const available = book.stock.get(sku) ?? 0;
  return { skuId: skuIdOf(sku), skuStock: { available, total: available + OCCUPIED } };
}

function catalogue(parts: Parts, page: number): unknown {
  const skus = knownSkus(parts);
  const data = skus.slice((page - 1) * 100, page * 100);
  return { total: skus.length, data: data.map((sku) => ({ item: {}, sku: { id: skuIdOf(sku), erpCode: sku } })) };
}
