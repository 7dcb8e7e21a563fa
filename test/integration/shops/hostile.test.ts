import { describe, expect, test } from 'vitest';
import type { SimulatedPlatform } from '../../../main/channels/channel-simulator.ts';
import { databaseKinds, hasDatabase } from '../../support/databases.ts';
import { anAddress, openShopEachTime, type ShopWorld, toPlace } from '../../support/played-shops.ts';

const SCRIPT = '<script>document.title="owned"</script>';
const SQL = `'); drop table sales_order; --`;

describe.each(databaseKinds)('a hostile shop on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: ShopWorld;
  let platform: SimulatedPlatform;
  let shop: string;
  // The played shop is no slower than our reading.
  openShopEachTime(
    kind,
    ['shopify'],
    (opened) => {
      ({ world, platform, shop } = opened);
    },
    { play: { pace: 1_000 } },
  );

  const viewed = (number: string) => world.call('orders.order-view', { order: number });
  /** What is asked goes wrong like this instead of being answered. */
  const answerWith = (answer: () => Response): (() => void) => {
    const { fetch } = platform;
    Object.assign(platform, { fetch: async () => answer() });
    return () => void Object.assign(platform, { fetch });
  };

  test('with script, SQL and turned letters in names and notes: they stay words', async () => {
    const name = `${SCRIPT}\u202e${SQL}`;
    const order = platform.book.place(
      toPlace([{ sku: 'SKU-1', quantity: 1 }], { address: { ...anAddress, name, street1: SQL }, note: SCRIPT }),
    );
    const other = platform.book.place(toPlace());

    const summary = await world.read(shop);
    await world.settled();

    expect(summary).toMatchObject({ new: 2, quarantined: 0 });
    const { address, note, state } = await viewed(order.number);
    expect([address?.name.includes('<script>'), address?.street1, state]).toEqual([true, SQL, 'allocated']);
    expect(note).toContain('<script>');
    expect((await viewed(other.number)).state).toBe('allocated');
  });

  test('with an order of 10,000 lines: it comes in whole, and the others beside it', { timeout: 120_000 }, async () => {
    const lines = Array.from({ length: 10_000 }, (_, at) => ({ sku: `LINE-${at}`, quantity: 1 }));
    const [huge, other] = [platform.book.place(toPlace(lines)), platform.book.place(toPlace())];

    await world.read(shop);
    await world.settled();

    const count = await world.core.database
      .read('order_line')
      .join('sales_order', 'sales_order.id', 'order_line.order_id')
      .where({ number: huge.number })
      .count({ lines: '*' })
      .first();
    expect(Number(count?.lines)).toBe(10_000);
    expect((await viewed(huge.number)).state).toBe('new');
    expect((await viewed(other.number)).state).toBe('allocated');
  });

  test.each([
    ['30 MB of answer', () => new Response('x'.repeat(30 * 1_024 * 1_024)), 'channel.unreadable'],
    ['a page instead of JSON', () => new Response('<html>hello</html>'), 'channel.not-json'],
    ['JSON of another kind', () => Response.json([1, 2, 3]), 'channel.unreadable-answer'],
    ['JSON nested without end', () => new Response('['.repeat(200_000)), 'channel.not-json'],
  ])(
    'that gives %s: it is told, its cursor stands, and the next reading has everything',
    async (_what, answer, code) => {
      await world.read(shop);
      const before = await cursor();
      const order = platform.book.place(toPlace());
      const end = answerWith(answer);

      await expect(world.read(shop)).rejects.toThrow(`${code} `);
      const meanwhile = await cursor();
      end();
      world.passTime(30);
      await world.read(shop);
      await world.settled();

      expect(meanwhile).toBe(before);
      expect((await viewed(order.number)).state).toBe('allocated');
    },
  );

  const cursor = async () =>
    (await world.core.database.read('shop').where({ id: shop }).first<{ cursor: string | null }>('cursor'))?.cursor;
});
