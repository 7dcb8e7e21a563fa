import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { aLevel, anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import {
  binsOf,
  brokenInvariants,
  comeIn,
  offered,
  orderOf,
  scanOffered,
  startPicking,
  supervisorOf,
  untilStep,
} from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

describe.each(databaseKinds)('an order that is cancelled while hands are on it, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  let desk: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await world.importItems([
      anItem({
        sku: 'SKU-1',
        codes: [
          { code: `0${demoGtin(1)}`, kind: 'gtin', quantity: 1 },
          { code: '19521234500015', kind: 'gtin', quantity: 2 },
        ],
      }),
      anItem({ sku: 'SKU-2', gtin: demoGtin(2) }),
    ]);
    await world.importStock([
      aLevel({ sku: 'SKU-1', location: 'A-01-1', onHand: 10 }),
      aLevel({ sku: 'SKU-2', location: 'A-02-1', onHand: 10 }),
    ]);
    await world.signIn();
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 2 }, { sku: 'SKU-2' }] }));
    desk = await supervisorOf(world);
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const tote = (code: string): string => encodeStationCode('tote', code);
  const bin = (code: string): string => encodeStationCode('location', code);
  const cancel = async (number = '#1') =>
    desk.call('orders.cancel-order', { orderId: (await orderOf(world, number)).id });
  const toPick = async (units: number): Promise<void> => {
    await startPicking(world);
    for (let unit = 0; unit < units; unit += 1) {
      if ((await world.view()).step === 'location') await scanOffered(world, 'location');
      await scanOffered(world, 'item');
    }
  };
  /** All picked, the parcel open with one unit in it. */
  const toPack = async (): Promise<void> => {
    await toPick(3);
    await world.scan(tote('T-1'));
    await scanOffered(world, 'item');
  };
  /** The bench, which still shows the order, stops at this scan. */
  const stop = () => world.command('SHORT');

  test('after picking: the bench stops at the next scan, and what was picked goes back bin by bin', async () => {
    await toPick(2);
    const next = offered(await world.view(), 'location');

    await cancel();
    const stopped = await world.scan(next);
    const opened = await world.scan(tote('T-1'));
    const taken = await scanOffered(world, 'item');
    const first = await scanOffered(world, 'location');
    await scanOffered(world, 'item');
    const last = await scanOffered(world, 'location');

    expect(stopped.verdict).toMatchObject({ tone: 'bad', code: 'order.cancelled', params: { number: '#1', units: 2 } });
    expect(stopped.view).toMatchObject({ mode: 'idle', floor: { putBacks: 1, counts: 0 } });
    expect(stopped.view.expects.map((one) => one.text)).toContain(tote('T-1'));
    expect(opened).toMatchObject({
      verdict: { tone: 'good', code: 'put-back.started', params: { units: 2 } },
      view: {
        mode: 'put-back',
        step: 'put-back-item',
        tote: 'T-1',
        putBack: { sku: 'SKU-1', location: 'A-01-1', quantity: 2, done: 0, unitsLeft: 2 },
      },
    });
    expect(taken).toMatchObject({ verdict: { code: 'put-back.item-taken' }, view: { step: 'put-back-location' } });
    expect(first).toMatchObject({ verdict: { code: 'put-back.done' }, view: { putBack: { done: 1, unitsLeft: 1 } } });
    expect(last).toMatchObject({
      verdict: { tone: 'complete', code: 'put-back.finished', params: { tote: 'T-1' } },
      view: { mode: 'idle', floor: { putBacks: 0 } },
    });
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 10, allocated: 0 }]);
    expect(await orderOf(world, '#1')).toMatchObject({ state: 'cancelled', tote: null, hold: null });
  });

  test('its tote stays taken until the last piece is back, and is free then', async () => {
    await toPick(1);
    await cancel();
    await comeIn(world, anOrder({ externalId: '2', lines: [{ sku: 'SKU-2' }] }));
    const other = await world.bench('Other');
    await other.signIn();
    const { view } = await other.command('NEXT');

    const refused = await other.scan(tote('T-1'));
    await stop();
    await world.scan(tote('T-1'));
    await scanOffered(world, 'item');
    await scanOffered(world, 'location');
    const taken = await other.scan(tote('T-1'));

    expect(view.expects.map((one) => one.text)).not.toContain(tote('T-1'));
    expect(refused.verdict).toMatchObject({ tone: 'bad', code: 'pick.tote-taken' });
    expect(taken.verdict).toMatchObject({ tone: 'good', code: 'pick.tote-assigned' });
  });

  test('while it is packed: the open parcel is emptied and voided, the next unit is not taken', async () => {
    await toPack();
    const next = offered(await world.view(), 'item');

    await cancel();
    const { verdict } = await world.scan(next);

    expect(verdict).toMatchObject({ code: 'order.cancelled', params: { units: 3 } });
    const order = await orderOf(world, '#1');
    expect(order.parcels).toMatchObject([{ state: 'voided' }]);
    expect(order.lines.map((line) => line.quantityPacked)).toEqual([0, 0]);
  });

  test('between the last scan and the label: the label is void, and alarms where it is scanned later', async () => {
    await toPack();
    await scanOffered(world, 'item');
    await scanOffered(world, 'item');
    const label = offered(await untilStep(world, 'scan-label'), 'label');

    await cancel();
    const stopped = await world.scan(label);
    const later = await world.scan(label);

    expect(stopped.verdict.code).toBe('order.cancelled');
    expect(later.verdict).toMatchObject({ tone: 'bad', code: 'label.dead' });
    const [parcel] = (await orderOf(world, '#1')).parcels;
    expect(parcel).toMatchObject({ state: 'voided', labels: [{ state: 'voided' }, { state: 'voided' }] });
    expect(await world.core.database.read('rma').select('state')).toEqual([{ state: 'cancelled' }]);
  });

  test('while the label is being drawn: what comes of the drawing is thrown away', async () => {
    await toPack();
    await scanOffered(world, 'item');
    await scanOffered(world, 'item');

    await cancel();
    await world.settled();

    const order = await orderOf(world, '#1');
    expect(order).toMatchObject({ state: 'cancelled', parcels: [{ state: 'voided' }] });
    expect(order.parcels[0]?.labels.every((one) => one.state === 'voided' || one.state === 'failed')).toBe(true);
  });

  test('after it has left a cancel is refused in words', async () => {
    await toPack();
    await scanOffered(world, 'item');
    await scanOffered(world, 'item');
    await world.finishParcel();

    const { body } = await desk.ask('orders.cancel-order', { orderId: (await orderOf(world, '#1')).id });

    expect(body).toMatchObject({ ok: false, error: { kind: 'rule', code: 'order.cancel-too-late' } });
  });

  test('another known bin is taken with a note, an unknown one is refused', async () => {
    await toPick(1);
    await cancel();
    await stop();
    await world.scan(tote('T-1'));
    await scanOffered(world, 'item');

    const unknown = await world.scan(bin('Z-99-9'));
    await world.scan(bin('A-02-1'));

    expect(unknown.verdict).toMatchObject({ tone: 'bad', code: 'location.unknown', expected: 'A-01-1' });
    expect(await binsOf(world, 'SKU-1')).toEqual([
      { location: 'A-01-1', onHand: 9, allocated: 0 },
      { location: 'A-02-1', onHand: 1, allocated: 0 },
    ]);
  });

  test('a wrong item, a bin without item, too many and strange cards are refused and move nothing', async () => {
    await toPick(2);
    await cancel();
    await stop();
    await world.scan(tote('T-1'));

    const codes = [
      (await world.scan(demoGtin(2))).verdict.code,
      (await world.scan(bin('A-01-1'))).verdict.code,
      (await world.command('DAMAGED')).verdict.code,
      (await world.command('UNDO')).verdict.code,
    ];
    await scanOffered(world, 'item');
    codes.push((await world.scan(demoGtin(1))).verdict.code, (await world.command('QTY-3')).verdict.code);

    expect(codes).toEqual([
      'put-back.wrong-item',
      'put-back.item-first',
      'command.not-here',
      'put-back.nothing-to-undo',
      'put-back.bin-first',
      'put-back.too-many',
    ]);
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 8, allocated: 0 }]);
  });

  test('several pieces go into their bin at once: by a case, or by a quantity card', async () => {
    await toPick(2);
    await cancel();
    await stop();
    await world.scan(tote('T-1'));

    const byCase = await world.scan('19521234500015');
    await world.command('UNDO');
    await scanOffered(world, 'item');
    const byCard = await world.command('QTY-2');
    const end = await scanOffered(world, 'location');

    expect(byCase.view).toMatchObject({ step: 'put-back-location', pendingQuantity: 2 });
    expect(byCard.view).toMatchObject({ step: 'put-back-location', pendingQuantity: 2 });
    expect(end.verdict.code).toBe('put-back.finished');
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 10, allocated: 0 }]);
  });

  test('a damaged piece does not come back: the ledger says that it was lost', async () => {
    await toPick(2);
    await cancel();
    await stop();
    await world.scan(tote('T-1'));
    await scanOffered(world, 'item');

    const damaged = await world.command('DAMAGED');
    await scanOffered(world, 'item');
    const end = await scanOffered(world, 'location');

    expect(damaged.verdict.code).toBe('put-back.damaged');
    expect(end.verdict.code).toBe('put-back.finished');
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 9, allocated: 0 }]);
  });

  test('UNDO takes put-back scans back to the first, damaged ones too', async () => {
    await toPick(3);
    await cancel();
    await world.scan(tote('T-1'));
    await scanOffered(world, 'item');
    await scanOffered(world, 'location');
    await scanOffered(world, 'item');
    await world.command('DAMAGED');
    await world.scan(demoGtin(2));

    const inHand = await world.command('UNDO');
    const damaged = await world.command('UNDO');
    const first = await world.command('UNDO');
    const none = await world.command('UNDO');

    expect(inHand.view.step).toBe('put-back-item');
    expect([damaged.verdict, first.verdict].map((one) => [one.code, one.params.sku])).toEqual([
      ['put-back.undone', 'SKU-1'],
      ['put-back.undone', 'SKU-1'],
    ]);
    expect(none.verdict.code).toBe('put-back.nothing-to-undo');
    expect((await world.view()).putBack).toMatchObject({ done: 0, unitsLeft: 3 });
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 8, allocated: 0 }]);
  });

  test('UNDO leaves a piece in its bin that another order has reserved since', async () => {
    await world.importStock([aLevel({ sku: 'SKU-1', location: 'A-01-1', onHand: 2 })]);
    await toPick(3);
    await cancel();
    await world.scan(tote('T-1'));
    await scanOffered(world, 'item');
    await scanOffered(world, 'location');
    await comeIn(world, anOrder({ externalId: '2', lines: [{ sku: 'SKU-1' }] }));

    const { verdict } = await world.command('UNDO');

    expect(verdict).toMatchObject({ tone: 'bad', code: 'put-back.reserved-since', params: { sku: 'SKU-1' } });
    expect((await orderOf(world, '#2')).state).toBe('allocated');
  });

  test('CANCEL leaves the rest for later; the tote, or the code of the order, goes on where it stopped', async () => {
    await toPick(3);
    const { code } = await orderOf(world, '#1');
    await cancel();
    await world.scan(tote('T-1'));
    await scanOffered(world, 'item');
    await scanOffered(world, 'location');

    const left = await world.command('CANCEL');
    const other = await world.bench('Other');
    await other.signIn();
    const again = await other.scan(encodeStationCode('order', code));
    const here = await world.scan(tote('T-1'));

    expect(left).toMatchObject({ verdict: { code: 'put-back.left' }, view: { mode: 'idle' } });
    expect(again.view).toMatchObject({ mode: 'put-back', putBack: { sku: 'SKU-1', done: 1, unitsLeft: 2 } });
    expect(here.verdict).toMatchObject({ tone: 'bad', code: 'order.claimed-elsewhere' });
  });

  test('what came back goes to the order that waits for it', async () => {
    await world.importStock([aLevel({ sku: 'SKU-1', location: 'A-01-1', onHand: 2 })]);
    await toPick(3);
    await comeIn(world, anOrder({ externalId: '2', lines: [{ sku: 'SKU-1', quantity: 2 }] }));
    const before = (await orderOf(world, '#2')).state;
    await cancel();
    await world.scan(tote('T-1'));
    for (let unit = 0; unit < 3; unit += 1) {
      await scanOffered(world, 'item');
      await scanOffered(world, 'location');
    }
    await world.settled();

    expect(before).toBe('backordered');
    expect((await orderOf(world, '#2')).state).toBe('allocated');
  });

  test('from the lane of single lines, without a tote: the piece in the hand goes back at once', async () => {
    await comeIn(world, anOrder({ externalId: '3', lines: [{ sku: 'SKU-2', quantity: 2 }] }));
    await world.command('SINGLES');
    await world.scan(demoGtin(2));

    await cancel('#3');
    const stopped = await world.scan(demoGtin(2));
    const taken = await scanOffered(world, 'item');
    await world.command('CANCEL');
    const idle = await world.view();
    await scanOffered(world, 'order');
    await scanOffered(world, 'item');
    await world.command('QTY-2');
    const end = await scanOffered(world, 'location');

    expect(stopped.verdict).toMatchObject({ tone: 'bad', code: 'order.cancelled', params: { units: 2 } });
    expect(stopped.view).toMatchObject({ mode: 'put-back', step: 'put-back-item', tote: null });
    expect(taken.verdict.code).toBe('put-back.item-taken');
    expect(idle.mode).toBe('idle');
    expect(end.verdict.code).toBe('put-back.finished');
    expect(await binsOf(world, 'SKU-2')).toEqual([{ location: 'A-02-1', onHand: 10, allocated: 1 }]);
  });

  test('supervisors see what waits on the floor; packers need not', async () => {
    await toPick(2);
    await world.command('SHORT');
    await cancel();

    const seen = await desk.call('stock.floor-tasks-view', {});
    const { body } = await world.ask('stock.floor-tasks-view', {});

    expect(seen).toMatchObject({
      putBacks: [{ orderNumber: '#1', tote: 'T-1', sku: 'SKU-1', location: 'A-01-1', quantity: 2, done: 0 }],
      counts: [{ orderNumber: '#1', sku: 'SKU-2', location: 'A-02-1', reason: 'not-found' }],
    });
    expect(body).toMatchObject({ ok: false, error: { kind: 'permission' } });
  });

  test('a cancel before the first piece leaves nothing to put back', async () => {
    await startPicking(world);
    await cancel();

    const stopped = await world.command('SHORT');
    const empty = await world.scan(tote('T-1'));

    expect(stopped.verdict).toMatchObject({ code: 'order.cancelled', params: { units: 0 } });
    expect(empty.verdict).toMatchObject({ code: 'tote.empty' });
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 10, allocated: 0 }]);
  });
});
