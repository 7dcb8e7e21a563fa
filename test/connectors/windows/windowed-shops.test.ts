import { describe, expect, test } from 'vitest';
import type { Channel } from '../../../main/channels/channel-connector.ts';
import { channelHttp } from '../../../main/channels/channel-http.ts';
import { inShop, memoryTokens, SETTLED_MS, type ShopUnderTest, type ShopWorld } from '../support/shop-world.ts';
import { oneRead } from '../support/shop-writing-checks.ts';
import { pinduoduo, taobao, xiaohongshu } from '../support/windowed-shops.ts';

const shops = [xiaohongshu, pinduoduo, taobao].map((subject) => [subject.connector.title, subject] as const);
const WEEK_MS = 7 * 86_400_000;

/** The same shop on a PC whose clock is wrong. */
function onAnotherClock(subject: ShopUnderTest, world: ShopWorld, aheadMs: number): Channel {
  const clock = (): Date => new Date(world.now() + aheadMs);
  return subject.connector.open(world.config, { http: channelHttp, clock, tokens: memoryTokens() });
}

async function everything(channel: Channel, since: string) {
  const found = { ids: [] as string[], upTo: null as string | null };
  for await (const { orders, upTo } of channel.changes({
    since,
    unseen: async (rows) => rows.map((row) => row.externalId),
  })) {
    found.ids.push(...orders.map(({ externalId }) => externalId));
    found.upTo = upTo ?? found.upTo;
  }
  return found;
}

describe.each(shops)('%s', (_title, subject) => {
  test('is read after a week offline by half-hour windows, and from where it broke off', () =>
    inShop(subject, async (world) => {
      const early = world.place(2);
      world.advance(SETTLED_MS);
      await world.reader.read();
      world.advance(WEEK_MS / 2);
      const middle = world.place(2);
      world.advance(WEEK_MS / 2);
      const late = world.place(2);
      world.advance(SETTLED_MS);
      const before = world.platform.requests().length;
      world.failAt(200, 'unavailable');
      await expect(world.reader.read()).rejects.toMatchObject({ code: 'channel.unavailable' });
      world.onRequest(() => {});
      const reached = world.reader.cursor;
      await world.reader.read();

      expect([...world.reader.orders.keys()].sort()).toEqual([...early, ...middle, ...late].map(world.idOf).sort());
      expect(Date.parse(reached ?? '')).toBeGreaterThan(world.now() - WEEK_MS / 2);
      // 336 half hours, overlap, and few more for what was found.
      expect(world.platform.requests().length - before).toBeLessThan(360);
    }));

  test.each([
    ['eleven minutes ahead', 660_000],
    ['eleven minutes behind', -660_000],
  ])('is read, and says so, where the clock of this PC is %s', (_words, aheadMs) =>
    inShop(subject, async (world) => {
      const placed = world.place(3);
      world.advance(1_800_000);
      const channel = onAnotherClock(subject, world, aheadMs);
      const { messages } = await channel.check();
      const found = await everything(channel, new Date(world.now() - 2_400_000).toISOString());
      // One that never heard the platform's time before it asks for orders.
      const fresh = await everything(
        onAnotherClock(subject, world, aheadMs),
        new Date(world.now() - 2_400_000).toISOString(),
      );

      expect(messages).toContainEqual({ level: 'warning', code: 'shop.check.clock', text: expect.any(String) });
      expect(messages.filter(({ level }) => level === 'error')).toEqual([]);
      expect([...found.ids].sort()).toEqual(placed.map(world.idOf).sort());
      expect([...new Set(fresh.ids)].sort()).toEqual(placed.map(world.idOf).sort());
      for (const upTo of [found.upTo, fresh.upTo]) expect(Date.parse(upTo ?? '')).toBeLessThanOrEqual(world.now());
    }),
  );

  test('hears of a second change within one second', () =>
    inShop(subject, async (world) => {
      const { placed, order } = await oneRead(world);
      world.platform.book.change(placed, { kind: 'note', note: 'first' });
      // Read by its id while that second still runs, as before a label.
      const now = (await world.channel.orders([order.externalId])).orders[0];
      world.platform.book.change(placed, { kind: 'note', note: 'second' });
      world.advance(SETTLED_MS);
      const told: string[] = [];
      const pages = world.channel.changes({
        since: new Date(world.now() - 600_000).toISOString(),
        unseen: async (rows) =>
          rows.filter((row) => (row.updatedAt ?? '~') > (now?.updatedAt ?? '')).map((row) => row.externalId),
      });
      for await (const { orders } of pages) told.push(...orders.map(({ note }) => note ?? ''));

      expect(now?.note).toContain('first');
      expect(told).toEqual([expect.stringContaining('second')]);
    }));

  test('never gives out half an address as a whole one', () =>
    inShop(subject, async (world) => {
      const { order } = await oneRead(world);
      const again = (await world.channel.orders([order.externalId])).orders[0];

      for (const one of [order, again]) {
        expect(['masked', 'encrypted']).toContain(one?.addressState);
        const shown = [one?.address?.name, one?.address?.street1, one?.address?.phone].filter(Boolean);
        for (const text of shown) expect(text).toContain('*');
      }
      expect((await world.channel.check()).messages.map(({ code }) => code)).toContain(
        'shop.check.personal-data-withheld',
      );
    }));

  test('goes on with a list that this PC has for its carriers', () =>
    inShop(subject, async (world) => {
      expect(await world.channel.carriers?.()).toContainEqual(subject.carrier);
    }));

  test('is waited for where it asks for patience', () =>
    inShop(subject, async (world) => {
      world.place(2);
      world.advance(SETTLED_MS);
      world.platform.plan(['throttle', 'throttle']);
      await world.reader.read();

      expect(world.reader.orders.size).toBe(2);
    }));
});
