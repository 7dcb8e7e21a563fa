import { AppError } from '../../shared/errors.ts';
import { amazonReader } from '../channels/amazon/answer.ts';
import type { ChannelReader, NormalisedOrder, ParsedAnswer } from '../channels/channel.ts';
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
export const parseableChannels: readonly string[] = readers.map(({ name }) => name);

export interface ParsedForPrint {
  readonly orders: readonly object[];
  readonly quarantined: readonly { readonly id: string | null; readonly reason: string }[];
}

const NAMED_ONLY = 'the answer only names this order: read it by its id';

/** One raw answer of a platform as normalised orders; nothing is stored. */
export async function parseChannelAnswer(
  channel: string,
  text: string,
  options: { readonly timeZone?: string },
): Promise<ParsedForPrint> {
  const reader = readers.find(({ name }) => name === channel);
  if (!reader) throw new AppError('validation', 'channel.unknown', { channel, known: parseableChannels.join(', ') });
  return forPrint(reader.parse(text, options));
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
