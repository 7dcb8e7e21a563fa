import { afterEach, describe, expect, test } from 'vitest';
import { purchaseFaults } from '../../../main/carriers/carrier-simulator.ts';
import { makeLabels } from '../../../main/shipping/papers-service.ts';
import { type LabelShop, moneyTrouble, openLabelShop, type ShopOptions } from '../../support/bought-labels.ts';
import { databaseKinds, hasDatabase } from '../../support/databases.ts';
import { brokenInvariants, orderOf, supervisorOf } from '../../support/warehouse.ts';

describe.each(databaseKinds)('a carrier that goes wrong, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let shop: LabelShop;
  const open = async (options: ShopOptions = {}): Promise<LabelShop> => {
    shop = await openLabelShop(kind, options);
    return shop;
  };
  /** The packer's part: REPRINT where the bench says that the label failed. */
  const retry = async (): Promise<void> => {
    if ((await shop.world.view()).step === 'label-failed') await shop.world.command('REPRINT');
  };
  const good = async () =>
    (await shop.labels()).filter(({ kind: of, state, fault }) => of === 'outbound' && state === 'bought' && !fault);
  afterEach(async () => {
    expect(moneyTrouble(await shop.labels(), shop.carrier.sold())).toEqual([]);
    expect(await brokenInvariants(shop.world)).toEqual([]);
    await shop.close();
  });

  test.each(purchaseFaults)('%s: the parcel gets one good label, and what was paid is known', async (fault) => {
    const { pack, hours, carrier, world } = await open();
    // What carries another parcel's number or page needs another parcel before it.
    await pack('0');
    await world.finishParcel();
    carrier.plan([fault]);

    await pack('1');
    await hours();
    await retry();
    await hours();

    expect(await good()).toHaveLength(2);
    expect(new Set((await good()).map(({ trackingNumber }) => trackingNumber)).size).toBe(2);
    await world.finishParcel();
    expect((await orderOf(world, '#1')).state).toBe('shipped');
  });

  test('while the network is cut the bench says what it waits for, and the same label goes on', async () => {
    const { pack, hours, online, labels, world } = await open();
    online(false);
    await pack('1');
    const [waiting] = await labels();
    expect(waiting).toMatchObject({ state: 'intent', fault: 'carrier.unreachable' });
    expect(await world.view()).toMatchObject({ step: 'label-pending', labels: [{ problem: 'carrier.unreachable' }] });

    online(true);
    await hours();
    expect(await labels()).toMatchObject([{ id: waiting?.id, state: 'bought', fault: null }]);
  });

  test('a question that times out is never repeated while the carrier may still work on it', async () => {
    const { pack, labels, carrier, world } = await open({ faults: ['hang-after'] });
    await pack('1');
    for (let turn = 0; turn < 5; turn += 1) {
      await world.command('REPRINT');
      await world.settled();
    }
    expect((await labels()).filter(({ state }) => state !== 'voided')).toHaveLength(1);
    expect(carrier.sold()).toHaveLength(1);
  });

  test('two workers that take up the same parcel at once buy one label', async () => {
    const { pack, carrier, labels, hours, world, online } = await open();
    online(false);
    await pack('1');
    online(true);
    const [label] = await labels();
    const parcelId = label?.parcelId ?? '';
    await Promise.allSettled(Array.from({ length: 6 }, () => makeLabels(world.core.deps, parcelId)));
    await hours();
    expect(carrier.sold()).toHaveLength(1);
    expect(await good()).toHaveLength(1);
  });

  test('an order that is cancelled while the carrier is asked: what it sells meanwhile is given back', async () => {
    const { pack, carrier, labels, hours, world } = await open({ faults: ['hang-after'] });
    await pack('1');
    const desk = await supervisorOf(world);
    const { id } = await orderOf(world, '#1');
    await desk.call('orders.cancel-order', { orderId: id });
    await hours();
    await hours(36 * 60);
    expect(carrier.sold()).toMatchObject([{ voided: true }]);
    expect(await labels()).toMatchObject([{ state: 'voided' }]);
  });

  test.each([
    ['an address line that is too long', { street1: 'x'.repeat(60) }, 'label.line-too-long'],
    ['a country that nobody knows', { country: 'XX' }, undefined],
  ])('%s is refused in words, and nothing is bought', async (_what, change, code) => {
    const { pack, carrier, labels, world } = await open();
    const address = { name: 'Zoé Exemple', street1: '12 rue', postcode: '13002', city: 'Marseille', country: 'FR' };
    await pack('1', { address: { ...address, ...change } });
    const [label] = await labels();
    expect(label).toMatchObject({ state: 'failed', ...(code ? { fault: code } : {}) });
    expect(label?.fault).toMatch(/^[a-z-]+\.[a-z-]+$/);
    expect(carrier.sold()).toEqual([]);
    expect((await world.view()).step).toBe('label-failed');
  });
});
