import { useState } from 'react';
import type { ScaleReading } from '../../../shared/contract/bench.ts';
import { reachable } from '../../station/connection.ts';
import { useCell } from '../../station/use-cell.ts';
import { useStationEvent } from '../../station/use-events.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { useNow } from '../../ui/use-now.ts';

export interface Scale {
  readonly state: ScaleReading['state'];
  readonly mg: number | null;
  /** Seconds since the weight last changed; undefined when there is none. */
  readonly ageSeconds: number | undefined;
  /** False when nobody vouches for the weight: the scale is silent, or the station does not answer. */
  readonly fresh: boolean;
  readonly simulated: boolean;
}

/** What the scale of this bench says, as its readings come in. */
export function useScale(stationId: string): Scale | undefined {
  const first = useStationQuery('stations.scale-view', {});
  const [heard, setHeard] = useState<ScaleReading>();
  useStationEvent('stations.scale-reading', (reading) => {
    if (reading.stationId === stationId) setHeard(reading);
  });
  const connected = useCell(reachable);
  const now = useNow(500);
  const reading = heard ?? first.data?.scale;
  if (!reading || !first.data) return undefined;
  const age = Math.max(0, now - Date.parse(reading.at));
  const spoke = reading.state === 'moving' || reading.state === 'stable';
  return {
    state: reading.state,
    mg: reading.mg,
    ageSeconds: spoke ? age / 1_000 : undefined,
    fresh: spoke && connected,
    simulated: first.data.simulated,
  };
}
