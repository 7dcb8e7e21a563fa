import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scan } from '../../../main/bench/bench-service.ts';
import { createGsMemory } from '../../../main/bench/gs-memory.ts';
import type { WeightNow } from '../../../main/bench/scan-weigh-service.ts';
import { createPinDesk } from '../../../main/stations/pin-rules.ts';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { anOrder } from '../../support/builders.ts';
import { addCarton } from '../../support/cartons.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { until } from '../../support/devices/until.ts';
import {
  allowSimulatedScale,
  brokenInvariants,
  comeIn,
  orderOf,
  scanBadge,
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
  /** A card at this bench, whose scale says this. */
  const commandAt = async (weight: WeightNow, payload: string) => {
    const { station, operator } = await world.view();
    if (!operator) throw new Error('nobody is signed in');
    const seat = { station, operator: { ...operator, role: 'packer' as const } };
    const actor = { operatorId: operator.id, stationId: station.id, role: 'packer' as const, seat };
    const pins = createPinDesk(() => new Date());
    const deps = { ...world.core.deps, pins, gs: createGsMemory(), weightNow: () => weight };
    return (await scan(deps, actor, { raw: encodeStationCode('command', payload), source: 'wedge' })).verdict;
  };
  const untilLatched = (code: string) =>
    until(async () => {
      const { latched } = await world.view();
      return latched?.code === code ? latched : undefined;
    }, code);

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
    expect(parcel).toMatchObject({ expected_mg: 2 * ITEM_MG, weight_mg: reading.mg });
    expect(parcel.weight_mg).toBeGreaterThan(2 * ITEM_MG);
    expect(reading).toMatchObject({ id: parcel.scale_reading_id, parcel_id: parcel.id, stable: 1 });
  });

  test('the journal names who stood there when the weight settled', async () => {
    await put(null);
    await untilStep(world, 'scan-label');

    const { timeline } = await orderOf(world, '#1');
    expect(timeline.find((entry) => entry.kind === 'parcel.closed')).toMatchObject({ operator: 'Packer 1' });
  });

  test.each([
    ['while the scale still moves', { state: 'moving' }, 'weigh.unstable'],
    ['without a load', { state: 'empty' }, 'weigh.empty'],
    ['where there is no scale', { state: 'absent' }, 'weigh.no-scale'],
    ['where the scale says nothing', { state: 'silent' }, 'weigh.silent'],
    ['where it is too heavy for the scale', { state: 'over' }, 'weigh.over'],
    ['where the scale stands below zero', { state: 'under' }, 'weigh.under'],
    ['with the load of the parcel before', { state: 'taken' }, 'weigh.taken'],
    ['where the scale never says that it stands still', { state: 'not-told' }, 'weigh.not-told'],
    ['where nobody knows the unit', { state: 'no-unit' }, 'weigh.no-unit'],
    ['where something of its weights is missing', { state: 'unclear' }, 'weigh.unclear'],
  ] as const)('the card WEIGH %s says so', async (_what, weight, code) => {
    expect(await commandAt(weight, 'WEIGH')).toMatchObject({ tone: 'bad', code });
  });

  test('the card WEIGH on an empty scale is refused', async () => {
    expect((await world.command('WEIGH')).verdict.code).toBe('weigh.empty');
  });

  describe('by hand', () => {
    const type = async (weight: WeightNow, grams: string) => {
      for (const digit of grams) await commandAt(weight, `DIGIT-${digit}`);
    };

    test.each(['absent', 'silent', 'not-told', 'no-unit', 'unclear'] as const)(
      'closes the parcel where the scale is %s, is marked, and teaches nothing',
      async (state) => {
        const before = await world.core.database.read('item').orderBy('id');
        await type({ state }, String((2 * ITEM_MG + BOX_MG) / 1_000));
        const typed = (await world.view()).weighing?.typedGrams;
        const verdict = await commandAt({ state }, 'YES');

        expect(typed).toBe('640');
        expect(verdict).toMatchObject({ tone: 'complete', code: 'pack.weighed' });
        const parcel = await world.core.database.read('parcel').first();
        const reading = await world.core.database.read('scale_reading').first();
        expect(parcel).toMatchObject({ weight_mg: 2 * ITEM_MG + BOX_MG, scale_reading_id: reading.id });
        expect(reading).toMatchObject({ device: 'by-hand' });
        expect(await world.core.database.read('item').orderBy('id')).toEqual(before);
        const { timeline, parcels } = await orderOf(world, '#1');
        expect(timeline.map(({ kind: what }) => what)).toContain('weight.entered-by-hand');
        expect(parcels).toMatchObject([{ weightMg: 2 * ITEM_MG + BOX_MG, weightByHand: true }]);
      },
    );

    test.each(['moving', 'empty', 'over', 'under', 'taken'] as const)(
      'is refused where the scale is %s',
      async (state) => {
        expect(await commandAt({ state }, 'DIGIT-5')).toMatchObject({ tone: 'bad', code: 'weigh.scale-works' });
      },
    );

    test('is refused once the scale weighs again, and the typed figures are gone', async () => {
      await type({ state: 'silent' }, '640');
      const stable = { state: 'stable', mg: 640_000, device: 'scale' } as const;

      expect(await commandAt(stable, 'YES')).toMatchObject({ tone: 'bad', code: 'weigh.scale-works' });
      expect((await world.view()).weighing?.typedGrams).toBeNull();
    });

    test('a wrong one is refused like one of the scale, and a supervisor may let it pass', async () => {
      await type({ state: 'absent' }, '250');

      expect(await commandAt({ state: 'absent' }, 'YES')).toMatchObject({
        tone: 'bad',
        code: 'weigh.out-of-tolerance',
      });
      expect((await world.view()).weighing).toMatchObject({ weightMg: 250_000, typedGrams: null });
    });

    test('NO takes the figures back, YES without any does nothing, and a ton is none', async () => {
      await type({ state: 'absent' }, '0640');
      expect((await world.view()).weighing?.typedGrams).toBe('640');
      expect(await commandAt({ state: 'absent' }, 'NO')).toMatchObject({ code: 'pack.never-mind' });
      expect((await world.view()).weighing?.typedGrams).toBeNull();
      expect(await commandAt({ state: 'absent' }, 'YES')).toMatchObject({ code: 'command.not-here' });

      await type({ state: 'absent' }, '999999');
      expect(await commandAt({ state: 'absent' }, 'DIGIT-9')).toMatchObject({ code: 'weigh.too-many-figures' });
    });
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

    expect(latched).toMatchObject({ tone: 'bad', params: { weightMg: mg, expectedMg: stays.weighing?.expectedMg } });
    expect(stays).toMatchObject({ step: 'weigh', parcel: { state: 'open' } });
    expect((await world.view()).latched).toBeNull();
  });

  test('what may explain a wrong weight is named, the likeliest first', async () => {
    await addCarton(world, { code: 'M' });
    await world.scan(encodeStationCode('carton', 'M'));
    const { weighing } = await world.view();
    await put((weighing?.expectedMg ?? 0) - ITEM_MG);
    await untilLatched('weigh.out-of-tolerance');
    const refused = await world.view();

    expect(refused.weighing).toMatchObject({ weightMg: (weighing?.expectedMg ?? 0) - ITEM_MG });
    expect(refused.weighing?.explanations[0]).toMatchObject({
      kind: 'missing',
      sku: 'SKU-1',
      quantity: 1,
      differenceMg: -ITEM_MG,
    });
    expect(refused.weighing?.explanations[0]?.share).toBeGreaterThan(0.8);
    expect(refused.expects.map((expected) => expected.title)).toContain('OVERRIDE');
  });

  test('a box that was opened again has no refused weight any more', async () => {
    await put(ITEM_MG);
    await untilLatched('weigh.out-of-tolerance');
    await world.command('UNDO');
    await put(0);
    const { view } = await world.scan(demoGtin(1));

    expect(view).toMatchObject({ step: 'weigh', weighing: { weightMg: null, explanations: [] } });
  });

  test('every parcel in a known carton teaches how heavy its items are', async () => {
    await addCarton(world, { code: 'M' });
    await world.scan(encodeStationCode('carton', 'M'));
    const before = await world.view();
    const off = 18_000;
    await put((before.weighing?.expectedMg ?? 0) + off);
    await untilStep(world, 'scan-label');

    const learned = await world.core.database.read('item_weight').first();
    expect(learned).toMatchObject({ samples: 1, catalogue_mg: ITEM_MG });
    expect(Number(learned.mean_mg)).toBeGreaterThan(ITEM_MG + off / 8);
    expect(Number(learned.mean_mg)).toBeLessThan(ITEM_MG + off / 2);
  });

  test('nothing is learned where nobody knows the carton', async () => {
    await put(null);
    await untilStep(world, 'scan-label');

    expect(await world.core.database.read('item_weight')).toEqual([]);
  });

  test('a supervisor who says that the stored weight is wrong: it is learned anew', async () => {
    await addCarton(world, { code: 'M' });
    await world.scan(encodeStationCode('carton', 'M'));
    const { weighing } = await world.view();
    await put((weighing?.expectedMg ?? 0) + 2 * 130_000);
    await untilLatched('weigh.out-of-tolerance');
    await world.command('OVERRIDE');
    await scanBadge(world, 'Supervisor');
    const { verdict } = await world.command('REASON-WEIGHT-WRONG');
    await untilStep(world, 'scan-label');

    expect(verdict).toMatchObject({ tone: 'complete', code: 'weigh.overridden' });
    const learned = await world.core.database.read('item_weight').first();
    expect(Number(learned.mean_mg)).toBeCloseTo(ITEM_MG + 130_000, -1);
    expect(await world.core.database.read('parcel').first()).toMatchObject({ override_reason: 'WEIGHT-WRONG' });
    const counted = await world.core.database
      .read('journal')
      .whereIn('kind', ['weight.overridden', 'weight.relearned']);
    expect(counted).toHaveLength(2);
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
});
