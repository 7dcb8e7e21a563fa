import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endHolds } from '../../../main/orders/hold-service.ts';
import { aLevel, anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import {
  brokenInvariants,
  comeIn,
  offered,
  orderOf,
  scanOffered,
  startPicking,
  stockUp,
  supervisorOf,
  untilStep,
  useSettings,
} from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

describe.each(databaseKinds)('holds and what stops a parcel, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  let desk: World;
  const order = anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 2 }] });
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 2, 50);
    await world.signIn();
    await comeIn(world, order);
    desk = await supervisorOf(world);
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });
  const codes = async (...cards: readonly string[]): Promise<string[]> => {
    const said = [];
    for (const card of cards) said.push((await world.command(card)).verdict.code);
    return said;
  };
  const pack = async (): Promise<void> => {
    await world.pickNextOrder();
    await world.scan(demoGtin(1));
  };

  describe('HOLD at the bench', () => {
    test('asks why, holds with that reason, leaves the parcel as it is and frees the bench', async () => {
      await pack();

      const asked = await world.command('HOLD');
      const held = await world.command('REASON-ADDRESS');

      expect(asked).toMatchObject({
        verdict: { tone: 'info', code: 'hold.asked' },
        view: { step: 'reason', reasons: ['ADDRESS', 'FRAUD', 'PAYMENT', 'BUYER-ASKED', 'OTHER'] },
      });
      expect(held).toMatchObject({
        verdict: { tone: 'complete', code: 'order.held', params: { number: '#1', reason: 'address' } },
        view: { mode: 'idle', order: null },
      });
      expect(await orderOf(world, '#1')).toMatchObject({
        hold: { reason: 'address', until: null },
        state: 'packing',
        parcels: [{ state: 'open' }],
      });
    });

    test('while it is picked as well', async () => {
      await startPicking(world);

      expect(await codes('HOLD', 'REASON-FRAUD')).toEqual(['hold.asked', 'order.held']);
      expect(await orderOf(world, '#1')).toMatchObject({ hold: { reason: 'fraud' }, state: 'picking' });
    });

    test('nothing is held before a reason that fits, and NO goes back to the goods', async () => {
      await pack();
      await world.command('HOLD');
      const item = await world.scan(demoGtin(1));

      expect(item.verdict).toMatchObject({ tone: 'bad', code: 'reason.needed' });
      expect(await codes('REASON-LABEL-TORN', 'NO')).toEqual(['reason.other-needed', 'hold.left']);
      expect((await orderOf(world, '#1')).hold).toBeNull();
      expect((await world.scan(demoGtin(1))).verdict.code).toBe('pack.closed');
    });

    test('DAYS before the reason holds until then; the hold ends by itself and packing goes on', async () => {
      await pack();
      expect(await codes('HOLD', 'DAYS-2', 'REASON-BUYER-ASKED')).toEqual(['hold.asked', 'hold.days', 'order.held']);
      const tote = (await orderOf(world, '#1')).tote ?? '';

      const early = await world.scan(`#1`);
      world.passTime(2 * 24 * 60);
      await world.signIn();
      const later = await world.scan('#1');

      expect(tote).not.toBe('');
      expect(early.verdict).toMatchObject({ code: 'order.on-hold', params: { reason: 'buyer-asked' } });
      expect(later.verdict.code).toBe('pack.resumed');
      expect((await world.scan(demoGtin(1))).verdict.code).toBe('pack.closed');
    });

    test('the next person resumes the parcel with what lies in it after the hold was lifted', async () => {
      await pack();
      await codes('HOLD', 'REASON-OTHER');
      const { id } = await orderOf(world, '#1');
      await desk.call('orders.release-hold', { orderId: id });

      const { view } = await world.scan('#1');

      expect(view).toMatchObject({ mode: 'pack', step: 'pack-item', parcel: { unitsPacked: 1, unitsToPack: 2 } });
    });

    test('the question survives a power cut', async () => {
      await pack();
      await world.command('HOLD');

      expect(await world.view()).toMatchObject({ step: 'reason', parcel: { unitsPacked: 1 } });
    });
  });

  describe('a hold until a date', () => {
    const holdUntil = async (minutes: number): Promise<void> => {
      const until = new Date(Date.now() + minutes * 60_000).toISOString();
      const { id } = await orderOf(world, '#1');
      await desk.call('orders.set-hold', { orderId: id, reason: 'payment', detail: '', until });
    };

    test('keeps the order out of the queue until then, and not a moment longer', async () => {
      await holdUntil(60);
      const before = await codes('NEXT');
      const seen = (await world.view()).queue.toPick;
      world.passTime(61);
      await world.signIn();
      const after = (await world.view()).queue.toPick;

      expect([before, seen, after]).toEqual([['queue.empty'], 0, 1]);
      expect(await codes('NEXT')).toEqual(['pick.started']);
    });

    test('stops a parcel at the next scan on its bench until then', async () => {
      await pack();
      await holdUntil(60);
      const stopped = await world.scan(demoGtin(1));
      world.passTime(61);
      await world.signIn();
      const view = await world.view();

      expect(stopped.verdict.code).toBe('order.on-hold');
      expect(view.order?.hold).toBeNull();
      expect((await world.scan(demoGtin(1))).verdict.code).toBe('pack.closed');
    });

    test('is noted when it is over, and the order gets its stock', async () => {
      await comeIn(world, anOrder({ externalId: '2', paid: false, lines: [{ sku: 'SKU-2' }] }));
      const { id } = await orderOf(world, '#2');
      const until = new Date(Date.now() + 3_600_000).toISOString();
      await desk.call('orders.set-hold', { orderId: id, reason: 'payment', detail: '', until });
      const before = (await orderOf(world, '#2')).state;
      world.passTime(61);
      await endHolds({ ...world.core.deps });
      await world.settled();

      const { state, hold, timeline } = await orderOf(world, '#2');
      expect([before, state, hold]).toEqual(['ready', 'allocated', null]);
      expect(timeline.map((entry) => entry.kind)).toContain('order.hold-ended');
      expect(await endHolds(world.core.deps)).toBe(0);
    });

    test('a packer cannot shorten a hold that somebody else set; a supervisor may', async () => {
      const { id } = await orderOf(world, '#1');
      await desk.call('orders.set-hold', { orderId: id, reason: 'fraud' });
      const sooner = { orderId: id, reason: 'other', until: new Date(Date.now() + 60_000).toISOString() } as const;

      const { body } = await world.ask('orders.set-hold', sooner);
      const untouched = (await orderOf(world, '#1')).hold;
      await desk.call('orders.set-hold', sooner);

      expect(body).toMatchObject({ ok: false, error: { code: 'permission.supervisor-needed' } });
      expect(untouched).toMatchObject({ reason: 'fraud', until: null });
      expect((await orderOf(world, '#1')).hold).toMatchObject({ reason: 'other', until: sooner.until });
    });

    test('a date that is over already is refused', async () => {
      const { id } = await orderOf(world, '#1');

      const { body } = await desk.ask('orders.set-hold', {
        orderId: id,
        reason: 'payment',
        until: '2020-01-01T00:00:00.000Z',
      });

      expect(body).toMatchObject({ ok: false, error: { kind: 'rule', code: 'hold.until-past' } });
    });
  });

  describe('an address that changes', () => {
    const moved = { ...order, address: { ...order.address, street1: '8 quai Neuf', city: 'Lyon', postcode: '69002' } };
    const release = async () => desk.call('orders.release-hold', { orderId: (await orderOf(world, '#1')).id });

    test('while units are packed: the next scan stops with words, and the label carries the new one', async () => {
      await pack();
      await world.importOrders([moved]);
      const stopped = await world.scan(demoGtin(1));
      await release();
      await world.scan(demoGtin(1));
      await untilStep(world, 'scan-label');

      expect(stopped.verdict).toMatchObject({ code: 'order.on-hold', params: { detail: 'address changed' } });
      expect(await orderOf(world, '#1')).toMatchObject({ address: { city: 'Lyon' } });
    });

    test('after the label was printed: it is dead, another one comes, and only that one lets the parcel leave', async () => {
      await pack();
      await world.scan(demoGtin(1));
      const old = offered(await untilStep(world, 'scan-label'), 'label');
      await world.importOrders([moved]);
      const stopped = await world.scan(old);
      await release();
      await world.settled();
      const dead = await world.scan(old);
      const { view } = dead;
      const fresh = offered(await untilStep(world, 'scan-label'), 'label');
      const done = await world.scan(fresh);

      expect(stopped.verdict.code).toBe('order.on-hold');
      expect(dead.verdict).toMatchObject({ tone: 'bad', code: 'label.address-changed' });
      expect(view.latched).toMatchObject({ code: 'label.address-changed' });
      expect(fresh).not.toBe(old);
      expect(done.verdict.code).toBe('label.confirmed');
      expect((await world.scan(old)).verdict.code).toBe('label.address-changed');
    });

    test('REPRINT never prints the label with the old address again', async () => {
      await pack();
      await world.scan(demoGtin(1));
      await untilStep(world, 'scan-label');
      await world.importOrders([moved]);
      await release();
      await world.settled();
      await untilStep(world, 'scan-label');
      await world.command('REPRINT');
      await world.settled();

      const again = await world.core.database
        .read('print_job')
        .join('label', 'label.document_id', 'print_job.document_id')
        .where('print_job.reprint', '>', 0)
        .select('label.state');
      expect(again.every((job) => job.state === 'bought')).toBe(true);
    });
  });

  describe('dangerous goods', () => {
    beforeEach(async () => {
      await world.importItems([{ ...anItem({ sku: 'GAS', gtin: demoGtin(66) }), hazardous: true }]);
      await world.importStock([aLevel({ sku: 'GAS', location: 'H-01-1', onHand: 9 })]);
      await comeIn(world, anOrder({ externalId: '9', priority: 9, lines: [{ sku: 'GAS' }] }));
    });
    const pickIt = async (): Promise<string> => {
      await startPicking(world);
      await scanOffered(world, 'location');
      await scanOffered(world, 'item');
      return (await orderOf(world, '#9')).tote ?? '';
    };

    test('are refused at the start of packing where the service may not carry them, and held for a supervisor', async () => {
      await pickIt();

      const { verdict, view } = await world.scan('#9');

      expect(verdict).toMatchObject({ tone: 'bad', code: 'pack.hazardous-service', params: { number: '#9' } });
      expect(view.mode).toBe('idle');
      expect(await orderOf(world, '#9')).toMatchObject({
        hold: { reason: 'hazardous', detail: 'GAS' },
        state: 'picked',
        parcels: [],
      });
    });

    test('are packed where the service may', async () => {
      await useSettings(world, { hazardousService: 'allowed' });
      await pickIt();

      expect((await world.scan('#9')).verdict.code).toBe('pack.opened');
    });
  });
});
