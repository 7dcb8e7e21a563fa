import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, lastingPlace } from '../../support/databases.ts';
import {
  brokenInvariants,
  comeIn,
  offered,
  scanOffered,
  startPicking,
  stockUp,
  supervisorOf,
  untilStep,
} from '../../support/warehouse.ts';
import { demoGtin, openWorld, type World } from '../../support/world.ts';

describe.each(databaseKinds)('the station stops in the middle and starts again on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let place: Awaited<ReturnType<typeof lastingPlace>>;
  let world: World;
  beforeEach(async () => {
    place = await lastingPlace(kind);
    world = await openWorld(place.options);
    await stockUp(world, 2, 100);
    await world.signIn();
    await comeIn(
      world,
      anOrder({
        externalId: '1',
        lines: [
          { sku: 'SKU-1', quantity: 2 },
          { sku: 'SKU-2', quantity: 2 },
        ],
      }),
    );
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
    await place.remove();
  });

  /** What a packer sees, without what is read anew every time. */
  const seen = async () => {
    const { mode, step, order, tote, lines, currentLineId, task, parcel, latched, operator } = await world.view();
    return { mode, step, order, tote, lines, currentLineId, task, parcel, latched, operator };
  };
  const restart = async (): Promise<void> => {
    await world.close();
    world = await openWorld(place.options);
  };

  test('while picking: the same tote, bin and piece', async () => {
    await startPicking(world);
    await scanOffered(world, 'location');
    await scanOffered(world, 'item');
    const before = await seen();

    await restart();

    expect(await seen()).toEqual(before);
    expect(before).toMatchObject({ step: 'item', task: { location: 'A-01-1', quantity: 2, picked: 1 } });
    expect((await scanOffered(world, 'item')).verdict.code).toBe('pick.task-done');
  });

  test('while goods go back: the same piece in the hand, and the same scans to take back', async () => {
    await startPicking(world);
    await scanOffered(world, 'location');
    await scanOffered(world, 'item');
    await scanOffered(world, 'item');
    const orderId = (await world.view()).order?.id ?? '';
    const desk = await supervisorOf(world);
    await desk.call('orders.cancel-order', { orderId });
    await world.command('SHORT');
    await world.scan(encodeStationCode('tote', 'T-1'));
    await scanOffered(world, 'item');
    await scanOffered(world, 'location');
    await scanOffered(world, 'item');
    const before = [await seen(), (await world.view()).putBack];

    await restart();

    expect([await seen(), (await world.view()).putBack]).toEqual(before);
    expect(before).toMatchObject([{ step: 'put-back-location' }, { done: 1, unitsLeft: 1 }]);
    await world.command('UNDO');
    expect((await world.command('UNDO')).verdict.code).toBe('put-back.undone');
  });

  test('while a bin is counted: the same count, which goes on', async () => {
    await startPicking(world);
    await world.command('SHORT');
    await world.command('CANCEL');
    await world.command('COUNT');
    await scanOffered(world, 'location');
    await world.command('QTY-7');
    const before = (await world.view()).count;

    await restart();

    expect((await world.view()).count).toEqual(before);
    expect(before).toMatchObject({ binConfirmed: true, counted: 7 });
    expect((await scanOffered(world, 'item')).view.count?.counted).toBe(8);
  });

  test('while packing: the same parcel, the same line, the same refusal on the screen', async () => {
    await world.pickNextOrder();
    for (const number of [1, 1, 2]) await world.scan(demoGtin(number));
    await world.scan(demoGtin(404));
    const before = await seen();

    await restart();

    expect(await seen()).toEqual(before);
    expect(before).toMatchObject({
      step: 'pack-item',
      latched: { code: 'scan.unknown-code' },
      parcel: { unitsPacked: 3, unitsToPack: 4 },
    });
    expect((await world.scan(demoGtin(2))).verdict.code).toBe('pack.closed');
  });

  test('UNDO still knows what was scanned before', async () => {
    await world.pickNextOrder();
    for (const number of [1, 2]) await world.scan(demoGtin(number));

    await restart();

    const undone = [await world.command('UNDO'), await world.command('UNDO'), await world.command('UNDO')];
    expect(undone.map(({ verdict }) => [verdict.code, verdict.params.sku])).toEqual([
      ['pack.undone', 'SKU-2'],
      ['pack.undone', 'SKU-1'],
      ['pack.nothing-to-undo', undefined],
    ]);
  });

  test('right after the last unit: the label is made by the next start', async () => {
    for (const gtin of await world.pickNextOrder()) await world.scan(gtin);

    await restart();

    const view = await untilStep(world, 'scan-label');
    expect((await world.scan(offered(view, 'label'))).verdict.code).toBe('label.confirmed');
  });

  test('a power cut while a label is drawn: it is drawn again with the same number, once', async () => {
    for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
    const before = await untilStep(world, 'scan-label');
    const { write } = world.core.database;
    // What the disk holds when the power goes between "begun" and "kept".
    await write('sales_order').update({ state: 'packing' });
    await write('parcel').update({ state: 'closed' });
    await write('label').update({ state: 'calling', document_id: null });
    await write('print_job').delete();
    await write('document').delete();
    await write('outbox')
      .where({ topic: 'shipping.make-labels' })
      .update({ state: 'sending', lease_until: '2026-01-01T00:00:00.000Z' });

    await restart();

    const after = await untilStep(world, 'scan-label');
    expect(after.labels.map((label) => label.trackingNumber)).toEqual(
      before.labels.map((label) => label.trackingNumber),
    );
    expect(await world.core.database.read('document').select('id')).toHaveLength(3);
  });

  test('papers that were given up because the power failed again and again come when they are asked for', async () => {
    for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
    const before = await untilStep(world, 'scan-label');
    const { write } = world.core.database;
    await write('sales_order').update({ state: 'packing' });
    await write('parcel').update({ state: 'closed' });
    await write('label').update({ state: 'calling', document_id: null });
    await write('print_job').delete();
    await write('document').delete();
    await write('outbox').where({ topic: 'shipping.make-labels' }).update({ state: 'parked' });

    const asked = await world.command('REPRINT');
    const after = await untilStep(world, 'scan-label');

    expect(asked).toMatchObject({ verdict: { code: 'label.asked-again' }, view: { step: 'label-pending' } });
    expect(after.labels.map((label) => label.trackingNumber)).toEqual(
      before.labels.map((label) => label.trackingNumber),
    );
  });

  test('an empty bench stays empty, with whoever was signed in', async () => {
    await world.scan(encodeStationCode('tote', 'T-1'));
    const before = await seen();

    await restart();

    expect(await seen()).toEqual(before);
    expect(before).toMatchObject({ mode: 'idle', operator: { name: 'Packer 1' }, latched: { code: 'tote.empty' } });
  });
});
