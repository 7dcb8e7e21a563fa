/** What a scale says now; `mg` is null while it says nothing usable. */
export interface ScaleState {
  readonly state: 'absent' | 'silent' | 'moving' | 'stable';
  readonly mg: number | null;
  /** ISO instant of the last frame. */
  readonly at: string;
  readonly device: string;
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
