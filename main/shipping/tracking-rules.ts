import type { TrackingState } from '../../shared/model/carrier.ts';
import { type ParcelState, parcelMachine, type ReturnState } from '../../shared/model/machines.ts';
import { canMove } from '../../shared/model/state-machine.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** After the hand-over, and after a label was scanned back that may leave without one. */
export const FIRST_LOOK_MS = 30 * MINUTE_MS;
export const READY_LOOK_MS = 4 * HOUR_MS;
/** How long one station has to ask before another may. */
export const ASKING_MS = 5 * MINUTE_MS;
/** After this long the carrier says nothing new any more. */
const LAST_LOOK_MS = 60 * DAY_MS;
/** Carriers name a day; by this hour of it the parcel should have come. */
const EVENING_HOUR = 20;

/** How often by the time that has passed since the parcel left. */
const STEPS: readonly { readonly withinMs: number; readonly everyMs: number }[] = [
  { withinMs: 6 * HOUR_MS, everyMs: 30 * MINUTE_MS },
  { withinMs: 3 * DAY_MS, everyMs: 2 * HOUR_MS },
  { withinMs: 14 * DAY_MS, everyMs: 6 * HOUR_MS },
  { withinMs: LAST_LOOK_MS, everyMs: DAY_MS },
];

export interface Tracked {
  readonly kind: 'outbound' | 'return';
  readonly before: TrackingState;
  readonly state: TrackingState;
  /** When it left, or its label was made. */
  readonly since: string;
  /** Day of delivery that the carrier names. */
  readonly deliveryBy: string | null;
  readonly now: string;
}

/** When to ask the carrier again; null when it will say nothing more. */
export function nextLook({ kind, before, state, since, deliveryBy, now }: Tracked): string | null {
  const nowMs = Date.parse(now);
  if (state === 'cancelled' || state === 'returned') return null;
  // A carrier that says "delivered" too early takes it back within a day.
  if (state === 'delivered') return before === 'delivered' ? null : iso(nowMs + DAY_MS);
  const age = nowMs - Date.parse(since);
  const step = STEPS.find(({ withinMs }) => age < withinMs);
  if (!step) return null;
  const onItsWay = state === 'out-for-delivery' ? Math.min(HOUR_MS, step.everyMs) : step.everyMs;
  // Nobody knows when, or whether, a buyer sends something back.
  const everyMs = kind === 'return' && state === 'pending' ? DAY_MS : onItsWay;
  const dueMs = deliveryBy === null ? Number.NaN : Date.parse(deliveryBy.slice(0, 10)) + EVENING_HOUR * HOUR_MS;
  return iso(dueMs > nowMs && dueMs < nowMs + everyMs ? dueMs : nowMs + everyMs);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

const MOVING: readonly TrackingState[] = [
  'picked-up',
  'in-transit',
  'out-for-delivery',
  'ready-for-pickup',
  'delivered',
  'exception',
  'returned',
];

/**
 * The states a parcel goes through because of what its carrier says, in turn; none where nothing changes. The carrier's
 * first scan proves that a labelled parcel has left, whoever forgot to scan it out.
 */
export function parcelMoves(parcel: ParcelState, tracking: TrackingState): ParcelState[] {
  if (!MOVING.includes(tracking)) return [];
  const leaves: ParcelState[] = parcel === 'labelled' || parcel === 'manifested' ? ['handed-over'] : [];
  const here = leaves[0] ?? parcel;
  const ends: ParcelState | undefined =
    tracking === 'delivered' || tracking === 'exception' || tracking === 'returned' ? tracking : undefined;
  if (ends && canMove(parcelMachine, here, ends)) return [...leaves, ends];
  // What was stuck moves on.
  if (!ends && here === 'exception') return ['handed-over'];
  return leaves;
}

/** What becomes of a return whose label the carrier has scanned. */
export function returnMove(rma: ReturnState, tracking: TrackingState): ReturnState | undefined {
  return rma === 'authorised' && MOVING.includes(tracking) ? 'in-transit' : undefined;
}
