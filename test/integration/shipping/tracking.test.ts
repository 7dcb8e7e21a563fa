import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TrackingEvent } from '../../../main/carriers/carrier.ts';
import { returnMoved } from '../../../main/returns/return-progress-service.ts';
import { keepTracking, pollTracking, refreshTracking } from '../../../main/shipping/tracking-service.ts';
import type { TrackingState } from '../../../shared/model/carrier.ts';
import { type LabelShop, openLabelShop } from '../../support/bought-labels.ts';
import { databaseKinds, hasDatabase } from '../../support/databases.ts';
import { brokenInvariants, journalKinds, orderOf } from '../../support/warehouse.ts';

describe.each(databaseKinds)('what carriers say of parcels on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let shop: LabelShop;
  beforeEach(async () => {
    shop = await openLabelShop(kind);
    await shop.pack('1');
    await shop.world.finishParcel();
  });
  afterEach(async () => {
    expect(await brokenInvariants(shop.world)).toEqual([]);
    await shop.close();
  });

  const followers = { returnMoved };
  const parcel = async () => (await orderOf(shop.world, '#1')).parcels[0];
  const handOver = async (): Promise<void> => {
    const { world } = shop;
    await world.command('DOCK');
    await world.scan((await parcel())?.labels[0]?.trackingNumber ?? '');
    await world.command('HAND-OVER');
    await world.settled();
    await world.command('HAND-OVER');
  };
  const event = (state: TrackingState, code: string): TrackingEvent => ({
    ...{ at: '2026-11-24T08:00:00.000Z', state, code },
    ...{ text: 'Words of the carrier', place: 'Lyon' },
  });
  const say = async (state: TrackingState, events: readonly TrackingEvent[] = []): Promise<boolean> =>
    keepTracking(shop.world.core.deps, followers, {
      labelId: (await parcel())?.labels[0]?.id ?? '',
      tracking: { state, events, deliveryBy: null },
    });

  test('the carrier is asked half an hour after the hand-over and not before, once however many stations ask', async () => {
    const { deps } = shop.world.core;
    await handOver();
    expect(await pollTracking(deps, followers)).toMatchObject({ asked: 0 });

    shop.world.passTime(31);
    const turns = await Promise.all([pollTracking(deps, followers), pollTracking(deps, followers)]);

    expect(turns[0].asked + turns[1].asked).toBe(1);
    expect((await parcel())?.labels[0]?.events).toMatchObject([{ state: 'pending' }]);
    expect(await pollTracking(deps, followers)).toMatchObject({ asked: 0 });
    expect(await refreshTracking(deps, followers, (await orderOf(shop.world, '#1')).id)).toMatchObject({ asked: 1 });
    expect((await parcel())?.labels[0]?.events).toHaveLength(1);
  });

  test('before the hand-over a carrier with manifests knows nothing: it is not asked', async () => {
    shop.world.passTime(5 * 60);
    expect(await pollTracking(shop.world.core.deps, followers)).toMatchObject({ asked: 0 });
  });

  test('a carrier that is away is asked again later, and nothing is lost', async () => {
    await handOver();
    shop.world.passTime(31);
    shop.online(false);
    expect(await pollTracking(shop.world.core.deps, followers)).toMatchObject({ asked: 1, failed: 1 });
    shop.online(true);
    expect(await pollTracking(shop.world.core.deps, followers)).toMatchObject({ asked: 0 });
    shop.world.passTime(31);
    expect(await pollTracking(shop.world.core.deps, followers)).toMatchObject({ asked: 1, failed: 0 });
  });

  test('delivered, stuck and returned move the parcel; each piece of news is stored once and told on the timeline', async () => {
    await handOver();
    const stuck = event('exception', 'damaged');

    expect(await say('exception', [stuck])).toBe(true);
    expect(await say('exception', [stuck])).toBe(false);
    expect((await parcel())?.state).toBe('exception');
    await say('in-transit', [stuck, event('in-transit', 'goes-on')]);
    expect((await parcel())?.state).toBe('handed-over');
    await say('delivered');

    expect(await parcel()).toMatchObject({ state: 'delivered', labels: [{ trackingState: 'delivered' }] });
    expect((await parcel())?.labels[0]?.events).toHaveLength(2);
    const kinds = await journalKinds(shop.world, (await parcel())?.id ?? '');
    expect(kinds.filter((name) => name === 'tracking.changed')).toHaveLength(3);
    expect(kinds).toEqual(expect.arrayContaining(['parcel.exception', 'parcel.delivered']));
  });

  test('where nobody scanned the parcel out, the carrier’s own first scan says that it left', async () => {
    await say('picked-up');
    expect((await parcel())?.state).toBe('handed-over');
  });
});
