import { aheadMs, localToUtcMs } from '../../shared/model/local-time.ts';

const DAY_MS = 86_400_000;
/** Monday to Friday, as ISO counts weekdays. */
const WORKING_DAYS: readonly number[] = [1, 2, 3, 4, 5];

/** When a carrier fetches parcels. */
export interface PickupClock {
  /** `HH:MM` in `timeZone`; null where parcels may leave at any time. */
  readonly cutOff: string | null;
  /** IANA name. */
  readonly timeZone: string;
  /** ISO weekdays with a pick-up, Monday is 1. */
  readonly days: readonly number[];
}

export interface Pickup {
  /** `YYYY-MM-DD` where the carrier picks up. */
  readonly date: string;
  /** The last instant at which a parcel still goes along; null without a cut-off. */
  readonly cutOffAt: string | null;
}

/** The day it is in a time zone, `YYYY-MM-DD`. */
export function localDate(timeZone: string, now: string): string {
  const utcMs = Date.parse(now);
  return dateOf(utcMs + aheadMs(timeZone, utcMs));
}

/** The pick-up that a parcel goes with which is scanned out now. Without a cut-off that is any day, today. */
export function nextPickup(clock: PickupClock, now: string): Pickup {
  const today = localDate(clock.timeZone, now);
  if (clock.cutOff === null) return { date: today, cutOffAt: null };
  return pickupFrom(clock, today, Date.parse(now));
}

/** The pick-up after one. */
export function pickupAfter(clock: PickupClock, pickup: Pickup): Pickup {
  const following = dateOf(Date.parse(pickup.date) + DAY_MS);
  if (pickup.cutOffAt === null) return { date: following, cutOffAt: null };
  return pickupFrom(clock, following, Date.parse(pickup.cutOffAt) + 1);
}

/** Until when parcels must be out that would be late with the pick-up after this one. */
export function lateBefore(clock: PickupClock, pickup: Pickup): string {
  const { cutOffAt, date } = pickupAfter(clock, pickup);
  // Without a cut-off the day ends at midnight.
  return cutOffAt ?? new Date(localToUtcMs(Date.parse(date), clock.timeZone)).toISOString();
}

/** `12345` are Monday to Friday; nothing, or nothing that is a weekday, means these. */
export function pickupDaysOf(text: string | undefined): readonly number[] {
  const days = [...(text ?? '')].map(Number).filter((day) => day >= 1 && day <= 7);
  return days.length > 0 ? days : WORKING_DAYS;
}

function pickupFrom(clock: PickupClock, firstDate: string, notBeforeMs: number): Pickup {
  const [hours = 0, minutes = 0] = (clock.cutOff ?? '').split(':').map(Number);
  // A week and a day: today's may be over, and the next may be on the same weekday.
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const dayMs = Date.parse(firstDate) + ahead * DAY_MS;
    if (!clock.days.includes(new Date(dayMs).getUTCDay() || 7)) continue;
    const cutOffMs = localToUtcMs(dayMs + (hours * 60 + minutes) * 60_000, clock.timeZone);
    if (cutOffMs >= notBeforeMs) return { date: dateOf(dayMs), cutOffAt: new Date(cutOffMs).toISOString() };
  }
  return { date: firstDate, cutOffAt: null };
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
