import type { Stroke } from './stroke.ts';
import { isModifier, isPrefix, isTerminator, MAX_GAP_MS } from './wedge-reader.ts';

/** Keys further apart than this are no one scan, however slow the scanner. */
export const RUN_GAP_MS = 1_500;

export interface StrokeRuns {
  /** `hide` is true for a key that the page must not get; `run` is what a terminator has ended, with the terminator. */
  press(stroke: Stroke): { readonly hide: boolean; readonly run?: readonly Stroke[] };
  /** What came without a terminator so far, and forgets it; called when nothing came for `RUN_GAP_MS`. */
  end(): readonly Stroke[] | undefined;
}

/** Gathers every key from the first of a scan to its end, judging nothing: a person's keys between scans go to the page. */
export function createStrokeRuns(): StrokeRuns {
  let run: Stroke[] = [];
  let last = Number.NEGATIVE_INFINITY;
  let ended = Number.NEGATIVE_INFINITY;
  const begins = (stroke: Stroke): boolean =>
    isPrefix(stroke) ||
    (stroke.alt && /^(?:Numpad|Digit)\d$/.test(stroke.code)) ||
    ([...stroke.key].length === 1 && stroke.key !== ' ' && !stroke.control && !stroke.meta);
  return {
    press(stroke) {
      if (isModifier(stroke)) return { hide: false };
      if (stroke.at - last > RUN_GAP_MS) run = [];
      last = stroke.at;
      if (stroke.held) return { hide: run.length > 0 };
      if (isTerminator(stroke)) {
        const behindMs = stroke.at - ended;
        const trailing = run.length === 0 && behindMs >= 0 && behindMs <= MAX_GAP_MS;
        if (trailing) ended = stroke.at;
        if (run.length === 0) return { hide: trailing };
        const whole = [...run, stroke];
        run = [];
        ended = stroke.at;
        return { hide: true, run: whole };
      }
      if (run.length === 0 && !begins(stroke)) return { hide: false };
      if (run.length < 500) run.push(stroke);
      return { hide: true };
    },
    end() {
      const whole = run;
      run = [];
      return whole.length === 0 ? undefined : whole;
    },
  };
}
