import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import { readShop } from '../shops/reading-service.ts';
import { dueShops } from '../shops/shop-views.ts';
import type { Core } from './core.ts';

const LOOK_MS = 1_000;

/**
 * Reads shops that are due, each by itself: one that is slow or fails holds no other up. Of several stations on one
 * database one reads a shop at a time. The way back waits for what is being read.
 */
export function startChannels(core: Core, onFault: (error: unknown) => void): () => Promise<void> {
  const owner = `${core.stationName}:${randomUUID()}`;
  const reading = new Map<string, Promise<void>>();
  let looking = false;
  let closed = false;
  const read = async (shopId: string): Promise<void> => {
    try {
      await readShop(core.deps, systemActor, { shopId, owner });
    } catch (error) {
      // The shop itself says what the other side refused; only our own faults are for the log.
      const known = error instanceof AppError && ['remote', 'conflict', 'device', 'validation'].includes(error.kind);
      if (!known) onFault(error);
    } finally {
      reading.delete(shopId);
    }
  };
  const look = async (): Promise<void> => {
    for (const shopId of await dueShops(core.database, core.deps.clock().toISOString()))
      if (!closed && !reading.has(shopId)) reading.set(shopId, read(shopId));
  };
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look()
      .catch(onFault)
      .finally(() => {
        looking = false;
      });
  }, LOOK_MS);
  timer.unref();
  return async () => {
    closed = true;
    clearInterval(timer);
    await Promise.all(reading.values());
  };
}
