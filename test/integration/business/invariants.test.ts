import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cancelOrder } from '../../../main/orders/cancel-service.ts';
import { checkInvariants } from '../../../main/reporting/invariants-views.ts';
import { systemActor } from '../../../shared/model/actor.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { comeIn, scanOffered, startPicking, stockUp } from '../../support/warehouse.ts';
import type { World } from '../../support/world.ts';

type Row = Record<string, unknown>;

describe.each(databaseKinds)('a broken invariant is named on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  const undo: (() => Promise<unknown>)[] = [];

  // One order shipped and handed over, one cancelled with goods in its tote, one packed by half, one being picked elsewhere, one waiting.
  beforeAll(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 2, 20);
    await world.signIn();
    const order = (externalId: string) =>
      anOrder({ externalId, lines: [{ sku: 'SKU-1' }, { sku: 'SKU-2', quantity: 2 }] });
    await comeIn(world, order('shipped'));
    for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
    await world.finishParcel();
    await handOver();
    await comeIn(world, order('cancelled'));
    await startPicking(world);
    await scanOffered(world, 'location');
    await scanOffered(world, 'item');
    await cancelOrder(world.core.deps, systemActor, String(await orderId('#cancelled')));
    await world.command('SHORT');
    await comeIn(world, order('packing'));
    await world.scan((await world.pickNextOrder())[0] ?? '');
    await comeIn(world, order('picking'), order('waiting'));
    const other = await world.bench('B');
    await other.signIn();
    await startPicking(other);
    await world.settled();
  });
  /** The parcel that was labelled leaves by the dock. */
  async function handOver(): Promise<void> {
    const { tracking_number: number } = await find('label', { kind: 'outbound' });
    await world.command('DOCK');
    await world.scan(String(number));
    if ((await world.command('HAND-OVER')).view.dock?.asks) await world.command('YES');
    await world.settled();
    await world.command('HAND-OVER');
    await world.command('CANCEL');
  }
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  });
  afterAll(() => world?.close());

  const broken = async (): Promise<string[]> =>
    (await checkInvariants(world.core.database)).filter((check) => check.broken.length > 0).map((check) => check.name);
  const find = async (table: string, where: Row = {}): Promise<Row> => {
    const row: Row | undefined = await world.core.database.write(table).where(where).orderBy('id').first();
    if (!row) throw new Error(`no ${table} of ${JSON.stringify(where)}`);
    return row;
  };
  const orderId = async (number: string) => (await find('sales_order', { number })).id;
  /** Writes behind the station's back, and puts it right after the test. */
  const corrupt = async (table: string, row: Row, change: Row): Promise<void> => {
    const key = row.id ? { id: row.id } : { item_id: row.item_id, location_id: row.location_id };
    const before = Object.fromEntries(Object.keys(change).map((column) => [column, row[column]]));
    undo.push(() => world.core.database.write(table).where(key).update(before));
    await world.core.database.write(table).where(key).update(change);
  };
  const add = async (table: string, row: Row): Promise<void> => {
    undo.push(() => world.core.database.write(table).where({ id: row.id }).delete());
    await world.core.database.write(table).insert(row);
  };

  test('nothing is, while all is well', async () => {
    expect(await broken()).toEqual([]);
    expect((await checkInvariants(world.core.database)).every((check) => check.checked > 0)).toBe(true);
  });

  test.each(['shipped', 'packed', 'picked', 'allocated', 'ordered'])(
    'a line whose %s is out of order',
    async (column) => {
      const line = await find('order_line', { order_id: await orderId('#shipped') });
      await corrupt('order_line', line, { [column]: column === 'ordered' ? 0 : 9 });

      expect(await broken()).toContain('shipped ≤ packed ≤ picked ≤ allocated ≤ ordered − cancelled on every line');
    },
  );

  test.each([
    ['#shipped', 'packed'],
    ['#shipped', 'packing'],
    ['#packing', 'picked'],
    ['#packing', 'packed'],
    ['#picking', 'picked'],
    ['#waiting', 'packing'],
    ['#waiting', 'cancelled'],
    ['#waiting', 'backordered'],
  ])('order %s that says it is %s', async (number, state) => {
    await corrupt('sales_order', await find('sales_order', { number }), { state });

    expect(await broken()).toEqual(['stored order state equals the one derived from lines and parcels']);
  });

  test('a bin that holds other than its ledger says', async () => {
    const level = await world.core.database.write('stock_level').where('on_hand', '>', 0).first();
    await corrupt('stock_level', level, { on_hand: level.on_hand + 1 });

    expect(await broken()).toEqual(['sum of movements equals stock on hand in every bin']);
  });

  test('a bin with more or less reserved than its pick tasks want', async () => {
    const level = await world.core.database.write('stock_level').where('allocated', '>', 0).first();
    await corrupt('stock_level', level, { allocated: level.allocated + 1 });
    const more = await broken();
    await corrupt('stock_level', level, { allocated: level.allocated - 1 });

    expect(more).toEqual(['reserved units equal open pick tasks in every bin']);
    expect(await broken()).toEqual(more);
  });

  test('units in a parcel that no line counts, and counted ones that lie in no parcel', async () => {
    const unit = await find('parcel_unit');
    await corrupt('parcel_unit', unit, { quantity: 5 });
    const counted = await broken();
    await undo.pop()?.();
    const line = await find('order_line', { order_id: await orderId('#waiting') });
    await add('parcel_unit', { ...unit, id: 'nobody', order_line_id: line.id });

    expect(counted).toEqual(['packed units equal scanned units in parcels']);
    expect(await broken()).toEqual(counted);
  });

  test('a parcel that left without a live label', async () => {
    const parcel = await world.core.database.write('parcel').whereNotNull('label_confirmed_at').first();
    await corrupt('label', await find('label', { parcel_id: parcel.id, kind: 'outbound' }), { state: 'voided' });

    expect(await broken()).toEqual([
      'every confirmed parcel has exactly one live label',
      'every parcel on a manifest has one live label, of the manifest’s carrier',
    ]);
  });

  test('one label number on two labels', async () => {
    const label = await find('label', { kind: 'outbound' });
    const parcel = await find('parcel', { order_id: await orderId('#packing') });
    await add('label', { ...label, id: 'copy', parcel_id: parcel.id });

    expect(await broken()).toEqual(['no label number stands on two labels']);
  });

  test('a tote that carries two orders', async () => {
    const { tote_id } = await find('sales_order', { number: '#packing' });
    await corrupt('sales_order', await find('sales_order', { number: '#waiting' }), { tote_id });

    expect(await broken()).toEqual(['no tote carries two orders']);
  });

  test('a tote that carries an order while goods of another still go back from it', async () => {
    const { tote_id } = await find('put_back');
    await corrupt('sales_order', await find('sales_order', { number: '#waiting' }), { tote_id });

    expect(await broken()).toEqual(['no tote carries two orders']);
  });

  test('goods that were picked, and neither stand on a line nor go back', async () => {
    await corrupt('put_back', await find('put_back'), { quantity: 2 });
    const more = await broken();
    await undo.pop()?.();
    const task = await find('pick_task', { order_id: await orderId('#waiting') });
    await corrupt('pick_task', task, { picked: 1, quantity: Number(task.quantity) + 1 });

    expect(more).toEqual(['what was picked stands on a line, or goes back into stock']);
    expect(await broken()).toEqual(more);
  });

  test('a put-back that says it is done while its goods lie in the tote', async () => {
    await corrupt('put_back', await find('put_back'), { state: 'done' });

    expect(await broken()).toEqual(['put-backs and counts are done when all of it is, and not before']);
  });

  test('a replacement of units that nobody cancelled', async () => {
    const [first, second] = await world.core.database
      .write('order_line')
      .where({ order_id: await orderId('#waiting') })
      .orderBy('line_no');
    await corrupt('order_line', second, { substitute_for: first.id });

    expect(await broken()).toEqual(['a replacement stands for units that were cancelled of what it replaces']);
  });

  test('the first twenty are listed, all are counted', async () => {
    const line = await find('order_line', { order_id: await orderId('#waiting') });
    for (let copy = 0; copy < 30; copy += 1) await add('order_line', { ...line, id: `copy-${copy}`, packed: 9 });

    const [chain] = await checkInvariants(world.core.database);

    expect(chain?.broken).toHaveLength(20);
    expect(chain?.checked).toBeGreaterThan(30);
  });

  test('a parcel on a manifest whose label is void, and one that was handed over with a manifest that never left', async () => {
    const label = await find('label', { kind: 'outbound' });
    await corrupt('label', label, { state: 'void-requested' });
    expect(await broken()).toContain('every parcel on a manifest has one live label, of the manifest’s carrier');
    await corrupt('manifest', await find('manifest'), { state: 'closed' });
    expect(await broken()).toContain('parcels that were handed over stand on a manifest that was sent');
  });
});
