import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { aLevel, anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import {
  brokenInvariants,
  comeIn,
  offered,
  orderOf,
  startPicking,
  stockUp,
  supervisorOf,
  untilStep,
} from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

const tote = (code: string | null): string => encodeStationCode('tote', code ?? '');

describe.each(databaseKinds)('packing by scans on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 3, 50);
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const order = (externalId: string, ...lines: { sku: string; quantity?: number }[]) => anOrder({ externalId, lines });
  const openOne = async (...lines: { sku: string; quantity?: number }[]): Promise<string[]> => {
    await comeIn(world, order('1', ...lines));
    return world.pickNextOrder();
  };
  const code = async (raw: string): Promise<string> => (await world.scan(raw)).verdict.code;

  test('every unit is counted by its scan, the last one closes the parcel, and the label is there to be scanned', async () => {
    const gtins = await openOne({ sku: 'SKU-1', quantity: 2 }, { sku: 'SKU-2' });

    const codes = [];
    for (const gtin of gtins) codes.push(await code(gtin));
    const view = await untilStep(world, 'scan-label');
    const label = await world.scan(offered(view, 'label'));

    expect(codes).toEqual(['pack.item-packed', 'pack.item-packed', 'pack.closed']);
    expect(label.verdict).toMatchObject({ tone: 'complete', code: 'label.confirmed', params: { number: '#1' } });
    expect(await orderOf(world, '#1')).toMatchObject({
      state: 'shipped',
      tote: null,
      parcels: [{ state: 'labelled', sequence: 1 }],
    });
  });

  test('what a scan answers is what the bench shows when it is read again, the note of the buyer included', async () => {
    const noted = {
      ...order('1', { sku: 'SKU-1', quantity: 2 }, { sku: 'SKU-2' }),
      note: 'Please no plastic',
      gift: true,
    };
    await comeIn(world, noted);
    const gtins = await world.pickNextOrder();

    for (const raw of [demoGtin(3), gtins[0] ?? '', demoGtin(404), gtins[1] ?? '']) {
      const { view } = await world.scan(raw);
      expect(view).toEqual(await world.view());
      expect(view.note).toBe('Please no plastic');
    }
  });

  test('units may be scanned in any order', async () => {
    await openOne({ sku: 'SKU-1', quantity: 2 }, { sku: 'SKU-2' });

    const codes = [];
    for (const number of [2, 1, 1]) codes.push(await code(demoGtin(number)));

    expect(codes).toEqual(['pack.item-packed', 'pack.item-packed', 'pack.closed']);
  });

  test('one unit more than ordered is too many', async () => {
    await openOne({ sku: 'SKU-1' }, { sku: 'SKU-2' });
    await world.scan(demoGtin(1));

    const { verdict, view } = await world.scan(demoGtin(1));

    expect(verdict).toMatchObject({ tone: 'bad', code: 'pack.too-many' });
    expect(view.parcel).toMatchObject({ unitsPacked: 1, unitsToPack: 2 });
  });

  test('an item of another order is named with its SKU', async () => {
    await openOne({ sku: 'SKU-1' });

    const { verdict } = await world.scan(demoGtin(3));

    expect(verdict).toMatchObject({
      tone: 'bad',
      code: 'pack.wrong-item',
      expected: 'SKU-1',
      params: { sku: 'SKU-3', title: 'Item SKU-3', expected: 'SKU-1' },
    });
  });

  test('a code that no catalogue knows, and one with a wrong check digit, are told apart', async () => {
    await openOne({ sku: 'SKU-1' });
    const right = demoGtin(1);
    const wrongDigit = `${right.slice(0, -1)}${(Number(right.at(-1)) + 1) % 10}`;

    expect(await code(demoGtin(404))).toBe('scan.unknown-code');
    expect(await code(wrongDigit)).toBe('scan.bad-check-digit');
    expect(await code('HELLO')).toBe('scan.unknown-code');
  });

  test('the same GTIN counts in every length and symbology that a scanner sends', async () => {
    await openOne({ sku: 'SKU-1', quantity: 5 });
    const gtin13 = demoGtin(1);

    const codes = [];
    for (const raw of [gtin13, `0${gtin13}`, `]E0${gtin13}`, `]d2010${gtin13}`, `]C1010${gtin13}`])
      codes.push(await code(raw));

    expect(codes.slice(0, 4)).toEqual(Array(4).fill('pack.item-packed'));
    expect(codes.at(-1)).toBe('pack.closed');
  });

  test('a case counts its pieces, and is refused whole when it would be too many', async () => {
    await world.importItems([
      anItem({
        sku: 'TEA',
        codes: [
          { code: demoGtin(70).padStart(14, '0'), kind: 'gtin', quantity: 1 },
          { code: demoGtin(71).padStart(14, '0'), kind: 'gtin', quantity: 6 },
        ],
      }),
    ]);
    await world.importStock([aLevel({ sku: 'TEA', location: 'C-01-1', onHand: 40 })]);
    await openOne({ sku: 'TEA', quantity: 7 });

    const first = await world.scan(demoGtin(71));
    const second = await world.scan(demoGtin(71));

    expect(first.verdict).toMatchObject({ code: 'pack.item-packed', params: { done: 6, total: 7 } });
    expect(second.verdict).toMatchObject({ tone: 'bad', code: 'pack.too-many' });
    expect(await code(demoGtin(70))).toBe('pack.closed');
  });

  test('a refusal stays on the screen until the next right scan, whatever is looked at meanwhile', async () => {
    await openOne({ sku: 'SKU-1', quantity: 2 });
    await world.scan(demoGtin(3));

    const again = await world.view();
    const help = await world.command('HELP');
    const stillThere = await world.view();
    const right = await world.scan(demoGtin(1));

    expect(again.latched).toMatchObject({ code: 'pack.wrong-item', scanned: demoGtin(3), expected: 'SKU-1' });
    expect(help.view.latched).toMatchObject({ code: 'pack.wrong-item' });
    expect(stillThere.latched).toMatchObject({ code: 'pack.wrong-item' });
    expect(right.view.latched).toBeNull();
    expect((await world.view()).latched).toBeNull();
  });

  test('the card that confirms clears a refusal', async () => {
    await openOne({ sku: 'SKU-1' });
    await world.scan(demoGtin(3));

    const { view } = await world.command('CONFIRM');

    expect(view.latched).toBeNull();
  });

  test('refusals are counted in the journal', async () => {
    await openOne({ sku: 'SKU-1' });
    await world.scan(demoGtin(3));
    await world.scan(demoGtin(404));

    const rows: { data: string }[] = await world.core.database
      .read('journal')
      .where({ kind: 'scan.refused' })
      .orderBy('id')
      .select('data');
    expect(rows.map((row) => JSON.parse(row.data))).toEqual([
      { code: 'pack.wrong-item', scanned: demoGtin(3) },
      { code: 'scan.unknown-code', scanned: demoGtin(404) },
    ]);
  });

  test('UNDO takes units out again, one scan after the other, to the last', async () => {
    await openOne({ sku: 'SKU-1', quantity: 2 }, { sku: 'SKU-2', quantity: 2 });
    for (const number of [1, 2, 1]) await world.scan(demoGtin(number));

    const undone = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const { verdict, view } = await world.command('UNDO');
      undone.push([verdict.code, verdict.params.sku, view.parcel?.unitsPacked]);
    }

    expect(undone).toEqual([
      ['pack.undone', 'SKU-1', 2],
      ['pack.undone', 'SKU-2', 1],
      ['pack.undone', 'SKU-1', 0],
      ['pack.nothing-to-undo', undefined, 0],
    ]);
  });

  test('CANCEL empties the box and voids the parcel; its number is never used again', async () => {
    await openOne({ sku: 'SKU-1', quantity: 2 });
    const numbers = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const view = await world.view();
      numbers.push(view.parcel?.sscc);
      await world.scan(demoGtin(1));
      await world.command('CANCEL');
      expect(await orderOf(world, '#1')).toMatchObject({ state: 'picked', lines: [{ quantityPacked: 0 }] });
      await world.scan(tote(view.tote));
    }

    expect(new Set(numbers).size).toBe(3);
    expect((await orderOf(world, '#1')).parcels.map((parcel) => parcel.state)).toEqual([
      'voided',
      'voided',
      'voided',
      'open',
    ]);
  });

  test('another tote or order is not taken for an item', async () => {
    await openOne({ sku: 'SKU-1' });

    expect(await code(tote('T-9'))).toBe('pack.wrong-tote');
    expect(await code(encodeStationCode('order', 'ABCDEFGH'))).toBe('pack.wrong-order');
  });

  describe('at an empty bench', () => {
    test('what is unknown or not ready is refused in words', async () => {
      await comeIn(world, order('waits', { sku: 'SKU-1', quantity: 99 }), order('new', { sku: 'NOBODY-KNOWS' }));

      expect(await code(tote('T-7'))).toBe('tote.empty');
      expect(await code(tote('NO-SUCH'))).toBe('tote.unknown');
      expect(await code('#none')).toBe('order.unknown');
      expect(await code(demoGtin(1))).toBe('order.scan-first');
      expect(await code(encodeStationCode('location', 'A-01-1'))).toBe('order.scan-first');
      expect((await world.scan('#waits')).verdict).toMatchObject({
        code: 'order.not-ready',
        params: { number: '#waits', state: 'backordered' },
      });
      expect((await world.scan('#new')).verdict).toMatchObject({
        code: 'order.not-ready',
        params: { state: 'new' },
      });
    });

    test('an order that is not picked yet opens for picking, not for packing', async () => {
      await comeIn(world, order('1', { sku: 'SKU-1' }));

      expect(await code('#1')).toBe('pick.started');
    });

    test('a shipped, a cancelled and a held order are refused, each with its reason', async () => {
      for (const gtin of await openOne({ sku: 'SKU-1' })) await world.scan(gtin);
      const { parcels } = await orderOf(world, '#1');
      await world.finishParcel();
      await comeIn(world, { ...order('2', { sku: 'SKU-1' }), cancelled: true }, order('3', { sku: 'SKU-1' }));
      const desk = await supervisorOf(world);
      const { id } = await orderOf(world, '#3');
      await desk.call('orders.set-hold', { orderId: id, reason: 'address', detail: 'no street' });

      expect((await world.scan('#1')).verdict).toMatchObject({ code: 'pack.already-packed', params: { number: '#1' } });
      expect((await world.scan(parcels[0]?.sscc ?? '')).verdict).toMatchObject({
        code: 'pack.already-packed',
        params: { number: '#1' },
      });
      expect((await world.scan('#2')).verdict).toMatchObject({ code: 'order.cancelled', params: { number: '#2' } });
      expect((await world.scan('#3')).verdict).toMatchObject({
        code: 'order.on-hold',
        params: { number: '#3', reason: 'address', detail: 'no street' },
      });
    });

    test('the card PACK opens the most urgent order that is picked', async () => {
      await comeIn(world, order('1', { sku: 'SKU-1' }));
      await startPicking(world);
      await world.scan(offered(await world.view(), 'location'));
      await world.scan(demoGtin(1));

      expect((await world.command('PACK')).verdict.code).toBe('pack.opened');
    });

    test.each([
      ['eighteen digits that would make a parcel number', '106141412345678908'],
      ['thirteen digits that would make a GTIN', demoGtin(900)],
      ['twelve digits that a carrier might use', '986578788855'],
    ])('an order whose number is %s opens by it', async (_what, number) => {
      await comeIn(world, { ...order('digits', { sku: 'SKU-1' }), number });

      const { verdict } = await world.scan(number);

      expect(verdict).toMatchObject({ code: 'pick.started', params: { number } });
    });
  });
});
