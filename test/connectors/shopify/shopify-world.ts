import type { Channel, RemoteLine } from '../../../main/channels/channel-connector.ts';
import type { ChannelHttp } from '../../../main/channels/channel-http.ts';
import type { OrderToPlace } from '../../../main/channels/channel-order-book.ts';
import { shopifyConnector } from '../../../main/channels/shopify/channel.ts';
import {
  type ShopifyPlatformOptions,
  type SimulatedShopify,
  simulateShopify,
} from '../../../main/channels/shopify/simulated.ts';
import { AppError } from '../../../shared/errors.ts';
import { anOrderToPlace, memoryTokens } from '../support/shop-world.ts';

export interface Asked {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

export interface ShopifyWorld {
  readonly shop: SimulatedShopify;
  readonly channel: Channel;
  /** Questions and commands that were sent, tokens aside. */
  readonly asked: readonly Asked[];
  advance(ms: number): void;
  place(changes?: Partial<OrderToPlace>): string;
  /** Runs before each request is answered. */
  before(act: (asked: Asked | null) => void): void;
  open(config: Readonly<Record<string, string>>): Channel;
}

/** A played shop without a socket: its `fetch` stands in for the network. */
export function shopifyWorld({
  skewMs = 0,
  ...options
}: Partial<ShopifyPlatformOptions> & { readonly skewMs?: number } = {}): ShopifyWorld {
  let now = Date.parse('2026-11-23T09:00:00.000Z');
  const clock = (): Date => new Date(now);
  const shop = simulateShopify({ clock, ...options });
  const asked: Asked[] = [];
  let hook = (_asked: Asked | null): void => {};
  const http: ChannelHttp = async ({ method, url, headers = {}, body }) => {
    const question = url.endsWith('graphql.json') ? (JSON.parse(body ?? '') as Asked) : null; // written by the client
    if (question) asked.push(question);
    hook(question);
    const answer = await shop.fetch(new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }));
    if (answer.status >= 500) throw new AppError('remote', 'channel.unavailable');
    return { status: answer.status, headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) };
  };
  const open = (config: Readonly<Record<string, string>>): Channel =>
    shopifyConnector.open(
      { ...shop.account, ...config },
      {
        ...{ http, clock: () => new Date(now + skewMs), tokens: memoryTokens() },
      },
    );
  return {
    shop,
    asked,
    open,
    channel: open({}),
    advance: (ms) => {
      now += ms;
    },
    place: (changes) => shop.book.place({ ...anOrderToPlace(1), ...changes }).id,
    before: (act) => {
      hook = act;
    },
  };
}

export const orderGid = (id: string): string => `gid://shopify/Order/${id}`;

/** The order as the connector reads it now; fails with the reason where it was set aside. */
export async function only({ channel }: ShopifyWorld, id: string) {
  const { orders, quarantined } = await channel.orders([orderGid(id)]);
  const [order] = orders;
  if (!order) throw new Error(`set aside: ${JSON.stringify(quarantined)}`);
  return order;
}

/** Units of an order's lines by their place. */
export function linesOf({ shop }: ShopifyWorld, id: string, units: readonly number[]): RemoteLine[] {
  return (shop.book.find(id)?.lines ?? []).flatMap((line, at) => {
    const quantity = units[at] ?? 0;
    return quantity === 0 ? [] : [{ externalLineIds: [`gid://shopify/LineItem/${line.id}`], sku: line.sku, quantity }];
  });
}

export const aParcel = (id: string, lines: readonly RemoteLine[]) => ({
  reference: 'r1',
  sequence: 1,
  externalId: orderGid(id),
  lines,
  last: true,
  carrier: { code: 'Colissimo', name: 'Colissimo' },
  service: 'home',
  tracking: '8J0001',
  trackingUrl: 'https://track.example/8J0001',
  shippedAt: '2026-11-23T09:10:00.000Z',
});

const long = (count: number): OrderToPlace['lines'] =>
  Array.from({ length: count }, (_, at) => ({
    sku: `S-${at}`,
    title: `Thing ${at}`,
    quantity: 1,
    unitPriceMinor: 100,
  }));

/** Everything that the connector ever sends, out of a shop in which all of it is needed. */
export async function askedOfShopify(): Promise<readonly Asked[]> {
  const world = shopifyWorld({ partOf: (index) => index % 24 });
  const { shop, channel, asked } = world;
  const big = world.place({ lines: long(300) });
  const small = world.place();
  const gone = world.place();
  world.advance(60_000);
  await channel.check();
  for await (const _ of channel.changes({ since: '2026-11-23T08:00:00.000Z', unseen: async () => [orderGid(small)] }));
  await channel.acknowledge?.(orderGid(small));
  const units = shop.book.find(big)?.lines.map(() => 1) ?? [];
  for (const [at, line] of linesOf(world, big, units).slice(0, 12).entries())
    await channel.ship?.({ ...aParcel(big, [line]), tracking: `T${at}` });
  await channel.ship?.({ ...aParcel(big, linesOf(world, big, units).slice(12)), tracking: 'T-rest' });
  await channel.orders([orderGid(big)]);
  await channel.cancel?.({
    ...{ externalId: orderGid(small), lines: linesOf(world, small, [1, 0]), reason: 'no-stock', reference: 'c1' },
  });
  await channel.ship?.(aParcel(small, linesOf(world, small, [2, 1])));
  const right = { ...aParcel(small, []), tracking: '8J0002' };
  await channel.correctTracking?.(right, { remoteId: null, tracking: '8J0001' });
  const [line] = shop.book.find(small)?.lines ?? [];
  if (line) shop.openReturn(small, [{ lineId: line.id, quantity: 1 }]);
  await channel.returnReceived?.({ externalId: orderGid(small), lines: linesOf(world, small, [1]), reference: 'b1' });
  const all = shop.book.find(big)?.lines.map(({ id }) => ({ lineId: id, quantity: 1 })) ?? [];
  shop.openReturn(big, all.slice(0, 60));
  await channel.returnReceived?.({ externalId: orderGid(big), lines: linesOf(world, big, units), reference: 'b2' });
  await channel.cancel?.({ externalId: orderGid(gone), lines: null, reason: 'buyer-asked', reference: 'c2' });
  await channel.stock?.([
    { sku: 'MUG-1', available: 3, before: null, reference: 's1' },
    { sku: 'CUP-1', available: 2, before: 0, reference: 's2' },
  ]);
  const later = shopifyWorld({ scheduled: true });
  const id = later.place();
  await later.channel.ship?.(aParcel(id, linesOf(later, id, [3, 1])));
  return [...asked, ...later.asked];
}
