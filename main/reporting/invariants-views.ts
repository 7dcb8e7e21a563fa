import type { OrderState, ParcelState } from '../../shared/model/machines.ts';
import type { Database } from '../db/database.ts';
import type { Handle } from '../db/rows.ts';
import { readSnapshot } from '../db/snapshot.ts';
import { deriveOrderState, type LineQuantities, quantitiesAreSound, wanted } from '../orders/orders-rules.ts';
import { checkDock } from './invariants-dock-views.ts';
import { checkFloor } from './invariants-floor-views.ts';

export interface InvariantResult {
  readonly name: string;
  readonly checked: number;
  /** What breaks it, at most twenty. */
  readonly broken: readonly string[];
}

const LISTED = 20;

function result(name: string, checked: number, broken: readonly string[]): InvariantResult {
  return { name, checked, broken: broken.slice(0, LISTED) };
}

/** Checks what must hold at every moment of a shift, whatever crashed; reads only. */
export function checkInvariants(database: Database): Promise<InvariantResult[]> {
  return readSnapshot(database, async (read) => [
    ...(await checkOrders(read)),
    await checkLedger(read),
    await checkReservations(read),
    await checkPackedUnits(read),
    await checkShipped(read),
    await checkLabels(read),
    ...(await checkDock(read)).map(({ name, checked, broken }) => result(name, checked, broken)),
    ...(await checkFloor(read)).map(({ name, checked, broken }) => result(name, checked, broken)),
  ]);
}

interface LineRow extends LineQuantities {
  readonly id: string;
  readonly orderId: string;
  readonly parentLineId: string | null;
}

interface OrderRow {
  readonly id: string;
  readonly state: OrderState;
  readonly claimedBy: string | null;
  readonly split: number;
}

async function checkOrders(read: Handle): Promise<InvariantResult[]> {
  const unsound: string[] = [];
  const wrongState: string[] = [];
  let lineCount = 0;
  let orderCount = 0;
  let after = '';
  for (;;) {
    const orders: OrderRow[] = await read('sales_order')
      .where('id', '>', after)
      .orderBy('id')
      .limit(2_000)
      .select('id', 'state', 'claimed_by as claimedBy', 'split');
    if (orders.length === 0) break;
    after = orders.at(-1)?.id ?? '';
    orderCount += orders.length;
    const ids = orders.map((order) => order.id);
    const lines: LineRow[] = await read('order_line')
      .whereIn('order_id', ids)
      .select(
        'id',
        'order_id as orderId',
        'parent_line_id as parentLineId',
        'ordered',
        'cancelled',
        'allocated',
        'picked',
        'packed',
        'shipped',
      );
    const parcels: { orderId: string; state: ParcelState }[] = await read('parcel')
      .whereIn('order_id', ids)
      .select('order_id as orderId', 'state');
    lineCount += lines.length;
    unsound.push(...lines.filter((line) => !quantitiesAreSound(line)).map((line) => line.id));
    wrongState.push(
      ...orders.filter((order) => !stateFits(order, lines, parcels)).map((order) => `${order.id} is ${order.state}`),
    );
  }
  return [
    result('shipped ≤ packed ≤ picked ≤ allocated ≤ ordered − cancelled on every line', lineCount, unsound),
    result('stored order state equals the one derived from lines and parcels', orderCount, wrongState),
  ];
}

const DERIVED: readonly OrderState[] = ['allocated', 'picking', 'picked', 'packing', 'packed', 'shipped'];

function stateFits(
  order: OrderRow,
  lines: readonly LineRow[],
  parcels: readonly { orderId: string; state: ParcelState }[],
): boolean {
  const all = lines.filter((line) => line.orderId === order.id);
  const parents = new Set(all.flatMap((line) => line.parentLineId ?? []));
  const own = all.filter((line) => !parents.has(line.id));
  // Nobody holds goods of a cancelled order but its put-backs; who waits for stock lacks some.
  if (order.state === 'cancelled') return own.every((line) => line.allocated === 0);
  if (order.state === 'backordered') return own.some((line) => line.allocated < wanted(line));
  if (!DERIVED.includes(order.state)) return true;
  const derived = deriveOrderState(
    own,
    parcels.filter((parcel) => parcel.orderId === order.id).map((parcel) => parcel.state),
    { claimed: order.claimedBy !== null, split: order.split === 1 },
  );
  // All of it left from elsewhere.
  if (order.state === 'shipped' && own.every((line) => wanted(line) === 0)) return true;
  // Undefined: short of stock while picking. Allocated and picking differ only by a hand that has not taken anything yet.
  if (derived === undefined) return order.state === 'picking';
  if (derived === 'allocated' || derived === 'picking') return order.state === 'allocated' || order.state === 'picking';
  return derived === order.state;
}

