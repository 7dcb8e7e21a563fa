import { expect, test } from 'vitest';
import type { NormalisedOrder } from '../../../main/channels/channel.ts';
import type { Channel, OrderPage } from '../../../main/channels/channel-connector.ts';
import { shopifyConnector } from '../../../main/channels/shopify/channel.ts';
import { simulateShopify } from '../../../main/channels/shopify/simulated.ts';
import { shopChecks } from './shop-suite.ts';
import type { ShopUnderTest } from './shop-world.ts';

type Break = (sound: Channel) => Partial<Channel>;

/** The same pages with something done to them. */
function paged(change: (page: OrderPage, at: number) => OrderPage | null): Break {
  return ({ changes }) => ({
    async *changes(asked) {
      let at = 0;
      for await (const page of changes(asked)) {
        const changed = change(page, at++);
        if (changed) yield changed;
      }
    },
  });
}

const withOrders = (page: OrderPage, orders: readonly NormalisedOrder[]): OrderPage => ({ ...page, orders });

/** What a connector may get wrong, and words of the sentence that has to fail then. */
const breaks: readonly (readonly [string, string, Break])[] = [
  ['loses a page', 'reads every order once', paged((page, at) => (at === 1 ? null : page))],
  [
    'rounds ids',
    'reads every order once',
    paged((page) =>
      withOrders(
        page,
        page.orders.map((order) => ({ ...order, externalId: order.externalId.replace(/\d{3}$/, '000') })),
      ),
    ),
  ],
  [
    'gives an order twice',
    'reads every order once',
    paged((page) => withOrders(page, [...page.orders, ...page.orders.slice(0, 1)])),
  ],
  ['never says how far it read', 'reads every order once', paged((page) => ({ ...page, upTo: null }))],
  [
    'asks more than once for nothing',
    'asks once',
    ({ changes, check }) => ({
      async *changes(asked) {
        await check();
        yield* changes(asked);
      },
    }),
  ],
  [
    'says that it read to now before it did',
    'loses no change',
    ({ changes }) => ({
      async *changes(asked) {
        let last: OrderPage | undefined;
        for await (const page of changes(asked)) {
          if (last) yield last;
          last = page;
        }
        // An hour after the newest order: what changed meanwhile is never read.
        if (last) yield { ...last, upTo: '2026-11-23T23:00:00.000Z' };
      },
    }),
  ],
  [
    'takes no notice of cancelling',
    'hears of cancelling',
    paged((page) => withOrders(page, page.orders.map(uncancelled))),
  ],
  ['is content with any key', 'names itself', () => ({ check: async () => ({ account: 'anybody', messages: [] }) })],
  [
    'tells of a parcel again',
    'exactly once after “unavailable-after”',
    ({ ship }) => {
      let tries = 0;
      return {
        findShipment: async () => null,
        ship: async (shipment) => {
          const tracking = `${shipment.tracking}${tries++ || ''}`;
          return (await ship?.({ ...shipment, tracking })) ?? { outcome: 'done', remoteId: null };
        },
      };
    },
  ],
  [
    'takes every parcel for told',
    'exactly once after “unavailable” at any point',
    () => ({ findShipment: async () => ({ remoteId: 'x' }) }),
  ],
  [
    'forgets a unit',
    'tells of a parcel, and',
    ({ ship }) => ({
      ship: async (shipment) => {
        const lines = shipment.lines.map((line) => ({ ...line, quantity: Math.max(1, line.quantity - 1) }));
        return (await ship?.({ ...shipment, lines })) ?? { outcome: 'done', remoteId: null };
      },
    }),
  ],
  [
    'claims that a cancelled order was sent',
    'cancelled',
    () => ({ ship: async () => ({ outcome: 'done', remoteId: 'x' }) }),
  ],
  [
    'sends a corrected number as a parcel of its own',
    'corrects a tracking number',
    () => ({ correctTracking: async () => ({ outcome: 'done', remoteId: null }) }),
  ],
  [
    'sets stock over a change of somebody else',
    'what can be sold',
    ({ stock }) => ({
      stock: async (levels) => (await stock?.(levels.map((one) => ({ ...one, before: null })))) ?? [],
    }),
  ],
];

function uncancelled(order: NormalisedOrder): NormalisedOrder {
  return order.shipState === 'cancelled' ? { ...order, shipState: 'to-ship' } : order;
}

test.each(breaks)('the suite notices a connector that %s', async (what, sentence, breakIt) => {
  const subject: ShopUnderTest = {
    connector: {
      ...shopifyConnector,
      open(...given) {
        const sound = shopifyConnector.open(...given);
        return { ...sound, ...breakIt(sound) };
      },
    },
    play: simulateShopify,
    wrongConfig: { clientSecret: 'shpss_another' },
    externalId: ({ id }) => `gid://shopify/Order/${id}`,
    many: 12,
  };
  const checks = shopChecks(subject).filter(({ title }) => title.includes(sentence));

  expect(checks, what).not.toEqual([]);
  const failed = await Promise.allSettled(checks.map(({ run }) => run()));
  expect(failed.map(({ status }) => status)).toContain('rejected');
});
