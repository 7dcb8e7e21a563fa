import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import type { CarrierAbility } from '../../shared/model/carrier.ts';
import type { CarrierConnector, Tracking } from '../carriers/carrier.ts';
import { runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { moveParcel } from '../packing/packing-service.ts';
import { openAccount, type ShippingDeps } from './account-service.ts';
import { ASKING_MS, nextLook, parcelMoves } from './tracking-rules.ts';
import {
  addTrackingEvents,
  claimLook,
  findTracked,
  listDueLabels,
  listLabelsToRefresh,
  saveTracking,
  setNextLook,
  type TrackedLabel,
  watchReturnLabel,
} from './tracking-store.ts';

/** Labels asked about in one turn: the rest waits for the next, so that buying labels is never behind tracking. */
const A_TURN = 60;
/** Asked about one account in one turn. */
const AN_ACCOUNT = 20;
const DAY_MS = 86_400_000;

export interface TrackingTurn {
  readonly asked: number;
  readonly changed: number;
  readonly failed: number;
}

/** What a tracked return label says of its return; handed in, so that returns stay a feature of their own. */
export interface TrackingFollowers {
  returnMoved(uow: UnitOfWork, rmaId: string, state: Tracking['state']): Promise<void>;
}

/**
 * Asks carriers about every label that is due, one account after another within what each takes a minute. Several
 * stations share the work: who takes a label asks, the others see that it is not due any more.
 */
export async function pollTracking(deps: ShippingDeps, followers: TrackingFollowers): Promise<TrackingTurn> {
  const due = await listDueLabels(deps.database.read, deps.clock().toISOString(), A_TURN);
  return askAll(deps, followers, due);
}

/** Asks now, whether it is time or not: about the labels of one order, or all that are watched. */
export async function refreshTracking(
  deps: ShippingDeps,
  followers: TrackingFollowers,
  orderId: string | null,
): Promise<TrackingTurn> {
  return askAll(deps, followers, await listLabelsToRefresh(deps.database.read, orderId, orderId === null ? 500 : 50));
}

async function askAll(
  deps: ShippingDeps,
  followers: TrackingFollowers,
  labels: readonly TrackedLabel[],
): Promise<TrackingTurn> {
  const turn = { asked: 0, changed: 0, failed: 0 };
  await Promise.all(
    [...new Set(labels.map(({ accountId }) => accountId))].map(async (accountId) => {
      const own = labels.filter((label) => label.accountId === accountId).slice(0, AN_ACCOUNT);
      for (const label of own) {
        const outcome = await askOne(deps, followers, label);
        if (outcome !== 'skipped') turn.asked += 1;
        if (outcome === 'changed') turn.changed += 1;
        if (outcome === 'failed') turn.failed += 1;
        // The carrier, or the way to it, has enough: the rest of this account waits for its next turn.
        if (outcome === 'failed') return;
      }
    }),
  );
  return turn;
}

type Outcome = 'skipped' | 'same' | 'changed' | 'failed';

async function askOne(deps: ShippingDeps, followers: TrackingFollowers, label: TrackedLabel): Promise<Outcome> {
  const connector = deps.carriers.find(label.connector);
  if (!isAsked(connector, label)) {
    await leave(deps, label);
    return 'skipped';
  }
  if (!(await claim(deps, label))) return 'skipped';
  let told: Tracking | null;
  try {
    const { carrier } = await openAccount(deps, label.accountId);
    told = (await carrier.track?.(label))?.details ?? null;
  } catch (error) {
    await askLater(deps, label, error);
    return 'failed';
  }
  // The carrier does not know the number yet.
  const tracking = told ?? { state: label.trackingState, events: [], deliveryBy: null };
  return (await keepTracking(deps, followers, { labelId: label.id, tracking })) ? 'changed' : 'same';
}

/** A carrier with manifests knows nothing of a parcel before it is handed over. */
function isAsked(connector: CarrierConnector | undefined, label: TrackedLabel): boolean {
  const can = (ability: CarrierAbility): boolean => connector?.abilities.includes(ability) ?? false;
  if (!can('tracking')) return false;
  const waits = label.parcelState === 'labelled' || label.parcelState === 'manifested';
  return label.kind === 'return' || !waits || !can('manifest');
}

/** Not asked about any more; the hand-over sets it on again. */
function leave(deps: ShippingDeps, label: TrackedLabel): Promise<null> {
  return runUnitOfWork(deps, systemActor, async (uow) => {
    uow.unchanged();
    if (label.trackNextAt !== null) await setNextLook(uow.tx, [label.id], null);
    return null;
  });
}

function claim(deps: ShippingDeps, label: TrackedLabel): Promise<boolean> {
  return runUnitOfWork(deps, systemActor, async (uow) => {
    // A lease is no act of anybody.
    uow.unchanged();
    return claimLook(uow.tx, label, after(uow.now, ASKING_MS));
  });
}

function askLater(deps: ShippingDeps, label: TrackedLabel, error: unknown): Promise<null> {
  return runUnitOfWork(deps, systemActor, async (uow) => {
    uow.unchanged();
    const { retryAfterMs } = error instanceof AppError ? error.details : {};
    const waitMs = typeof retryAfterMs === 'number' ? Math.max(retryAfterMs, ASKING_MS) : 6 * ASKING_MS;
    await setNextLook(uow.tx, [label.id], after(uow.now, waitMs));
    return null;
  });
}

/** Command: stores what a carrier told of a label, and moves its parcel or its return along. True when its state is another. */
export function keepTracking(
  deps: ShippingDeps,
  followers: TrackingFollowers,
  told: { readonly labelId: string; readonly tracking: Tracking },
): Promise<boolean> {
  return runUnitOfWork(deps, systemActor, async (uow) => {
    const label = await findTracked(uow.tx, told.labelId);
    if (!label) {
      uow.unchanged(); // voided while the carrier was asked
      return false;
    }
    const { state, events, deliveryBy } = told.tracking;
    const fresh = await addTrackingEvents(
      uow.tx,
      events.map((event) => ({ id: uow.newId(), labelId: label.id, receivedAt: uow.now, ...event })),
    );
    const nextAt = nextLook({
      kind: label.kind,
      before: label.trackingState,
      state,
      since: label.handedOverAt ?? label.createdAt,
      deliveryBy,
      now: uow.now,
    });
    await saveTracking(uow.tx, label.id, { state, at: uow.now, nextAt });
    const changed = state !== label.trackingState;
    if (fresh > 0) uow.record({ kind: 'tracking.told', subject: label.id, data: { events: fresh } });
    if (changed) await follow(uow, followers, { label, state, code: events.at(-1)?.code ?? '' });
    else if (fresh === 0) uow.unchanged();
    if (changed || fresh > 0)
      uow.emit('shipping.tracking-changed', { parcelId: label.parcelId, orderId: label.orderId, state });
    return changed;
  });
}

async function follow(
  uow: UnitOfWork,
  followers: TrackingFollowers,
  told: { label: TrackedLabel; state: Tracking['state']; code: string },
): Promise<void> {
  const { label, state, code } = told;
  uow.record({
    kind: 'tracking.changed',
    subject: label.parcelId,
    from: label.trackingState,
    to: state,
    data: { label: label.id, for: label.kind, code },
  });
  uow.emit('orders.changed', { orderId: label.orderId });
  if (label.kind === 'return') {
    if (label.rmaId) await followers.returnMoved(uow, label.rmaId, state);
    return;
  }
  for (const next of parcelMoves(label.parcelState, state)) await moveParcel(uow, label.parcelId, next);
  // What arrived may come back.
  if (state === 'delivered') await watchReturnLabel(uow.tx, label.parcelId, after(uow.now, DAY_MS));
}

function after(now: string, ms: number): string {
  return new Date(Date.parse(now) + ms).toISOString();
}
