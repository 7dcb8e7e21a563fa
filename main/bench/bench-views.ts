import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import type { BenchView, Expected } from '../../shared/contract/bench.ts';
import type { OrderSummary } from '../../shared/contract/common.ts';
import type { PinAsked, Seat } from '../../shared/model/actor.ts';
import { type Role, roles } from '../../shared/model/roles.ts';
import type { Database } from '../db/database.ts';
import type { Handle } from '../db/rows.ts';
import { STANDING_HOLD } from '../orders/hold-rules.ts';
import { latestLabels } from '../shipping/shipping-rules.ts';
import { isFull, type Scene, withoutEndedHold } from './bench-rules.ts';
import type { Bench } from './bench-store.ts';
import { commandCard, emptyQueue, viewOf } from './bench-view-rules.ts';
import { dockPending } from './dock-view-rules.ts';
import type { SceneFloor } from './floor-view-rules.ts';
import { hintOf, itemKeptByLot } from './lot-hint-rules.ts';
import { pendingOf } from './pending-rules.ts';
import { currentSlot } from './run-scene-rules.ts';
import { findSceneRun } from './run-scene-store.ts';
import { suggestInLane, zoneCardsOf } from './run-suggestion-views.ts';
import { listSceneBoxes } from './scene-boxes-store.ts';
import { readSceneDock } from './scene-dock-store.ts';
import {
  countFloorTasks,
  findSceneCount,
  listPutBackTotes,
  listScenePutBacks,
  listSceneSubstitutes,
} from './scene-floor-store.ts';
import { listSceneLines } from './scene-lines-store.ts';
import { listKnownLots } from './scene-lots-store.ts';
import { listScenePrints } from './scene-prints-store.ts';
import { findPlace } from './scene-store.ts';
import { listSceneLabels, listSceneTasks } from './scene-tasks-store.ts';
import { readSceneWeigh } from './scene-weigh-store.ts';

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
  if (bench.mode === 'batch' && bench.runId) return loadRun(handle, nothing, bench.runId);
  if (bench.mode === 'count') return { ...nothing, floor: await loadCount(handle, bench) };
  if (bench.mode === 'idle' || !order) return nothing;
  const { lines, kits, codes } = await listSceneLines(handle, order.id);
  if (bench.mode === 'put-back') {
    const putBacks = await listScenePutBacks(handle, order.id);
    return { ...nothing, order, lines, kits, codes, floor: { ...noFloor, putBacks } };
  }
  if (bench.mode === 'pick') {
    const tasks = await listSceneTasks(handle, order.id);
    return { ...nothing, order, lines, kits, codes, tasks, ...(await loadSubstitutes(handle, bench)) };
  }
  const labels = parcel && parcel.state !== 'open' ? latestLabels(await listSceneLabels(handle, parcel.id)) : [];
  const boxes = parcel && standing > 1 ? await listSceneBoxes(handle, order.id) : [];
  const here = boxes.find((box) => box.id === parcel?.id)?.units;
  const apart = here ? lines.map((line) => ({ ...line, inParcel: here.get(line.id) ?? 0 })) : lines;
  const scanned = parcel?.state !== 'labelled' || parcel.labelConfirmedAt !== null;
  const prints = scanned ? [] : await listScenePrints(handle, parcel.id);
  const scene: Scene = { ...nothing, order, lines: apart, kits, codes, parcel, boxes, labels, prints };
  return parcel?.state === 'open' && isFull(scene) ? { ...scene, weigh: await readSceneWeigh(handle, parcel) } : scene;
}

/** The walk, and the lines of the order whose turn it is: three queries more, however many orders there are. */
async function loadRun(handle: Handle, nothing: Scene, runId: string): Promise<Scene> {
  const run = await findSceneRun(handle, runId);
  const order = run && currentSlot(run, nothing.bench)?.order;
  if (!order) return { ...nothing, run };
  const floor = await loadSubstitutes(handle, nothing.bench);
  return { ...nothing, run, order, ...(await listSceneLines(handle, order.id)), ...floor };
}

const noFloor: SceneFloor = { putBacks: [], count: null, substitutes: [] };

async function loadCount(handle: Handle, bench: Bench): Promise<SceneFloor> {
  return { ...noFloor, count: (await findSceneCount(handle, bench.taskId ?? '')) ?? null };
}

/** Read only while something equal is offered. */
async function loadSubstitutes(handle: Handle, bench: Bench): Promise<{ floor: SceneFloor } | undefined> {
  const pending = pendingOf(bench);
  if (pending?.kind !== 'substitute') return undefined;
  return { floor: { ...noFloor, substitutes: await listSceneSubstitutes(handle, pending.taskId) } };
}

/** Everything the bench screen shows, from the read handle. */
export async function readBenchView(
  database: Database,
  seat: Seat,
  options: { demo: boolean; now: string; pin?: PinAsked | undefined },
): Promise<BenchView> {
  const scene = await withLotHint(
    database,
    withoutEndedHold(await loadScene(database.read, seat.station.id), options.now),
    options.now,
  );
  const { bench } = scene;
  const idle = bench.mode === 'idle';
  const floor = idle && seat.operator ? await countFloorTasks(database.read) : { putBacks: 0, counts: 0 };
  return viewOf(scene, {
    seat,
    today: options.now.slice(0, 10),
    queue: idle && seat.operator ? await readQueue(database, options.now) : emptyQueue,
    suggestions:
      (seat.operator ? await suggestInLane(database, scene, options.now) : undefined) ??
      (await suggest(database, { ...options, seat, bench, floor, tote: scene.order?.tote ?? null })),
    ...(options.pin ? { pin: options.pin } : {}),
    ...(bench.mode === 'dock' && seat.operator ? { dock: await readDockScene(database, scene, options.now) } : {}),
    floor,
  });
}

