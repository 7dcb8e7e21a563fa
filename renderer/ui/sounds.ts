import { createStateCell } from '../station/state-cell.ts';
import { type Note, type SoundName, sounds } from './sound-notes.ts';

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

/** Plays one of the sounds now, where sounds are on; `pitch` is the bench's own factor. */
export function playSound(name: SoundName, pitch = 1): void {
  if (!soundOn.get()) return;
  const output = audio();
  for (const note of sounds[name]) playNote(output, { ...note, frequency: note.frequency * pitch });
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
