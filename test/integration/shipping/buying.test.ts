import { afterEach, describe, expect, test } from 'vitest';
import { startRawPrinter } from '../../../main/devices/printer/simulated/raw-printer.ts';
import { type LabelShop, moneyTrouble, openLabelShop, type ShopOptions } from '../../support/bought-labels.ts';
import { databaseKinds, hasDatabase } from '../../support/databases.ts';
import { until } from '../../support/devices/until.ts';
import { setUpPrinter, untilPrint } from '../../support/printing.ts';
import { brokenInvariants, journalKinds, orderOf, supervisorOf } from '../../support/warehouse.ts';

describe.each(databaseKinds)('buying labels of a carrier on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let shop: LabelShop;
  const open = async (options: ShopOptions = {}): Promise<LabelShop> => {
    shop = await openLabelShop(kind, options);
    return shop;
  };
  afterEach(async () => {
    expect(moneyTrouble(await shop.labels(), shop.carrier.sold())).toEqual([]);
    expect(await brokenInvariants(shop.world)).toEqual([]);
    await shop.close();
  });

  test('a closed parcel gets its label: written down before the call, bought once, proved, printed, scanned', async () => {
    const { world, carrier, pack, labels } = await open();
    await pack('1');

    const [label] = await labels();
    expect(label).toMatchObject({ kind: 'outbound', state: 'bought', fault: null });
    expect(carrier.sold()).toMatchObject([{ reference: label?.id, trackingNumber: label?.trackingNumber }]);
    expect(await journalKinds(world, label?.parcelId ?? '')).toEqual(
      expect.arrayContaining(['label.intended', 'label.asked', 'label.bought', 'parcel.labelled']),
    );
    const { documents, parcels } = await orderOf(world, '#1');
    expect(documents.map((document) => document.kind).sort()).toEqual(['label', 'packing-slip']);
    // What the carrier sent is kept as it came.
    expect(await world.core.database.read('document').where({ kind: 'label-original' })).toHaveLength(1);
    expect(parcels[0]?.labels[0]).toMatchObject({ carrier: 'EasyPost', cost: { currency: 'USD' } });
    await world.finishParcel();
    expect((await orderOf(world, '#1')).state).toBe('shipped');
  });

  test('a printer that speaks ZPL burns the ZPL of the carrier, the same bytes again when it is printed again', async () => {
    const printer = await startRawPrinter({ answersStatus: true });
    try {
      const { world, pack } = await open();
      await setUpPrinter(world, printer.port, { language: 'zpl', dpi: 203 });
      await pack('1');
      await untilPrint(world, 'label', 'printed');
      const original = await world.core.database.read('document').where({ kind: 'label-original' }).first();
      await world.command('REPRINT');
      await world.command('REASON-LABEL-TORN');
      await until(() => printer.papers.length === 2, 'the label comes once more');

      expect(original).toMatchObject({ media_type: 'application/zpl' });
      const burnt = printer.papers.map((paper) => Buffer.from(paper).toString('latin1'));
      for (const paper of burnt) expect(paper).toContain(Buffer.from(original.bytes).toString('latin1').trim());
    } finally {
      await printer.close();
    }
  });

  test('of several rates the cheapest is taken, and the supervisor sees what it was compared with', async () => {
    const choice = { kind: 'cheapest', among: [{ accountId: '01990000-0000-7000-8000-00000000acc1', service: '' }] };
    const { world, pack } = await open({ choice });
    await pack('1');
    const [label] = (await orderOf(world, '#1')).parcels[0]?.labels ?? [];
    expect(label).toMatchObject({ state: 'bought', service: 'Colissimo Home Delivery' });
    expect(label?.choice).toMatchObject({
      by: 'cheapest',
      rates: [{ passedOver: null }, { passedOver: 'choice.dearer' }],
    });
  });

  test('a supervisor who saw at the carrier that nothing was sold says so, and the parcel gets another label', async () => {
    const { world, pack, labels, carrier } = await open({ faults: ['unavailable-before'] });
    await pack('1');
    const desk = await supervisorOf(world);
    const { problems, total } = await desk.call('shipping.problems-view', {});
    expect(problems).toMatchObject([{ kind: 'unknown', orderNumber: '#1', code: 'carrier.unavailable' }]);
    expect(total).toBe(1);

    await desk.call('shipping.settle-label', { labelId: problems[0]?.labelId ?? '', bought: false });
    await world.settled();
    expect(await labels()).toMatchObject([{ state: 'failed', fault: 'label.not-bought' }, { state: 'bought' }]);
    expect(carrier.sold()).toHaveLength(1);
    expect((await desk.call('shipping.problems-view', {})).total).toBe(0);
  });
});
