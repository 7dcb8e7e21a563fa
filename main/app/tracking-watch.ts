import { purgeOld } from '../orders/erasure-service.ts';
import { sealOld } from '../orders/seal-old-service.ts';
import { expireReturns, returnMoved } from '../returns/return-progress-service.ts';
import { pollTracking, refreshTracking, type TrackingTurn } from '../shipping/tracking-service.ts';
import type { Core } from './core.ts';
import { showOrder } from './operations.ts';

const EVERY_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Asks carriers how parcels do, looked at every minute, and and once a day closes returns whose label has
 * run out, erases what is personal and old, and seals what an older version left open. Of
 * several stations on one database each takes what is due and free. The way back waits for what is being asked.
 */
export function startTracking(core: Core, onFault: (error: unknown) => void): () => Promise<void> {
  let looked = 0;
  let running: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    if (core.deps.clock().getTime() - looked >= DAY_MS) {
      looked = core.deps.clock().getTime();
      await sealOld(core.deps);
      await expireReturns(core.deps);
      await purgeOld(core.deps);
    }
    await pollTracking(core.deps, { returnMoved });
  };
  const timer = setInterval(() => {
    running ??= look()
      .catch(onFault)
      .finally(() => {
        running = undefined;
      });
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

/** Asks now: about the parcels of one order, or about everything that is on its way. Error: `order.unknown`. */
export async function refreshTrackingOf(core: Core, order: string | undefined): Promise<TrackingTurn> {
  const orderId = order === undefined ? null : (await showOrder(core, order)).id;
  return refreshTracking(core.deps, { returnMoved }, orderId);
}
