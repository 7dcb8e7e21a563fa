import type { Stroke } from './stroke.ts';

export type Reading =
  /** Not part of a scan: the page gets the key. */
  | { readonly outcome: 'passed' }
  /** May belong to a scan: keys that would steer the page are to be kept from it. */
  | { readonly outcome: 'collected'; readonly first: boolean; readonly armed: boolean }
  /** The terminator of a scan; `strokes` are its characters in order. */
  | { readonly outcome: 'scanned'; readonly strokes: readonly Stroke[] }
  /** One more terminator right behind a scan, such as the LF of CR LF: the scanner's, and nothing more. */
  | { readonly outcome: 'trailing' };

export interface WedgeReader {
  read(stroke: Stroke): Reading;
  /** Forgets what was collected, say because the focus moved. */
  reset(): void;
}

const MIN_CHARACTERS = 3;
/** A longer pause between two keys ends what a keyboard scanner sends without a prefix. */
export const MAX_GAP_MS = 100;
const MAX_AVERAGE_GAP_MS = 50;
// Zebra's default sends a character every 80 ms with peaks of 100: over this length nobody types that evenly.
const SLOW_SCANNER_CHARACTERS = 8;
const SLOW_SCANNER_AVERAGE_GAP_MS = 90;
/** After a programmed prefix the speed does not matter, but a forgotten prefix must not swallow keys for ever. */
export const MAX_GAP_AFTER_PREFIX_MS = 1_000;
const MAX_CHARACTERS = 4_096;

/** The function key that many scanners can be set to send for GS. */
export const GS_KEY = 'F8';

const modifiers: readonly string[] = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock'];

/** A key that says nothing by itself. */
export function isModifier({ key }: Stroke): boolean {
  return modifiers.includes(key);
}

/** STX sent as Ctrl+B, or F9: the prefixes that scanners are programmed with for this station. */
export function isPrefix(stroke: Stroke): boolean {
  return (stroke.code === 'KeyB' && stroke.control && !stroke.alt) || stroke.code === 'F9';
}

/** Enter, Tab, and the Ctrl combinations that stand for CR, LF and TAB. */
export function isTerminator(stroke: Stroke): boolean {
  const plain = stroke.key === 'Enter' || stroke.key === 'Tab' || stroke.code === 'NumpadEnter';
  return (plain && !stroke.alt && !stroke.meta) || (stroke.control && ['KeyM', 'KeyI', 'KeyJ'].includes(stroke.code));
}

/** Characters, and the control characters that a scanner sends as Ctrl and a key. */
function isCharacter(stroke: Stroke): boolean {
  if (stroke.meta) return false;
  if (stroke.code === GS_KEY) return true;
  return [...stroke.key].length === 1 || stroke.key === 'Dead' || (stroke.alt && stroke.code.startsWith('Numpad'));
}

function averageGap(strokes: readonly Stroke[], end: Stroke): number {
  const first = strokes[0];
  return first ? (end.at - first.at) / strokes.length : Number.POSITIVE_INFINITY;
}

function isScannerSpeed(strokes: readonly Stroke[], end: Stroke): boolean {
  if (strokes.length < MIN_CHARACTERS) return false;
  const limit = strokes.length >= SLOW_SCANNER_CHARACTERS ? SLOW_SCANNER_AVERAGE_GAP_MS : MAX_AVERAGE_GAP_MS;
  return averageGap(strokes, end) < limit;
}

/**
 * Tells a keyboard scanner from a person by a prefix or by speed, one key press after the other.
 *
 * Knows nothing of the page; gaps come from the presses' own time stamps, so a busy page does not slow a scan down.
 */
export function createWedgeReader(): WedgeReader {
  let strokes: Stroke[] = [];
  let armed = false;
  // What follows a scan without a pause is the same scanner's: the rest of a code with a CR or TAB inside, or a second
  // terminator. However short it is, it must not press a button.
  let behindScan = false;
  let last = Number.NEGATIVE_INFINITY;

  function reset(): void {
    strokes = [];
    armed = false;
    behindScan = false;
    last = Number.NEGATIVE_INFINITY;
  }

  function finish(end: Stroke): Reading {
    const read = strokes;
    const behind = behindScan;
    const complete = armed || behind ? read.length > 0 : isScannerSpeed(read, end);
    reset();
    if (!complete && !behind) return { outcome: 'passed' };
    behindScan = true;
    last = end.at;
    return complete ? { outcome: 'scanned', strokes: read } : { outcome: 'trailing' };
  }

  return {
    reset,
    read(stroke) {
      if (isModifier(stroke)) return { outcome: 'passed' };
      const gap = stroke.at - last;
      // Whatever was pressed before the scan ended does not come behind it.
      if (gap > (armed ? MAX_GAP_AFTER_PREFIX_MS : MAX_GAP_MS) || (behindScan && gap < 0)) reset();
      if (stroke.held) {
        reset();
        return { outcome: 'passed' };
      }
      if (isPrefix(stroke)) {
        reset();
        armed = true;
        last = stroke.at;
        return { outcome: 'collected', first: true, armed };
      }
      if (isTerminator(stroke)) return finish(stroke);
      if (!isCharacter(stroke) || strokes.length === MAX_CHARACTERS) {
        reset();
        return { outcome: 'passed' };
      }
      last = stroke.at;
      strokes.push(stroke);
      return { outcome: 'collected', first: strokes.length === 1 && !armed && !behindScan, armed };
    },
  };
}
