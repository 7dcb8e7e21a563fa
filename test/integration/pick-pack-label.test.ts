import { afterEach, describe, expect, test } from 'vitest';
import { checkInvariants } from '../../main/reporting/invariants-views.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../support/databases.ts';
import type { World } from '../support/world.ts';

describe.each(databaseKinds)('picking, packing and labelling on %s', (kind) => {
  let world: World | undefined;
  afterEach(() => world?.close());

  test.skipIf(!hasDatabase(kind))('an order goes from the file to the confirmed label by scans alone', async () => {
    world = await openWorldOn(kind);
    await world.signIn();
    await world.fill({ orders: 1, units: 4 });

    const gtins = await world.pickNextOrder();
    for (const gtin of gtins) await world.scan(gtin);
    await world.finishParcel();

    const order = await world.call('orders.order-view', { order: '#B0' });
    expect(order.state).toBe('shipped');
    expect(order.lines.map((line) => line.quantityShipped)).toEqual([1, 1, 1, 1]);
    expect(order.documents.map((document) => document.kind).sort()).toEqual(['label', 'packing-slip', 'return-label']);
    expect((await checkInvariants(world.core.database)).flatMap((check) => check.broken)).toEqual([]);
  });
});
