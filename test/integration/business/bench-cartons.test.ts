import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { aLevel, anItem, anOrder } from '../../support/builders.ts';
import { aCarton, addCarton } from '../../support/cartons.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { until } from '../../support/devices/until.ts';
import {
  allowSimulatedScale,
  brokenInvariants,
  comeIn,
  supervisorOf,
  untilStep,
  useSettings,
} from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

const SMALL = { lengthMm: 120, widthMm: 100, heightMm: 80 };
const LARGE = { lengthMm: 400, widthMm: 300, heightMm: 250 };

describe.each(databaseKinds)('cartons at the bench on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await addCarton(world, { code: 'S', inner: SMALL, costMinor: 20, stock: 9 });
    await addCarton(world, { code: 'L', inner: LARGE, costMinor: 90, maxWeightMg: 3_000_000 });
    await world.importItems([
      anItem({ sku: 'MUG', gtin: demoGtin(1) }),
      anItem({ sku: 'CHAIR', gtin: demoGtin(2), lengthMm: 900, widthMm: 500, heightMm: 400, ownBox: true }),
      anItem({ sku: 'ODD', gtin: demoGtin(3), lengthMm: 0, widthMm: 0, heightMm: 0 }),
    ]);
    await world.importStock(
      ['MUG', 'CHAIR', 'ODD'].map((sku, index) => aLevel({ sku, location: `A-01-${index + 1}`, onHand: 50 })),
    );
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const open = async (sku: string, quantity: number): Promise<string[]> => {
    await comeIn(world, anOrder({ externalId: `${sku}${quantity}`, lines: [{ sku, quantity }] }));
    return world.pickNextOrder();
  };
  const carton = (code: string) => world.scan(encodeStationCode('carton', code));
  const stockOf = async (code: string): Promise<number | null> =>
    (await world.core.database.read('carton').where({ code }).first('stock')).stock;

  test('the cheapest one that takes the order is suggested with its reason, before anything is packed', async () => {
    await open('MUG', 1);

    expect(await world.view()).toMatchObject({
      step: 'pack-item',
      carton: {
        chosen: null,
        ownBox: false,
        suggested: { code: 'S', fillPercent: 50 },
        why: { code: 'carton.why.smallest', params: { fill: 50 } },
      },
    });
  });

  test('what keeps the order out of the next smaller one is said', async () => {
    await open('MUG', 3);

    expect((await world.view()).carton).toMatchObject({
      suggested: { code: 'L', fillPercent: 5 },
      why: { code: 'carton.why.volume', params: { next: 'S' } },
    });
  });

  test('the carton that is scanned counts, by its own code or by the card, and may be changed until it is closed', async () => {
    const [first = ''] = await open('MUG', 2);
    const chosen = await carton('S');
    const changed = await world.command('CARTON-L');
    await world.scan(first);
    const after = await world.view();

    expect(chosen).toMatchObject({
      verdict: { tone: 'good', code: 'carton.chosen', params: { code: 'S' } },
      view: { carton: { chosen: { code: 'S' } } },
    });
    expect(changed.verdict).toMatchObject({ tone: 'good', params: { code: 'L' } });
    expect(after.carton?.chosen).toEqual({ code: 'L', title: 'Carton L' });
  });

  test('a scan answers what the bench shows when it is read again', async () => {
    await open('MUG', 2);
    const { view } = await carton('L');

    expect(await world.view()).toEqual(view);
  });

  test('a tight one is taken with a warning; one that cannot hold what lies in the box is refused', async () => {
    const [gtin = ''] = await open('MUG', 4);
    const early = await carton('S');
    for (let unit = 0; unit < 3; unit += 1) await world.scan(gtin);
    const late = await carton('S');

    expect(early.verdict).toMatchObject({ tone: 'good', code: 'carton.chosen', warning: 'carton.tight' });
    expect(late.verdict).toMatchObject({
      tone: 'bad',
      code: 'carton.too-small',
      params: { sku: 'MUG' },
      expected: 'L',
    });
    expect((await world.view()).carton?.chosen).toMatchObject({ code: 'S' });
  });

  test('an unknown, a retired and a weak one are refused in words', async () => {
    await addCarton(world, { code: 'OLD', active: false });
    await addCarton(world, { code: 'WEAK', maxWeightMg: 300_000 });
    const [gtin = ''] = await open('MUG', 2);
    await world.scan(gtin);
    const codes = [];
    for (const code of ['NONE', 'OLD', 'WEAK']) codes.push((await carton(code)).verdict.code);

    expect(codes).toEqual(['carton.unknown', 'carton.retired', 'carton.too-weak']);
  });

  test('one less on the pile when the parcel closes, and none when it is left', async () => {
    const gtins = await open('MUG', 1);
    await carton('S');
    const chosen = await stockOf('S');
    await world.command('CANCEL');
    const left = await stockOf('S');
    await world.command('PACK');
    await carton('S');
    for (const gtin of gtins) await world.scan(gtin);
    await untilStep(world, 'scan-label');

    expect([chosen, left, await stockOf('S')]).toEqual([9, 9, 8]);
    expect((await carton('L')).verdict.tone).toBe('bad');
  });

  test('the carton of a cancelled parcel lies on the pile again', async () => {
    const gtins = await open('MUG', 1);
    await carton('S');
    for (const gtin of gtins) await world.scan(gtin);
    await untilStep(world, 'scan-label');
    const taken = await stockOf('S');
    const desk = await supervisorOf(world);
    const order = await world.core.database.read('sales_order').first('id');
    await desk.call('orders.cancel-order', { orderId: order.id });

    expect([taken, await stockOf('S')]).toEqual([8, 9]);
  });

  test('a piece that moves to another parcel changes what is suggested for both', async () => {
    await useSettings(world, { weighing: 'required' });
    const [gtin = ''] = await open('MUG', 2);
    for (let unit = 0; unit < 2; unit += 1) await world.scan(gtin);
    const before = (await world.view()).carton?.suggested?.code;
    await world.command('MOVE');
    await world.scan(gtin);
    await world.command('PARCEL-2');
    const plans: { carton_plan: string }[] = await world.core.database
      .read('parcel')
      .orderBy('sequence')
      .select('carton_plan');

    expect([before, ...plans.map((row) => JSON.parse(row.carton_plan).suggested?.code)]).toEqual(['L', 'S', 'S']);
  });

  test('a carton that nobody counts stays uncounted', async () => {
    await addCarton(world, { code: 'FREE', stock: null });
    const gtins = await open('MUG', 1);
    await carton('FREE');
    for (const gtin of gtins) await world.scan(gtin);
    await untilStep(world, 'scan-label');

    expect(await stockOf('FREE')).toBeNull();
  });

  test('where a carton must be scanned the full box waits for it, then closes', async () => {
    await useSettings(world, { cartonScan: 'required' });
    const gtins = await open('MUG', 1);
    for (const gtin of gtins) await world.scan(gtin);
    const waiting = await world.view();
    const { verdict } = await carton('S');

    expect(waiting.step).toBe('carton');
    expect(waiting.expects.filter((expected) => expected.kind === 'carton').map((one) => one.title)).toEqual([
      'S · Carton S',
      'L · Carton L',
    ]);
    expect(verdict).toMatchObject({ tone: 'complete', code: 'pack.closed' });
    await untilStep(world, 'scan-label');
  });

  test('a single item in its own box needs none, even where one must be scanned', async () => {
    await useSettings(world, { cartonScan: 'required' });
    const gtins = await open('CHAIR', 1);
    const opened = await world.view();
    for (const gtin of gtins) await world.scan(gtin);

    expect(opened.carton).toMatchObject({ ownBox: true, suggested: null, why: { code: 'carton.why.own-box' } });
    await untilStep(world, 'scan-label');
  });

  test('without a size in the catalogue nothing is suggested, and the screen says why', async () => {
    await open('ODD', 1);

    expect((await world.view()).carton).toMatchObject({
      suggested: null,
      why: { code: 'carton.why.unknown-size', params: { sku: 'ODD' } },
    });
  });

  test('switched off, or without any carton, the bench speaks of none', async () => {
    await useSettings(world, { cartonScan: 'off' });
    await open('MUG', 1);

    expect((await world.view()).carton).toBeNull();
  });

  test('the scanned carton is weighed in; more than it bears is refused', async () => {
    await useSettings(world, { weighing: 'required', dunnageMgPerLitre: 10_000 });
    await allowSimulatedScale(world);
    const gtins = await open('MUG', 2);
    for (const gtin of gtins) await world.scan(gtin);
    const without = await world.view();
    const { view } = await carton('L');
    await world.call('stations.put-on-simulated-scale', { mg: 3_200_000 });
    await until(async () => (await world.view()).latched !== null, 'the refusal');

    const filling = 10_000 * (30 - 2 * 0.48);
    expect(view.weighing).toMatchObject({ expectedMg: 500_000 + 150_000 + filling });
    expect(view.weighing?.toleranceMg).toBeLessThan((without.weighing?.toleranceMg ?? 0) / 1.5);
    expect((await world.view()).latched).toMatchObject({
      code: 'weigh.too-heavy-for-carton',
      params: { carton: 'L', mostMg: 3_000_000 },
    });
  });

  test('the choice survives whatever happens to the bench in between', async () => {
    await open('MUG', 2);
    await carton('L');
    await world.command('SIGN-OUT');
    await world.signIn();

    expect((await world.view()).carton?.chosen).toMatchObject({ code: 'L' });
  });
});

