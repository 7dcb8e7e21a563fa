import type { ScaleUnit } from '../../../shared/scale/units.ts';

/** What the last frame of a real scale said, beyond the weight. */
export interface ScaleDetail {
  /** As received, in `unit`; null where the frame held no number. */
  readonly value: number | string | null;
  readonly unit: ScaleUnit | null;
  /** Whether the frame named the unit or the station's settings did. */
  readonly unitFrom: 'frame' | 'setting' | null;
  /** null where the protocol does not tell. */
  readonly stable: boolean | null;
  readonly mode: 'gross' | 'net' | null;
  readonly range: 'in' | 'over' | 'under';
  readonly zero: boolean;
  /** It sends stable weights, and something of their form is missing. */
  readonly unclear?: boolean;
}

/** What a scale says now; `mg` is null while it says nothing usable. */
export interface ScaleState {
  readonly state: 'absent' | 'silent' | 'moving' | 'stable';
  readonly mg: number | null;
  /** ISO instant of the last frame. */
  readonly at: string;
  readonly device: string;
  /**
   * Whether a parcel may get this weight: `settled` now for the first time, `held` still, `taken` by a parcel already,
   * `none` not. Not told by a scale whose every stable weight may be taken.
   */
  readonly capture?: 'settled' | 'held' | 'taken' | 'none';
  readonly detail?: ScaleDetail;
}

/** The scale of each bench. Readings are handed out as they come; whoever keeps one stores it himself. */
export interface Scales {
  read(stationId: string): ScaleState;
  onReading(listener: (stationId: string, state: ScaleState) => void): () => void;
  close(): void;
}

/** A scale whose load somebody sets by hand: demo, training, tests. */
export interface SimulatedScales extends Scales {
  /** Puts `mg` milligrams on the scale of a bench; 0 empties it. */
  put(stationId: string, mg: number): void;
}
