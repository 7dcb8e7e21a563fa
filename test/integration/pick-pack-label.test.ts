import { afterEach, describe, expect, test } from 'vitest';
import { checkInvariants } from '../../main/reporting/invariants-views.ts';
import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import { aLevel, anItem, anOrder } from '../support/builders.ts';
import { demoGtin, openWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world?.close());

describe('picking, packing and labelling on sqlite', () => {
  test('an order goes from the file to the confirmed label by scans alone', async () => {
    world = await openWorld();
    await world.signIn();
    await world.fill({ orders: 1, units: 4 });
    const gtins = await world.pickNextOrder();
    expect(gtins).toHaveLength(4);
    for (const gtin of gtins) await world.scan(gtin);
    await world.finishParcel();
    const order = await world.call('orders.order-view', { order: '#B0' });
    expect(order.state).toBe('shipped');
    expect((await checkInvariants(world.core.database)).flatMap((check) => check.broken)).toEqual([]);
  });
});
