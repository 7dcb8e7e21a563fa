import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runUnitOfWork } from '../../../main/db/unit-of-work.ts';
import { drawUndrawn } from '../../../main/invoicing/invoicing-service.ts';
import { findOrPlanInvoice, takeNumber } from '../../../main/invoicing/sale-service.ts';
import { systemActor } from '../../../shared/model/actor.ts';
import type { ImportedOrder } from '../../../shared/model/imported.ts';
import { anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { comeIn, orderOf, supervisorOf, useSettings } from '../../support/warehouse.ts';
import type { World } from '../../support/world.ts';

const seller = {
  companyName: 'Maison Éclat',
  street: '18 quai de la Fosse',
  postcode: '44000',
  city: 'Nantes',
  legalForm: 'SAS',
  capitalMinor: 10_000_00,
  siret: '73282932000074',
  registry: 'RCS Nantes',
  vatNumber: 'FR44732829320',
} as const;

/** Every test plays on this day: at New Year the shop's year and the machine's are not the same. */
const TODAY = '2030-06-14T10:00:00Z';
const year = 2030;

describe.each(databaseKinds)('invoices of orders on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind, { startsAt: TODAY });
    await world.importItems([anItem({ sku: 'MUG' }), anItem({ sku: 'BOOK', vatRate: 550 })]);
    await world.signIn('admin');
    await useSettings(world, seller);
  });
  afterEach(() => world.close());

  const order = (change: Partial<ImportedOrder> = {}): ImportedOrder =>
    anOrder({
      externalId: '1',
      totalMinor: 5_190,
      shippingMinor: 490,
      lines: [
        { sku: 'MUG', quantity: 2, unitPriceMinor: 1_900 },
        { sku: 'BOOK', unitPriceMinor: 900 },
      ],
      ...change,
    });
  const issue = async (number = '#1') => world.call('invoicing.issue', { orderId: (await orderOf(world, number)).id });
  const list = async () => (await world.call('invoicing.list-view', { limit: 50 })).invoices;
  const refusal = async (change: Partial<ImportedOrder>): Promise<string> => {
    await comeIn(world, order(change));
    const { body } = await world.ask('invoicing.issue', { orderId: (await orderOf(world, '#1')).id });
    return body.ok ? 'issued' : body.error.code;
  };
  const textOf = async (documentId: string): Promise<string> => {
    const row = await world.core.database.read('document').where({ id: documentId }).first('bytes');
    const pages = await world.core.deps.documents.readBack(new Uint8Array(row.bytes), { dpi: 203, format: 'grey' });
    return pages.map(({ text }) => text).join('\n');
  };

  test('are issued once an order, and printed again when asked for again', async () => {
    await comeIn(world, order());

    const first = await issue();
    const again = await issue();

    expect(first.number).toBe(`F${year}-000001`);
    expect(again).toEqual(first);
    expect(await list()).toMatchObject([
      { number: first.number, kind: 'invoice', totalMinor: 5_190, currency: 'EUR', corrects: null },
    ]);
    const text = await textOf(first.documentId);
    for (const words of ['Maison Éclat', 'Zoé Exemple', 'RCS Nantes', '51,90', 'Frais de port', '20 %', '5,5 %'])
      expect(text.replaceAll(/\s+/g, ' ')).toContain(words);
    const jobs = await world.core.database
      .read('print_job')
      .where({ document_id: first.documentId })
      .orderBy('reprint');
    expect(jobs.map(({ reprint, reason }) => [reprint, reason])).toEqual([
      [0, null],
      [1, 'asked-for'],
    ]);
  });

  test('are numbered without a gap by two benches at once, also for one order asked for twice', async () => {
    const numbers = ['1', '2', '3', '4'];
    await comeIn(world, ...numbers.map((externalId) => order({ externalId, number: `#${externalId}` })));
    const other = await world.bench('Bench 2');
    await other.signIn('packer');
    const ids = await Promise.all(numbers.map(async (number) => (await orderOf(world, `#${number}`)).id));

    const issued = await Promise.all(
      ids.flatMap((orderId) => [
        world.call('invoicing.issue', { orderId }),
        other.call('invoicing.issue', { orderId }),
      ]),
    );

    const expected = numbers.map((number) => `F${year}-00000${number}`);
    expect([...new Set(issued.map(({ number }) => number))].sort()).toEqual(expected);
    expect((await list()).map(({ number }) => number).sort()).toEqual(expected);
  });

  test('are drawn under the same number after a crash between number and paper', async () => {
    await comeIn(world, order());
    const { id } = await orderOf(world, '#1');
    const { invoice } = await runUnitOfWork(world.core.deps, systemActor, async (uow) =>
      takeNumber(uow, await findOrPlanInvoice(uow, id)),
    );
    expect(await list()).toEqual([]);

    const drawn = await drawUndrawn(world.core.deps);

    expect(drawn).toBe(1);
    expect(await list()).toMatchObject([{ number: invoice.number }]);
    expect(await issue()).toMatchObject({ number: invoice.number });
    expect(await drawUndrawn(world.core.deps)).toBe(0);
  });

  test('spend no number where a name cannot be printed, and take the next one afterwards', async () => {
    const { address } = order();
    expect(await refusal({ address: { ...address, name: '山田 太郎' } })).toBe('document.unprintable-letters');

    await comeIn(world, order({ address: { ...address, name: 'Yamada Tarō' } }));

    expect(await issue()).toMatchObject({ number: `F${year}-000001` });
  });

  test('are refused in words where there are no prices, or prices that make another sum', async () => {
    expect(await refusal({ lines: [{ ...line(order()), unitPriceMinor: null }] })).toBe('invoicing.no-prices');
    await comeIn(world, order({ externalId: '2', number: '#2', totalMinor: 6_228 }));
    const { body } = await world.ask('invoicing.issue', { orderId: (await orderOf(world, '#2')).id });
    expect(body).toMatchObject({
      error: { code: 'invoicing.sum-differs', details: { sum: '51.90', total: '62.28', currency: 'EUR' } },
    });
  });

  test('wait for a seller who can invoice', async () => {
    await useSettings(world, { siret: '', vatNumber: '' });

    await comeIn(world, order());
    const { body } = await world.ask('invoicing.issue', { orderId: (await orderOf(world, '#1')).id });

    expect(body).toMatchObject({
      ok: false,
      error: { kind: 'rule', code: 'invoicing.no-seller', details: { fields: 'siret, vatNumber' } },
    });
  });

  test('name postage and discount that only the total tells', async () => {
    const { shippingMinor: _, ...untold } = order({ totalMinor: 5_190 });
    await comeIn(world, untold, order({ externalId: '2', number: '#2', totalMinor: 4_690 }));

    await issue('#1');
    await issue('#2');

    expect((await list()).map(({ totalMinor }) => totalMinor).sort()).toEqual([4_690, 5_190]);
    const facts = await world.core.database.read('invoice').orderBy('number').select('facts');
    const [first, second] = facts.map((row) => JSON.parse(row.facts));
    expect(first.charges.map((one: { amountMinor: number }) => one.amountMinor)).toEqual([396, 94]);
    expect(second.allowances.reduce((sum: number, one: { amountMinor: number }) => sum + one.amountMinor, 0)).toBe(500);
  });

  test('bear no VAT outside the union nor for a business of another member state', async () => {
    const { address } = order();
    const abroad = { ...address, street1: 'Hauptstr. 1', postcode: '8001', city: 'Zürich', country: 'CH' };
    const german = { ...abroad, company: 'Muster GmbH', postcode: '80331', city: 'München', country: 'DE' };
    await comeIn(
      world,
      order({ address: abroad }),
      order({ externalId: '2', number: '#2', address: german, vatNumber: 'DE811569869' }),
      order({ externalId: '3', number: '#3', address: { ...address, postcode: '97400', city: 'Saint-Denis' } }),
      order({ externalId: '4', number: '#4', address: german }),
    );

    for (const number of ['#1', '#2', '#3', '#4']) await issue(number);

    const rows = await world.core.database
      .read('invoice')
      .orderBy('number')
      .select('facts', 'vat_minor', 'total_minor');
    const categories = rows.map(({ facts }) => JSON.parse(facts).lines[0].vat);
    expect(categories).toEqual([
      { category: 'G', rate: 0 },
      { category: 'K', rate: 0 },
      { category: 'G', rate: 0 },
      { category: 'S', rate: 2000 },
    ]);
    expect(rows.map((row) => [Number(row.vat_minor) > 0, Number(row.total_minor)])).toEqual([
      [false, 5_190],
      [false, 5_190],
      [false, 5_190],
      [true, 5_190],
    ]);
  });

  test('are corrected by credit notes, never for more units than were invoiced, with the last cent', async () => {
    await comeIn(world, order({ totalMinor: 5_091, discountMinor: 99 }));
    const { number } = await issue();
    const supervisor = await supervisorOf(world);
    const { id: orderId, lines } = await orderOf(world, '#1');
    const [mug = { id: '' }, book = { id: '' }] = lines;
    const credit = (quantities: Record<string, number>, shipping = false) =>
      supervisor.ask('invoicing.credit', {
        orderId,
        returnId: null,
        shipping,
        lines: Object.entries(quantities).map(([lineId, quantity]) => ({ lineId, quantity })),
      });

    const first = await credit({ [mug.id]: 1 });
    const tooMany = await credit({ [mug.id]: 2 });
    await credit({ [mug.id]: 1, [book.id]: 1 }, true);
    const postageTwice = await credit({ [book.id]: 1 }, true);

    expect(first.body).toMatchObject({ ok: true, output: { number: `FA${year}-000001` } });
    expect(tooMany.body).toMatchObject({
      ok: false,
      error: { code: 'invoicing.too-many-credited', details: { sku: 'MUG', left: 1 } },
    });
    expect(postageTwice.body).toMatchObject({ ok: false, error: { code: 'invoicing.too-many-credited' } });
    const notes = (await list()).filter((one) => one.kind === 'credit-note');
    expect(notes.map(({ corrects }) => corrects)).toEqual([number, number]);
    expect(notes.reduce((sum, one) => sum + one.totalMinor, 0)).toBe(5_091);
  });

  test('of an order that was not invoiced cannot be credited', async () => {
    await comeIn(world, order());
    const supervisor = await supervisorOf(world);
    const { id: orderId, lines } = await orderOf(world, '#1');

    const { body } = await supervisor.ask('invoicing.credit', {
      orderId,
      returnId: null,
      lines: [{ lineId: lines[0]?.id ?? '', quantity: 1 }],
    });

    expect(body).toMatchObject({ ok: false, error: { code: 'invoicing.not-invoiced' } });
  });
});

function line(order: ImportedOrder): ImportedOrder['lines'][number] {
  const [first] = order.lines;
  if (!first) throw new Error('an order has lines');
  return first;
}
