import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import type { Channel, PushResult, RemoteLine } from '../channel-connector.ts';
import type { ShopifyClient } from './client.ts';
import { refusalOf, refused, unknownOrder } from './refusals.ts';
import { idOf, type Raw, rowsUnder, under, whole } from './whole-orders.ts';

/** Goods of a return that stands open at Shopify are here. A return is never opened from here: it is the buyer's. */
export function shopifyReturns(client: ShopifyClient): Required<Pick<Channel, 'returnReceived'>> {
  return {
    async returnReceived({ externalId, lines }) {
      const returns = await returnsOf(client, externalId);
      if (!returns) return unknownOrder;
      const open = returns.filter((one) => textUnder(one, 'status') === 'OPEN');
      if (open.length === 0) return withoutOpen(returns, lines);
      const left = new Map(lines.map(({ externalLineIds, quantity }) => [externalLineIds[0] ?? '', quantity]));
      for (const one of open) {
        const returnLineItems = partsOf(one, left);
        if (returnLineItems.length === 0) continue;
        const input = { returnId: idOf(one), returnLineItems, notifyCustomer: false };
        const { data: said } = await client.ask('ProcessReturn', { input });
        const no = refusalOf(said, 'returnProcess');
        if (no) return no;
      }
      const short = [...left.values()].some((quantity) => quantity > 0);
      return short ? withoutOpen(returns, lines) : { outcome: 'done', remoteId: open.map(idOf).join(',') };
    },
  };
}

/** All returns of an order with all their lines; null where the shop has no such order. */
async function returnsOf(client: ShopifyClient, id: string): Promise<readonly Raw[] | null> {
  const { data } = await client.ask('Returns', { id, after: null });
  if (!isObject(data.order)) return null;
  const all = await whole(client, data.order.returns, { operation: 'Returns', id, path: ['order', 'returns'] });
  const returns: Raw[] = [];
  for (const one of rowsUnder(all, 'nodes')) {
    const further = { operation: 'ReturnLines', id: idOf(one), path: ['node', 'returnLineItems'] } as const;
    returns.push({ ...one, returnLineItems: await whole(client, one.returnLineItems, further) });
  }
  return returns;
}

const lineOf = (row: Raw): string => idOf(under(row, 'fulfillmentLineItem', 'lineItem'));
const count = (row: Raw, key: string): number => Number(textUnder(row, key) ?? 0);

function partsOf(one: Raw, left: Map<string, number>): { id: string; quantity: number }[] {
  return rowsUnder(one, 'returnLineItems', 'nodes').flatMap((row) => {
    const wanted = left.get(lineOf(row)) ?? 0;
    const quantity = Math.min(wanted, count(row, 'unprocessedQuantity'));
    if (quantity <= 0) return [];
    left.set(lineOf(row), wanted - quantity);
    return [{ id: idOf(row), quantity }];
  });
}

/** Processed before, by an earlier try or by hand; or there never was such a return. */
function withoutOpen(returns: readonly Raw[], lines: readonly RemoteLine[]): PushResult {
  const rows = returns.flatMap((one) => rowsUnder(one, 'returnLineItems', 'nodes'));
  const isProcessed = lines.every(({ externalLineIds, quantity }) => {
    const mine = rows.filter((row) => externalLineIds.includes(lineOf(row)));
    return mine.reduce((sum, row) => sum + count(row, 'processedQuantity'), 0) >= quantity;
  });
  if (isProcessed) return { outcome: 'done', remoteId: null, note: 'Shopify has these units as returned already.' };
  return refused('no-open-return', 'Shopify has no open return for these units. Open it there, then retry.');
}
