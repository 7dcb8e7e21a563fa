import { tellBegun } from '../shops/effect-service.ts';
import { tellStock } from '../shops/stock-service.ts';
import type { Core } from './core.ts';

const EVERY_MS = 30_000;

/** Tells shops what can be sold and on what work has begun, looked at every half minute: a scan waits for none of it. */
export function startShopWatch(core: Core, onFault: (error: unknown) => void): () => Promise<void> {
  let running: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    await tellStock(core.deps);
    await tellBegun(core.deps);
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
