import { describe, expect, test } from 'vitest';
import { simulateTaobao } from '../../../main/channels/taobao/simulated.ts';
import { inShop, SETTLED_MS } from '../support/shop-world.ts';
import { aShipment, oneRead, remoteLines } from '../support/shop-writing-checks.ts';
import { taobao } from '../support/windowed-shops.ts';

describe('Taobao', () => {
  test('takes parcels by line, several lines one parcel, and has one of two corrected', () =>
    inShop(taobao, async (world) => {
      const { placed, order } = await oneRead(world);
      const first = aShipment(taobao, order, { lines: remoteLines(order, [3, 0]), last: false, tracking: 'A1' });
      const second = aShipment(taobao, order, { lines: remoteLines(order, [0, 1]), tracking: 'B1', sequence: 2 });
      const told = await world.channel.ship?.(first);
      const between = (await world.channel.orders([order.externalId])).orders[0];
      await world.channel.ship?.(second);
      await world.channel.correctTracking?.({ ...second, tracking: 'B2' }, { remoteId: 'B1', tracking: 'B1' });
      const after = (await world.channel.orders([order.externalId])).orders[0];

      expect(told).toEqual({ outcome: 'done', remoteId: 'A1' });
      expect(between?.shipState).toBe('partly-shipped');
      expect(between?.lines.map(({ quantityToPack }) => quantityToPack)).toEqual([0, 1]);
      expect(placed.packages.map(({ tracking }) => tracking)).toEqual(['A1', 'B2']);
      expect(after?.packages.map(({ tracking, lines }) => [tracking, lines.length])).toEqual([
        ['A1', 1],
        ['B2', 1],
      ]);
    }));

  test('has a line that two parcels share told with the last one', () =>
    inShop(taobao, async (world) => {
      const { placed, order } = await oneRead(world);
      const first = aShipment(taobao, order, { lines: remoteLines(order, [2, 0]), last: false });
      const last = aShipment(taobao, order, { lines: remoteLines(order, [1, 1]), tracking: 'TB2', sequence: 2 });
      const told = await world.channel.ship?.(first);
      await world.channel.ship?.(last);

      expect(told).toMatchObject({ outcome: 'done', later: true });
      expect(placed.packages.map(({ tracking }) => tracking)).toEqual(['TB2']);
      expect(placed.lines.map(({ shipped }) => shipped)).toEqual([3, 1]);
    }));

  test('keeps a trade back that it forbids to send, and stops lines that a buyer asks back', () =>
    inShop(taobao, async (world) => {
      const { placed, order } = await oneRead(world);
      world.platform.book.change(placed, { kind: 'hold', reason: 'locked' });
      const held = (await world.channel.orders([order.externalId])).orders[0];
      world.platform.book.change(placed, { kind: 'release' });
      world.platform.book.change(placed, { kind: 'ask-cancel' });
      world.advance(SETTLED_MS);
      await world.reader.read();
      const asked = world.reader.orders.get(order.externalId);

      expect([held?.hold, held?.shipState]).toEqual([expect.any(String), 'waiting']);
      expect(asked?.cancelRequested).toBe(true);
      expect(asked?.lines.map(({ quantityToPack }) => quantityToPack)).toEqual([0, 0]);
    }));

  test('gives an oaid in place of the receiver, another one when the address changes', () =>
    inShop(taobao, async (world) => {
      const { placed, order } = await oneRead(world);
      world.platform.book.change(placed, { kind: 'address', address: { street1: '2 Other Street' } });
      const again = (await world.channel.orders([order.externalId])).orders[0];

      expect([order.addressState, again?.addressState]).toEqual(['masked', 'masked']);
      expect(order.addressToken).toMatch(/^[0-9a-f]{32}$/);
      expect(again?.addressToken).not.toBe(order.addressToken);
    }));

  test('says that the seller has to authorise again when a session ends', () =>
    inShop({ ...taobao, play: (options) => simulateTaobao({ ...options, tokenSeconds: 600 }) }, async (world) => {
      world.place(1);
      world.advance(700_000);

      await expect(world.reader.read()).rejects.toMatchObject({ code: 'channel.sign-in-expired' });
      expect((await world.channel.check()).messages[0]).toMatchObject({ level: 'error', code: 'shop.check.bad-key' });
    }));
});
