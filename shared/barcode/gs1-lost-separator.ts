import { hasBadDate } from './gs1-dates.ts';
import { GS, parseElementString } from './gs1-elements.ts';
import { findIdentifier } from './gs1-identifiers.ts';
import type { Gs1Element } from './scan-result.ts';

// What suppliers put behind a lot or a serial; rarer identifiers would find something in every other lot number.
const LIKELY_NEXT = /^(?:0[0-2]|1[013567]|21|24[01]|3[12]0[0-5])/;

/**
 * True when the last value, which runs to the end of a code without any GS, reads as if another element hid in it.
 *
 * `10ABC12112345` is a lot `ABC12112345`, or a lot `ABC1` and a serial `12345` whose separator the scanner dropped.
 */
export function separatorMaybeLost(content: string, elements: readonly Gs1Element[], now: string): boolean {
  const last = elements.at(-1);
  if (last === undefined || content.includes(GS) || !mayBeLonger(last.ai)) return false;
  return Array.from(last.value).some((_, place) => place > 0 && hidesElements(last.value.slice(place), elements, now));
}

function mayBeLonger(ai: string): boolean {
  return findIdentifier(ai)?.components.some(({ min, max, optional }) => optional || min < max) ?? false;
}

function hidesElements(text: string, before: readonly Gs1Element[], now: string): boolean {
  if (!LIKELY_NEXT.test(text)) return false;
  const hidden = parseElementString(text);
  if (!hidden.ok) return false;
  return hidden.elements.every((found) => !before.some(({ ai }) => ai === found.ai) && !hasBadDate(found, now));
}
