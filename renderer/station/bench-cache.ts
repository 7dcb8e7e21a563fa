import type { CallOutput } from '../../shared/contract/index.ts';
import { createStationQueryClient } from './query-client.ts';
import { queryKey } from './use-query.ts';

/** The page's only cache of answers. */
export const stationCache = createStationQueryClient();

/** Shows the bench as a scan's answer left it; an older answer still on its way is dropped. */
export async function showBenchView(view: CallOutput<'bench.view'>): Promise<void> {
  const key = queryKey('bench.view', {});
  await stationCache.cancelQueries({ queryKey: key });
  stationCache.setQueryData(key, view);
}
