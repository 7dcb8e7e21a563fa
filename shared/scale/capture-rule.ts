import type { FrameReading, WeightReading } from './frame-reading.ts';

/** What a scale has told so far, as far as a weight may be taken from it. Instants are milliseconds of one clock. */
export interface PanState {
  /**
   * `unknown` nothing was told yet; `empty` below the least weight; `moving` loaded and not standing still; `settling`
   * still for too short; `settled` a weight that may be taken; `taken` that load has given its weight already.
   */
  readonly phase: 'unknown' | 'empty' | 'moving' | 'settling' | 'settled' | 'taken';
  /** What the last frame said; null while it said no weight. */
  readonly mg: number | null;
  /** When the last frame came. */
  readonly atMs: number;
  /** Weight and instant at which it began to stand still. */
  readonly still: { readonly mg: number; readonly sinceMs: number; readonly frames: number } | null;
  /** Nothing has been taken since the pan was empty: what lies on it is not the parcel before. */
  readonly emptied: boolean;
}

export interface CaptureLimits {
  /** A load lighter than this is an empty pan. */
  readonly leastMg: number;
  readonly stillMs: number;
  readonly stillFrames: number;
  /** A weight older than this is none. */
  readonly freshMs: number;
  /** The last digit of a scale that stands still may flicker by this much. */
  readonly flickerMg: number;
}

/** Stable for 300 ms by our own clock over two frames at least; nothing lighter than 5 g; nothing older than a second. */
export const captureLimits: CaptureLimits = {
  leastMg: 5_000,
  stillMs: 300,
  stillFrames: 2,
  freshMs: 1_000,
  flickerMg: 2_000,
};

export const unknownPan: PanState = { phase: 'unknown', mg: null, atMs: 0, still: null, emptied: true };

/** What one more frame means for the pan. */
export function panAfter(pan: PanState, frame: FrameReading, at: { nowMs: number; limits?: CaptureLimits }): PanState {
  const { nowMs, limits = captureLimits } = at;
  const told = { ...pan, atMs: nowMs };
  switch (frame.kind) {
    case 'ack':
      return frame.restarted ? notStanding(told, null) : pan;
    case 'error':
      return afterError(pan, frame.error, { nowMs, limits });
    case 'weight': {
      if (frame.mg === null) return notStanding(told, null);
      if (frame.mg < limits.leastMg) return { ...told, phase: 'empty', mg: frame.mg, still: null, emptied: true };
      return frame.usable ? standing(pan, frame, { nowMs, limits }) : notStanding(told, frame.mg);
    }
  }
}

/** The line ended or fell silent: no weight is known any more. What was taken stays taken. */
export function panUnknown(pan: PanState): PanState {
  return { ...unknownPan, emptied: pan.emptied };
}

/** A parcel has got this weight: the load gives no other until the pan was empty. */
export function panTaken(pan: PanState): PanState {
  return pan.phase === 'empty' || pan.phase === 'unknown' ? pan : { ...pan, phase: 'taken', emptied: false };
}

/** The weight that may be taken now; null while there is none. */
export function capturable(pan: PanState, nowMs: number, limits: CaptureLimits = captureLimits): number | null {
  return pan.phase === 'settled' && nowMs - pan.atMs <= limits.freshMs ? pan.mg : null;
}

interface At {
  readonly nowMs: number;
  readonly limits: CaptureLimits;
}

function notStanding(pan: PanState, mg: number | null): PanState {
  const phase = mg === null ? 'moving' : pan.emptied ? 'moving' : 'taken';
  return { ...pan, phase, mg, still: null };
}

function afterError(pan: PanState, error: string, { nowMs, limits }: At): PanState {
  // Said instead of the same number again.
  if (error === 'unchanged')
    return pan.still && nowMs - pan.atMs <= limits.freshMs
      ? stillAgain(pan, { mg: pan.mg ?? pan.still.mg, nowMs, limits })
      : { ...pan, atMs: pan.phase === 'empty' ? nowMs : pan.atMs };
  const told = { ...pan, atMs: nowMs };
  // Below zero nothing lies on the pan.
  if (error === 'underload') return { ...told, phase: 'empty', mg: null, still: null, emptied: true };
  return notStanding(told, null);
}

function standing(pan: PanState, frame: WeightReading, at: At): PanState {
  const mg = frame.mg ?? 0;
  const { nowMs, limits } = at;
  const flicker = Math.max(limits.flickerMg, stepMg(frame));
  const goesOn = pan.still !== null && nowMs - pan.atMs <= limits.freshMs && Math.abs(mg - pan.still.mg) <= flicker;
  if (goesOn) return stillAgain(pan, { mg, nowMs, limits });
  const phase = pan.emptied ? 'settling' : 'taken';
  return { ...pan, phase, mg, atMs: nowMs, still: { mg, sinceMs: nowMs, frames: 1 } };
}

function stillAgain(pan: PanState, { mg, nowMs, limits }: At & { mg: number }): PanState {
  if (!pan.still) return pan;
  const still = { ...pan.still, frames: pan.still.frames + 1 };
  const long = nowMs - still.sinceMs >= limits.stillMs && still.frames >= limits.stillFrames;
  return { ...pan, phase: !pan.emptied ? 'taken' : long ? 'settled' : 'settling', mg, atMs: nowMs, still };
}

/** One step of the last digit as received. */
function stepMg({ value, mg, places }: WeightReading): number {
  if (typeof value !== 'number' || value === 0 || mg === null) return 0;
  return Math.abs(mg / value) / 10 ** places;
}
