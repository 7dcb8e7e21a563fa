import type { ScaleState, SimulatedScales } from '../scale.ts';

const SETTLE_MS = 350;

/** A scale that wobbles for a third of a second after each change of load and then reads true. */
export function createSimulatedScales(clock: () => Date, settleMs = SETTLE_MS): SimulatedScales {
  const states = new Map<string, ScaleState>();
  const settling = new Map<string, NodeJS.Timeout>();
  const listeners = new Set<(stationId: string, state: ScaleState) => void>();
  const device = 'simulated-scale';

  const set = (stationId: string, reading: Pick<ScaleState, 'state' | 'mg'>): void => {
    const state: ScaleState = { ...reading, at: clock().toISOString(), device };
    states.set(stationId, state);
    for (const listener of listeners) listener(stationId, state);
  };

  return {
    read: (stationId) => states.get(stationId) ?? { state: 'stable', mg: 0, at: clock().toISOString(), device },
    onReading(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    put(stationId, mg) {
      clearTimeout(settling.get(stationId));
      set(stationId, { state: 'moving', mg: Math.round(mg * 0.93) });
      settling.set(
        stationId,
        setTimeout(() => set(stationId, { state: 'stable', mg }), settleMs),
      );
    },
    close() {
      for (const timer of settling.values()) clearTimeout(timer);
      listeners.clear();
    },
  };
}
