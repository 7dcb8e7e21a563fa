import { useState } from 'react';
import type { ScaleReading } from '../../../shared/contract/bench.ts';
import { type NoWeight, noWeightOf } from '../../../shared/scale/no-weight.ts';
import { reachable } from '../../station/connection.ts';
import { useCell } from '../../station/use-cell.ts';
import { useStationEvent } from '../../station/use-events.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { useNow } from '../../ui/use-now.ts';

export interface Scale {
  readonly state: ScaleReading['state'];
  readonly mg: number | null;
  /** Seconds since the weight was last told; undefined when there is none. */
  readonly ageSeconds: number | undefined;
  /** False when nobody vouches for the weight: the scale is silent, or the station does not answer. */
  readonly fresh: boolean;
  readonly simulated: boolean;
  /** Why no parcel may get this weight; undefined when one may. */
  readonly why: NoWeight | undefined;
  /** The figure and unit as the scale sent them, and gross or net where it says so. */
  readonly received: Received | undefined;
}

export interface Received {
  readonly value: number | string;
  readonly unit: string;
  readonly mode: 'gross' | 'net' | null;
}

/** A real scale tells its weight several times a second: older than this, the figure is grey. */
export const LIVE_MS = 1_000;

interface Heard {
  readonly reading: ScaleReading;
  /** This machine's clock: the station may be another PC with another one. */
  readonly atMs: number;
}

/** What one reading is worth at `nowMs`; a simulated scale tells only what changes and is never old. */
export function scaleNow({ reading, atMs }: Heard, around: { nowMs: number; simulated: boolean; connected: boolean }) {
  const { nowMs, simulated, connected } = around;
  const spoke = reading.state === 'moving' || reading.state === 'stable';
  const age = Math.max(0, nowMs - (simulated ? Date.parse(reading.at) : atMs));
  return {
    state: reading.state,
    mg: reading.mg,
    ageSeconds: spoke ? age / 1_000 : undefined,
    fresh: spoke && connected && (simulated || age <= LIVE_MS),
    simulated,
    why: noWeightOf(reading),
    received: receivedOf(reading),
  };
}

function receivedOf({ detail }: ScaleReading): Received | undefined {
  if (!detail || detail.value === null || detail.unit === null) return undefined;
  return { value: detail.value, unit: detail.unit, mode: detail.mode };
}

export type Says = Scale['state'] | NoWeight;

/** What the scale says in one word: an empty pan stands still like any other. */
export const saysOf = ({ state, why }: Pick<Scale, 'state' | 'why'>): Says =>
  why === undefined || why === 'empty' ? state : why;

/** What the scale of this bench says, as its readings come in. */
export function useScale(stationId: string): Scale | undefined {
  const first = useStationQuery('stations.scale-view', {});
  const [heard, setHeard] = useState<Heard>();
  useStationEvent('stations.scale-reading', (reading) => {
    if (reading.stationId === stationId) setHeard({ reading, atMs: Date.now() });
  });
  const connected = useCell(reachable);
  const now = useNow(500);
  if (!first.data) return undefined;
  const asked = { reading: first.data.scale, atMs: first.dataUpdatedAt };
  const last = heard && heard.atMs >= asked.atMs ? heard : asked;
  return scaleNow(last, { nowMs: now, simulated: first.data.simulated, connected });
}
