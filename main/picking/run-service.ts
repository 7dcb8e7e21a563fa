import { transition } from '../../shared/model/state-machine.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { orderCode } from '../orders/import-rules.ts';
import { claimedElsewhere, holdOf, latestLeaseEnd, leaveOrder, orderById } from '../orders/orders-service.ts';
import type { Order } from '../orders/orders-store.ts';
import { claimOrder } from './picking-service.ts';
import { pickRunMachine, zoneCards } from './run-rules.ts';
import {
  addMember,
  findOrderOfTask,
  findPickRunByCode,
  getPickRun,
  insertPickRun,
  listMembers,
  listRunCandidates,
  listZoneNames,
  type PickRun,
  removeMember,
  savePickRun,
  toteWaitsIn,
  zonesLeft,
} from './run-store.ts';

export interface StartedRun {
  readonly id: string;
  readonly code: string;
  readonly orders: number;
}

export type RunStart =
  | { readonly outcome: 'started'; readonly run: StartedRun }
  | { readonly outcome: 'nothing-to-pick' }
  | { readonly outcome: 'unknown-zone' };

/**
 * Step: claims the most urgent orders that no tote holds yet, at most `limit`, and makes one walk of them.
 *
 * `zone` is the name on a zone's card: then only orders with something to take there count, and the walk begins without
 * any where totes of other zones wait to be passed on.
 */
export async function startRun(
  uow: UnitOfWork,
  stationId: string,
  asked: { limit: number; zone: string | null },
): Promise<RunStart> {
  const { zone, limit } = asked;
  const zones = zone === null ? null : (zoneCards(await listZoneNames(uow.tx)).get(zone) ?? []);
  if (zones?.length === 0) return { outcome: 'unknown-zone' };
  const by = { stationId, now: uow.now, latest: latestLeaseEnd(uow.now), limit, zones };
  const orderIds: string[] = [];
  for (const id of await listRunCandidates(uow.tx, by)) {
    const claim = await claimOrder(uow, await orderById(uow, id), stationId);
    if (claim.outcome === 'claimed') orderIds.push(id);
  }
  if (orderIds.length === 0 && !(zones && (await toteWaitsIn(uow.tx, zones)))) return { outcome: 'nothing-to-pick' };
  const id = uow.newId();
  const code = orderCode(id);
  await insertPickRun(uow.tx, { id, code, stationId, zone, createdAt: uow.now, orderIds });
  uow.record({ kind: 'pick-run.started', subject: id, data: { orders: orderIds, ...(zone ? { zone } : {}) } });
  return { outcome: 'started', run: { id, code, orders: orderIds.length } };
}

/** Step: an order whose tote comes from another zone is part of this walk from now on. */
export async function joinRun(
  uow: UnitOfWork,
  runId: string,
  join: { order: Order; stationId: string },
): Promise<Order> {
  const claim = await claimOrder(uow, join.order, join.stationId);
  if (claim.outcome === 'finished') return claim.order;
  await addMember(uow.tx, runId, join.order.id);
  uow.record({ kind: 'pick-run.order-joined', subject: join.order.id, data: { run: runId } });
  return claim.order;
}

/** Why an order is no longer part of a walk. */
export type LeftBecause = 'finished' | 'given-back' | 'passed-on' | 'on-hold' | 'cancelled' | 'taken-over';

/** Step: an order is no longer part of the walk; what this bench still claims of it is free again. */
export async function leaveRun(
  uow: UnitOfWork,
  runId: string,
  left: { orderId: string; because: LeftBecause },
): Promise<void> {
  const { orderId, because } = left;
  if (because === 'given-back' || because === 'passed-on' || because === 'on-hold') await leaveOrder(uow, orderId);
  await removeMember(uow.tx, runId, { orderId, at: uow.now });
  uow.record({ kind: 'pick-run.order-left', subject: orderId, data: { run: runId, because } });
}

/** Step: zones where the order still has something to take, in walking order. */
export function zonesOf(uow: UnitOfWork, orderId: string): Promise<string[]> {
  return zonesLeft(uow.tx, orderId);
}

/** Step: the order that a task belongs to. */
export function orderOfTask(uow: UnitOfWork, taskId: string): Promise<string | undefined> {
  return findOrderOfTask(uow.tx, taskId);
}

/** Step: nothing is left of the walk. */
export async function finishRun(uow: UnitOfWork, runId: string): Promise<void> {
  await moveRun(uow, await getPickRun(uow.tx, runId), 'done');
}

/** Step: the picker leaves the walk; its orders are free, what was picked stays in their totes, its code goes on with it. */
export async function abandonRun(uow: UnitOfWork, runId: string, stationId: string): Promise<void> {
  const run = await getPickRun(uow.tx, runId);
  for (const { orderId } of await listMembers(uow.tx, runId)) {
    const order = await orderById(uow, orderId);
    if (order.claimedBy === stationId && order.state === 'picking') await leaveOrder(uow, orderId);
  }
  await moveRun(uow, run, 'left');
}

async function moveRun(uow: UnitOfWork, run: PickRun, to: 'left' | 'done'): Promise<void> {
  const state = transition(pickRunMachine, run.state, to);
  await savePickRun(uow.tx, run, { state });
  uow.record({ kind: `pick-run.${state}`, subject: run.id, from: run.state, to: state });
}

export type RunResume =
  | { readonly outcome: 'resumed'; readonly run: StartedRun }
  | { readonly outcome: 'unknown' | 'over' }
  /** Another bench walks it, and holds some of its orders. */
  | { readonly outcome: 'elsewhere' };

/** Step: goes on with a walk by the code on its pick list, with those of its orders that nobody else has taken since. */
export async function resumeRun(uow: UnitOfWork, code: string, stationId: string): Promise<RunResume> {
  const run = await findPickRunByCode(uow.tx, code);
  if (!run) return { outcome: 'unknown' };
  if (run.state === 'done') return { outcome: 'over' };
  const members = await listMembers(uow.tx, run.id);
  const orders: Order[] = [];
  for (const { orderId } of members) orders.push(await orderById(uow, orderId));
  const walkedBy = (order: Order): boolean => order.claimedBy === run.stationId;
  if (run.state === 'open' && orders.some((order) => walkedBy(order) && claimedElsewhere(order, stationId, uow.now)))
    return { outcome: 'elsewhere' };
  let claimed = 0;
  for (const order of orders) {
    if (await takeBack(uow, order, stationId)) claimed += 1;
    else await removeMember(uow.tx, run.id, { orderId: order.id, at: uow.now });
  }
  const to = claimed > 0 ? 'open' : 'done';
  const state = run.state === to ? to : transition(pickRunMachine, run.state, to);
  await savePickRun(uow.tx, run, { state, stationId });
  uow.record({ kind: claimed > 0 ? 'pick-run.resumed' : 'pick-run.done', subject: run.id, data: { orders: claimed } });
  return claimed > 0 ? { outcome: 'resumed', run: { id: run.id, code, orders: claimed } } : { outcome: 'over' };
}

async function takeBack(uow: UnitOfWork, order: Order, stationId: string): Promise<boolean> {
  if (!['allocated', 'picking'].includes(order.state) || claimedElsewhere(order, stationId, uow.now)) return false;
  if (await holdOf(uow, order.id)) return false;
  return (await claimOrder(uow, order, stationId)).outcome === 'claimed';
}
