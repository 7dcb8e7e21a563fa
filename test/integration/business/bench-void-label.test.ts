import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import {
  brokenInvariants,
  comeIn,
  offered,
  orderOf,
  stockUp,
  supervisorOf,
  untilStep,
} from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

describe.each(databaseKinds)('a label that a supervisor voids on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 3, 50);
    await world.signIn();
  });
  afterEach(async () => {
    await world.settled();
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const open = async (): Promise<void> => {
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1' }] }));
    await world.pickNextOrder();
  };
  const item = (number: number) => world.scan(demoGtin(number));
  const labelOf = async (): Promise<string> => offered(await untilStep(world, 'scan-label'), 'label');

  const packOne = async (): Promise<string> => {
    await open();
    await item(1);
    return labelOf();
  };
  const killLabel = async (): Promise<void> => {
    const desk = await supervisorOf(world);
    const { parcels } = await orderOf(world, '#1');
    await desk.call('shipping.void-label', { parcelId: parcels[0]?.id ?? '' });
  };

  test('before it was scanned back: the number is dead, and another one is printed on demand', async () => {
    const old = await packOne();
    await killLabel();
    const waiting = await world.view();
    const dead = await world.scan(old);
    await world.command('REPRINT');
    const fresh = await labelOf();
    const wrong = await world.scan(old);
    const right = await world.scan(fresh);

    expect(waiting).toMatchObject({ step: 'label-failed', order: { state: 'packing' } });
    expect(waiting.labels.map((label) => [label.kind, label.state])).toEqual([['return', 'bought']]);
    expect(dead.verdict).toMatchObject({ tone: 'bad', code: 'label.dead' });
    expect(fresh).not.toBe(old);
    expect(wrong.verdict.code).toBe('label.dead');
    expect(right.verdict.code).toBe('label.confirmed');
    expect((await orderOf(world, '#1')).state).toBe('shipped');
  });

  test('after the order has left the bench: it opens again for its new label only', async () => {
    const old = await packOne();
    await world.scan(old);
    await killLabel();

    const opened = await world.scan('#1');
    await world.command('REPRINT');
    const done = await world.scan(await labelOf());

    expect(opened).toMatchObject({ verdict: { code: 'pack.resumed' }, view: { step: 'label-failed' } });
    expect(done.verdict.code).toBe('label.confirmed');
    expect(await orderOf(world, '#1')).toMatchObject({ state: 'shipped', parcels: [{ state: 'labelled' }] });
  });

  test('alarms at any bench and step: while another order is picked, packed, and at an idle one', async () => {
    const old = await packOne();
    await world.scan(old);
    await killLabel();
    const other = await world.bench('B');
    await other.signIn();
    await comeIn(world, anOrder({ externalId: '2', lines: [{ sku: 'SKU-2', quantity: 2 }] }));

    const idle = await other.scan(old);
    await other.command('NEXT');
    await other.scan(offered(await other.view(), 'tote'));
    const picking = await other.scan(old);
    for (const raw of ['A-01-2', demoGtin(2), demoGtin(2)]) await other.scan(raw);
    await other.scan('#2');
    const packing = await other.scan(old);

    for (const answer of [idle, picking, packing])
      expect(answer.verdict).toMatchObject({ tone: 'bad', code: 'label.dead' });
  });

  test('is refused to a packer, and where there is none to void', async () => {
    await packOne();
    const { parcels } = await orderOf(world, '#1');
    const parcelId = parcels[0]?.id;
    const desk = await supervisorOf(world);

    const packer = await world.ask('shipping.void-label', { parcelId });
    await desk.ask('shipping.void-label', { parcelId });
    const twice = await desk.ask('shipping.void-label', { parcelId });

    expect(packer.body).toMatchObject({ ok: false, error: { kind: 'permission' } });
    expect(twice.body).toMatchObject({ ok: false, error: { kind: 'rule', code: 'label.not-voidable' } });
  });
});
