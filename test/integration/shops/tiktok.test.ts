import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { httpDoor } from '../../../main/carriers/carrier-http.ts';
import type { SimulatedPlatform } from '../../../main/channels/channel-simulator.ts';
import { openAccount } from '../../../main/shipping/account-service.ts';
import { aShipment } from '../../connectors/carriers/support/shipments.ts';
import { databaseKinds, hasDatabase } from '../../support/databases.ts';
import { openShopWorld, type ShopWorld, toPlace } from '../../support/played-shops.ts';
import { brokenInvariants, stockUp } from '../../support/warehouse.ts';

describe.each(databaseKinds)('a TikTok shop on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: ShopWorld;
  let tiktok: SimulatedPlatform;
  let shop: string;
  beforeEach(async () => {
    world = await openShopWorld(kind, ['tiktok_shop'], {
      carrierHttp: (call) =>
        httpDoor('carrier', (url, init) => tiktok.fetch(new Request(url, init)))({ ...call, timeoutMs: 8_000 }),
    });
    await stockUp(world, 3, 20);
    tiktok = world.platform('tiktok_shop');
    shop = await world.connect('tiktok_shop');
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const read = async () => {
    const done = await world.read(shop);
    await world.settled();
    return done;
  };

  test('hears of two parcels of one line, unit by unit, and its order stays one line', async () => {
    const order = tiktok.book.place(toPlace([{ sku: 'SKU-1', quantity: 3 }]));
    await read();
    const { orders } = await world.call('orders.list-view', { sort: 'newest', limit: 10 });
    const orderId = orders[0]?.id ?? '';
    const ship = async (quantity: number, tracking: string) => {
      await world.call('shops.ship-elsewhere', {
        orderId,
        carrier: 'UPS',
        tracking,
        lines: [{ sku: 'SKU-1', quantity }],
      });
      await world.settled();
      await read();
      const { lines } = await world.call('orders.order-view', { order: orderId });
      return lines.map((line) => line.quantityOrdered - line.quantityCancelled - line.quantityShipped);
    };
    const first = await ship(1, '1Z999AA10123456784');
    const second = await ship(2, '1Z999AA10123456793');

    // Still one line, of which less is left.
    expect([first, second]).toEqual([[2], [0]]);
    expect(order.packages.map(({ tracking, lines }) => [tracking, lines[0]?.quantity])).toEqual([
      ['1Z999AA10123456784', 1],
      ['1Z999AA10123456793', 2],
    ]);
  });

  test('hears that a supervisor cancelled, for the buyer where the buyer asked', async () => {
    const reasons = () =>
      tiktok.book.acts().flatMap(({ kind: act, detail }) => (act === 'cancel' ? [detail.reason] : []));
    for (const _ of [1, 2]) tiktok.book.place(toPlace());
    await read();
    const { orders: ours } = await world.call('orders.list-view', { sort: 'newest', limit: 10 });
    const [first, second] = ours.map(({ id }) => id);
    await world.call('orders.set-hold', { orderId: first ?? '', reason: 'buyer-asked', detail: '' });
    for (const orderId of [first, second]) await world.call('orders.cancel-order', { orderId: orderId ?? '' });
    await world.settled();

    expect((await world.call('shops.messages-view', {})).messages).toEqual([]);
    expect(reasons().sort()).toEqual([
      'seller_cancel_paid_reason_buyer_requested_cancellation',
      'seller_cancel_reason_out_of_stock',
    ]);
  });

  test('whose buyer asks to cancel gets no parcel that was labelled elsewhere, before any reading saw it', async () => {
    const order = tiktok.book.place(toPlace());
    await read();
    tiktok.book.change(order, { kind: 'ask-cancel' });
    const { orders } = await world.call('orders.list-view', { sort: 'newest', limit: 10 });
    const orderId = orders[0]?.id ?? '';

    const { body } = await world.ask('shops.ship-elsewhere', {
      orderId,
      carrier: 'UPS',
      tracking: '1Z999AA10123456784',
    });
    await world.settled();

    expect(body).toMatchObject({ ok: false, error: { kind: 'rule', code: 'order.cancel-requested' } });
    expect(order.packages).toEqual([]);
  });

  test('lends its keys and tokens to the account of TikTok’s own labels, whose form stays empty', async () => {
    const order = tiktok.book.place({ ...toPlace(), labelMode: 'platform' });
    await read();
    const { id } = await world.call('shipping.save-account', {
      ...{ id: null, expectedVersion: 0, connector: 'tiktok-shipping', title: 'TikTok', config: {}, secrets: {} },
      ...{ approved: true, active: true, cutOff: null, timeZone: 'Europe/Paris' },
    });
    const checked = await world.call('shipping.check-account', { id });
    const { carrier } = await openAccount(world.core.deps, id);
    const platformOrder = { externalId: order.id, lines: [] };
    const label = await carrier.buy?.({ ...aShipment(), platformOrder }, null);

    expect(checked).toMatchObject({ ok: true });
    expect(label?.details?.trackingNumber).toBe(order.packages[0]?.tracking);
    expect(order.packages).toHaveLength(1);
  });
});
