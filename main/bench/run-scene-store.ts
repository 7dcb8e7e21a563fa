import type { OrderState } from '../../shared/model/machines.ts';
import { type Handle, selectRows } from '../db/rows.ts';
import type { PickRunState, RunTask } from '../picking/run-rules.ts';
import type { SceneOrder } from './scene-store.ts';

/** An order on the cart. */
export interface SceneSlot {
  readonly slot: number;
  readonly order: SceneOrder;
}

/** The walk that a bench is on. */
export interface SceneRun {
  readonly id: string;
  readonly code: string;
  readonly stationId: string;
  /** Name on the zone's card. */
  readonly zone: string | null;
  readonly state: PickRunState;
  readonly slots: readonly SceneSlot[];
  /** Every task of these orders that hands still have to go to, of other zones too. */
  readonly tasks: readonly RunTask[];
}

interface SlotRow {
  readonly runId: string;
  readonly runCode: string;
  readonly stationId: string;
  readonly zone: string | null;
  readonly runState: PickRunState;
  readonly slot: number | null;
  readonly id: string | null;
  readonly number: string;
  readonly channel: string;
  readonly externalId: string;
  readonly code: string;
  readonly state: OrderState;
  readonly priority: number;
  readonly placedAt: string;
  readonly shipBy: string;
  readonly country: string;
  readonly gift: number;
  readonly tote: string | null;
  readonly toteId: string | null;
  readonly claimedBy: string | null;
  readonly claimUntil: string | null;
  readonly substitutionOk: number;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly since: string | null;
  readonly until: string | null;
}

const SLOTS = `
  select run.id as "runId", run.code as "runCode", run.station_id as "stationId", run.zone, run.state as "runState", member.slot,
    o.id, o.number, o.channel, o.external_id as "externalId", o.code, o.state, o.priority, o.placed_at as "placedAt", o.ship_by as "shipBy", o.country, o.gift,
    tote.code as tote, o.tote_id as "toteId", o.claimed_by as "claimedBy", o.claim_until as "claimUntil", o.substitution_ok as "substitutionOk",
    hold.reason, hold.detail, hold.since, hold.until
  from pick_run run
  left join pick_run_order member on member.run_id = run.id and member.left_at is null
  left join sales_order o on o.id = member.order_id
  left join tote on tote.id = o.tote_id
  left join order_hold hold on hold.order_id = o.id
  where run.id = ?
  order by member.slot`;

const TASKS = `
  select task.id, task.order_id as "orderId", task.order_line_id as "lineId", task.item_id as "itemId", member.slot,
    location.code as location, location.walk_key as "walkKey", location.zone, task.quantity, task.picked, task.state
  from pick_run_order member
  join pick_task task on task.order_id = member.order_id
  join location on location.id = task.location_id
  where member.run_id = ? and member.left_at is null and task.state in ('open', 'claimed', 'picking')`;

/** The walk with its orders and their open tasks, by key: two queries. */
export async function findSceneRun(handle: Handle, runId: string): Promise<SceneRun | undefined> {
  const rows = await selectRows<SlotRow>(handle, SLOTS, [runId]);
  const [first] = rows;
  if (!first) return undefined;
  return {
    id: first.runId,
    code: first.runCode,
    stationId: first.stationId,
    zone: first.zone,
    state: first.runState,
    slots: rows.flatMap(slotOf),
    tasks: await listSceneRunTasks(handle, runId),
  };
}

/** Tasks of a walk as they stand now, in no order. */
export function listSceneRunTasks(handle: Handle, runId: string): Promise<RunTask[]> {
  return selectRows<RunTask>(handle, TASKS, [runId]);
}

function slotOf(row: SlotRow): SceneSlot[] {
  const { id, slot, gift, reason, detail, since, until } = row;
  if (id === null || slot === null) return [];
  const { number, channel, externalId, code, state, priority, placedAt, shipBy, country } = row;
  const { tote, toteId, claimedBy, claimUntil } = row;
  const order: SceneOrder = {
    id,
    number,
    channel,
    externalId,
    code,
    state,
    priority,
    placedAt,
    shipBy,
    country,
    gift: gift === 1,
    tote,
    toteId,
    claimedBy,
    claimUntil,
    substitutionOk: row.substitutionOk === 1,
    note: null,
    hold: reason !== null && since !== null ? { reason, detail: detail ?? '', since, until } : null,
  };
  return [{ slot, order }];
}