describe.each(databaseKinds)('the cartons of the warehouse on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await world.signIn('admin');
  });
  afterEach(() => world.close());

  const save = (input: object) => world.ask('packing.save-carton', input);
  const add = (change: Parameters<typeof aCarton>[0]) =>
    save({ id: null, expectedVersion: 0, stockRead: null, carton: aCarton(change) });
  const list = async () => (await world.call('packing.cartons-view', {})).cartons;

  test('are added, listed by size and retired ones last, each with what a scanner sends for it', async () => {
    await add({ code: 'OLD', active: false });
    await add({ code: 'L', inner: { lengthMm: 305, widthMm: 205, heightMm: 155 } });
    await add({ code: 'S', inner: { lengthMm: 100, widthMm: 100, heightMm: 100 } });

    const cartons = await list();
    expect(cartons.map(({ code }) => code)).toEqual(['S', 'L', 'OLD']);
    expect(cartons[0]).toMatchObject({ scanText: encodeStationCode('carton', 'S'), usedInWeek: 0, low: false });
  });

  test('a form that was open while parcels were closed does not bring back their cartons', async () => {
    await add({ code: 'S', stock: 20 });
    const [before] = await list();
    if (!before) throw new Error('no carton');
    await world.core.database.write('carton').update({ stock: 17 });
    const { id, version, scanText: _text, low: _low, usedInWeek: _used, ...fields } = before;
    await save({ id, expectedVersion: version, stockRead: 20, carton: { ...fields, title: 'Renamed' } });
    const renamed = await list();
    await save({ id, expectedVersion: version + 1, stockRead: 17, carton: { ...fields, stock: 5 } });

    expect(renamed[0]).toMatchObject({ title: 'Renamed', stock: 17, low: false });
    expect((await list())[0]).toMatchObject({ stock: 5, low: true });
  });

  test('two with one code, an inside larger than the outside and a stale form are refused in words', async () => {
    await add({ code: 'S' });
    const [stored] = await list();
    const again = await add({ code: 'S' });
    const inside = await add({ code: 'X', inner: { lengthMm: 999, widthMm: 200, heightMm: 150 } });
    const stale = await save({ id: stored?.id, expectedVersion: 7, stockRead: 100, carton: aCarton({ code: 'S' }) });

    const codes = [again, inside, stale].map(({ body }) => (body.ok ? 'ok' : body.error.code));
    expect(codes).toEqual(['carton.code-taken', 'carton.inside-larger', 'carton.changed-elsewhere']);
  });

  test('only an admin changes them', async () => {
    await world.signIn('packer');
    const { body } = await add({ code: 'S' });

    expect(body).toMatchObject({ ok: false, error: { code: 'permission.supervisor-needed' } });
  });
});
