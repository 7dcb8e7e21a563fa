import { hasMod10CheckDigit } from './check-digits.ts';
import { type CharacterSet, type Identifier, leadingIdentifier, partsOf, predefinedLength } from './gs1-identifiers.ts';
import { type Gs1Element, type Refusal, refuse } from './scan-result.ts';

/** Group separator: what a scanner sends for FNC1 behind an element of no fixed length. */
export const GS = '\u001d';

const characterSets: Readonly<Record<CharacterSet, RegExp>> = {
  N: /^[0-9]*$/,
  X: /^[!-"%-?A-Z_a-z]*$/,
  Y: /^[#\-/0-9A-Z]*$/,
  Z: /^[-0-9A-Z_a-z]*={0,2}$/,
};

export type ElementString = { readonly ok: true; readonly elements: readonly Gs1Element[] } | Refusal;

/**
 * Reads a GS1 element string, without its AIM identifier.
 *
 * Stops at the first identifier GS1 has not given out, wrong length, wrong character or wrong check digit.
 * A GS too many (in front, behind a fixed length, at the end) is passed over. Dates are not checked here.
 */
export function parseElementString(content: string): ElementString {
  const elements: Gs1Element[] = [];
  let rest = skipSeparators(content);
  while (rest !== '') {
    const identifier = leadingIdentifier(rest);
    if (identifier === undefined) return unknownIdentifier(rest);
    const { ai } = identifier;
    const value = leadingValue(ai, rest.slice(ai.length));
    const refusal = checkElement(identifier, value);
    if (refusal !== undefined) return refusal;
    elements.push({ ai, value });
    rest = skipSeparators(rest.slice(ai.length + value.length));
  }
  if (elements.length === 0) return refuse('scan.empty', 'The code holds no GS1 element.');
  return { ok: true, elements };
}

function skipSeparators(text: string): string {
  let start = 0;
  while (text[start] === GS) start += 1;
  return text.slice(start);
}

function leadingValue(ai: string, rest: string): string {
  const [upToSeparator = ''] = rest.split(GS, 1);
  const fixed = predefinedLength(ai);
  return fixed === undefined ? upToSeparator : upToSeparator.slice(0, fixed);
}

export function unknownIdentifier(text: string): Refusal {
  return refuse('gs1.unknown-ai', `GS1 has no application identifier at "${text.slice(0, 4)}".`);
}

/** Checks length, characters and check digits of one value; undefined when it is right. */
export function checkElement(identifier: Identifier, value: string): Refusal | undefined {
  const { ai, components } = identifier;
  // First the length: that a check digit is wrong is no help to someone who sees half of the number.
  const shortest = components.reduce((sum, { optional, min }) => sum + (optional ? 0 : min), 0);
  const longest = components.reduce((sum, { max }) => sum + max, 0);
  if (value.length < shortest || value.length > longest) return wrongLength(ai, value);
  for (const { part, component } of partsOf(identifier, value)) {
    if (part.length < component.min) return wrongLength(ai, value);
    if (!characterSets[component.characters].test(part)) {
      return refuse('scan.bad-characters', `(${ai}) holds a character that GS1 does not allow there.`);
    }
    if (component.rule === 'check' && !hasMod10CheckDigit(part)) {
      return refuse('scan.bad-check-digit', `The check digit of (${ai}) ${part} is wrong.`);
    }
  }
  return undefined;
}

function wrongLength(ai: string, value: string): Refusal {
  return refuse(
    'scan.bad-length',
    `(${ai}) has ${value.length} characters, which GS1 does not allow. If the scanner drops the separator (GS), switch it on.`,
  );
}

/** The value of `ai`, or undefined when it is missing or sent twice with different values. */
export function singleValue(elements: readonly Gs1Element[], ai: string): string | undefined {
  const values = new Set(elements.filter((element) => element.ai === ai).map((element) => element.value));
  return values.size === 1 ? [...values][0] : undefined;
}
