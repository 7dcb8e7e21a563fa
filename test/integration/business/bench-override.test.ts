import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listOperators } from '../../../main/stations/stations-views.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { until } from '../../support/devices/until.ts';
import {
  allowSimulatedScale,
  brokenInvariants,
  comeIn,
  scanBadge,
  stockUp,
  supervisorOf,
  untilStep,
  useSettings,
} from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

/** Two pieces of a quarter of a kilogram are in the box; this is far too much. */
const FAR_TOO_MUCH_MG = 3_000_000;
const PIN = '73519';

describe.each(databaseKinds)('a supervisor lets something pass, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await useSettings(world, { weighing: 'required' });
    await allowSimulatedScale(world);
    await stockUp(world, 1, 50);
    await scanBadge(world, 'Packer 1');
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 2 }] }));
    await world.pickNextOrder();
    for (let unit = 0; unit < 2; unit += 1) await world.scan(demoGtin(1));
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const refusedWeight = async (): Promise<void> => {
    await world.call('stations.put-on-simulated-scale', { mg: FAR_TOO_MUCH_MG });
    await until(async () => (await world.view()).latched?.code === 'weigh.out-of-tolerance', 'the refusal');
  };
  const journal = (of: string) =>
    world.core.database
      .read('journal')
      .leftJoin('operator', 'operator.id', 'journal.operator_id')
      .where({ kind: of })
      .select('operator.name', 'data');
  const idOf = async (name: string) =>
    (await listOperators(world.core.database)).find((operator) => operator.name === name)?.id;

  test('a weight outside the tolerance passes by badge and reason; the packer stays signed in', async () => {
    await refusedWeight();
    const asked = await world.command('OVERRIDE');
    const approved = await scanBadge(world, 'Supervisor');
    const done = await world.command('REASON-SCALE-DOUBT');

    expect(asked).toMatchObject({
      verdict: { tone: 'info', code: 'override.asked' },
      view: { step: 'override-badge', override: { action: 'weight', supervisor: null } },
    });
    expect(approved).toMatchObject({
      verdict: { tone: 'good', code: 'override.approved', params: { name: 'Supervisor' } },
      view: {
        step: 'reason',
        operator: { name: 'Packer 1' },
        override: { supervisor: 'Supervisor' },
        reasons: ['REPACKED', 'WEIGHT-WRONG', 'SCALE-DOUBT', 'OTHER'],
      },
    });
    expect(done.verdict.tone).toBe('complete');
    await untilStep(world, 'scan-label');
    expect(await world.core.database.read('parcel').first()).toMatchObject({
      weight_mg: FAR_TOO_MUCH_MG,
      override_by: await idOf('Supervisor'),
      override_reason: 'SCALE-DOUBT',
    });
  });

  test('the journal names both, and the override is counted once', async () => {
    await refusedWeight();
    await world.command('OVERRIDE');
    await scanBadge(world, 'Supervisor');
    await world.command('REASON-OTHER');

    const rows = await journal('override.done');
    expect(rows.map(({ name, data }) => [name, JSON.parse(data)])).toEqual([
      ['Packer 1', { action: 'weight', supervisor: await idOf('Supervisor'), reason: 'OTHER' }],
    ]);
  });

  test('the badge of a packer is refused in words and signs nobody in', async () => {
    await refusedWeight();
    await world.command('OVERRIDE');

    const { verdict, view } = await scanBadge(world, 'Packer 2');

    expect(verdict).toMatchObject({ tone: 'bad', code: 'override.not-allowed', params: { name: 'Packer 2' } });
    expect(view).toMatchObject({ step: 'override-badge', operator: { name: 'Packer 1' } });
  });

  test('a supervisor with a PIN types it at the same bench; nobody is signed in by it', async () => {
    const desk = await world.bench('Desk');
    await desk.signIn('admin');
    await desk.call('stations.set-pin', { operatorId: (await idOf('Supervisor')) ?? '', pin: PIN });
    await refusedWeight();
    await world.command('OVERRIDE');

    const asked = await scanBadge(world, 'Supervisor');
    const wrong = await world.call('bench.scan', { raw: '11111', source: 'typed' });
    const right = await world.call('bench.scan', { raw: PIN, source: 'typed' });

    expect(asked).toMatchObject({
      verdict: { code: 'pin.needed' },
      view: { step: 'override-badge', pin: { name: 'Supervisor', digits: 0 }, operator: { name: 'Packer 1' } },
    });
    expect(wrong.verdict).toMatchObject({ code: 'pin.wrong', params: { count: 4 } });
    expect(right).toMatchObject({
      verdict: { code: 'override.approved' },
      view: { step: 'reason', operator: { name: 'Packer 1' } },
    });
  });

  test.each(['CANCEL', 'NO'])('%s leaves it: the parcel is open and waits for its weight as before', async (card) => {
    await refusedWeight();
    const before = await world.view();
    await world.command('OVERRIDE');

    const { verdict, view } = await world.command(card);

    expect(verdict.code).toBe('override.left');
    expect(view).toMatchObject({ step: 'weigh', override: null, weighing: before.weighing, parcel: { state: 'open' } });
  });

  test('anything else waits for the badge, then for the reason', async () => {
    await refusedWeight();
    await world.command('OVERRIDE');
    const item = await world.scan(demoGtin(1));
    await scanBadge(world, 'Admin');
    const again = await world.command('UNDO');
    const wrong = await world.command('REASON-FRAUD');

    expect([item, again, wrong].map(({ verdict }) => [verdict.tone, verdict.code])).toEqual([
      ['bad', 'override.badge-needed'],
      ['bad', 'reason.needed'],
      ['bad', 'reason.other-needed'],
    ]);
    expect((await world.view()).parcel).toMatchObject({ state: 'open', unitsPacked: 2 });
  });

  test('where nothing was refused there is nothing to let pass', async () => {
    expect((await world.command('OVERRIDE')).verdict).toMatchObject({ tone: 'bad', code: 'override.nothing' });
  });

  test('a hold that comes meanwhile stops it', async () => {
    await refusedWeight();
    await world.command('OVERRIDE');
    await scanBadge(world, 'Supervisor');
    const desk = await supervisorOf(world);
    const { order } = await world.view();
    await desk.call('orders.set-hold', { orderId: order?.id ?? '', reason: 'fraud' });

    expect((await world.command('REASON-OTHER')).verdict.code).toBe('order.on-hold');
    expect((await world.view()).parcel).toMatchObject({ state: 'open' });
  });
});
