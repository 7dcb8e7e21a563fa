import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runUnitOfWork } from '../../../main/db/unit-of-work.ts';
import { expireReturns, returnMoved } from '../../../main/returns/return-progress-service.ts';
import { systemActor } from '../../../shared/model/actor.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { brokenInvariants, comeIn, orderOf, stockUp, supervisorOf, useSettings } from '../../support/warehouse.ts';
import type { World } from '../../support/world.ts';

describe.each(databaseKinds)('returns on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  let desk: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await useSettings(world, { returnLabelInBox: false });
    await stockUp(world, 1, 50);
    await world.signIn();
    desk = await supervisorOf(world);
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const sent = async (externalId: string) => {
    await comeIn(world, anOrder({ externalId, lines: [{ sku: 'SKU-1' }] }));
    for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
    await world.finishParcel();
    return parcelOf(externalId);
  };
  const parcelOf = async (externalId: string) => {
    const [parcel] = (await orderOf(world, `#${externalId}`)).parcels;
    if (!parcel) throw new Error(`no parcel of ${externalId}`);
    return parcel;
  };
  const ask = (parcelId: string) => desk.call('returns.request', { parcelId, reason: 'too-small' });
  const list = async (search?: string) => (await desk.call('returns.list-view', search ? { search } : {})).returns;

  test('on request a parcel that left gets its RMA and label; asking twice gives the same one', async () => {
    const { id } = await sent('1');
    const first = await ask(id);
    await world.settled();
    const again = await ask(id);
    await world.settled();

    expect(again).toEqual(first);
    const [only, ...others] = await list();
    expect(only).toMatchObject({ code: first.code, reason: 'too-small', state: 'authorised', labelState: 'bought' });
    expect(others).toEqual([]);
    const labels = (await parcelOf('1')).labels;
    expect(labels.filter((label) => label.kind === 'return')).toHaveLength(1);
    expect(labels.filter((label) => label.kind === 'outbound' && label.state === 'bought')).toHaveLength(1);
    expect((await parcelOf('1')).state).toBe('labelled');
  });

  test('it is found by RMA, by the number of either way and by its order, and a bench says what it is', async () => {
    const { id, labels } = await sent('1');
    const { code } = await ask(id);
    await world.settled();
    const back = (await list())[0]?.trackingNumber ?? '';

    for (const text of [code, code.toLowerCase(), back, `]C100${back}`, labels[0]?.trackingNumber ?? '', '#1'])
      expect((await list(text)).map((one) => one.code)).toEqual([code]);
    expect(await list('#2')).toEqual([]);
    const told = { tone: 'info', code: 'return.known', params: { rma: code, number: '#1', returnState: 'authorised' } };
    expect((await world.scan(code)).verdict).toMatchObject(told);
    expect((await world.scan(`]C100${back}`)).verdict).toMatchObject(told);
  });

  test('a cancelled return voids its label, and another may be asked for', async () => {
    const { id } = await sent('1');
    const { returnId, code } = await ask(id);
    await world.settled();

    await desk.call('returns.cancel', { returnId });
    await world.settled();

    expect((await list(code))[0]).toMatchObject({ state: 'cancelled', labelState: 'voided' });
    expect((await desk.ask('returns.cancel', { returnId })).body).toMatchObject({ error: { code: 'return.too-late' } });
    const next = await ask(id);
    expect(next.code).not.toBe(code);
  });

  test('what has not left is not sent back, and what is on its way back is not asked for twice', async () => {
    const { id } = await sent('1');
    const { returnId } = await ask(id);
    await world.settled();
    await runUnitOfWork(world.core.deps, systemActor, async (uow) => returnMoved(uow, returnId, 'picked-up'));
    expect((await list())[0]?.state).toBe('in-transit');
    expect((await desk.ask('returns.request', { parcelId: id, reason: 'other' })).body).toMatchObject({
      error: { code: 'return.under-way' },
    });

    await comeIn(world, anOrder({ externalId: '2', lines: [{ sku: 'SKU-1' }] }));
    await world.pickNextOrder();
    const open = await parcelOf('2');
    expect((await desk.ask('returns.request', { parcelId: open.id, reason: 'other' })).body).toMatchObject({
      error: { code: 'return.not-left' },
    });
  });

  test('a return whose label has run out is expected no more', async () => {
    const { id } = await sent('1');
    const { code } = await ask(id);
    await world.settled();
    expect(await expireReturns(world.core.deps)).toBe(0);

    world.passTime(60 * 24 * 60);
    expect(await expireReturns(world.core.deps)).toBe(1);
    // Sessions have run out by then as well.
    expect(await world.core.database.read('rma').where({ code }).first('state')).toEqual({ state: 'expired' });
  });

  test('the label that lies in the box is the one to use: nothing is made twice', async () => {
    await useSettings(world, { returnLabelInBox: true });
    const { id, rma } = await sent('1');
    expect(await list()).toEqual([]);

    expect((await ask(id)).code).toBe(rma);
    await world.settled();
    expect((await parcelOf('1')).labels.filter((label) => label.kind === 'return')).toHaveLength(1);
    expect(await list()).toMatchObject([{ code: rma, reason: 'too-small' }]);
  });
});