async function checkLedger(read: Handle): Promise<InvariantResult> {
  const rows: { itemId: string; locationId: string; onHand: number; moved: number | string | null }[] = await read(
    'stock_level',
  )
    .leftJoin('stock_movement', (join) =>
      join
        .on('stock_movement.item_id', 'stock_level.item_id')
        .andOn('stock_movement.location_id', 'stock_level.location_id'),
    )
    .groupBy('stock_level.item_id', 'stock_level.location_id', 'on_hand')
    .select(
      'stock_level.item_id as itemId',
      'stock_level.location_id as locationId',
      'on_hand as onHand',
      read.raw('sum(quantity) as moved'),
    );
  return result(
    'sum of movements equals stock on hand in every bin',
    rows.length,
    rows.filter((row) => Number(row.moved ?? 0) !== row.onHand).map((row) => `${row.itemId} in ${row.locationId}`),
  );
}

async function checkReservations(read: Handle): Promise<InvariantResult> {
  const levels: { key: string; allocated: number }[] = await read('stock_level').select(
    read.raw("item_id || ' ' || location_id as key"),
    'allocated',
  );
  const tasks: { key: string; open: number | string }[] = await read('pick_task')
    .whereIn('state', ['open', 'claimed', 'picking', 'short'])
    .groupBy('item_id', 'location_id')
    .select(read.raw("item_id || ' ' || location_id as key"), read.raw('sum(quantity - picked) as open'));
  const open = new Map(tasks.map((task) => [task.key, Number(task.open)]));
  const reserved = new Map(levels.map((level) => [level.key, level.allocated]));
  const bins = [...new Set([...open.keys(), ...reserved.keys()])];
  return result(
    'reserved units equal open pick tasks in every bin',
    bins.length,
    bins.filter((key) => (reserved.get(key) ?? 0) !== (open.get(key) ?? 0)),
  );
}

async function checkPackedUnits(read: Handle): Promise<InvariantResult> {
  const rows: { id: string; packed: number; units: number | string | null }[] = await read('order_line')
    .leftJoin('parcel_unit', 'parcel_unit.order_line_id', 'order_line.id')
    .where((touched) => touched.where('packed', '>', 0).orWhereNotNull('parcel_unit.id'))
    .groupBy('order_line.id', 'packed')
    .select('order_line.id', 'packed', read.raw('sum(quantity) as units'));
  return result(
    'packed units equal scanned units in parcels',
    rows.length,
    rows.filter((row) => Number(row.units ?? 0) !== row.packed).map((row) => row.id),
  );
}

async function checkShipped(read: Handle): Promise<InvariantResult> {
  const parcels: { id: string; labels: number | string }[] = await read('parcel')
    .whereNotNull('label_confirmed_at')
    // Emptied by a cancel before it left.
    .whereNot({ 'parcel.state': 'voided' })
    .leftJoin('label', (join) =>
      join.on('label.parcel_id', 'parcel.id').andOnVal('label.kind', 'outbound').andOnVal('label.state', 'bought'),
    )
    .groupBy('parcel.id')
    .select('parcel.id')
    .count({ labels: 'label.id' });
  return result(
    'every confirmed parcel has exactly one live label',
    parcels.length,
    parcels.filter((parcel) => Number(parcel.labels) !== 1).map((parcel) => parcel.id),
  );
}

async function checkLabels(read: Handle): Promise<InvariantResult> {
  const rows: { scanText: string; parcels: number | string }[] = await read('label')
    .whereNot({ state: 'voided' })
    .whereNot({ state: 'failed' })
    // A label that is bought of a carrier has no number before it is.
    .whereNot({ scan_text: '' })
    .groupBy('scan_text')
    .havingRaw('count(distinct parcel_id) > 1 or count(*) > 1')
    .select('scan_text as scanText')
    .count({ parcels: '*' });
  const total = await read('label').count({ count: '*' }).first();
  return result(
    'no label number stands on two labels',
    Number(total?.count ?? 0),
    rows.map((row) => row.scanText),
  );
}
