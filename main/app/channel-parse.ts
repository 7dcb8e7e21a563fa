import { Readable } from 'node:stream';
import { AppError } from '../../shared/errors.ts';
import type { ImportedOrder } from '../../shared/model/imported.ts';
import { amazonReader } from '../channels/amazon/answer.ts';
import type { ChannelReader, NormalisedOrder, ParsedAnswer } from '../channels/channel.ts';
import { readOrders } from '../channels/file/read-orders.ts';
import { pinduoduoReader } from '../channels/pinduoduo/answer.ts';
import { prestashopReader } from '../channels/prestashop/answer.ts';
import { shopifyReader } from '../channels/shopify/answer.ts';
import { taobaoReader } from '../channels/taobao/answer.ts';
import { tiktokShopReader } from '../channels/tiktok-shop/answer.ts';
import { wechatShopReader } from '../channels/wechat-shop/answer.ts';
import { wooCommerceReader } from '../channels/woocommerce/answer.ts';
import { xiaohongshuReader } from '../channels/xiaohongshu/answer.ts';

const readers: readonly ChannelReader[] = [
  shopifyReader,
  prestashopReader,
  wooCommerceReader,
  tiktokShopReader,
  amazonReader,
  wechatShopReader,
  xiaohongshuReader,
  pinduoduoReader,
  taobaoReader,
];

/** Names that `channels parse` takes. */
export const parseableChannels: readonly string[] = [...readers.map(({ name }) => name), 'csv'];

export interface ParsedForPrint {
  readonly orders: readonly object[];
  readonly quarantined: readonly { readonly id: string | null; readonly reason: string }[];
}

const NAMED_ONLY = 'the answer only names this order: read it by its id';

/**
 * One raw answer of a platform as normalised orders; nothing is stored. Platforms answer in UTF-8; a file comes in whatever
 * its spreadsheet wrote, so that its bytes are left as they are.
 */
export async function parseChannelAnswer(
  channel: string,
  answer: Uint8Array,
  options: { readonly timeZone?: string },
): Promise<ParsedForPrint> {
  if (channel === 'csv') return parseFile(answer);
  const reader = readers.find(({ name }) => name === channel);
  if (!reader) throw new AppError('validation', 'channel.unknown', { channel, known: parseableChannels.join(', ') });
  return forPrint(reader.parse(new TextDecoder().decode(answer), options));
}

function forPrint({ orders, quarantined, named }: ParsedAnswer): ParsedForPrint {
  return {
    orders: orders.map(printed),
    quarantined: [...quarantined, ...named.map((id) => ({ id, reason: NAMED_ONLY }))],
  };
}

function printed(order: NormalisedOrder): object {
  const { externalId, externalNumber, placedAt, shipBy, payState, labelMode, addressState } = order;
  return {
    externalId,
    externalNumber,
    placedAt,
    shipBy,
    payState,
    labelMode,
    addressState,
    lines: order.lines.map(({ externalLineIds, sku, title, quantityOrdered, quantityToPack }) => ({
      externalLineIds,
      sku,
      title,
      quantityOrdered,
      quantityToPack,
    })),
    attribution: { channel: order.attribution.channel, evidence: order.attribution.evidence },
  };
}

/** A file of orders, as the drop folder takes it: Shopify's export or our own columns, as CSV or JSON. */
async function parseFile(bytes: Uint8Array): Promise<ParsedForPrint> {
  const orders: object[] = [];
  const quarantined: { id: string | null; reason: string }[] = [];
  const input = Readable.from([bytes]);
  for await (const read of readOrders(input, { fileName: 'stdin', now: new Date().toISOString() })) {
    if (read.kind === 'record') orders.push(printedFile(read.record));
    else quarantined.push({ id: idIn(read.reason), reason: `row ${read.row}: ${read.reason}` });
  }
  return { orders, quarantined };
}

/** The file reader names the order in its sentence, shortened where it is long: then it is no id any more. */
function idIn(reason: string): string | null {
  const id = /^order “([^”]+)” is set aside/.exec(reason)?.[1];
  return id === undefined || id.endsWith('…') ? null : id;
}

function printedFile(order: ImportedOrder): object {
  const { externalId, number, placedAt, shipBy, paid, cancelled, labelMode = 'seller' } = order;
  return {
    externalId,
    externalNumber: number,
    placedAt,
    shipBy,
    payState: paid ? 'paid' : 'unpaid',
    labelMode,
    addressState: 'clear',
    lines: order.lines.map(({ externalLineId, sku, title, quantity }) => ({
      externalLineIds: externalLineId === null ? [] : [externalLineId],
      sku,
      title,
      quantityOrdered: quantity,
      quantityToPack: cancelled ? 0 : quantity,
    })),
    attribution: { channel: order.channel, evidence: `file=${order.channel}` },
  };
}
