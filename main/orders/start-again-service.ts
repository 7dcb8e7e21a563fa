import { stationHoldReasons } from '../../shared/model/reasons.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { isHeldByChannel } from '../shops/remote-state-service.ts';
import { findHold } from './hold-store.ts';
import { holdOrder, releaseHold } from './orders-service.ts';

/** Why an order is held whose channel wants other goods while some lie in its tote: until those are back in their bins. */
export const STARTS_AGAIN = 'starts-again';

/** Holds that nobody here set. */
const OF_STATION: readonly string[] = ['payment', ...stationHoldReasons];

/** So long an order of which nothing was taken yet stays away, that whoever has it open reads why. */
const TOLD_MS = 60_000;

/** Step: holds an order that was taken apart; a hold that somebody here set stays. `units` have to go back first. */
export async function holdUntilBack(
  uow: UnitOfWork,
  orderId: string,
  { detail, units }: { readonly detail: string; readonly units: number },
): Promise<void> {
  const standing = await findHold(uow.tx, orderId, uow.now);
  if (standing && !OF_STATION.includes(standing.reason)) return;
  const until = units > 0 ? null : new Date(Date.parse(uow.now) + TOLD_MS).toISOString();
  await holdOrder(uow, orderId, { reason: STARTS_AGAIN, detail, until });
}

/** Step: everything is back in its bins; the order may be picked again, unless its channel keeps it back. */
export async function endStartAgain(uow: UnitOfWork, orderId: string): Promise<void> {
  if ((await findHold(uow.tx, orderId, uow.now))?.reason !== STARTS_AGAIN) return;
  await releaseHold(uow, orderId);
  if (await isHeldByChannel(uow, orderId)) await holdOrder(uow, orderId, { reason: 'channel-hold', detail: '' });
}
