import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { type FaultyPapers, faultyPapers } from '../../support/papers.ts';
import {
  brokenInvariants,
  comeIn,
  offered,
  orderOf,
  stockUp,
  supervisorOf,
  untilStep,
} from '../../support/warehouse.ts';
import type { World } from '../../support/world.ts';

describe.each(databaseKinds)('labels at the bench on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  let papers: FaultyPapers;
  beforeEach(async () => {
    papers = faultyPapers();
    world = await openWorldOn(kind, { documents: papers.documents });
    await stockUp(world, 2, 50);
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    papers.repair();
    await world.close();
  });

  const order = (externalId: string) => anOrder({ externalId, lines: [{ sku: 'SKU-1' }] });
  /** Picks and packs one order; its label is asked for then. */
  const packOne = async (externalId = '1'): Promise<void> => {
    await comeIn(world, order(externalId));
    for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
  };
  const printed = async () => (await world.call('printing.jobs-view', { limit: 20 })).jobs;

  describe('that do not read back', () => {
    test('leave the parcel closed with the reason; REPRINT asks again until one does', async () => {
      papers.breakLabels();
      await packOne();
      const failed = await untilStep(world, 'label-failed');
      const again = await world.command('REPRINT');
      const failedAgain = await untilStep(world, 'label-failed');
      papers.repair();
      await world.command('REPRINT');
      const good = await untilStep(world, 'scan-label');
      const { verdict } = await world.scan(offered(good, 'label'));

      expect(failed).toMatchObject({
        parcel: { state: 'closed' },
        labels: [{ state: 'failed', problem: 'label.proof-failed' }, { state: 'failed' }],
      });
      expect(again).toMatchObject({ verdict: { code: 'label.asked-again' }, view: { step: 'label-pending' } });
      expect(failedAgain.parcel?.sscc).toBe(failed.parcel?.sscc);
      expect(good.labels.map((label) => [label.kind, label.state])).toEqual([
        ['outbound', 'bought'],
        ['return', 'bought'],
      ]);
      expect(verdict.code).toBe('label.confirmed');
    });

    test('nothing of them is kept or printed', async () => {
      papers.breakLabels();
      await packOne();
      await untilStep(world, 'label-failed');

      expect((await orderOf(world, '#1')).documents).toEqual([]);
      expect(await printed()).toEqual([]);
    });

    test('the card REPRINT twice in a row makes one label', async () => {
      papers.breakLabels();
      await packOne();
      await untilStep(world, 'label-failed');
      papers.repair();
      papers.stall();

      const first = await world.command('REPRINT');
      const second = await world.command('REPRINT');

      expect([first.verdict.code, second.verdict.code]).toEqual(['label.asked-again', 'label.asked-again']);
      papers.repair();
      await untilStep(world, 'scan-label');
      await world.settled();
      const { documents } = await orderOf(world, '#1');
      expect(documents.filter((paper) => paper.kind === 'label')).toHaveLength(1);
    });

    test('a supervisor asks again from the desk, once', async () => {
      papers.breakLabels();
      await packOne();
      const { parcel } = await untilStep(world, 'label-failed');
      const desk = await supervisorOf(world);
      papers.repair();
      papers.stall();

      const first = await desk.ask('shipping.retry-label', { parcelId: parcel?.id });
      const second = await desk.ask('shipping.retry-label', { parcelId: parcel?.id });

      expect(first.body.ok).toBe(true);
      expect(second.body).toMatchObject({ ok: false, error: { kind: 'rule', code: 'label.nothing-to-retry' } });
      papers.repair();
      await untilStep(world, 'scan-label');
    });

    test('a breakdown of the drawing is told as well, nobody waits for ever', async () => {
      papers.crash();
      await packOne();

      const { labels } = await untilStep(world, 'label-failed');
      papers.repair();
      await world.command('REPRINT');

      expect(labels[0]).toMatchObject({ state: 'failed', problem: 'label.not-drawn' });
      await untilStep(world, 'scan-label');
    });

    test('an address that cannot be printed is corrected by the channel, and the label shows the new one', async () => {
      const wrong = order('1');
      await comeIn(world, { ...wrong, address: { ...wrong.address, street1: '\u{1F600}\u{1F600}' } });
      for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
      const failed = await untilStep(world, 'label-failed');

      const { changes } = await world.importOrders([wrong]);
      const held = await world.command('REPRINT');
      const desk = await supervisorOf(world);
      await desk.call('orders.release-hold', { orderId: (await orderOf(world, '#1')).id });
      await untilStep(world, 'scan-label');

      expect(failed.labels[0]?.problem).toBe('label.unprintable-text');
      expect(changes).toEqual([{ number: '#1', difference: 'address changed (on hold: the order is packing)' }]);
      expect(held.verdict).toMatchObject({ code: 'order.on-hold', params: { reason: 'changed-by-channel' } });
      expect(papers.drawn[0]?.to).toMatchObject({ street1: '12 rue de l’Échantillon', city: 'Marseille' });
    });
  });

  describe('while they are made', () => {
    test('items and totes are answered: not yet', async () => {
      papers.stall();
      await packOne();

      const codes = [];
      for (const raw of ['9521000000018', encodeStationCode('tote', 'T-1'), '#1'])
        codes.push((await world.scan(raw)).verdict.code);

      expect((await world.view()).step).toBe('label-pending');
      expect(new Set(codes)).toEqual(new Set(['label.not-ready']));
    });

    test('a hold stops the label from leaving: its scan is refused until the hold is lifted', async () => {
      papers.stall();
      await packOne();
      const { id } = await orderOf(world, '#1');
      const desk = await supervisorOf(world);
      await desk.call('orders.set-hold', { orderId: id, reason: 'fraud', detail: '' });
      papers.repair();
      const label = offered(await untilStep(world, 'scan-label'), 'label');

      const held = await world.scan(label);
      await desk.call('orders.release-hold', { orderId: id });
      const free = await world.scan(label);

      expect(held.verdict).toMatchObject({ code: 'order.on-hold', params: { reason: 'fraud' } });
      expect(free.verdict.code).toBe('label.confirmed');
    });

    test('a cancel from the channel stops the parcel before it leaves, and its label is dead', async () => {
      await packOne();
      const label = offered(await untilStep(world, 'scan-label'), 'label');

      const { changes } = await world.importOrders([{ ...order('1'), cancelled: true }]);
      const { verdict } = await world.scan(label);

      expect(changes).toEqual([{ number: '#1', difference: 'cancelled' }]);
      expect(verdict).toMatchObject({ tone: 'bad', code: 'order.cancelled' });
      expect((await world.scan(label)).verdict).toMatchObject({ tone: 'bad', code: 'label.dead' });
    });
  });

  describe('on the box', () => {
    test('the order counts as packed until its own label was scanned, then as shipped', async () => {
      await packOne();
      const label = offered(await untilStep(world, 'scan-label'), 'label');
      const before = await orderOf(world, '#1');

      await world.scan(label);

      expect(before).toMatchObject({ state: 'packed', parcels: [{ state: 'labelled', labelConfirmedAt: null }] });
      expect(await brokenInvariants(world)).toEqual([]);
      expect((await orderOf(world, '#1')).state).toBe('shipped');
    });

    test('the label of another parcel, the return label and other codes are refused with the right one', async () => {
      await packOne('1');
      const first = await untilStep(world, 'scan-label');
      await world.scan(offered(first, 'label'));
      await packOne('2');
      const second = await untilStep(world, 'scan-label');
      const numberOf = (view: typeof first, of: string): string =>
        view.labels.find((label) => label.kind === of)?.trackingNumber ?? '';

      const other = await world.scan(`]C100${numberOf(first, 'outbound')}`);
      const back = await world.scan(`]C100${numberOf(second, 'return')}`);
      const item = await world.scan('9521000000018');

      expect(other.verdict).toMatchObject({ code: 'label.wrong-label', expected: numberOf(second, 'outbound') });
      expect(back.verdict).toMatchObject({ code: 'label.wrong-label' });
      expect(item.verdict).toMatchObject({ code: 'label.scan-needed', expected: numberOf(second, 'outbound') });
      expect((await orderOf(world, '#2')).state).toBe('packed');
    });

    test('a label that was voided alarms, at this step and at an empty bench', async () => {
      await packOne();
      const view = await untilStep(world, 'scan-label');
      const dead = '106141412345678908';
      const row = await world.core.database.read('label').where({ kind: 'outbound' }).first();
      await world.core.database.write('label').insert({
        ...row,
        id: 'dead',
        state: 'voided',
        tracking_number: dead,
        scan_text: dead,
      });

      const here = await world.scan(dead);
      await world.scan(offered(view, 'label'));
      const idle = await world.scan(dead);

      expect(here.verdict).toMatchObject({ tone: 'bad', code: 'label.dead' });
      expect(idle.verdict).toMatchObject({ tone: 'bad', code: 'label.dead' });
    });

    test('a parcel that was packed anew is still the first and only one', async () => {
      await comeIn(world, order('1'));
      const gtins = await world.pickNextOrder();
      const { tote } = await world.view();
      await world.command('CANCEL');
      await world.scan(encodeStationCode('tote', tote ?? ''));
      for (const gtin of gtins) await world.scan(gtin);
      await untilStep(world, 'scan-label');

      expect(papers.drawn.map((label) => [label.kind, label.parcelIndex, label.parcelCount])).toEqual([
        ['outbound', 1, 1],
        ['return', 1, 1],
      ]);
    });

    test('a reprint is the same paper once more, counted and told apart in the journal', async () => {
      await packOne();
      await untilStep(world, 'scan-label');
      const before = await world.core.database.read('document').orderBy('id').select('id', 'sha256');

      const asked = await world.command('REPRINT');
      const first = await world.command('REASON-LABEL-TORN');
      await world.command('REPRINT');
      await world.command('REASON-OTHER');
      await world.settled();

      expect(asked).toMatchObject({
        verdict: { code: 'label.reprint-why' },
        view: { step: 'reason', reasons: ['LABEL-TORN', 'OTHER'] },
      });
      expect(first).toMatchObject({ verdict: { code: 'label.reprinted' }, view: { step: 'scan-label' } });
      expect(await world.core.database.read('document').orderBy('id').select('id', 'sha256')).toEqual(before);
      const jobs = (await printed()).filter((job) => job.kind === 'label');
      expect(jobs.map((job) => [job.reprint, job.state])).toEqual([
        [2, 'printed'],
        [1, 'printed'],
        [0, 'printed'],
      ]);
      expect(new Set(jobs.map((job) => job.documentId)).size).toBe(1);
      const told: { data: string }[] = await world.core.database
        .read('journal')
        .where({ kind: 'label.reprinted' })
        .orderBy('id')
        .select('data');
      expect(told.map((row) => JSON.parse(row.data))).toMatchObject([
        { times: 1, reason: 'LABEL-TORN' },
        { times: 2, reason: 'OTHER' },
      ]);
    });

    test('a reprint without a reason of the list is none; CANCEL takes the wish back', async () => {
      await packOne();
      await untilStep(world, 'scan-label');

      await world.command('REPRINT');
      const foreign = await world.command('REASON-FRAUD');
      const goods = await world.scan('9521000000018');
      const back = await world.command('CANCEL');

      expect([foreign.verdict.code, goods.verdict.code]).toEqual(['reason.needed', 'reason.needed']);
      expect(foreign.view.expects.map(({ title }) => title)).toEqual(
        expect.arrayContaining(['REASON-LABEL-TORN', 'REASON-OTHER', 'CANCEL']),
      );
      expect(back).toMatchObject({ verdict: { code: 'pack.never-mind' }, view: { step: 'scan-label' } });
      await world.settled();
      expect((await printed()).every((job) => job.reprint === 0)).toBe(true);
    });
  });

  describe('CANCEL sets a closed parcel aside', () => {
    test('when its label failed: the bench is free, and any bench goes on with it', async () => {
      papers.breakLabels();
      await packOne();
      const { tote, parcel } = await untilStep(world, 'label-failed');

      const left = await world.command('CANCEL');
      const other = await world.bench('B');
      await other.signIn();
      papers.repair();
      const opened = await other.scan(encodeStationCode('tote', tote ?? ''));
      await other.command('REPRINT');
      await other.finishParcel();

      expect(left).toMatchObject({
        verdict: { tone: 'info', code: 'pack.set-aside', params: { number: '#1' } },
        view: { mode: 'idle' },
      });
      expect(opened).toMatchObject({
        verdict: { code: 'pack.resumed' },
        view: { step: 'label-failed', parcel: { sscc: parcel?.sscc, unitsPacked: 1 } },
      });
      expect((await orderOf(world, '#1')).state).toBe('shipped');
    });

    test('when its label waits to be scanned: that scan opens it again at any bench', async () => {
      await packOne();
      const label = offered(await untilStep(world, 'scan-label'), 'label');
      await world.command('CANCEL');
      const other = await world.bench('B');
      await other.signIn();

      const opened = await other.scan(label);
      const confirmed = await other.scan(label);

      expect(opened).toMatchObject({ verdict: { code: 'pack.resumed' }, view: { step: 'scan-label' } });
      expect(confirmed.verdict.code).toBe('label.confirmed');
    });

    test('while its label is made, and when it is held', async () => {
      papers.stall();
      await packOne('1');
      const pending = await world.command('CANCEL');
      papers.repair();
      await world.settled();
      await packOne('2');
      await untilStep(world, 'scan-label');
      const { id } = await orderOf(world, '#2');
      await world.call('orders.set-hold', { orderId: id, reason: 'address', detail: '' });
      const held = await world.command('CANCEL');

      expect([pending.verdict.code, held.verdict.code]).toEqual(['pack.set-aside', 'pack.set-aside']);
      expect((await world.scan('#1')).view.step).toBe('scan-label');
    });
  });
});
