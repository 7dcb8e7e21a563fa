import type { CallOutput } from '../../shared/contract/index.ts';
import type { LiveStation, UrgentOrder } from '../../shared/contract/reporting.ts';
import type { Database } from '../db/database.ts';
import { type Handle, selectRows } from '../db/rows.ts';
import {
  AT_RISK_MS,
  type BacklogCount,
  backlogOf,
  blockOf,
  isStuck,
  openStates,
  STUCK_AFTER_MINUTES,
  stagesOf,
} from './floor-rules.ts';
import { placeholders, quarterOf } from './portable-sql-views.ts';
import { isoOf } from './throughput-rules.ts';
import { readLastHour } from './throughput-views.ts';

const LISTED = 20;
const LAST_SCAN_WITHIN_MS = 3_600_000;
const OPEN = `state in (${placeholders(openStates)})`;
/** A hold that ends by itself no longer holds anything up. */
const HOLD = 'left join order_hold on order_hold.order_id = sales_order.id and (until is null or until > ?)';

/** What the floor looks like now. Every number is counted anew from orders, journal and benches. */
export async function readFloor(
  database: Database,
  zone: string,
  now: Date,
): Promise<CallOutput<'reporting.floor-view'>> {
  const { read } = database;
  const ms = now.getTime();
  const at = now.toISOString();
  const counts = await countOpen(read, at);
  return {
    at,
    lastHour: await readLastHour(database, now),
    stages: stagesOf(counts),
    backlog: backlogOf(counts, zone, ms),
    atRisk: await listUrgent(read, { now: at, from: at, to: isoOf(ms + AT_RISK_MS) }),
    late: await listUrgent(read, { now: at, from: '', to: at }),
    stations: await listLive(read, ms),
    stuckAfterMinutes: STUCK_AFTER_MINUTES,
  };
}

async function countOpen(read: Handle, now: string): Promise<BacklogCount[]> {
  const quarter = quarterOf('ship_by');
  const late = 'case when ship_by < ? then 1 else 0 end';
  const rows = await selectRows<Omit<BacklogCount, 'late'> & { late: number }>(
    read,
    `select quarter, late, channel, state, reason as "holdReason", count(*) as count from (
       select ${quarter} as quarter, ${late} as late, channel, state, reason from sales_order ${HOLD} where ${OPEN}
     ) as waiting group by quarter, late, channel, state, reason`,
    [now, now, ...openStates],
  );
  return rows.map((row) => ({ ...row, late: Number(row.late) === 1, count: Number(row.count) }));
}

interface DueRange {
  readonly now: string;
  readonly from: string;
  readonly to: string;
}

/** Open orders that have to leave within the range, most urgent first. */
async function listUrgent(
  read: Handle,
  { now, from, to }: DueRange,
): Promise<{ total: number; orders: UrgentOrder[] }> {
  const rows = await selectRows<Omit<UrgentOrder, 'units' | 'block'> & { holdReason: string | null; total: number }>(
    read,
    `select sales_order.id, number, channel, state, priority, ship_by as "shipBy", reason as "holdReason",
       station.name as station, count(*) over () as total
     from sales_order ${HOLD} left join station on station.id = claimed_by and claim_until > ?
     where ${OPEN} and ship_by >= ? and ship_by < ?
     order by ship_by, priority desc, sales_order.id limit ${LISTED}`,
    [now, now, ...openStates, from, to],
  );
  const units = await unitsOf(
    read,
    rows.map((row) => row.id),
  );
  const orders = rows.map(({ holdReason, total: _, ...order }) => ({
    ...order,
    block: blockOf({ state: order.state, holdReason }),
    units: units.get(order.id) ?? 0,
  }));
  return { total: Number(rows[0]?.total ?? 0), orders };
}

async function unitsOf(read: Handle, orderIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (orderIds.length === 0) return new Map();
  const rows = await selectRows<{ orderId: string; units: number | string }>(
    read,
    `select order_id as "orderId", sum(ordered - cancelled) as units from order_line
     where order_id in (${placeholders(orderIds)}) and parent_line_id is null group by order_id`,
    orderIds,
  );
  return new Map(rows.map((row) => [row.orderId, Number(row.units)]));
}

interface StationRow {
  readonly id: string;
  readonly name: string;
  readonly operator: string | null;
  readonly signedInAt: string | null;
  readonly lockedAt: string | null;
  readonly mode: LiveStation['mode'] | null;
  readonly orderId: string | null;
  readonly orderNumber: string | null;
  readonly parcelId: string | null;
}

/** Every bench by name. It tells what is being worked on, never how fast anybody is. */
async function listLive(read: Handle, now: number): Promise<LiveStation[]> {
  const rows = await selectRows<StationRow>(
    read,
    `select station.id, station.name, operator.name as operator, sign_in.since as "signedInAt",
       locked_at as "lockedAt", mode, bench.order_id as "orderId", number as "orderNumber", parcel_id as "parcelId"
     from station left join sign_in on sign_in.station_id = station.id
       left join operator on operator.id = sign_in.operator_id
       left join bench on bench.station_id = station.id
       left join sales_order on sales_order.id = bench.order_id
     order by station.name`,
    [],
  );
  const scans = await lastScans(read, isoOf(now - LAST_SCAN_WITHIN_MS));
  const began = await beginnings(
    read,
    rows.flatMap(({ orderId, parcelId }) => [orderId, parcelId].filter((id) => id !== null)),
  );
  return rows.map((row) => liveStation(row, { scans, began, now }));
}

function liveStation(
  row: StationRow,
  known: { scans: ReadonlyMap<string, string>; began: ReadonlyMap<string, string>; now: number },
): LiveStation {
  const order =
    row.operator !== null && row.orderId !== null && row.orderNumber !== null
      ? { id: row.orderId, number: row.orderNumber }
      : null;
  const since = (order && known.began.get(row.parcelId ?? order.id)) ?? row.signedInAt;
  const lastScanAt = known.scans.get(row.id) ?? null;
  const mode = row.operator === null ? 'sign-in' : (row.mode ?? 'idle');
  return {
    id: row.id,
    name: row.name,
    operator: row.operator,
    locked: row.lockedAt !== null,
    mode,
    order,
    since: row.operator === null ? null : since,
    lastScanAt,
    stuck: isStuck({ mode, since, lastScanAt }, known.now),
  };
}

/** When each bench last scanned something that left a trace, refusals too. */
async function lastScans(read: Handle, since: string): Promise<ReadonlyMap<string, string>> {
  const rows = await selectRows<{ stationId: string; at: string }>(
    read,
    `select station_id as "stationId", max(at) as at from journal
     where at >= ? and station_id is not null group by station_id`,
    [since],
  );
  return new Map(rows.map((row) => [row.stationId, row.at]));
}

/** When an order or parcel was last taken in hand. */
async function beginnings(read: Handle, subjects: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (subjects.length === 0) return new Map();
  const rows = await selectRows<{ subject: string; at: string }>(
    read,
    `select subject, max(at) as at from journal where subject in (${placeholders(subjects)})
       and kind in ('order.picking', 'order.claimed', 'parcel.opened', 'parcel.resumed') group by subject`,
    subjects,
  );
  return new Map(rows.map((row) => [row.subject, row.at]));
}
