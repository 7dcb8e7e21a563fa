import { describe, expect, test } from 'vitest';
import { memoryTokens } from '../support/shop-world.ts';
import { inTiktok, pagesSince } from './tiktok-world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ago = (now: number, ms: number): string => new Date(now - ms).toISOString();

describe('the clock of the PC', () => {
  test.each([
    ['ten minutes ahead', 10 * MINUTE_MS],
    ['ten minutes behind', -10 * MINUTE_MS],
    ['a year behind', -365 * DAY_MS],
  ])('%s: TikTok refuses once, then is asked with its own time', (_, aheadMs) =>
    inTiktok(async (world) => {
      const placed = world.place(3);
      world.advance(MINUTE_MS);
      const channel = world.at({ aheadMs });
      const pages = await pagesSince(channel, ago(world.now(), 10 * MINUTE_MS));
      const again = await pagesSince(channel, ago(world.now(), 10 * MINUTE_MS));

      const found = (all: typeof pages) => all.flatMap(({ orders }) => orders.map(({ externalId }) => externalId));
      expect(found(again)).toEqual(placed.map(({ id }) => id));
      if (aheadMs > 0) expect(found(pages)).toEqual(placed.map(({ id }) => id));
      // Nothing counts as read up to an instant that is still to come.
      expect((pages.at(-1)?.upTo ?? '') <= new Date(world.now()).toISOString()).toBe(true);
      expect(again.at(-1)?.upTo).toBe(new Date(world.now()).toISOString());
    }),
  );

  test('is named by a check, in seconds, and nothing else is wrong', () =>
    inTiktok(async (world) => {
      const { account, messages } = await world.at({ aheadMs: 10 * MINUTE_MS }).check();

      expect(account).toBe('Played shop');
      expect(messages.map(({ level, code }) => [level, code])).toEqual([
        ['warning', 'shop.check.clock'],
        ['info', 'shop.check.ok'],
      ]);
      expect(Math.abs(Number(messages[0]?.text) - 600)).toBeLessThan(3);
    }));

  test('is not judged by a page that something in between sends', () =>
    inTiktok(async (world) => {
      world.place(1);
      world.advance(MINUTE_MS);
      world.tiktok.plan(['html']);
      await expect(pagesSince(world.channel, ago(world.now(), DAY_MS))).rejects.toMatchObject({
        code: 'channel.not-json',
      });
      const pages = await pagesSince(world.channel, ago(world.now(), 10 * MINUTE_MS));

      expect(pages.flatMap(({ orders }) => orders)).toHaveLength(1);
      expect(world.tiktok.requests()).toHaveLength(2);
    }));
});

describe('tokens', () => {
  const short = { tokenSeconds: 600 };

  test('of a shop are renewed before they end, and both are replaced', () =>
    inTiktok(async (world) => {
      const tokens = memoryTokens();
      const channel = world.at({ tokens });
      await channel.orders(['1']);
      const typed = await tokens.read();
      world.advance(11 * MINUTE_MS);
      await channel.orders(['1']);
      const renewed = await tokens.read();
      world.advance(9 * MINUTE_MS);
      await channel.orders(['1']);
      const early = await tokens.read();

      expect(typed).toMatchObject({
        accessToken: 'TTP_first_access',
        accessUntil: null,
        refreshToken: 'TTP_first_refresh',
      });
      expect(renewed).toMatchObject({
        accessToken: expect.stringContaining('_access_2_'),
        refreshToken: expect.stringContaining('_refresh_2_'),
      });
      // `*_expire_in` are instants, not spans.
      expect(renewed?.accessUntil).toBe(new Date(world.now() - 9 * MINUTE_MS + 600_000).toISOString());
      expect(early?.refreshToken).toContain('_refresh_3_');
    }, short));

  test('that were renewed are stored before they are used: a bench that falls down then costs nothing', () =>
    inTiktok(async (world) => {
      const tokens = memoryTokens();
      await world.at({ tokens }).orders(['1']);
      world.advance(11 * MINUTE_MS);
      const crashing = world.at({
        tokens: {
          read: tokens.read,
          async renew(stale, ask) {
            await tokens.renew(stale, ask);
            throw new Error('the power is gone');
          },
        },
      });
      await expect(crashing.orders(['1'])).rejects.toThrow('the power is gone');
      const before = world.tiktok.requests().filter((request) => request.includes('/token/refresh')).length;
      await world.at({ tokens }).orders(['1']);

      expect(world.tiktok.requests().filter((request) => request.includes('/token/refresh'))).toHaveLength(before);
      expect((await tokens.read())?.refreshToken).toContain('_refresh_2_');
    }, short));

  test('are renewed once for many questions at the same time', () =>
    inTiktok(async (world) => {
      const channel = world.at({});
      await channel.orders(['1']);
      world.advance(11 * MINUTE_MS);
      await Promise.all(Array.from({ length: 8 }, () => channel.orders(['1'])));

      expect(world.tiktok.requests().filter((request) => request.includes('/token/refresh'))).toHaveLength(1);
    }, short));

  test('that others used up are told as a sign-in that ended', () =>
    inTiktok(async (world) => {
      await world.at({}).orders(['1']);
      world.advance(11 * MINUTE_MS);
      await world.at({}).orders(['1']);
      const late = world.at({});

      await expect(late.orders(['1'])).rejects.toMatchObject({ kind: 'remote', code: 'channel.sign-in-expired' });
      expect((await late.check()).messages).toMatchObject([{ level: 'error', code: 'shop.check.bad-key' }]);
    }, short));
});

