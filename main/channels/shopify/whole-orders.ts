import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import type { ShopifyClient } from './client.ts';
import type { OperationName } from './operations.ts';

export type Raw = Readonly<Record<string, unknown>>;

/** What is under a path of keys; undefined where anything on the way is missing. */
export function under(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((found: unknown, key) => (isObject(found) ? found[key] : undefined), value);
}

export function rowsUnder(value: unknown, ...path: readonly string[]): readonly Raw[] {
  const found = under(value, ...path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

export const idOf = (row: unknown): string => textUnder(row, 'id') ?? '';

/** Further pages of one connection: who is asked, and where in the answer it stands. */
interface Further {
  readonly operation: OperationName;
  readonly id: string;
  readonly path: readonly string[];
}

/** The same connection with all its pages. */
export async function whole(client: ShopifyClient, connection: unknown, further: Further): Promise<Raw> {
  const nodes = [...rowsUnder(connection, 'nodes')];
  let page = under(connection, 'pageInfo');
  while (under(page, 'hasNextPage') === true) {
    const after = under(page, 'endCursor');
    const { data } = await client.ask(further.operation, { id: further.id, after });
    const next = under(data, ...further.path);
    nodes.push(...rowsUnder(next, 'nodes'));
    page = under(next, 'pageInfo');
    // A cursor that does not move would be asked for ever.
    if (under(page, 'endCursor') === after) break;
  }
  const more = under(page, 'hasNextPage') === true;
  return { nodes, pageInfo: { hasNextPage: more } };
}

/** All fulfillment orders with all their lines. */
async function wholeFulfillmentOrders(client: ShopifyClient, order: Raw): Promise<Raw> {
  const id = idOf(order);
  const all = await whole(client, order.fulfillmentOrders, {
    ...{ operation: 'OrderFulfillmentOrders', id, path: ['order', 'fulfillmentOrders'] },
  });
  const nodes: Raw[] = [];
  for (const one of rowsUnder(all, 'nodes')) {
    const lineItems = await whole(client, one.lineItems, {
      ...{ operation: 'FulfillmentOrderLines', id: idOf(one), path: ['node', 'lineItems'] },
    });
    nodes.push({ ...one, lineItems });
  }
  return { ...all, nodes };
}

/** The most that a list without pages is asked for within the points of one question. */
const MOST_FULFILLMENTS = 100;

async function wholeFulfillments(client: ShopifyClient, order: Raw): Promise<readonly Raw[]> {
  const count = Number(under(order, 'fulfillmentsCount', 'count') ?? 0);
  let rows = rowsUnder(order, 'fulfillments');
  if (count > rows.length) {
    const { data } = await client.ask('OrderFulfillments', {
      id: idOf(order),
      first: Math.min(count, MOST_FULFILLMENTS),
    });
    rows = rowsUnder(data, 'order', 'fulfillments');
  }
  const all: Raw[] = [];
  for (const one of rows) {
    const fulfillmentLineItems = await whole(client, one.fulfillmentLineItems, {
      ...{ operation: 'FulfillmentLines', id: idOf(one), path: ['node', 'fulfillmentLineItems'] },
    });
    all.push({ ...one, fulfillmentLineItems });
  }
  return all;
}

/** An order of which each nested list was read to its end: line 51 and fulfillment order 11 are there. */
export async function wholeOrder(client: ShopifyClient, order: Raw): Promise<Raw> {
  const lines = { operation: 'OrderLines', id: idOf(order), path: ['order', 'lineItems'] } as const;
  return {
    ...order,
    ...(order.lineItems === undefined ? {} : { lineItems: await whole(client, order.lineItems, lines) }),
    // Null stays null: that nothing was said of them is not that there are none.
    fulfillmentOrders: isObject(order.fulfillmentOrders) ? await wholeFulfillmentOrders(client, order) : null,
    fulfillments: await wholeFulfillments(client, order),
  };
}
