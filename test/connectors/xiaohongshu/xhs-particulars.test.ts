import { describe, expect, test } from 'vitest';
import { signXhsRequest } from '../../../main/channels/xiaohongshu/sign.ts';
import { simulateXiaohongshu, type XhsSimulation } from '../../../main/channels/xiaohongshu/simulated.ts';
import { inShop, SETTLED_MS, type ShopUnderTest, type ShopWorld } from '../support/shop-world.ts';
import { aShipment, oneRead, remoteLines } from '../support/shop-writing-checks.ts';
import { xiaohongshu } from '../support/windowed-shops.ts';

function playedWith(options: Partial<XhsSimulation>, config: Readonly<Record<string, string>> = {}): ShopUnderTest {
  return { ...xiaohongshu, config, play: (more) => simulateXiaohongshu({ ...more, ...options }) };
}

/** One question by hand, signed. */
async function asked(world: ShopWorld, method: string, params: object): Promise<unknown> {
  const timestamp = String(Math.floor(world.now() / 1_000));
  const { appId = '', appSecret = '', accessToken, baseUrl } = world.config;
  const sign = signXhsRequest(appSecret, { method, appId, timestamp });
  const body = JSON.stringify({ ...params, appId, timestamp, version: '2.0', method, accessToken, sign });
  const reply = await fetch(`${baseUrl}/ark/open_api/v3/common_controller`, { method: 'POST', body });
  return reply.json();
}

describe('Xiaohongshu', () => {
  test('takes parcels by SKU: a SKU that two parcels share goes with the last one', () =>
    inShop(xiaohongshu, async (world) => {
      const { placed, order } = await oneRead(world);
      const first = aShipment(xiaohongshu, order, { lines: remoteLines(order, [2, 0]), last: false });
      const cup = { ...first, tracking: 'XHS2', sequence: 2, lines: remoteLines(order, [0, 1]) };
      const last = { ...first, tracking: 'XHS3', sequence: 3, lines: remoteLines(order, [1, 0]), last: true };
      const told = [await world.channel.ship?.(first), await world.channel.ship?.(cup)];
      const between = (await world.channel.orders([order.externalId])).orders[0];
      told.push(await world.channel.ship?.(last));
      const after = (await world.channel.orders([order.externalId])).orders[0];

      expect(told.map((one) => one?.outcome)).toEqual(['done', 'done', 'done']);
      expect(told[0]).toHaveProperty('later');
      expect(between?.lines.map(({ quantityToPack }) => quantityToPack)).toEqual([3, 0]);
      expect(between?.shipState).toBe('partly-shipped');
      expect(after?.shipState).toBe('shipped');
      expect(placed.packages.map(({ tracking }) => tracking)).toEqual(['XHS2', 'XHS3']);
    }));

  test('has one of several parcels corrected, not its neighbour', () =>
    inShop(xiaohongshu, async (world) => {
      const { placed, order } = await oneRead(world);
      const first = aShipment(xiaohongshu, order, { lines: remoteLines(order, [3, 0]), last: false, tracking: 'A1' });
      const second = aShipment(xiaohongshu, order, { lines: remoteLines(order, [0, 1]), tracking: 'B1' });
      await world.channel.ship?.(first);
      await world.channel.ship?.(second);
      await world.channel.correctTracking?.({ ...second, tracking: 'B2' }, { remoteId: null, tracking: 'B1' });
      const unknown = await world.channel.correctTracking?.(
        { ...second, tracking: 'B4' },
        { remoteId: null, tracking: 'B3' },
      );

      expect(placed.packages.map(({ tracking }) => tracking)).toEqual(['A1', 'B2']);
      expect(unknown).toMatchObject({ outcome: 'refused', code: 'unknown-parcel' });
    }));

  test('gets other tokens when one ends, and the new ones renew again', () =>
    inShop(playedWith({ tokenSeconds: 600 }), async (world) => {
      for (let turn = 0; turn < 3; turn++) {
        world.advance(700_000);
        world.place(1);
        world.advance(SETTLED_MS);
        await world.reader.read();
      }

      expect(world.reader.orders.size).toBe(3);
    }));

  test('is read in clear where the app is approved and the seller wants it, and only then', () =>
    inShop(playedWith({ decryptApproved: true }, { decrypt: 'yes' }), async (world) => {
      const { order } = await oneRead(world);
      const again = (await world.channel.orders([order.externalId])).orders[0];
      const closed = (await world.open({ decrypt: 'no' }).orders([order.externalId])).orders[0];

      for (const one of [order, again])
        expect(one).toMatchObject({
          addressState: 'clear',
          address: { name: 'Ada Example 0', street1: '1 Sample Street', city: 'Paris', phone: '+33123456789' },
        });
      expect(closed).toMatchObject({ addressState: 'encrypted', address: { name: '', street1: '', city: 'Paris' } });
    }));

  test('stays closed without approval, and when the day’s orders are used up', () =>
    inShop(playedWith({}, { decrypt: 'yes' }), async (world) => {
      const { order } = await oneRead(world);

      expect((await world.channel.orders([order.externalId])).orders[0]?.addressState).toBe('encrypted');
    }).then(() =>
      inShop(playedWith({ decryptApproved: true }, { decrypt: 'yes' }), async (world) => {
        const ids = world.place(12).map(world.idOf);
        const { orders } = await world.channel.orders(ids);

        expect(orders.map(({ addressState }) => addressState)).toEqual([
          ...ids.slice(0, 10).map(() => 'clear'),
          'encrypted',
          'encrypted',
        ]);
      }),
    ));

  test('counts units of unpaid orders in, when it is told what can be sold', () =>
    inShop(xiaohongshu, async (world) => {
      const { order } = await oneRead(world);
      const sku = order.lines[0]?.sku ?? '';
      const level = { sku, before: null, reference: 'r1' };
      await world.channel.stock?.([{ ...level, available: 7 }]);
      await world.channel.stock?.([{ ...level, available: 0 }]);

      expect(world.platform.book.stock.get(sku)).toBe(0);
    }));

  test('refuses, as played here, windows over half an hour and times in milliseconds', () =>
    inShop(xiaohongshu, async (world) => {
      const second = Math.floor(world.now() / 1_000);
      const list = (startTime: number, endTime: number): Promise<unknown> =>
        asked(world, 'order.getOrderList', { timeType: 2, startTime, endTime, pageNo: 1, pageSize: 50 });

      expect(await list(second - 1_800, second)).toMatchObject({ success: true, error_code: 0 });
      expect(await list(second - 1_801, second)).toMatchObject({ success: false });
      expect(await list((second - 60) * 1_000, second * 1_000)).toMatchObject({ success: false });
    }));
});