function readDockScene(database: Database, scene: Scene, now: string): ReturnType<typeof readSceneDock> {
  const { manifestId } = dockPending(scene);
  const { timeZone } = scene.settings;
  return readSceneDock(database.read, { parcelId: scene.bench.parcelId, manifestId, timeZone }, now);
}

/** Lots are read only for an item that is kept by lot or expiry. */
async function withLotHint(database: Database, scene: Scene, now: string): Promise<Scene> {
  const itemId = itemKeptByLot(scene);
  if (!itemId) return scene;
  return { ...scene, hint: hintOf(scene, await listKnownLots(database.read, itemId), now.slice(0, 10)) };
}

/** Packed means here: labelled, and nobody has scanned the label yet. */
const TO_PACK = ['picked', 'packing', 'packed'];
const COUNT_UP_TO = 1_000;
const SHOWN = 8;
const SUGGESTED = 3;

async function countOrders(database: Database, states: readonly string[], now: string): Promise<number> {
  const capped = database
    .read('sales_order')
    .leftJoin(database.read.raw(STANDING_HOLD, [now]))
    .whereIn('state', [...states])
    .whereNull('order_hold.order_id')
    .limit(COUNT_UP_TO)
    .select('sales_order.id')
    .as('capped');
  const row = await database.read.count({ count: '*' }).from(capped).first();
  return Number(row?.count ?? 0);
}

async function readQueue(database: Database, now: string): Promise<BenchView['queue']> {
  const orders = await database
    .read('sales_order')
    .leftJoin(database.read.raw(STANDING_HOLD, [now]))
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
    toPick: await countOrders(database, ['allocated', 'picking'], now),
    toPack: await countOrders(database, TO_PACK, now),
    next,
  };
}

interface Asked {
  readonly seat: Seat;
  readonly bench: Bench;
  readonly tote: string | null;
  readonly floor: BenchView['floor'];
  readonly demo: boolean;
  readonly now: string;
}

async function suggest(database: Database, asked: Asked): Promise<Expected[]> {
  const { now } = asked;
  if (!asked.seat.operator) return asked.demo ? suggestBadges(database, roles) : [];
  const pending = pendingOf(asked.bench);
  const awaited = pending?.kind === 'override' && pending.supervisorId === null;
  if (awaited) return asked.demo ? suggestBadges(database, ['supervisor', 'admin']) : [];
  if (asked.bench.mode === 'pick' && !asked.tote) return suggestFreeTotes(database);
  if (asked.bench.mode !== 'idle') return [];
  const picked: { tote: string | null; code: string; number: string }[] = await database
    .read('sales_order')
    .leftJoin('tote', 'tote.id', 'sales_order.tote_id')
    .leftJoin(database.read.raw(STANDING_HOLD, [now]))
    .whereNull('order_hold.order_id')
    .whereIn('state', TO_PACK)
    .whereNull('claimed_by')
    .orderBy([{ column: 'priority', order: 'desc' }, { column: 'ship_by' }])
    .limit(3)
    .select('tote.code as tote', 'sales_order.code', 'number');
  return [
    ...picked.map(toPack),
    ...(await listPutBackTotes(database.read, SUGGESTED)).map(toPack),
    ...['NEXT', 'BATCH', 'SINGLES', ...(await zoneCardsOf(database)).map((zone) => `ZONE-${zone}`)].map(commandCard),
    ...(asked.floor.counts > 0 ? [commandCard('COUNT')] : []),
  ];
}

/** By its tote; an order of the lane of single lines lies in none, so by its own code. */
function toPack({ tote, code, number }: { tote: string | null; code: string; number: string }): Expected {
  if (tote === null) return { kind: 'order', text: encodeStationCode('order', code), title: number };
  return { kind: 'tote', text: encodeStationCode('tote', tote), title: `${tote} · ${number}` };
}

async function suggestBadges(database: Database, having: readonly Role[]): Promise<Expected[]> {
  const rows: { name: string; badge: string }[] = await database
    .read('operator')
    .where({ active: 1 })
    .whereIn('role', [...having])
    .orderBy('name')
    .select('name', 'badge_code as badge');
  return rows.map((row) => ({ kind: 'badge', text: encodeStationCode('badge', row.badge), title: row.name }));
}

async function suggestFreeTotes(database: Database): Promise<Expected[]> {
  const rows: { code: string }[] = await database
    .read('tote')
    .leftJoin('sales_order', 'sales_order.tote_id', 'tote.id')
    .whereNull('sales_order.id')
    .whereNotExists((back) => back.from('put_back').whereRaw('put_back.tote_id = tote.id').where({ state: 'open' }))
    .orderBy('tote.code')
    .limit(SUGGESTED)
    .select('tote.code');
  return rows.map((row) => ({ kind: 'tote', text: encodeStationCode('tote', row.code), title: row.code }));
}
