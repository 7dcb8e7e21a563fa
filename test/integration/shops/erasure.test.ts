import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { purgeOld } from '../../../main/orders/erasure-service.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { brokenInvariants, stockUp } from '../../support/warehouse.ts';
import type { World } from '../../support/world.ts';

const buyer = { email: 'Ines.Modele@example.com', phone: '+33 1 99 00 12 34' };

describe.each(databaseKinds)('a buyer who wants to be forgotten on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 2, 20);
    await world.signIn('admin');
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const ofBuyer = (externalId: string, more: object = {}) => {
    const order = anOrder({ externalId, lines: [{ sku: 'SKU-1' }] });
    return { ...order, address: { ...order.address, ...buyer }, note: 'Ring at Modele', ...more };
  };
  /** Everything that the database holds as text or paper, but for invoices. */
  const isAnywhere = async (text: string): Promise<boolean> => {
    const { read } = world.core.database;
    const rows = await Promise.all(
      ['order_private', 'journal', 'outbox', 'inbox'].map((table) => read(table).select('*')),
    );
    return JSON.stringify(rows).toLowerCase().includes(text.toLowerCase());
  };

  test('is gone from orders that have left, with the papers, and kept where a parcel is still to leave', async () => {
    await world.importOrders([ofBuyer('1'), ofBuyer('2')]);
    await world.settled();
    const codes = await world.pickNextOrder();
    for (const code of codes) await world.scan(code);
    await world.finishParcel();
    await world.settled();
    const readable = await world.call('orders.order-view', { order: '#2' });
    const before = await isAnywhere(buyer.email);

    const done = await world.call('shops.erase-buyer', { email: ' ines.modele@EXAMPLE.com' });

    expect([readable.address?.email, before, done.orders, done.kept.length]).toEqual([buyer.email, false, 1, 1]);
    const papers = await world.core.database.read('document').whereNotNull('purged_at').select('id', 'bytes');
    expect(papers.length).toBeGreaterThan(0);
    expect(papers.every(({ bytes }) => bytes.length === 0)).toBe(true);
    const answer = await world.request(`/documents/${papers[0]?.id}.pdf`);
    expect(answer.status).toBe(422);
  });

  test('is found by the telephone number however it is written, and does not come back with the same order', async () => {
    const cancelled = ofBuyer('1');
    await world.importOrders([cancelled]);
    const { id } = await world.call('orders.order-view', { order: '#1' });
    await world.call('orders.cancel-order', { orderId: id });

    const done = await world.call('shops.erase-buyer', { phone: '01 99 00 12 34' });
    await world.importOrders([{ ...cancelled, note: 'Another note', shippingMethod: 'Express' }]);

    expect(done).toEqual({ orders: 1, kept: [] });
    expect([await isAnywhere(buyer.email), await isAnywhere('Modele')]).toEqual([false, false]);
  });

  test('is forgotten by itself when the days of the settings are over, and not before', async () => {
    await world.importOrders([ofBuyer('1'), ofBuyer('2')]);
    const { id } = await world.call('orders.order-view', { order: '#1' });
    await world.call('orders.cancel-order', { orderId: id });
    world.passTime(29 * 24 * 60);
    const early = await purgeOld(world.core.deps);
    world.passTime(2 * 24 * 60);

    const late = [await purgeOld(world.core.deps), await purgeOld(world.core.deps)];

    expect([early, late]).toEqual([0, [1, 0]]);
    const rows = await world.core.database.read('order_private').whereNull('purged_at').select('order_id');
    expect(rows.length).toBe(1);
  });

  test('has to be named: a few figures are many people’s', async () => {
    const refused = await world.ask('shops.erase-buyer', { phone: '1234' });

    expect(refused.body).toMatchObject({ ok: false, error: { code: 'erase.nobody-named' } });
  });
});
