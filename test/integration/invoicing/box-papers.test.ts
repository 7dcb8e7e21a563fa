import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runUnitOfWork } from '../../../main/db/unit-of-work.ts';
import {
  drawBoxPapers,
  keepBoxPapers,
  type LabelOnBox,
  prepareBoxPapers,
} from '../../../main/invoicing/box-papers-service.ts';
import { customsOf } from '../../../main/invoicing/customs-service.ts';
import { keepOrderPaper } from '../../../main/shipping/order-papers-service.ts';
import { systemActor } from '../../../shared/model/actor.ts';
import type { ImportedOrder } from '../../../shared/model/imported.ts';
import { anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { comeIn, orderOf, stockUp, useSettings } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

const zurich = {
  name: 'Zoë Müller',
  street1: 'Bahnhofstrasse 1',
  postcode: '8001',
  city: 'Zürich',
  country: 'CH',
};
const colissimo: LabelOnBox = {
  connector: 'colissimo',
  carrier: 'Colissimo',
  trackingNumber: 'CY012345675FR',
  customsByCarrier: false,
};
const courier: LabelOnBox = {
  connector: 'ups',
  carrier: 'UPS',
  trackingNumber: '1Z0FH3446831744085',
  customsByCarrier: false,
};

describe.each(databaseKinds)('papers in the box on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 2, 50);
    await world.signIn('admin');
    await useSettings(world, {
      companyName: 'Maison Éclat',
      street: '18 quai de la Fosse',
      postcode: '44000',
      city: 'Nantes',
      siret: '73282932000074',
      vatNumber: 'FR44732829320',
      eori: 'FR73282932000074',
      customsSigner: 'Camille Éclat',
    });
  });
  afterEach(() => world.close());

  const declared = { hsCode: '691200', origin: 'PT', customsText: 'Mug, stoneware' };
  const catalogue = (facts: Partial<typeof declared> = declared) =>
    world.importItems([anItem({ sku: 'SKU-1', gtin: demoGtin(1), ...facts })]);
  const order = (change: Partial<ImportedOrder> = {}): ImportedOrder =>
    anOrder({
      externalId: '1',
      totalMinor: 4_290,
      shippingMinor: 490,
      lines: [{ sku: 'SKU-1', quantity: 2, unitPriceMinor: 1_900 }],
      address: zurich,
      ...change,
    });
  /** The parcel of an order that was packed by scans. */
  const packed = async (change: Partial<ImportedOrder> = {}) => {
    await comeIn(world, order(change));
    for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
    const { id, parcels } = await orderOf(world, '#1');
    return { orderId: id, parcelId: parcels[0]?.id ?? '' };
  };
  const step = <T>(work: Parameters<typeof runUnitOfWork<T>>[2]): Promise<T> =>
    runUnitOfWork(world.core.deps, systemActor, async (uow) => {
      uow.unchanged();
      return work(uow);
    });
  const papersOf = async (of: { orderId: string; parcelId: string }, label: LabelOnBox) => {
    const prepared = await step((uow) => prepareBoxPapers(uow, of));
    const drawn = await drawBoxPapers(world.core.deps.documents, prepared, label);
    await step(async (uow) => {
      const stored = [];
      for (const { kind: paper, rendered } of drawn) {
        const documentId = await keepOrderPaper(uow, { kind: 'invoice', bytes: rendered.bytes, orderId: of.orderId });
        stored.push({ kind: paper, documentId });
      }
      await keepBoxPapers(uow, prepared, stored);
      return null;
    });
    return Promise.all(
      drawn.map(async ({ kind: paper, rendered }) => {
        const pages = await world.core.deps.documents.readBack(rendered.bytes, { dpi: 203, format: 'grey' });
        return { kind: paper, pages: rendered.pages, media: rendered.media, text: pages[0]?.text ?? '' };
      }),
    );
  };
  const invoices = async () => (await world.call('invoicing.list-view', { limit: 50 })).invoices;

  test('of an order at home are none', async () => {
    const { address } = anOrder({ externalId: '1', lines: [{ sku: 'SKU-1' }] });
    const of = await packed({ address });

    expect(await papersOf(of, colissimo)).toEqual([]);
    expect(await step((uow) => customsOf(uow, of))).toBeUndefined();
  });

  test('that leave the union by post hold a CN22 for the label printer with what the catalogue says', async () => {
    await catalogue();
    const of = await packed();

    const [form, ...more] = await papersOf(of, colissimo);

    expect(more).toEqual([]);
    expect(form).toMatchObject({ kind: 'customs-label', pages: 1, media: { widthMm: 101.6, heightMm: 152.4 } });
    for (const words of ['CN 22', 'Mug, stoneware', '691200', 'PT', '0,5', '38,00', 'Camille Éclat', 'CY012345675FR'])
      expect(form?.text).toContain(words);
  });

  test('of more than 300 SDR hold a CN23 twice on each of two sheets', async () => {
    await catalogue();
    const lines = [{ externalLineId: null, title: 'Mug', sku: 'SKU-1', quantity: 1, unitPriceMinor: 45_000 }];
    const of = await packed({ totalMinor: 45_490, lines });

    const [form] = await papersOf(of, colissimo);

    expect(form).toMatchObject({ kind: 'customs-form', pages: 2, media: { widthMm: 210, heightMm: 297 } });
    expect(form?.text.split('Mug, stoneware')).toHaveLength(3);
  });

  test('by courier hold three commercial invoices, and none where the courier made its own', async () => {
    await catalogue();
    const of = await packed();

    expect(await papersOf(of, courier)).toMatchObject([{ kind: 'commercial-invoice', pages: 3 }]);
    expect(await papersOf(of, { ...courier, customsByCarrier: true })).toEqual([]);
  });

  test('are refused with SKU and column while the catalogue lacks a fact, and made once it is there', async () => {
    await catalogue({ hsCode: '691200' });
    const of = await packed();

    await expect(step((uow) => customsOf(uow, of))).rejects.toMatchObject({
      kind: 'rule',
      code: 'customs.missing-facts',
      details: { items: 'SKU-1: origin' },
    });
    await catalogue();

    expect(await step((uow) => customsOf(uow, of))).toEqual({
      category: 'sale',
      items: [
        {
          description: 'Mug, stoneware',
          sku: 'SKU-1',
          quantity: 2,
          netWeightMg: 500_000,
          value: { minor: 3_800, currency: 'EUR' },
          hsCode: '691200',
          origin: 'PT',
        },
      ],
      incoterm: 'DAP',
      eori: 'FR73282932000074',
      vatId: 'FR44732829320',
      signedBy: 'Camille Éclat',
    });
  });

  test('always hold the invoice where the settings say so, once an order', async () => {
    await catalogue();
    await useSettings(world, { invoices: 'always' });
    const of = await packed();

    const first = await papersOf(of, colissimo);
    const again = await papersOf(of, courier);

    expect(first.map((paper) => paper.kind)).toEqual(['customs-label', 'invoice']);
    expect(again.map((paper) => paper.kind)).toEqual(['commercial-invoice']);
    expect(await invoices()).toMatchObject([{ totalMinor: 4_290 }]);
    expect(again[0]?.text).toContain((await invoices())[0]?.number);
  });

  test('hold no invoice in a gift, nor for a consumer where only businesses get one', async () => {
    await catalogue();
    await useSettings(world, { invoices: 'always' });
    const of = await packed({ gift: true });
    expect((await papersOf(of, colissimo)).map((paper) => paper.kind)).toEqual(['customs-label']);

    await useSettings(world, { invoices: 'business' });
    expect((await papersOf(of, colissimo)).map((paper) => paper.kind)).toEqual(['customs-label']);
    expect(await invoices()).toEqual([]);
  });

  test('hold the invoice of a business; one that cannot be made stops no parcel and spends no number', async () => {
    await catalogue();
    await useSettings(world, { invoices: 'business' });
    const of = await packed({ address: { ...zurich, company: 'Muster AG' }, totalMinor: 9_999 });

    // The bench makes its own papers of the closed parcel meanwhile.
    await world.settled();
    expect((await papersOf(of, colissimo)).map((paper) => paper.kind)).toEqual(['customs-label']);
    const journal = await world.core.database.read('journal').where({ kind: 'invoice.left-out' });
    // The bench found it out when it made the label, and this test once more.
    const codes = journal.map((entry) => JSON.parse(entry.data).code);
    expect(new Set(codes)).toEqual(new Set(['invoicing.sum-differs']));

    await comeIn(world, order({ address: { ...zurich, company: 'Muster AG' } }));
    expect((await papersOf(of, colissimo)).map((paper) => paper.kind)).toEqual(['customs-label', 'invoice']);
    expect((await invoices())[0]?.number).toMatch(/-000001$/);
  });
});
