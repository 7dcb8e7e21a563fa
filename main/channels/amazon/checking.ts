import { AppError } from '../../../shared/errors.ts';
import { unreadableAnswer } from '../channel.ts';
import type { Channel, CheckMessage } from '../channel-connector.ts';
import { parseAmazon } from './answer.ts';
import { type AmazonShopClient, MISSING_RIGHT } from './client.ts';
import { INCLUDED } from './reading.ts';
import { listingsPath } from './stock.ts';

const SKEW_MS = 60_000;
const MONTH_MS = 30 * 86_400_000;

/** Signs in, reads one order that is to be sent, and asks for the seller's listings. Names everything that is wrong. */
export async function checkAmazon(
  client: AmazonShopClient,
  shop: { readonly sellerId: string; readonly marketplaceIds: string },
): ReturnType<Channel['check']> {
  const messages: CheckMessage[] = [];
  const trying = async (probe: () => Promise<void>, inWords: string): Promise<boolean> => {
    try {
      await probe();
      return true;
    } catch (error) {
      messages.push(faultOf(error, inWords));
      return false;
    }
  };
  const isIn = await trying(async () => {
    if (!(await readsAddresses(client, shop.marketplaceIds)))
      messages.push({
        level: 'warning',
        code: 'shop.check.personal-data-withheld',
        text: 'Direct-to-Consumer Delivery',
      });
  }, 'Orders');
  if (isIn)
    await trying(async () => {
      const query = { marketplaceIds: shop.marketplaceIds, pageSize: '1' };
      await client.ask('listing', { method: 'GET', path: listingsPath(shop.sellerId), query });
    }, 'Listings');
  const skew = Math.round(Math.abs(client.aheadMs()) / 1_000);
  if (skew * 1_000 > SKEW_MS) messages.push({ level: 'warning', code: 'shop.check.clock', text: String(skew) });
  const fine: CheckMessage = { level: 'info', code: 'shop.check.ok', text: '' };
  return { account: shop.sellerId, messages: messages.length > 0 ? messages : [fine] };
}

/** True too where no order is to be sent: then nothing can be said. */
async function readsAddresses(client: AmazonShopClient, marketplaceIds: string): Promise<boolean> {
  const answer = await client.ask('search', {
    ...{ method: 'GET', path: '/orders/2026-01-01/orders' },
    query: {
      ...{ lastUpdatedAfter: new Date(client.now().getTime() - MONTH_MS).toISOString(), marketplaceIds },
      ...{ fulfilledBy: 'MERCHANT', fulfillmentStatuses: 'UNSHIPPED', maxResultsPerPage: '1', includedData: INCLUDED },
    },
  });
  if (answer === null) throw unreadableAnswer('amazon', answer);
  return parseAmazon(answer).orders.every(({ address }) => address !== null);
}

function faultOf(error: unknown, what: string): CheckMessage {
  if (!(error instanceof AppError) || error.kind !== 'remote') throw error;
  const { code, message } = error.details;
  const text = [what, code, message].filter((one) => typeof one === 'string' && one !== '').join(': ');
  if (error.code === 'channel.sign-in-expired') return { level: 'error', code: 'shop.check.bad-key', text };
  if (error.code !== 'channel.refused') return { level: 'error', code: 'shop.check.unreachable', text };
  const isRight = code === MISSING_RIGHT || /denied|unauthori|forbidden/i.test(text);
  return { level: 'error', code: isRight ? 'shop.check.missing-right' : 'shop.check.bad-shop', text };
}
