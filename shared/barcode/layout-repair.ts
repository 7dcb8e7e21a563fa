import { asUsKeys, type LayoutName } from './keyboard-layouts.ts';
import { invertCase } from './keyboard-repair.ts';

/** Layouts whose digits lie behind Shift: the others keep digits, and what is left of a code proves nothing. */
const azerty: readonly LayoutName[] = ['fr', 'be'];
/** What these layouts put on the keys of the digits, without - and _, which many codes hold. */
const DIGIT_ROW = /[&é"'(§è!çà]/;

/**
 * What a scanner at its US setting may have sent, from what an AZERTY PC made of it: `àà'HA"NIDBVD` was `004HQ3NIDBVD`.
 *
 * Only for text that came without key places (a remote desktop, a file of scans). The likeliest first; empty for text
 * that no such PC makes. The caller takes one only where a check digit proves it.
 */
export function retypedAsUs(text: string): string[] {
  // A digit on AZERTY needs Shift, and a US scanner presses Shift for no digit.
  if (!DIGIT_ROW.test(text) || /[0-9]/.test(text)) return [];
  const found = azerty.flatMap((layout) => [text, invertCase(text)].flatMap((typed) => asUsKeys(layout, typed) ?? []));
  return [...new Set(found)].filter((typed) => typed !== text);
}
