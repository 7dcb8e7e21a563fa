import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moneyTrouble, openLabelShop } from '../../support/bought-labels.ts';
import { databaseKinds, hasDatabase, lastingPlace } from '../../support/databases.ts';
import { bundlePrograms, type Programs } from '../../support/programs.ts';
import { brokenInvariants } from '../../support/warehouse.ts';

/** On each database; every death falls between intent, call and answer of some label. */
const KILLS = 25;
const PARCELS = 12;

/** Small seeded generator, so that the moments differ and a run can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

describe.each(databaseKinds)('a station that is killed while it buys labels, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let programs: Programs;
  beforeAll(async () => {
    programs = await bundlePrograms({ buyer: 'test/support/label-buyer.ts' });
  });
  afterAll(() => programs.remove());

  test('every parcel has exactly one label in the end, and what was paid is what was bought', async () => {
    const place = await lastingPlace(kind);
    const shop = await openLabelShop(kind, { world: place.options });
    shop.online(false);
    for (let number = 1; number <= PARCELS; number += 1) {
      await shop.pack(String(number));
      await shop.world.command('CANCEL');
    }
    await shop.world.close();

    const random = seeded(kind === 'sqlite' ? 5 : 6);
    for (let kills = 0; kills < KILLS; kills += 1) {
      const args = [place.options.dataDir ?? '', String((kills + 1) * 2), place.options.databaseUrl ?? ''];
      const run = programs.start('buyer', args.filter(Boolean));
      await run.said('#ready');
      await pause(random() * 350);
      run.child.kill('SIGKILL');
      await run.finished;
    }

    const after = await shop.reopen(KILLS * 2 + 5);
    await after.hours();
    const labels = await after.labels();
    expect(moneyTrouble(labels, shop.carrier.sold())).toEqual([]);
    const live = labels.filter(({ state, fault }) => state === 'bought' && fault === null);
    expect(new Set(live.map(({ parcelId }) => parcelId)).size).toBe(PARCELS);
    expect(live).toHaveLength(PARCELS);
    expect(labels.filter(({ fault, state }) => state === 'unknown' || fault === 'label.abandoned')).toEqual([]);
    const brokenOff = await after.world.core.database.read('journal').where({ kind: 'label.unknown' });
    expect(brokenOff.length, 'no kill fell between a call and its answer').toBeGreaterThan(0);
    expect(await brokenInvariants(after.world)).toEqual([]);
    await after.close();
    await place.remove();
  }, 180_000);
});
