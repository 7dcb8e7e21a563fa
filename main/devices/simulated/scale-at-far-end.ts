import type { FarEnd } from './far-end.ts';
import { type Load, scaleVoices } from './scale-voices.ts';

/** A scale at the far end of a line, with the manners and the faults of real ones. */
export interface SimulatedScale {
  /** Puts milligrams on it; it wobbles for a while before it stands still. */
  put(mg: number, wobbleMs?: number): void;
  /** It says nothing any more, as with its plug pulled; or speaks again. */
  mute(silent: boolean): void;
  /** Each frame comes in two pieces with this pause between. */
  tear(pauseMs: number): void;
  /** Garbage comes before each frame. */
  noise(bytes: string): void;
  /** Each answer comes so much later. */
  delay(ms: number): void;
  /** Frames without a pause, as from a scale that was set wrong; false ends it. */
  flood(floods: boolean): void;
  stop(): void;
}

/** About 20,000 frames a second: far more than any line carries. */
const FLOOD_FRAMES = 100;
const FLOOD_MS = 5;

/** Answers the questions of its protocol, or sends by itself ten times a second. */
export function simulateScale(far: Pick<FarEnd, 'send' | 'onBytes'>, protocol: string): SimulatedScale {
  const voice = scaleVoices[protocol];
  if (!voice) throw new Error(`no voice for ${protocol}`);
  let load: Load = { mg: 0, stable: true };
  let wobble: NodeJS.Timeout | undefined;
  let muted = false;
  let pauseMs = 0;
  let garbage = '';
  let question = '';
  let lateMs = 0;
  let flooding: NodeJS.Timeout | undefined;
  const say = (text: string): void => {
    if (lateMs > 0) setTimeout(() => sayNow(text), lateMs);
    else sayNow(text);
  };
  const sayNow = (text: string): void => {
    if (muted || text === '') return;
    const bytes = garbage + text;
    const half = pauseMs === 0 ? bytes.length : garbage.length + Math.floor(text.length / 2);
    far.send(bytes.slice(0, half));
    if (half < bytes.length) setTimeout(() => !muted && far.send(bytes.slice(half)), pauseMs);
  };
  far.onBytes((bytes) => {
    question = (question + bytes.toString('latin1')).slice(-32);
    if (voice.ack && question.endsWith(voice.ack[0])) say(voice.ack[1]);
    if (voice.asked && question.endsWith(voice.asked)) say(voice.frame(load));
  });
  const timer = voice.asked ? undefined : setInterval(() => say(voice.frame(load)), 100);
  return {
    put(mg, wobbleMs = 150) {
      clearTimeout(wobble);
      load = { mg: Math.round(mg * 0.9), stable: false };
      wobble = setTimeout(() => {
        load = { mg, stable: true };
      }, wobbleMs);
    },
    mute(silent) {
      muted = silent;
    },
    tear(ms) {
      pauseMs = ms;
    },
    noise(bytes) {
      garbage = bytes;
    },
    delay(ms) {
      lateMs = ms;
    },
    flood(floods) {
      clearInterval(flooding);
      if (floods) flooding = setInterval(() => sayNow(voice.frame(load).repeat(FLOOD_FRAMES)), FLOOD_MS);
    },
    stop() {
      clearInterval(timer);
      clearInterval(flooding);
      clearTimeout(wobble);
    },
  };
}
