import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { CallName, CallOutput, EventName, EventPayload } from '../../shared/contract/index.ts';
import { benchFreshFor } from './bench-cache.ts';
import { keepEventStream, onEventGap, onStationEvent } from './event-stream.ts';
import { staleAfter } from './live-queries.ts';
import { createOwnEcho, createStaleQueries } from './stale-queries.ts';
import { queryKey } from './use-query.ts';

/** Hears one kind of event while the component is on the screen. */
export function useStationEvent<E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void): void {
  const hear = useEffectEvent(listener);
  useEffect(() => onStationEvent(name, (payload) => hear(payload)), [name]);
}

/** Another bench's scan changes nothing here but the list of benches. */
function callsOf(client: QueryClient, name: EventName, payload: object): readonly CallName[] {
  const here = client.getQueryData<CallOutput<'stations.session-view'>>(queryKey('stations.session-view', {}));
  const elsewhere = 'stationId' in payload && here !== undefined && payload.stationId !== here.station.id;
  return elsewhere ? ['stations.stations-view'] : staleAfter[name];
}

/** Opens the event stream and makes answers old as events say; used once, by the part of the page with a session. */
export function useLiveQueries(): void {
  const client = useQueryClient();
  useEffect(() => {
    const makeOld = createStaleQueries({
      invalidate: (calls) => {
        for (const call of calls) void client.invalidateQueries({ queryKey: [call] });
      },
      setTimer: (work, milliseconds) => setTimeout(work, milliseconds),
      now: () => performance.now(),
    });
    // Object.keys loses the key type; the table has exactly one row for each event.
    const names = (Object.keys(staleAfter) as EventName[]).filter((name) => staleAfter[name].length > 0);
    const ownEcho = createOwnEcho({
      freshFor: benchFreshFor,
      pass: () => makeOld(staleAfter['bench.changed']),
      setTimer: (work, milliseconds) => setTimeout(work, milliseconds),
    });
    const hear = (name: EventName, payload: object): void => {
      const calls = callsOf(client, name, payload);
      if (name === 'bench.changed' && calls.includes('bench.view')) ownEcho();
      else makeOld(calls);
    };
    const stops = names.map((name) => onStationEvent(name, (payload) => hear(name, payload)));
    stops.push(
      onEventGap(() => void client.invalidateQueries()),
      keepEventStream(),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [client]);
}
