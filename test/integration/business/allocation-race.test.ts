import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allocateWaiting } from '../../../main/stock/allocation-service.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, lastingPlace } from '../../support/databases.ts';
import { binsOf, brokenInvariants, stockUp } from '../../support/warehouse.ts';
import { openWorld, type World } from '../../support/world.ts';

describe.each(databaseKinds)('several stations allocate at the same moment on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let place: Awaited<ReturnType<typeof lastingPlace>>;
  const worlds: World[] = [];
  beforeEach(async () => {
    place = await lastingPlace(kind);
    for (let index = 0; index < 3; index += 1) worlds.push(await openWorld(place.options));
  });
  afterEach(async () => {
    for (const world of worlds.splice(0)) await world.close();
    await place.remove();
  });

  test('no unit is reserved twice, none that is wanted is left over, and no order is lost', async () => {
    const [world] = worlds;
    if (!world) throw new Error('no station');
    await stockUp(world, 4, 25);
    const orders = Array.from({ length: 90 }, (_, index) =>
      anOrder({
        externalId: `${index}`,
        // Some walk the bins forwards, some backwards: whoever locks them in that order meets the other half-way.
        lines: [1, 2, 3, 4].slice(index % 3).map((number) => ({ sku: `SKU-${index % 2 === 0 ? number : 5 - number}` })),
      }),
    );
    await world.importOrders(orders);

    await Promise.all(worlds.map((station) => allocateWaiting(station.core.deps, { backordered: true })));
    await world.settled();
    await allocateWaiting(world.core.deps, { backordered: true });

    const byState: { state: string; count: number | string }[] = await world.core.database
      .read('sales_order')
      .groupBy('state')
      .select('state')
      .count({ count: '*' });
    const states = byState.map((row) => row.state).sort();
    expect(states).toEqual(['allocated', 'backordered']);
    const bins = (await Promise.all([1, 2, 3, 4].map((number) => binsOf(world, `SKU-${number}`)))).flat();
    for (const bin of bins) expect(bin.allocated).toBeLessThanOrEqual(bin.onHand);
    expect(bins.some((bin) => bin.allocated === bin.onHand)).toBe(true);
    expect(await brokenInvariants(world)).toEqual([]);
  });
});
