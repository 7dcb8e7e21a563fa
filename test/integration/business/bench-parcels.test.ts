import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, lastingPlace, openWorldOn } from '../../support/databases.ts';
import { type FaultyPapers, faultyPapers } from '../../support/papers.ts';
import {
  allowSimulatedScale,
  brokenInvariants,
  comeIn,
  offered,
  orderOf,
  packAll,
  stockUp,
  untilStep,
  useSettings,
} from '../../support/warehouse.ts';
import { demoGtin, openWorld, type World } from '../../support/world.ts';

describe.each(databaseKinds)('several parcels of one order on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  let papers: FaultyPapers;
  beforeEach(async () => {
    papers = faultyPapers();
    world = await openWorldOn(kind, { documents: papers.documents });
    await stockUp(world, 3, 50);
    await world.signIn();
  });
  afterEach(async () => {
    await world.settled();
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const LINES = [
    { sku: 'SKU-1', quantity: 2 },
    { sku: 'SKU-2', quantity: 2 },
  ];
  const open = async (): Promise<void> => {
    await comeIn(world, anOrder({ externalId: '1', lines: LINES }));
    await world.pickNextOrder();
  };
  const item = (number: number) => world.scan(demoGtin(number));
  const card = async (payload: string): Promise<string> => (await world.command(payload)).verdict.code;
  const cards = (view: BenchView): string[] => view.expects.map(({ title }) => title);
  /** Standing parcels as the screen lists them: number, units, whether it is the one at the bench. */
  const boxes = (view: BenchView) => view.parcels.map((box) => [box.sequence, box.unitsPacked, box.current]);
  const labelOf = async (): Promise<string> => offered(await untilStep(world, 'scan-label'), 'label');

  describe('one after the other', () => {
    test('NEXT-PARCEL closes what is full; after its label the next one opens by itself, until all is in', async () => {
      await open();
      await item(1);
      const closed = await world.command('NEXT-PARCEL');
      const first = await labelOf();
      const middle = await orderOf(world, '#1');
      const goesOn = await world.scan(first);
      for (const number of [1, 2]) await item(number);
      const last = await item(2);
      const second = await labelOf();
      const done = await world.scan(second);

      expect(closed.verdict.code).toBe('parcel.closed');
      expect(middle.state).toBe('packing');
      expect(goesOn).toMatchObject({
        verdict: { tone: 'complete', code: 'label.parcel-done' },
        view: { mode: 'pack', step: 'pack-item', parcel: { sequence: 2, unitsPacked: 0, unitsToPack: 3 } },
      });
      expect(boxes(goesOn.view)).toEqual([
        [1, 1, false],
        [2, 0, true],
      ]);
      expect(last.verdict.code).toBe('pack.closed');
      expect(second).not.toBe(first);
      expect(done).toMatchObject({ verdict: { code: 'label.confirmed' }, view: { mode: 'idle' } });
      const order = await orderOf(world, '#1');
      expect(order.state).toBe('shipped');
      expect(new Set(order.parcels.map((parcel) => parcel.sscc)).size).toBe(2);
      expect(order.parcels.map((parcel) => parcel.weightMg)).toEqual([250_000, 750_000]);
      expect(order.parcels.every((parcel) => parcel.labelConfirmedAt !== null)).toBe(true);
    });

    test('the papers of each tell what lies in their own box', async () => {
      await open();
      for (const number of [1, 1]) await item(number);
      await card('CLOSE-PARCEL');
      await world.scan(await labelOf());
      await packAll(world);
      await labelOf();

      const rows: { parcelId: string; units: number | string }[] = await world.core.database
        .read('parcel_unit')
        .groupBy('parcel_id')
        .orderBy('parcel_id')
        .select('parcel_id as parcelId')
        .sum({ units: 'quantity' });
      expect(rows.map((row) => Number(row.units))).toEqual([2, 2]);
      expect(papers.slips.map(({ lines }) => lines.map((line) => [line.sku, line.packed, line.backOrdered]))).toEqual([
        [
          ['SKU-1', 2, 0],
          ['SKU-2', 0, 2],
        ],
        [['SKU-2', 2, 0]],
      ]);
      const outside = papers.drawn.filter((label) => label.kind === 'outbound');
      expect(outside.map((label) => [label.parcelIndex, label.weightMg])).toEqual([
        [1, 500_000],
        [2, 500_000],
      ]);
    });

    test('an empty box is not closed, nor one when nothing is left for another', async () => {
      await useSettings(world, { weighing: 'required' });
      await open();

      expect(await card('NEXT-PARCEL')).toBe('parcel.empty');
      for (const number of [1, 1, 2, 2]) await item(number);
      expect(await card('NEXT-PARCEL')).toBe('parcel.closing');
    });

    test('UNDO takes the closing back first, then the units', async () => {
      await useSettings(world, { weighing: 'required' });
      await open();
      await item(1);
      const full = await world.command('NEXT-PARCEL');
      const refused = await item(1);
      const again = await world.command('UNDO');
      const out = await world.command('UNDO');

      expect(full).toMatchObject({ verdict: { code: 'parcel.to-weigh' }, view: { step: 'weigh' } });
      expect(refused.verdict.code).toBe('parcel.closing');
      expect(again).toMatchObject({ verdict: { code: 'parcel.open-again' }, view: { step: 'pack-item' } });
      expect(out.verdict).toMatchObject({ code: 'pack.undone', params: { quantity: 1 } });
    });

    test('each is weighed for itself', async () => {
      await allowSimulatedScale(world);
      await useSettings(world, { weighing: 'required' });
      await open();
      await item(1);
      await card('NEXT-PARCEL');

      const whole = await world.view();
      await world.call('stations.put-on-simulated-scale', { mg: 400_000 });
      await world.scan(await labelOf());
      await world.call('stations.put-on-simulated-scale', { mg: 0 });
      for (const number of [1, 2, 2]) await item(number);
      const rest = await world.view();
      await world.call('stations.put-on-simulated-scale', { mg: 900_000 });
      await world.scan(await labelOf());

      expect([whole.parcel?.expectedMg, rest.parcel?.expectedMg]).toEqual([250_000, 750_000]);
      const order = await orderOf(world, '#1');
      expect(order.state).toBe('shipped');
      expect(order.parcels.map((parcel) => parcel.weightMg)).toEqual([400_000, 900_000]);
    });

    test('nothing is taken out of a closed one', async () => {
      await open();
      await item(1);
      await card('NEXT-PARCEL');

      expect(await card('UNDO')).toBe('pack.closed-already');
      await labelOf();
      expect(await card('UNDO')).toBe('pack.closed-already');
    });

    test('CANCEL at the second one empties it; the first stays, and the order goes on where it was', async () => {
      await open();
      await item(1);
      await card('NEXT-PARCEL');
      await world.scan(await labelOf());
      await item(1);
      await card('CANCEL');
      const left = await orderOf(world, '#1');

      const { verdict, view } = await world.scan('#1');
      await packAll(world);
      await world.scan(await labelOf());

      expect(left).toMatchObject({ state: 'packing', parcels: [{ state: 'labelled' }, { state: 'voided' }] });
      expect(verdict.code).toBe('pack.opened');
      expect(view.parcel).toMatchObject({ unitsPacked: 0, unitsToPack: 3 });
      expect((await orderOf(world, '#1')).state).toBe('shipped');
    });
  });

  describe('side by side', () => {
    test('PARCEL-n opens one more, and goes from one to the other', async () => {
      await open();
      await item(1);
      const second = await world.command('PARCEL-2');
      await item(2);
      const first = await world.command('PARCEL-1');
      const inFirst = await item(2);

      expect(second).toMatchObject({
        verdict: { code: 'parcel.opened', params: { parcel: 2 } },
        view: { step: 'pack-item', parcel: { sequence: 2, unitsPacked: 0 } },
      });
      expect(first).toMatchObject({ verdict: { code: 'parcel.switched', params: { parcel: 1 } } });
      expect(boxes(inFirst.view)).toEqual([
        [1, 2, true],
        [2, 1, false],
      ]);
      expect(cards(inFirst.view)).toEqual(
        expect.arrayContaining(['PARCEL-2', 'PARCEL-3', 'MOVE', 'NEXT-PARCEL', 'UNDO']),
      );
    });

    test('cards that make no sense are refused in words', async () => {
      await open();

      expect(await card('PARCEL-2')).toBe('parcel.empty');
      await item(1);
      expect(await card('PARCEL-1')).toBe('parcel.this-one');
      expect(await card('PARCEL-7')).toBe('parcel.no-such');
      await card('NEXT-PARCEL');
      await world.scan(await labelOf());
      await item(1);
      expect(await card('PARCEL-1')).toBe('parcel.not-open');
      expect(await card('PARCEL-3')).toBe('parcel.opened');
    });

    test('the last unit closes its box, then the other: two labels, and the order is shipped with the second', async () => {
      await open();
      await item(1);
      await card('PARCEL-2');
      for (const number of [1, 2]) await item(number);
      const last = await item(2);
      const second = await labelOf();
      const between = await world.scan(second);
      const state = (await orderOf(world, '#1')).state;
      const first = await labelOf();
      const done = await world.scan(first);

      expect(last.verdict.code).toBe('pack.closed');
      expect(between).toMatchObject({ verdict: { code: 'label.parcel-done' }, view: { mode: 'pack' } });
      expect(state).not.toBe('shipped');
      expect(first).not.toBe(second);
      expect(done.verdict.code).toBe('label.confirmed');
      expect((await orderOf(world, '#1')).parcels.map((parcel) => parcel.weightMg)).toEqual([250_000, 750_000]);
    });

    test('the label of the other box of the same order is the wrong one', async () => {
      await open();
      await item(1);
      await card('NEXT-PARCEL');
      const first = await labelOf();
      await world.scan(first);
      await packAll(world);
      const second = await labelOf();

      const wrong = await world.scan(first);
      const right = await world.scan(second);

      expect(wrong.verdict).toMatchObject({ tone: 'bad', code: 'label.wrong-label' });
      expect(wrong.view.latched).toMatchObject({ code: 'label.wrong-label' });
      expect(right.verdict.code).toBe('label.confirmed');
    });

    test('a box that was opened and never filled is no parcel in the end', async () => {
      await open();
      for (const number of [1, 1, 2]) await item(number);
      await card('PARCEL-2');
      await card('PARCEL-1');
      await item(2);
      const done = await world.scan(await labelOf());

      expect(done.verdict.code).toBe('label.confirmed');
      expect(await orderOf(world, '#1')).toMatchObject({
        state: 'shipped',
        parcels: [{ state: 'labelled' }, { state: 'voided' }],
      });
    });

    test('CANCEL empties all that stand open', async () => {
      await open();
      await item(1);
      await card('PARCEL-2');
      await item(2);

      expect(await card('CANCEL')).toBe('pack.left');

      expect(await orderOf(world, '#1')).toMatchObject({
        state: 'picked',
        parcels: [{ state: 'voided' }, { state: 'voided' }],
        lines: [{ quantityPacked: 0 }, { quantityPacked: 0 }],
      });
    });

    test('UNDO takes out of the box at the bench only', async () => {
      await open();
      await item(1);
      await card('PARCEL-2');
      await item(2);
      const undone = await world.command('UNDO');
      const empty = await card('UNDO');

      expect(undone.verdict).toMatchObject({ code: 'pack.undone', params: { sku: 'SKU-2' } });
      expect(empty).toBe('pack.nothing-to-undo');
      expect((await world.view()).parcels[0]?.unitsPacked).toBe(1);
    });

    test('the power goes: both boxes stand where they stood', async () => {
      const place = await lastingPlace(kind);
      const before = await openWorld(place.options);
      await stockUp(before, 2, 50);
      await before.signIn();
      await comeIn(before, anOrder({ externalId: '1', lines: LINES }));
      await before.pickNextOrder();
      await before.scan(demoGtin(1));
      await before.command('PARCEL-2');
      await before.scan(demoGtin(2));
      const left = await before.view();
      await before.close();

      const after = await openWorld(place.options);
      await after.signIn();
      const found = await after.view();

      expect(found.parcels).toEqual(left.parcels);
      expect(found).toMatchObject({ step: 'pack-item', parcel: { sequence: 2, unitsPacked: 1, unitsToPack: 3 } });
      await after.close();
      await place.remove();
    });
  });
});
