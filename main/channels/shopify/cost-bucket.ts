import type { Cost } from './client.ts';
import type { OperationName } from './operations.ts';

export interface CostBucket {
  /** What the platform said of its points with the last answer. */
  learn(operation: OperationName, cost: Cost | null): void;
  /** Milliseconds until there are points enough for this, as far as one can know; 0 for what was never asked. */
  waitFor(operation: OperationName): number;
}

/** The points that an app has left with a shop, kept by the numbers that the shop itself sends with every answer. */
export function costBucket(now: () => number = () => performance.now()): CostBucket {
  const costs = new Map<OperationName, number>();
  let last: { readonly cost: Cost; readonly at: number } | undefined;
  return {
    learn(operation, cost) {
      if (!cost) return;
      costs.set(operation, cost.requested);
      last = { cost, at: now() };
    },
    waitFor(operation) {
      const wanted = costs.get(operation);
      if (wanted === undefined || !last || last.cost.restore <= 0) return 0;
      const { available, maximum, restore } = last.cost;
      const left = Math.min(maximum, available + ((now() - last.at) / 1_000) * restore);
      return left >= wanted ? 0 : Math.ceil(((Math.min(wanted, maximum) - left) / restore) * 1_000);
    },
  };
}
