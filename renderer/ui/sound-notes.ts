export interface Note {
  readonly frequency: number;
  /** Seconds from the start of the sound. */
  readonly from: number;
  readonly to: number;
  readonly wave: OscillatorType;
}

/** Every sound ends within 200 ms: rising for good, low and double for bad, a chirp for a finished order. */
export const sounds = {
  good: [
    { frequency: 660, from: 0, to: 0.06, wave: 'sine' },
    { frequency: 990, from: 0.06, to: 0.14, wave: 'sine' },
  ],
  complete: [
    { frequency: 784, from: 0, to: 0.05, wave: 'triangle' },
    { frequency: 1047, from: 0.05, to: 0.1, wave: 'triangle' },
    { frequency: 1568, from: 0.1, to: 0.2, wave: 'triangle' },
  ],
  bad: [
    { frequency: 170, from: 0, to: 0.08, wave: 'sawtooth' },
    { frequency: 170, from: 0.11, to: 0.2, wave: 'sawtooth' },
  ],
  'wrong-order': [
    { frequency: 440, from: 0, to: 0.09, wave: 'square' },
    { frequency: 196, from: 0.1, to: 0.2, wave: 'square' },
  ],
  info: [{ frequency: 520, from: 0, to: 0.08, wave: 'sine' }],
} as const satisfies Record<string, readonly Note[]>;
export type SoundName = keyof typeof sounds;
