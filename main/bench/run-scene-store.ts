import { type PersonalSeal, personalOf } from '../db/personal-seal.ts';
import { type Handle, selectRows } from '../db/rows.ts';
import type { PickRunState, RunTask } from '../picking/run-rules.ts';
import {
  SCENE_ORDER_COLUMNS,
  SCENE_ORDER_JOINS,
  type SceneOrder,
  type SceneOrderRow,
  sceneOrderOf,
} from './scene-store.ts';

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

interface SlotRow extends SceneOrderRow {
  readonly runId: string;
  readonly runCode: string;
  readonly stationId: string;
  readonly zone: string | null;
  readonly runState: PickRunState;
  readonly slot: number | null;
}

const SLOTS = `
  select run.id as "runId", run.code as "runCode", run.station_id as "stationId", run.zone, run.state as "runState", member.slot,
    ${SCENE_ORDER_COLUMNS}
  from pick_run run
  left join pick_run_order member on member.run_id = run.id and member.left_at is null
  left join sales_order o on o.id = member.order_id
  ${SCENE_ORDER_JOINS}
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
    slots: rows.flatMap((row) => slotOf(row, personalOf(handle))),
    tasks: await listSceneRunTasks(handle, runId),
  };
}

/** Tasks of a walk as they stand now, in no order. */
export function listSceneRunTasks(handle: Handle, runId: string): Promise<RunTask[]> {
  return selectRows<RunTask>(handle, TASKS, [runId]);
}

function slotOf(row: SlotRow, seal: PersonalSeal): SceneSlot[] {
  const order = sceneOrderOf(row, seal);
  return order && row.slot !== null ? [{ slot: row.slot, order }] : [];
}
