import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportedItem } from '../../../shared/model/imported.ts';
import { aLevel, anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { brokenInvariants, comeIn, startPicking, untilStep } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

const GS = '\u001d';
const gtin14 = demoGtin(7).padStart(14, '0');
const case14 = demoGtin(8).padStart(14, '0');

/** What a DataMatrix on the box says: GTIN, then expiry (YYYY-MM-DD), lot and serial as far as given. */
function boxCode(says: { expiry?: string; lot?: string; serial?: string; gtin?: string }): string {
  const expiry = says.expiry ? `17${says.expiry.slice(2).replaceAll('-', '')}` : '';
  const lot = says.lot ? `10${says.lot}${GS}` : '';
  return `]d201${says.gtin ?? gtin14}${expiry}${lot}${says.serial ? `21${says.serial}` : ''}`;
}

const dayFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe.each(databaseKinds)('items with lot, serial number or expiry on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const stockOf = async (control: Partial<ImportedItem>): Promise<void> => {
    const codes = [
      { code: gtin14, kind: 'gtin' as const, quantity: 1 },
      { code: case14, kind: 'gtin' as const, quantity: 6 },
    ];
    await world.importItems([anItem({ sku: 'CREAM', codes, ...control })]);
    await world.importStock([aLevel({ sku: 'CREAM', location: 'A-01-1', onHand: 100 })]);
  };
  const order = (externalId: string, quantity: number) => anOrder({ externalId, lines: [{ sku: 'CREAM', quantity }] });
  /** Picks an order of so many pieces by their plain GTIN and opens its parcel. */
  const open = async (quantity: number, bench = world, externalId = '1'): Promise<void> => {
    await comeIn(world, order(externalId, quantity));
    const { tote } = await startPicking(bench);
    await bench.scan('A-01-1');
    for (let unit = 0; unit < quantity; unit += 1) await bench.scan(gtin14);
    await bench.scan(`#${externalId}`);
    expect((await bench.view()).tote).toBe(tote);
  };
  const code = async (raw: string): Promise<string> => (await world.scan(raw)).verdict.code;

  test('lot, expiry and serial number are taken from one scan and kept with the piece', async () => {
    await stockOf({ lotControlled: true, serialControlled: true, expiryControlled: true });
    await open(2);

    await world.scan(boxCode({ expiry: '2031-12-31', lot: 'B7', serial: 'S-1' }));
    const last = await code(boxCode({ expiry: '2031-12-31', lot: 'B8', serial: 'S-2' }));

    expect(last).toBe('pack.closed');
    expect(
      await world.core.database.read('parcel_unit').orderBy('id').select('lot', 'expiry', 'serial', 'quantity'),
    ).toEqual([
      { lot: 'B7', expiry: '2031-12-31', serial: 'S-1', quantity: 1 },
      { lot: 'B8', expiry: '2031-12-31', serial: 'S-2', quantity: 1 },
    ]);
    await untilStep(world, 'scan-label');
  });

  test.each([
    ['lot', { lotControlled: true }, boxCode({ expiry: '2031-12-31', serial: 'S-1' }), 'pack.lot-needed'],
    ['serial number', { serialControlled: true }, boxCode({ lot: 'B7' }), 'pack.serial-needed'],
    ['expiry', { expiryControlled: true }, boxCode({ lot: 'B7' }), 'pack.expiry-needed'],
    ['everything', { lotControlled: true, expiryControlled: true }, gtin14, 'pack.lot-needed'],
  ] as const)('a scan without its %s is refused and counts nothing', async (_what, control, raw, refusal) => {
    await stockOf(control);
    await open(1);

    const { verdict, view } = await world.scan(raw);

    expect(verdict).toMatchObject({ tone: 'bad', code: refusal });
    expect(view.parcel?.unitsPacked).toBe(0);
  });

  test('an expired piece is refused, one that expires today still goes', async () => {
    await stockOf({ expiryControlled: true });
    await open(1);

    expect(await code(boxCode({ expiry: dayFromNow(-1) }))).toBe('pack.expired');
    expect(await code(boxCode({ expiry: dayFromNow(0) }))).toBe('pack.closed');
    await untilStep(world, 'scan-label');
  });

  test('an expired piece is refused even where nobody asks for the date', async () => {
    await stockOf({});
    await open(1);

    expect(await code(boxCode({ expiry: dayFromNow(-1) }))).toBe('pack.expired');
  });

  test('a serial number goes out once: not twice in a parcel, nor in another one later', async () => {
    await stockOf({ serialControlled: true });
    await open(2);

    const first = await code(boxCode({ serial: 'S-1' }));
    const twice = await world.scan(boxCode({ serial: 'S-1' }));
    const other = await code(boxCode({ serial: 'S-2' }));
    await world.finishParcel();
    await open(1, world, '2');
    const later = await code(boxCode({ serial: 'S-2' }));

    expect([first, other]).toEqual(['pack.item-packed', 'pack.closed']);
    expect(twice.verdict).toMatchObject({ tone: 'bad', code: 'pack.serial-used', params: { sku: 'CREAM' } });
    expect(twice.view.parcel?.unitsPacked).toBe(1);
    expect(later).toBe('pack.serial-used');
  });

  test('two benches scan the same serial number at the same moment: one gets it', async () => {
    await stockOf({ serialControlled: true });
    const other = await world.bench('B');
    await other.signIn();
    await open(6, world, '1');
    await open(6, other, '2');

    for (const serial of ['S-1', 'S-2', 'S-3', 'S-4', 'S-5']) {
      const answers = await Promise.all(
        [world, other].map((bench) => bench.ask('bench.scan', { raw: boxCode({ serial }) })),
      );
      const told = answers.map(({ body }) => JSON.stringify(body));
      expect(told.filter((text) => text.includes('"pack.item-packed"'))).toHaveLength(1);
      expect(told.filter((text) => text.includes('"pack.serial-used"'))).toHaveLength(1);
    }
  });

  test('a piece that was taken out again may be packed with its number', async () => {
    await stockOf({ serialControlled: true });
    await open(2);

    await world.scan(boxCode({ serial: 'S-1' }));
    await world.command('UNDO');

    expect(await code(boxCode({ serial: 'S-1' }))).toBe('pack.item-packed');
  });

  test('a case cannot stand for six pieces that each have a serial number', async () => {
    await stockOf({ serialControlled: true });
    await open(6);

    const { verdict } = await world.scan(boxCode({ gtin: case14, serial: 'CASE-1' }));

    expect(verdict).toMatchObject({ tone: 'bad', code: 'pack.serial-needed' });
  });

  test('a case of one lot counts all its pieces with that lot', async () => {
    await stockOf({ lotControlled: true });
    await open(7);

    const { verdict } = await world.scan(boxCode({ gtin: case14, lot: 'B7' }));

    expect(verdict).toMatchObject({ code: 'pack.item-packed', params: { done: 6, total: 7 } });
  });
});
