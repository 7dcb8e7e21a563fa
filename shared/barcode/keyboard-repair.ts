/** One keydown of a keyboard wedge: the physical key and what was held, never the character the layout made of it. */
export interface Keystroke {
  /** `KeyboardEvent.code`, the key's place on a US keyboard. */
  readonly code: string;
  readonly shift: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly capsLock: boolean;
}

export interface WedgeSettings {
  /** The function key this scanner sends for GS, `F8`; absent when it sends Ctrl+] or Alt+029, which always work. */
  readonly gsKey?: string;
}

const US_KEYS: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  Backquote: ['`', '~'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  Enter: ['\r', '\r'],
  NumpadEnter: ['\r', '\r'],
  Tab: ['\t', '\t'],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
};
const SHIFTED_DIGITS = ')!@#$%^&*(';

/**
 * The text a scanner typed, whatever layout and CapsLock the PC has: a scanner set to a US keyboard presses the keys
 * of a US keyboard. Ctrl with a key is its control character (Ctrl+] is GS), Alt with digits the character of that number.
 */
export function keystrokesToText(strokes: readonly Keystroke[], settings: WedgeSettings = {}): string {
  let text = '';
  let altDigits = '';
  for (const stroke of strokes) {
    const digit = stroke.alt && !stroke.ctrl ? /^(?:Numpad|Digit)([0-9])$/.exec(stroke.code)?.[1] : undefined;
    if (digit !== undefined) {
      altDigits += digit;
      continue;
    }
    text += altCharacters(altDigits) + characterOf(stroke, settings);
    altDigits = '';
  }
  return text + altCharacters(altDigits);
}

function characterOf(stroke: Keystroke, settings: WedgeSettings): string {
  if (stroke.code === settings.gsKey) return '\u001d';
  if (stroke.alt) return '';
  const plain = usCharacter(stroke.code, stroke.shift);
  return stroke.ctrl ? controlCharacter(plain) : plain;
}

/** What a key makes on a US keyboard; empty for keys that make no character, such as Shift itself. */
export function usCharacter(code: string, shift: boolean): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  const digit = /^Digit([0-9])$/.exec(code)?.[1];
  if (digit !== undefined) return shift ? SHIFTED_DIGITS.charAt(Number(digit)) : digit;
  const pad = /^Numpad([0-9])$/.exec(code)?.[1];
  return pad ?? US_KEYS[code]?.[shift ? 1 : 0] ?? '';
}

/** Ctrl+A to Ctrl+Z and Ctrl+[ \ ] ^ _ are the codes 1 to 31; 6 and - stand for ^ and _, which need Shift. */
function controlCharacter(plain: string): string {
  const key = { '6': '^', '-': '_', '{': '[', '}': ']', '|': '\\' }[plain] ?? plain.toUpperCase();
  if (plain === '\r' || plain === '\t') return plain;
  return /^[A-Z[\\\]^_]$/.test(key) ? String.fromCharCode(key.charCodeAt(0) - 64) : '';
}

/**
 * Alt mode: three digits a character (Alt+029), four with a leading zero on some scanners (Alt+0029).
 *
 * The release of Alt between two characters is not among the keydowns, so a run is cut into threes when every
 * three are a byte, else into fours.
 */
function altCharacters(digits: string): string {
  const threes = digits.match(/[0-9]{3}/g) ?? [];
  const areBytes = digits.length % 3 === 0 && threes.every((number) => Number(number) < 256);
  const numbers = areBytes ? threes : (digits.match(/0[0-9]{3}/g) ?? []);
  return numbers.map((number) => String.fromCharCode(Number(number) % 256)).join('');
}

/** Every letter in the other case: what CapsLock makes of a whole scan. */
export function invertCase(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  );
}

// Identifiers no scanner sends: ]C1 ]d2 ]Q3 ]I1 ]E4 with the case turned round. ]e0 is missing on purpose: that one exists.
const INVERTED_AIM_ID = /^[A-Za-z]?\](?:c[0-2]|D[1-6]|q[0-6]|i[0-3]|e4)/;

/**
 * The scan with its letters turned back when its AIM identifier shows that CapsLock inverted all of it, else undefined.
 *
 * Never one letter by itself: a lot number may be of mixed case.
 */
export function repairInvertedCase(text: string): string | undefined {
  return INVERTED_AIM_ID.test(text) ? invertCase(text) : undefined;
}
