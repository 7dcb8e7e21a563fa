import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import type { BenchView, Expected } from '../../shared/contract/bench.ts';
import type { OrderSummary } from '../../shared/contract/common.ts';
import type { Seat } from '../../shared/model/actor.ts';
import type { Database } from '../db/database.ts';
import type { Handle } from '../db/rows.ts';
import { latestLabels } from '../shipping/shipping-rules.ts';
import type { Scene } from './bench-rules.ts';
import type { Bench } from './bench-store.ts';
import { commandCard, emptyQueue, viewOf } from './bench-view-rules.ts';
import { listSceneBoxes } from './scene-boxes-store.ts';
import { findPlace, listSceneLabels, listSceneLines, listSceneTasks } from './scene-store.ts';

/** Reads what a bench is busy with, all by key: two queries while units are packed, three while they are picked. */
export async function loadScene(handle: Handle, stationId: string): Promise<Scene> {
  const { bench, order, parcel, standing, settings } = await findPlace(handle, stationId);
  const nothing: Scene = {
    bench,
    order: undefined,
    lines: [],
    kits: [],
    codes: [],
    tasks: [],
    parcel: undefined,
    boxes: [],
    labels: [],
    settings,
  };
  if (bench.mode === 'idle' || !order) return nothing;
  const { lines, kits, codes } = await listSceneLines(handle, order.id);
  if (bench.mode === 'pick')
    return { ...nothing, order, lines, kits, codes, tasks: await listSceneTasks(handle, order.id) };
  const labels = parcel && parcel.state !== 'open' ? latestLabels(await listSceneLabels(handle, parcel.id)) : [];
  const boxes = parcel && standing > 1 ? await listSceneBoxes(handle, order.id) : [];
  const here = boxes.find((box) => box.id === parcel?.id)?.units;
  const apart = here ? lines.map((line) => ({ ...line, inParcel: here.get(line.id) ?? 0 })) : lines;
  return { ...nothing, order, lines: apart, kits, codes, parcel, boxes, labels };
}

/** Everything the bench screen shows, from the read handle. */
export async function readBenchView(
  database: Database,
  seat: Seat,
  options: { demo: boolean; now: string },
): Promise<BenchView> {
  const scene = await loadScene(database.read, seat.station.id);
  const { bench } = scene;
  const idle = bench.mode === 'idle';
  return viewOf(scene, {
    seat,
    today: options.now.slice(0, 10),
    queue: idle && seat.operator ? await readQueue(database) : emptyQueue,
    suggestions: await suggest(database, { seat, bench, tote: scene.order?.tote ?? null, demo: options.demo }),
  });
}

/** Packed means here: labelled, and nobody has scanned the label yet. */
const TO_PACK = ['picked', 'packing', 'packed'];
const COUNT_UP_TO = 1_000;
const SHOWN = 8;

async function countOrders(database: Database, states: readonly string[]): Promise<number> {
  const capped = database
    .read('sales_order')
    .leftJoin('order_hold', 'order_hold.order_id', 'sales_order.id')
    .whereIn('state', [...states])
    .whereNull('order_hold.order_id')
    .limit(COUNT_UP_TO)
    .select('sales_order.id')
    .as('capped');
  const row = await database.read.count({ count: '*' }).from(capped).first();
  return Number(row?.count ?? 0);
}

async function readQueue(database: Database): Promise<BenchView['queue']> {
  const orders = await database
    .read('sales_order')
    .leftJoin('order_hold', 'order_hold.order_id', 'sales_order.id')
    .whereIn('state', ['allocated', 'picking', ...TO_PACK])
    .whereNull('order_hold.order_id')
    .orderBy([{ column: 'priority', order: 'desc' }, { column: 'ship_by' }, { column: 'id' }])
    .limit(SHOWN)
    .select(
      'sales_order.id',
      'number',
      'channel',
      'external_id as externalId',
      'state',
      'priority',
      'placed_at as placedAt',
      'ship_by as shipBy',
      'country',
      'gift',
    );
  const units: { orderId: string; lineCount: number; unitCount: number }[] = await database
    .read('order_line')
    .whereIn(
      'order_id',
      orders.map((order) => order.id),
    )
    .whereNull('parent_line_id')
    .groupBy('order_id')
    .select('order_id as orderId')
    .count({ lineCount: '*' })
    .select(database.read.raw('sum(ordered - cancelled) as "unitCount"'));
  const next: OrderSummary[] = orders.map((order) => {
    const line = units.find((unit) => unit.orderId === order.id);
    return {
      ...order,
      gift: order.gift === 1,
      hold: null,
      lineCount: Number(line?.lineCount ?? 0),
      unitCount: Number(line?.unitCount ?? 0),
    };
  });
  return {
    toPick: await countOrders(database, ['allocated', 'picking']),
    toPack: await countOrders(database, TO_PACK),
    next,
  };
}

interface Asked {
  readonly seat: Seat;
  readonly bench: Bench;
  readonly tote: string | null;
  readonly demo: boolean;
}

async function suggest(database: Database, asked: Asked): Promise<Expected[]> {
  if (!asked.seat.operator) return asked.demo ? suggestBadges(database) : [];
  if (asked.bench.mode === 'pick' && !asked.tote) return suggestFreeTotes(database);
  if (asked.bench.mode !== 'idle') return [];
  const picked: { code: string; number: string }[] = await database
    .read('sales_order')
    .join('tote', 'tote.id', 'sales_order.tote_id')
    .leftJoin('order_hold', 'order_hold.order_id', 'sales_order.id')
    .whereNull('order_hold.order_id')
    .whereIn('state', TO_PACK)
    .whereNull('claimed_by')
    .orderBy([{ column: 'priority', order: 'desc' }, { column: 'ship_by' }])
    .limit(3)
    .select('tote.code', 'number');
  return [
    ...picked.map(
      (row): Expected => ({
        kind: 'tote',
        text: encodeStationCode('tote', row.code),
        title: `${row.code} · ${row.number}`,
      }),
    ),
    commandCard('NEXT'),
  ];
}

async function suggestBadges(database: Database): Promise<Expected[]> {
  const rows: { name: string; badge: string }[] = await database
    .read('operator')
    .where({ active: 1 })
    .orderBy('name')
    .select('name', 'badge_code as badge');
  return rows.map((row) => ({ kind: 'badge', text: encodeStationCode('badge', row.badge), title: row.name }));
}

async function suggestFreeTotes(database: Database): Promise<Expected[]> {
  const rows: { code: string }[] = await database
    .read('tote')
    .leftJoin('sales_order', 'sales_order.tote_id', 'tote.id')
    .whereNull('sales_order.id')
    .orderBy('tote.code')
    .limit(3)
    .select('tote.code');
  return rows.map((row) => ({ kind: 'tote', text: encodeStationCode('tote', row.code), title: row.code }));
}
