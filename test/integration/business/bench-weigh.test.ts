import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scan } from '../../../main/bench/bench-service.ts';
import { createPinDesk } from '../../../main/stations/pin-rules.ts';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import {
  allowSimulatedScale,
  brokenInvariants,
  comeIn,
  orderOf,
  stockUp,
  supervisorOf,
  untilStep,
  useSettings,
} from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

const BOX_MG = 140_000;
/** Each `SKU-n` weighs a quarter of a kilogram. */
const ITEM_MG = 250_000;

describe.each(databaseKinds)('weighing before closing on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await useSettings(world, { weighing: 'required' });
    await allowSimulatedScale(world);
    await stockUp(world, 2, 50);
    await world.signIn();
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 2 }] }));
    for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const put = (mg: number | null) => world.call('stations.put-on-simulated-scale', { mg });
  const untilLatched = async (code: string) => {
    for (let turn = 0; turn < 200; turn += 1) {
      const { latched } = await world.view();
      if (latched?.code === code) return latched;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`${code} never came`);
  };

  test('the full box waits for its weight, and says what it should be', async () => {
    expect(await world.view()).toMatchObject({
      step: 'weigh',
      parcel: { state: 'open', expectedMg: 2 * ITEM_MG, unitsPacked: 2 },
    });
  });

  test('a weight that fits closes the parcel by itself and is kept with its reading', async () => {
    await put(null);
    await untilStep(world, 'scan-label');

    const parcel = await world.core.database.read('parcel').first();
    const reading = await world.core.database.read('scale_reading').first();
    expect(parcel).toMatchObject({ weight_mg: 2 * ITEM_MG + BOX_MG, expected_mg: 2 * ITEM_MG });
    expect(reading).toMatchObject({ id: parcel.scale_reading_id, mg: 2 * ITEM_MG + BOX_MG, stable: 1 });
  });

  test('the journal names who stood there when the weight settled', async () => {
    await put(null);
    await untilStep(world, 'scan-label');

    const { timeline } = await orderOf(world, '#1');
    expect(timeline.find((entry) => entry.kind === 'parcel.closed')).toMatchObject({ operator: 'Packer 1' });
  });

  test('the card WEIGH without a load, and while the scale still moves, is refused', async () => {
    const empty = await world.command('WEIGH');
    await put(700_000);
    const moving = await world.command('WEIGH');

    expect([empty.verdict.code, moving.verdict.code]).toEqual(['weigh.unstable', 'weigh.unstable']);
    await untilStep(world, 'scan-label');
  });

  test.each([
    ['a missing piece', ITEM_MG],
    ['one piece too many', 2 * ITEM_MG + 600_000],
  ])('%s: the parcel stays open with both weights, and closes when it is put right', async (_what, mg) => {
    await put(mg);
    const latched = await untilLatched('weigh.out-of-tolerance');
    const stays = await world.view();
    await put(2 * ITEM_MG + BOX_MG);
    await untilStep(world, 'scan-label');

    expect(latched).toMatchObject({ tone: 'bad', params: { weightMg: mg, expectedMg: 2 * ITEM_MG } });
    expect(stays).toMatchObject({ step: 'weigh', parcel: { state: 'open' } });
    expect((await world.view()).latched).toBeNull();
  });

  test('goods whose weight the catalogue does not know do not keep the parcel open for ever', async () => {
    await world.core.database.write('item').where({ sku: 'SKU-1' }).update({ weight_mg: 0 });
    await put(2_500_000);

    await untilStep(world, 'scan-label');
  });

  test('an item scanned at this step is too many; UNDO opens the box again', async () => {
    const more = await world.scan(demoGtin(1));
    const undone = await world.command('UNDO');

    expect(more.verdict.code).toBe('pack.too-many');
    expect(undone.view).toMatchObject({ step: 'pack-item', parcel: { unitsPacked: 1 } });
  });

  test('a half-full box is not closed by the scale', async () => {
    await world.command('UNDO');
    await put(ITEM_MG + BOX_MG);
    await new Promise((resolve) => setTimeout(resolve, 100));

    expect(await world.view()).toMatchObject({ step: 'pack-item', parcel: { state: 'open' } });
  });

  test('a held order is not closed by the scale; it closes after the hold by the card WEIGH', async () => {
    const desk = await supervisorOf(world);
    const { id } = await orderOf(world, '#1');
    await desk.call('orders.set-hold', { orderId: id, reason: 'fraud', detail: '' });
    await put(null);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const held = await world.view();
    await desk.call('orders.release-hold', { orderId: id });

    const { verdict } = await world.command('WEIGH');

    expect(held).toMatchObject({ step: 'weigh', parcel: { state: 'open' } });
    expect(verdict).toMatchObject({ tone: 'complete', code: 'pack.weighed', params: { number: '#1' } });
  });

  test('nobody signed in: the scale closes nothing', async () => {
    await world.command('SIGN-OUT');
    await put(2 * ITEM_MG + BOX_MG);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await world.signIn();

    expect(await world.view()).toMatchObject({ step: 'weigh', parcel: { state: 'open' } });
  });

  test('another bench that took the parcel over: the scale of the first one closes nothing', async () => {
    const other = await world.bench('B');
    await other.signIn();
    world.passTime(16);
    await other.scan('#1');
    await put(null);
    await new Promise((resolve) => setTimeout(resolve, 100));

    expect(await other.view()).toMatchObject({ step: 'weigh', parcel: { state: 'open' } });
  });

  test('a bench whose scale does not answer says so', async () => {
    const { station, operator } = await world.view();
    if (!operator) throw new Error('nobody is signed in');
    const seat = { station, operator: { ...operator, role: 'packer' as const } };
    const actor = { operatorId: operator.id, stationId: station.id, role: 'packer' as const, seat };

    const { verdict } = await scan(
      {
        ...world.core.deps,
        pins: createPinDesk(world.core.deps.clock),
        weightNow: () => ({ state: 'absent' }),
      },
      actor,
      { raw: encodeStationCode('command', 'WEIGH'), source: 'simulated' },
    );

    expect(verdict).toMatchObject({ tone: 'bad', code: 'weigh.no-scale' });
  });
});
