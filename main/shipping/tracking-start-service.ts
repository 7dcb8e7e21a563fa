import type { UnitOfWork } from '../db/unit-of-work.ts';
import { FIRST_LOOK_MS, READY_LOOK_MS } from './tracking-rules.ts';
import { setFirstLook } from './tracking-store.ts';

/** Step: these parcels are with their carrier: what it says of them is asked for from now on. */
export function expectTracking(uow: UnitOfWork, { parcelIds }: { parcelIds: readonly string[] }): Promise<void> {
  return setFirstLook(uow.tx, parcelIds, later(uow.now, FIRST_LOOK_MS));
}

/** Step: a parcel is ready to leave. Where nobody scans parcels out, the carrier's own first scan tells that it left. */
export function expectPickup(uow: UnitOfWork, parcelId: string): Promise<void> {
  return setFirstLook(uow.tx, [parcelId], later(uow.now, READY_LOOK_MS));
}

function later(now: string, ms: number): string {
  return new Date(Date.parse(now) + ms).toISOString();
}
