import type { CallOutput } from '../../shared/contract/index.ts';
import { createStationQueryClient } from './query-client.ts';
import { queryKey } from './use-query.ts';

/** The page's only cache of answers. */
export const stationCache = createStationQueryClient();

/** Longer than the event takes that tells this page of its own scan, shorter than anybody notices. */
const FRESH_MS = 250;
let shownAt = Number.NEGATIVE_INFINITY;

/** Milliseconds for which the bench on the screen is still the one that a scan's own answer brought. */
export function benchFreshFor(): number {
  return Math.max(0, shownAt + FRESH_MS - performance.now());
}

/** Shows the bench as a scan's answer left it; an older answer still on its way is dropped. */
export async function showBenchView(view: CallOutput<'bench.view'>): Promise<void> {
  const key = queryKey('bench.view', {});
  await stationCache.cancelQueries({ queryKey: key });
  stationCache.setQueryData(key, view);
  shownAt = performance.now();
}
