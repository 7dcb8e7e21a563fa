export interface Note {
  readonly frequency: number;
  /** Seconds from the start of the sound. */
  readonly from: number;
  readonly to: number;
  readonly wave: OscillatorType;
}

/**
 * One earcon for each kind of answer, all within 200 ms.
 *
 * Good rises, a finished order chirps, a wrong item is a low double; every other refusal keeps low and has a rhythm or
 * a fall of its own, so that a packer who looks into a box knows what is wrong before looking up.
 */
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
  info: [{ frequency: 520, from: 0, to: 0.08, wave: 'sine' }],
  'wrong-item': [
    { frequency: 170, from: 0, to: 0.08, wave: 'sawtooth' },
    { frequency: 170, from: 0.11, to: 0.2, wave: 'sawtooth' },
  ],
  'wrong-order': [
    { frequency: 440, from: 0, to: 0.09, wave: 'square' },
    { frequency: 196, from: 0.1, to: 0.2, wave: 'square' },
  ],
  'wrong-place': [
    { frequency: 247, from: 0, to: 0.05, wave: 'square' },
    { frequency: 247, from: 0.07, to: 0.12, wave: 'square' },
    { frequency: 185, from: 0.14, to: 0.2, wave: 'square' },
  ],
  'wrong-lot': [
    { frequency: 165, from: 0, to: 0.09, wave: 'triangle' },
    { frequency: 233, from: 0.1, to: 0.2, wave: 'triangle' },
  ],
  'too-many': [
    { frequency: 208, from: 0, to: 0.04, wave: 'sawtooth' },
    { frequency: 208, from: 0.055, to: 0.095, wave: 'sawtooth' },
    { frequency: 208, from: 0.11, to: 0.15, wave: 'sawtooth' },
    { frequency: 208, from: 0.165, to: 0.2, wave: 'sawtooth' },
  ],
  unknown: [
    { frequency: 147, from: 0, to: 0.1, wave: 'square' },
    { frequency: 196, from: 0.11, to: 0.2, wave: 'sine' },
  ],
  unreadable: [
    { frequency: 110, from: 0, to: 0.03, wave: 'sawtooth' },
    { frequency: 98, from: 0.05, to: 0.2, wave: 'sawtooth' },
  ],
  'dead-label': [
    { frequency: 392, from: 0, to: 0.06, wave: 'sawtooth' },
    { frequency: 277, from: 0.065, to: 0.125, wave: 'sawtooth' },
    { frequency: 139, from: 0.13, to: 0.2, wave: 'sawtooth' },
  ],
  expired: [
    { frequency: 294, from: 0, to: 0.09, wave: 'triangle' },
    { frequency: 220, from: 0.1, to: 0.2, wave: 'triangle' },
  ],
  weight: [
    { frequency: 131, from: 0, to: 0.14, wave: 'square' },
    { frequency: 165, from: 0.15, to: 0.2, wave: 'square' },
  ],
  stopped: [
    { frequency: 330, from: 0, to: 0.04, wave: 'square' },
    { frequency: 123, from: 0.05, to: 0.2, wave: 'square' },
  ],
  refused: [{ frequency: 156, from: 0, to: 0.16, wave: 'sawtooth' }],
} as const satisfies Record<string, readonly Note[]>;
export type SoundName = keyof typeof sounds;

/** Semitones between benches that stand side by side; two in a row are never closer than three. */
const STEPS = [0, 4, -3, 2, -5, 5, -1, 3] as const;

function hashOf(name: string): number {
  return [...name].reduce((hash, character) => (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521, 7);
}

/**
 * Factor on every pitch of a bench, so that a packer knows the own beep from the neighbour's.
 *
 * Benches are numbered along the wall: the number in the name decides, and the name as a whole where there is none.
 */
export function pitchOf(stationName: string): number {
  const number = /\d+(?=\D*$)/.exec(stationName)?.[0];
  const place = number === undefined ? hashOf(stationName) : Number(number);
  return 2 ** ((STEPS[place % STEPS.length] ?? 0) / 12);
}
