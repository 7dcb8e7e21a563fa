import { useEffect, useEffectEvent } from 'react';
import type { CallInput, CallName, EventName } from '../../../shared/contract/index.ts';
import { onStationEvent } from '../../station/event-stream.ts';
import { type StationQuery, useStationQuery } from '../../station/use-query.ts';
import { createRefetchPace } from './refetch-pace.ts';

const followed: readonly EventName[] = [
  'bench.changed',
  'orders.changed',
  'shipping.label-changed',
  'stations.session-changed',
];
/** Time alone moves orders into the last hour before they are due, and benches into silence. */
const TIME_PASSES_MS = 15_000;

/** A report that follows the work at every bench while it is on the screen. */
export function useLiveQuery<N extends CallName>(name: N, input: CallInput<N>): StationQuery<N> {
  const query = useStationQuery(name, input, { keepPrevious: true });
  const refetch = useEffectEvent(() => query.refetch({ cancelRefetch: false }));
  const refused = query.isError;
  useEffect(() => {
    if (refused) return;
    const pace = createRefetchPace({
      fetch: () => refetch(),
      setTimer: (work, milliseconds) => setTimeout(work, milliseconds),
      // Only what setTimer above has handed out comes back.
      clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout> | undefined),
      now: () => performance.now(),
    });
    const stops = followed.map((event) => onStationEvent(event, () => pace.hint()));
    const timer = setInterval(() => pace.hint(), TIME_PASSES_MS);
    return () => {
      for (const stop of stops) stop();
      clearInterval(timer);
      pace.stop();
    };
  }, [refused]);
  return query;
}
