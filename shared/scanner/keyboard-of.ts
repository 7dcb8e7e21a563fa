import { splitAim } from '../barcode/aim.ts';
import { characterUnder, type LayoutName, layoutNames } from '../barcode/keyboard-layouts.ts';
import { invertCase } from '../barcode/keyboard-repair.ts';
import { textByLayout, textByPlace } from './decode-strokes.ts';
import type { Stroke } from './stroke.ts';
import { TEST_TEXT } from './test-code.ts';

export interface KeyboardSetting {
  /** Layout whose keys the scanner presses. */
  readonly scanner: LayoutName;
  /** Layout that the PC makes characters by; undefined where none that is known here makes these. */
  readonly pc: LayoutName | undefined;
  /** What came behind the text of the test code: a GS where all is well. */
  readonly behind: string;
  readonly symbology: string | undefined;
}

/** Which layouts scanner and PC have, found by the test code's own keys; undefined when these keys spell it under none. */
export function keyboardOf(body: readonly Stroke[]): KeyboardSetting | undefined {
  const pc = layoutNames.find((layout) => body.every((stroke) => makes(layout, stroke)));
  for (const scanner of layoutNames) {
    const spelled = scanner === 'us' ? textByPlace(body) : spelledUnder(scanner, body);
    const found = readTestText(spelled) ?? (scanner === pc ? readTestText(textByLayout(body)) : undefined);
    if (found) return { scanner, pc: scanner === pc && !isShared(body) ? undefined : pc, ...found };
  }
  // Keys without a place, as remote desktops send them, and scanners in Alt mode: what came is all there is.
  const typed = readTestText(textByLayout(body));
  return typed && { scanner: pc ?? 'us', pc: pc ?? 'us', ...typed };
}

/** Whether what the PC made is the test code, CapsLock aside: then it has the scanner's own layout. */
function isShared(body: readonly Stroke[]): boolean {
  const made = textByLayout(body);
  const plain = body.some(({ capsLock }) => capsLock) ? invertCase(made) : made;
  return readTestText(made) !== undefined || readTestText(plain) !== undefined;
}

function readTestText(text: string): Pick<KeyboardSetting, 'behind' | 'symbology'> | undefined {
  const { content, symbology } = splitAim(text);
  if (!content.startsWith(TEST_TEXT)) return undefined;
  const behind = content.slice(TEST_TEXT.length);
  return behind.startsWith(TEST_TEXT) ? undefined : { behind, symbology };
}

/** Whether a PC of this layout makes of the key what it made; keys that make no character tell nothing. */
function makes(layout: LayoutName, stroke: Stroke): boolean {
  const { code, key, shift, control, alt, altGr = false, capsLock } = stroke;
  if (
    control ||
    alt ||
    [...key].length !== 1 ||
    !/^(?:Key|Digit|Minus|Equal|Bracket|Semicolon|Quote|Comma|Period|Slash)/.test(code)
  )
    return true;
  const made = characterUnder(layout, { code, shift, altGr });
  return (
    made === key ||
    (capsLock && (invertCase(made) === key || characterUnder(layout, { code, shift: !shift, altGr }) === key))
  );
}

function spelledUnder(layout: LayoutName, body: readonly Stroke[]): string {
  return body
    .map((stroke) => {
      const { code, shift, control, alt, altGr = false } = stroke;
      const onPad = alt && /^Numpad/.test(code);
      if (onPad || code === 'F8' || (control && !alt && !altGr)) return textByPlace([stroke]) || stroke.key;
      return characterUnder(layout, { code, shift, altGr: altGr || alt });
    })
    .join('');
}
