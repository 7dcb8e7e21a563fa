import { describe, expect, test } from 'vitest';
import { signPddRequest } from '../../../main/channels/pinduoduo/sign.ts';
import { type PddSimulation, simulatePinduoduo } from '../../../main/channels/pinduoduo/simulated.ts';
import { inShop, SETTLED_MS, type ShopUnderTest, type ShopWorld } from '../support/shop-world.ts';
import { aShipment, oneRead, remoteLines } from '../support/shop-writing-checks.ts';
import { pinduoduo } from '../support/windowed-shops.ts';

function playedWith(options: Partial<PddSimulation>): ShopUnderTest {
  return { ...pinduoduo, play: (more) => simulatePinduoduo({ ...more, ...options }) };
}

/** One question by hand, signed. */
async function asked(world: ShopWorld, type: string, params: Readonly<Record<string, string>>): Promise<unknown> {
  const { clientId = '', clientSecret = '', accessToken = '', baseUrl } = world.config;
  const timestamp = String(Math.floor(world.now() / 1_000));
  const form = { ...params, type, client_id: clientId, access_token: accessToken, timestamp, data_type: 'JSON' };
  const body = new URLSearchParams({ ...form, sign: signPddRequest(clientSecret, form) });
  return (await fetch(`${baseUrl}/api/router`, { method: 'POST', body })).json();
}

describe('Pinduoduo', () => {
  test('takes one number an order: it hears of the last parcel', () =>
    inShop(pinduoduo, async (world) => {
      const { placed, order } = await oneRead(world);
      const first = aShipment(pinduoduo, order, { lines: remoteLines(order, [2, 0]), last: false });
      const last = aShipment(pinduoduo, order, { lines: remoteLines(order, [1, 1]), tracking: 'PDD2', sequence: 2 });
      const told = await world.channel.ship?.(first);
      const between = (await world.channel.orders([order.externalId])).orders[0];
      await world.channel.ship?.(last);

      expect(told).toMatchObject({ outcome: 'done', remoteId: null, later: true });
      expect(between?.shipState).toBe('to-ship');
      expect(placed.packages.map(({ tracking }) => tracking)).toEqual(['PDD2']);
    }));

  test('keeps an order under review back, and lets nobody send it', () =>
    inShop(pinduoduo, async (world) => {
      const { placed, order } = await oneRead(world);
      world.platform.book.change(placed, { kind: 'hold', reason: 'risk' });
      world.advance(SETTLED_MS);
      await world.reader.read();
      const told = await world.channel.ship?.(aShipment(pinduoduo, order));

      expect(world.reader.orders.get(order.externalId)?.hold).toContain('do not ship');
      expect(told).toMatchObject({ outcome: 'refused', text: expect.stringContaining('审核') });
      expect(placed.packages).toEqual([]);
    }));

  test('shows stars for a receiver that stays encrypted; nothing without the right to them', () =>
    inShop(pinduoduo, async (world) => {
      const { order } = await oneRead(world);

      expect(order).toMatchObject({
        addressState: 'encrypted',
        address: { name: expect.stringMatching(/^A\*+$/), street1: expect.stringMatching(/^1\*+$/), city: 'Paris' },
      });
    }).then(() =>
      inShop(playedWith({ maskApproved: false }), async (world) => {
        const { order } = await oneRead(world);

        expect(order).toMatchObject({ addressState: 'encrypted', address: { name: '', street1: '', phone: '' } });
      }),
    ));

  test('gets another token when one ends', () =>
    inShop(playedWith({ tokenSeconds: 600 }), async (world) => {
      for (let turn = 0; turn < 3; turn++) {
        world.advance(700_000);
        world.place(1);
        world.advance(SETTLED_MS);
        await world.reader.read();
      }

      expect(world.reader.orders.size).toBe(3);
    }));

  test('without anything to renew it with, a token that has ended is an error with its name', () =>
    inShop(playedWith({ tokenSeconds: 600 }), async (world) => {
      world.advance(700_000);
      const channel = world.open({ refreshToken: '' });

      expect((await channel.check()).messages).toContainEqual(
        expect.objectContaining({ level: 'error', code: 'shop.check.bad-key' }),
      );
    }));

  test('refuses, as played here, what ended less than three minutes ago and windows over half an hour', () =>
    inShop(pinduoduo, async (world) => {
      const second = Math.floor(world.now() / 1_000);
      const list = (start: number, end: number): Promise<unknown> =>
        asked(world, 'pdd.order.number.list.increment.get', {
          ...{ start_updated_at: String(start), end_updated_at: String(end), page: '1', page_size: '100' },
          ...{ is_lucky_flag: '0', order_status: '5', refund_status: '5' },
        });

      expect(await list(second - 1_980, second - 180)).toHaveProperty('order_sn_increment_get_response');
      expect(await list(second - 1_000, second - 179)).toHaveProperty('error_response');
      expect(await list(second - 1_981, second - 180)).toHaveProperty('error_response');
    }));
});
