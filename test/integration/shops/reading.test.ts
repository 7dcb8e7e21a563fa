import { describe, expect, test } from 'vitest';
import type { SimulatedPlatform } from '../../../main/channels/channel-simulator.ts';
import { databaseKinds, hasDatabase } from '../../support/databases.ts';
import { openShopEachTime, type ShopWorld, toPlace } from '../../support/played-shops.ts';

describe.each(databaseKinds)('a shop that is read on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: ShopWorld;
  let platform: SimulatedPlatform;
  let shop: string;
  openShopEachTime(kind, ['shopify', 'tiktok_shop', 'woocommerce'], (opened) => {
    ({ world, platform, shop } = opened);
  });

  const orders = async () => {
    const { orders: rows } = await world.call('orders.list-view', { sort: 'newest', limit: 100 });
    return rows.map(({ number, state, hold }) => [number, state, hold?.reason ?? null]).sort();
  };
  const page = (number: string) => world.call('orders.order-view', { order: number });
  const read = async () => {
    const done = await world.read(shop);
    await world.settled();
    return done;
  };

  test('gives every order once, however often it is read', async () => {
    for (let count = 0; count < 130; count += 1)
      platform.book.place(toPlace(undefined, { number: `#${1000 + count}` }));

    const first = await read();
    const again = await read();

    expect([first.read, first.new, first.quarantined]).toEqual([130, 130, 0]);
    expect([again.new, again.changed]).toEqual([0, 0]);
    expect((await orders()).length).toBe(100);
  });

  test('asks once where nothing changed', async () => {
    platform.book.place(toPlace());
    await read();
    world.passTime(30);
    await read();
    const before = platform.requests().length;

    await read();

    expect(platform.requests().length - before).toBe(1);
  });

  test('cancels here what the buyer cancelled there, and frees its stock', async () => {
    const order = platform.book.place(toPlace());
    await read();
    platform.book.change(order, { kind: 'cancel' });

    const done = await read();

    expect(done.changed).toBe(1);
    expect(await orders()).toEqual([[order.number, 'cancelled', null]]);
  });

  test('holds an order while the platform does, and no longer', async () => {
    const order = platform.book.place(toPlace());
    platform.book.change(order, { kind: 'hold', reason: 'Address is being checked' });
    await read();
    const held = await orders();
    platform.book.change(order, { kind: 'release' });

    await read();

    expect(held).toEqual([[order.number, 'ready', 'channel-hold']]);
    expect(await orders()).toEqual([[order.number, 'allocated', null]]);
  });

  test('packs what is left to send, not what was ordered', async () => {
    const order = platform.book.place(toPlace([{ sku: 'SKU-1', quantity: 5 }]));
    platform.book.change(order, { kind: 'quantity', sku: 'SKU-1', quantity: 3 });

    await read();

    const [line] = (await page(order.number)).lines;
    expect([line?.sku, line?.quantityOrdered]).toEqual(['SKU-1', 3]);
  });

  test('takes another quantity and another address before anybody picks', async () => {
    const order = platform.book.place(toPlace([{ sku: 'SKU-1', quantity: 2 }]));
    await read();
    platform.book.change(order, { kind: 'quantity', sku: 'SKU-1', quantity: 1 });
    platform.book.change(order, { kind: 'address', address: { street1: '2 quai de l’Exemple' } });

    await read();

    const now = await page(order.number);
    const wanted = now.lines.map((line) => line.quantityOrdered - line.quantityCancelled).filter((count) => count > 0);
    expect([wanted, now.address?.street1]).toEqual([[1], '2 quai de l’Exemple']);
  });

  test('never takes what was cancelled or sent before it was read', async () => {
    const gone = platform.book.place(toPlace());
    platform.book.change(gone, { kind: 'cancel' });
    const sent = platform.book.place(toPlace());
    const [line] = sent.lines;
    platform.book.ship(sent, { tracking: 'X', carrier: 'UPS', lines: [{ lineId: line?.id ?? '', quantity: 1 }] });

    await read();

    expect(await orders()).toEqual([]);
  });

  test('says where a buyer came from, and judges anew by rules of the shipper', async () => {
    const order = platform.book.place(toPlace(undefined, { source: 'pinterest' }));
    platform.book.place(toPlace(undefined, { source: 'atelier-news' }));
    await read(); // the engine does not know yet
    world.passTime(20);
    await read();
    const { changed } = await world.call('shops.save-attribution', {
      rules: [{ kind: 'campaign', match: 'atelier-news', channel: 'instagram' }],
    });

    const rows: { attribution: string; evidence: string; number: string }[] = await world.core.database
      .read('order_source')
      .join('sales_order', 'sales_order.id', 'order_source.order_id')
      .orderBy('number')
      .select('number', 'attribution', 'evidence');

    expect(changed).toBe(1);
    expect(rows.map(({ attribution }) => attribution)).toEqual(['pinterest', 'instagram']);
    expect(rows[0]?.evidence).toMatch(/pinterest/);
    expect(rows[0]?.number).toBe(order.number);
    const { source } = await page(order.number);
    expect(source).toMatchObject({ attribution: { channel: 'pinterest' }, ownsPush: true, linkedTo: null });
    const listed = await world.call('orders.list-view', { channel: 'pinterest' });
    expect(listed.orders.map(({ number }) => number)).toEqual([order.number]);
    expect(listed.orders[0]?.attribution?.evidence).toMatch(/pinterest/);
  });

  test('packs an order once that an app copied from a marketplace', async () => {
    const tiktok = await world.connect('tiktok_shop');
    await world.call('shops.set-active', { id: tiktok, active: true });
    const original = world.platform('tiktok_shop').book.place(toPlace(undefined, { number: 'TT-1' }));
    platform.book.place(toPlace(undefined, { number: '#1', copyOf: { marketplace: 'tiktok', id: original.id } }));

    await read(); // the copy comes first and waits
    const waiting = await world.call('shops.reconcile', { id: shop });
    world.passTime(5);
    await world.call('shops.set-active', { id: tiktok, active: false });
    await world.read(tiktok);
    await read();

    expect((await orders()).length).toBe(1);
    const links = await world.core.database.read('order_link').select('number');
    expect(links).toEqual([{ number: '#1' }]);
    expect(waiting.differences).toMatchObject([
      { kind: 'quarantined', number: '#1', ours: expect.stringContaining('waits for the same order') },
    ]);
  });

  test('what a shop said of a buyer goes with the buyer', async () => {
    const order = platform.book.place(toPlace());
    await read();
    platform.book.change(order, { kind: 'cancel' });
    await read();
    const before = await world.core.database.read('order_source').first('traces', 'attribution');

    await world.call('shops.erase-buyer', { email: 'ines.modele@example.com' });

    const after = await world.core.database.read('order_source').first('traces', 'address_token', 'attribution');
    expect(before.traces).not.toBeNull();
    expect(after).toEqual({ traces: null, address_token: null, attribution: before.attribution });
  });

  test('packs both where the number of a marketplace that an order names is another shop’s own number', async () => {
    const woo = await world.connect('woocommerce');
    await world.call('shops.set-active', { id: woo, active: true });
    const other = world.platform('woocommerce').book.place(toPlace());
    platform.book.place(toPlace(undefined, { number: '#1', copyOf: { marketplace: 'tiktok', id: other.id } }));

    await read();
    await world.read(woo);

    expect((await orders()).length).toBe(2);
    expect(await world.core.database.read('order_link').select('number')).toEqual([]);
  });

  test('goes on where it was cut off, and its cursor stands still meanwhile', async () => {
    for (let count = 0; count < 120; count += 1) platform.book.place(toPlace());
    platform.plan(['cut']);
    const failed = await world.ask('shops.read-now', { id: shop });
    const { shops } = await world.call('shops.list-view', {});

    const done = await read();

    expect([failed.status, shops[0]?.cursor, shops[0]?.state]).toEqual([502, null, 'paused']);
    expect(done.new).toBe(120);
  });
});
