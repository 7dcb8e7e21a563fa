import type { ChannelName } from '../../shared/model/channel.ts';
import type { Random } from './random.ts';

export interface IdContext {
  readonly random: Random;
  /** Counts the orders of the demo; makes every id the only one of its kind. */
  readonly sequence: number;
  readonly placedAt: string;
}

/** The id and the number that an order would have on `channel`: of its usual form and length, and of no real order. */
export function channelIds(channel: ChannelName, context: IdContext): { externalId: string; number: string } {
  const { random, sequence, placedAt } = context;
  const digits = (count: number): string => Array.from({ length: count }, () => random.whole(0, 9)).join('');
  const serial = String(sequence).padStart(5, '0');
  const day = placedAt.slice(2, 10).replaceAll('-', '');
  switch (channel) {
    case 'shopify':
      return { externalId: `61${digits(6)}${serial}`, number: `#${1_000 + sequence}` };
    case 'facebook':
      return { externalId: `10${digits(9)}${serial}`, number: `FB-${20_000 + sequence}` };
    case 'instagram':
      return { externalId: `1784${digits(8)}${serial}`, number: `IG-${20_000 + sequence}` };
    case 'pinterest':
      return { externalId: `5${digits(12)}${serial}`, number: `PIN-${10_000 + sequence}` };
    case 'snapchat':
      return { externalId: `sc-${digits(10)}${serial}`, number: `SC-${10_000 + sequence}` };
    case 'x':
      return { externalId: `19${digits(12)}${serial}`, number: `X-${10_000 + sequence}` };
    case 'tiktok':
      return same(`5765${digits(9)}${serial}`);
    case 'wechat':
      return same(`3705${digits(10)}${serial}`);
    case 'xiaohongshu':
      return same(`P7${digits(11)}${serial}`);
    case 'pinduoduo':
      return same(`${day}-${digits(10)}${serial}`);
    case 'taobao':
      return same(`24${digits(12)}${serial}`);
    case 'amazon':
      return same(`028-${digits(7)}-${digits(2)}${serial}`);
    case 'prestashop':
      return { externalId: String(4_000 + sequence), number: reference(random) };
    case 'woocommerce':
      return same(String(18_000 + sequence));
    case 'web':
      return same(`W-20${day.slice(0, 2)}-${serial}`);
    case 'other':
      return same(`MAN-${serial}`);
  }
}

/** Where the buyer sees the platform's own id. */
function same(id: string): { externalId: string; number: string } {
  return { externalId: id, number: id };
}

/** Nine letters, as PrestaShop names its orders. */
function reference(random: Random): string {
  return Array.from({ length: 9 }, () => String.fromCharCode(65 + random.whole(0, 25))).join('');
}