describe('a reading', () => {
  test('after a long absence goes day by day, and each day counts when it is whole', () =>
    inTiktok(async (world) => {
      world.placeOne({ placedAt: ago(world.now(), 5 * DAY_MS) });
      world.placeOne({ placedAt: ago(world.now(), 2 * DAY_MS) });
      const since = ago(world.now(), 7 * DAY_MS);
      const pages = await pagesSince(world.channel, since);

      expect(pages.map(({ orders }) => orders.length)).toEqual([0, 0, 1, 0, 0, 1, 0]);
      expect(pages.map(({ upTo }) => upTo)).toEqual(
        Array.from({ length: 7 }, (_, day) => new Date(Date.parse(since) + (day + 1) * DAY_MS).toISOString()),
      );
    }));

  test('leaves out ids that TikTok does not know, and asks for fifty at a time', () =>
    inTiktok(async (world) => {
      const placed = world.place(60);
      const ids = ['5', ...placed.map(({ id }) => id)];
      const { orders } = await world.channel.orders(ids);

      expect(orders.map(({ externalId }) => externalId).sort()).toEqual(ids.slice(1).sort());
      expect(world.tiktok.requests()).toEqual(['GET /order/202507/orders', 'GET /order/202507/orders']);
    }));

  test('hears of a buyer who asks to cancel, of an hour of remorse, and of a combined package', () =>
    inTiktok(async (world) => {
      const [asked, held, one, other] = world.place(4);
      if (!asked || !held || !one || !other) throw new Error('nothing placed');
      world.tiktok.book.change(asked, { kind: 'ask-cancel' });
      world.tiktok.book.change(held, { kind: 'hold', reason: 'remorse' });
      world.tiktok.combine([one.id, other.id]);
      const { orders } = await world.channel.orders([asked.id, held.id, one.id]);

      expect(orders).toMatchObject([
        { cancelRequested: true, hold: null, shipState: 'to-ship', note: null },
        {
          cancelRequested: false,
          hold: expect.stringContaining('ON_HOLD'),
          shipState: 'waiting',
          addressState: 'pending',
        },
        { note: expect.stringContaining('COMBINED') },
      ]);
    }));

  test('waits a moment where TikTok says that it was asked too often', () =>
    inTiktok(async (world) => {
      world.place(1);
      world.advance(MINUTE_MS);
      world.tiktok.plan(['throttle']);

      expect(await pagesSince(world.channel, ago(world.now(), 10 * MINUTE_MS))).toHaveLength(1);
    }));

  test('tells of another shop, an app that is not right, and an address that TikTok does not answer', () =>
    inTiktok(async (world) => {
      const codes = async (changes: Record<string, string>) =>
        (await world.open(changes).check()).messages.map(({ level, code }) => `${level} ${code}`);

      expect(await codes({ shopCipher: 'GCP_of_another' })).toEqual(['error shop.check.bad-shop']);
      expect(await codes({ appKey: 'another' })).toEqual(['error shop.check.bad-key']);
      expect(await codes({ accessToken: 'x', refreshToken: 'y' })).toEqual(['error shop.check.bad-key']);
      expect(await codes({ baseUrl: 'http://127.0.0.1:9' })).toEqual(['error shop.check.unreachable']);
    }));
});

describe('the phone of a buyer', () => {
  test('comes starred and is left out: the parcel can go, and no carrier is given stars', () =>
    inTiktok(async (world) => {
      const [placed] = world.place(1);
      world.advance(MINUTE_MS);
      const { orders } = await world.channel.orders([placed?.id ?? '']);

      expect(orders).toMatchObject([
        { labelMode: 'seller', addressState: 'clear', address: { name: 'Ada Example 0', phone: '', city: 'Paris' } },
      ]);
    }));
});
