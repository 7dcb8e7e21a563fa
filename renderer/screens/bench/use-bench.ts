import { useMemo } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { lastVerdict } from '../../scan/last-verdict.ts';
import { useCell } from '../../station/use-cell.ts';
import { type StationQuery, useStationQuery } from '../../station/use-query.ts';
import { type ShownVerdict, shownVerdict } from './shown-verdict.ts';

export interface BenchNow {
  readonly query: StationQuery<'bench.view'>;
  readonly view: BenchView | undefined;
  readonly shown: ShownVerdict | undefined;
}

/** What this bench is doing and the verdict it shows. */
export function useBench(): BenchNow {
  const query = useStationQuery('bench.view', {});
  const last = useCell(lastVerdict);
  const view = query.data;
  const shown = useMemo(() => (view ? shownVerdict(view, last) : undefined), [view, last]);
  return { query, view, shown };
}
