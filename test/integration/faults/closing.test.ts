import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, lastingPlace } from '../../support/databases.ts';
import { brokenInvariants, comeIn, stockUp } from '../../support/warehouse.ts';
import { demoGtin, openWorld, type World } from '../../support/world.ts';

describe.each(databaseKinds)('the station is closed while scans are on their way, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let place: Awaited<ReturnType<typeof lastingPlace>>;
  let world: World;
  beforeEach(async () => {
    place = await lastingPlace(kind);
    world = await openWorld(place.options);
    await stockUp(world, 1, 100);
    await world.signIn();
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 50 }] }));
    await world.pickNextOrder();
  });
  afterEach(async () => {
    await world.close();
    await place.remove();
  });

  const send = async (key: string): Promise<'answered' | 'unanswered'> => {
    const answer = await world.request('/api/bench.scan', {
      method: 'POST',
      body: JSON.stringify({ raw: demoGtin(1) }),
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
    });
    const text = await answer.text();
    if (!text.startsWith('{')) return 'unanswered';
    expect(JSON.parse(text)).toMatchObject({ ok: true });
    return 'answered';
  };

  test('each is answered, or gets no answer at all and counts once when it is sent again', async () => {
    const keys = Array.from({ length: 24 }, () => randomUUID());
    const outcomes: ('answered' | 'unanswered')[] = [];
    let closed = Promise.resolve();
    for (const [index, key] of keys.entries()) {
      const answer = send(key);
      if (index === 8) closed = world.close();
      outcomes.push(await answer);
    }
    await closed;

    world = await openWorld(place.options);
    const again: string[] = [];
    for (const [index, key] of keys.entries()) if (outcomes[index] === 'unanswered') again.push(await send(key));
    expect(outcomes).toContain('answered');
    expect(outcomes).toContain('unanswered');
    expect(new Set(again)).toEqual(new Set(['answered']));
    expect((await world.view()).parcel?.unitsPacked).toBe(keys.length);
    expect(await brokenInvariants(world)).toEqual([]);
  });
});
