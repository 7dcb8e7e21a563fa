import { endHolds } from '../orders/hold-service.ts';
import { askAgain } from '../shipping/lookup-service.ts';
import { lockIdleBenches } from '../stations/lock-service.ts';
import type { Core } from './core.ts';

const EVERY_MS = 5_000;

export interface WatchParts {
  forgetSeat(stationId: string): void;
  onFault(error: unknown): void;
}

/**
 * What happens because time passed, looked at every five seconds: idle benches are locked, holds come to their end,
 * carriers are asked again about labels. */
export function startWatch(core: Core, parts: WatchParts): () => void {
  const look = async (): Promise<void> => {
    for (const stationId of await lockIdleBenches(core.deps)) parts.forgetSeat(stationId);
    await endHolds(core.deps);
    await askAgain(core.deps);
  };
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look()
      .catch(parts.onFault)
      .finally(() => {
        looking = false;
      });
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
