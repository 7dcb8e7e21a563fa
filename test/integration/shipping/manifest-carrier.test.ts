import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAccount } from '../../../main/shipping/account-service.ts';
import { ACCOUNT, type LabelShop, openLabelShop } from '../../support/bought-labels.ts';
import { databaseKinds, hasDatabase } from '../../support/databases.ts';
import { until } from '../../support/devices/until.ts';
import { brokenInvariants, orderOf, supervisorOf } from '../../support/warehouse.ts';

describe.each(databaseKinds)('manifests that a carrier takes itself on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let shop: LabelShop;
  beforeEach(async () => {
    shop = await openLabelShop(kind);
  });
  afterEach(async () => {
    expect(await brokenInvariants(shop.world)).toEqual([]);
    await shop.close();
  });

  const code = async (payload: string): Promise<string> => (await shop.world.command(payload)).verdict.code;
  const manifest = async () => (await shop.world.call('shipping.manifests-view', {})).manifests[0];
  /** An order packed to the end and scanned out; the label as the carrier knows it. */
  const scannedOut = async (externalId: string) => {
    const { world } = shop;
    await shop.pack(externalId);
    await world.finishParcel();
    await world.command('DOCK');
    const label = (await orderOf(world, `#${externalId}`)).parcels[0]?.labels[0];
    const { verdict } = await world.scan(label?.trackingNumber ?? '');
    expect(verdict).toMatchObject({ code: 'dock.all-scanned', params: { carrier: 'Test account' } });
    const row = await world.core.database.read('label').where({ id: label?.id }).first('carrier_ref');
    return { carrierRef: String(row?.carrier_ref), trackingNumber: label?.trackingNumber ?? '' };
  };

  test('the carrier’s own form is kept as the paper, and its parcels are handed over', async () => {
    await scannedOut('1');
    expect(await code('HAND-OVER')).toBe('dock.closed');
    await shop.world.settled();

    expect(await manifest()).toMatchObject({ state: 'transmitted', accountId: ACCOUNT, fault: null, parcels: 1 });
    const paper = await shop.world.request(`/documents/${(await manifest())?.paperId}.pdf`);
    expect(
      Buffer.from(await paper.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(await code('HAND-OVER')).toBe('dock.handed-over');
  });

  test('a carrier that is away is asked again; a packer waits, a supervisor may let the van go', async () => {
    await scannedOut('1');
    shop.online(false);
    await shop.world.command('HAND-OVER');
    await untilFault();

    expect(await manifest()).toMatchObject({ state: 'closed', fault: 'carrier.unreachable' });
    expect(await code('HAND-OVER')).toBe('dock.not-taken');
    const desk = await supervisorOf(shop.world);
    expect(await desk.call('shipping.hand-over', { manifestId: (await manifest())?.id ?? '' })).toEqual({ parcels: 1 });
    expect((await orderOf(shop.world, '#1')).parcels[0]?.state).toBe('handed-over');
  });

  test('back on the line, the manifest goes out by itself', async () => {
    await scannedOut('1');
    shop.online(false);
    await shop.world.command('HAND-OVER');
    await untilFault();
    shop.online(true);
    shop.world.passTime(20);
    await shop.world.settled();

    expect(await manifest()).toMatchObject({ state: 'transmitted', fault: null });
  });

  test('a refusal leaves it closed with its reason; a supervisor opens it again and the parcel comes off', async () => {
    const parcel = await scannedOut('1');
    const { carrier } = await openAccount(shop.world.core.deps, ACCOUNT);
    await carrier.manifest?.([parcel], '2026-11-23');
    await shop.world.command('HAND-OVER');
    await shop.world.settled();
    expect(await manifest()).toMatchObject({ state: 'closed', fault: 'manifest.refused' });

    const desk = await supervisorOf(shop.world);
    await desk.call('shipping.reopen-manifest', { manifestId: (await manifest())?.id ?? '' });
    expect((await shop.world.scan(parcel.trackingNumber)).verdict.code).toBe('dock.already-scanned');
    expect(await code('UNDO')).toBe('dock.undone');
    expect(await manifest()).toMatchObject({ state: 'open', fault: null, parcels: 0 });
  });

  const untilFault = () =>
    until(async () => {
      shop.world.core.worker.wake();
      const fault = (await manifest())?.fault ?? null;
      return fault !== null && fault !== 'manifest.sending';
    }, 'the fault of the manifest');
});
