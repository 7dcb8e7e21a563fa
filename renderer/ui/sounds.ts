import { createStateCell } from '../station/state-cell.ts';

interface Note {
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

const PEAK = 0.25;
const RAMP = 0.008;
const STORAGE_KEY = 'packwright.sound';

/** Whether this screen makes sounds; kept on this machine. */
export const soundOn = createStateCell(localStorage.getItem(STORAGE_KEY) !== 'off');

export function setSoundOn(on: boolean): void {
  localStorage.setItem(STORAGE_KEY, on ? 'on' : 'off');
  soundOn.set(on);
}

let context: AudioContext | undefined;

function audio(): AudioContext {
  context ??= new AudioContext({ latencyHint: 'interactive' });
  // A browser keeps a page silent until its first key or touch; the first scan is one.
  if (context.state === 'suspended') void context.resume();
  return context;
}

/** Plays one of the sounds now, where sounds are on. */
export function playSound(name: SoundName): void {
  if (!soundOn.get()) return;
  const output = audio();
  for (const note of sounds[name]) playNote(output, note);
}

function playNote(output: AudioContext, { frequency, from, to, wave }: Note): void {
  const start = output.currentTime + from;
  const end = output.currentTime + to;
  const oscillator = new OscillatorNode(output, { frequency, type: wave });
  const gain = new GainNode(output, { gain: 0 });
  gain.gain.setValueAtTime(0, start);
  // Ramps instead of steps: a step clicks.
  gain.gain.linearRampToValueAtTime(PEAK, start + RAMP);
  gain.gain.setValueAtTime(PEAK, end - RAMP);
  gain.gain.linearRampToValueAtTime(0, end);
  oscillator.connect(gain).connect(output.destination);
  oscillator.start(start);
  oscillator.stop(end);
}
