import { usCharacter } from './keyboard-repair.ts';

/** Layouts that differ in what codes are made of; those that agree in all of it share a name. British is as American. */
export const layoutNames = ['us', 'fr', 'be', 'de', 'ch', 'es-it', 'pt-nordic'] as const;
export type LayoutName = (typeof layoutNames)[number];

export interface KeyPress {
  /** Place of the key, as `KeyboardEvent.code`. */
  readonly code: string;
  readonly shift: boolean;
  readonly altGr: boolean;
}

/** Plain, with Shift, with AltGr. */
type Key = readonly [plain: string, shifted: string, altGr?: string];
type Keys = Readonly<Record<string, Key>>;

const digitRow = (plain: string, altGr: Readonly<Record<number, string>> = {}): Keys =>
  Object.fromEntries(
    Array.from(plain, (character, index) => {
      const digit = (index + 1) % 10;
      return [`Digit${digit}`, [character, String(digit), altGr[digit] ?? '']] as const;
    }),
  );

const azertyLetters: Keys = {
  KeyA: ['q', 'Q'],
  KeyQ: ['a', 'A'],
  KeyZ: ['w', 'W'],
  KeyW: ['z', 'Z'],
  KeyM: [',', '?'],
  Semicolon: ['m', 'M'],
  Comma: [';', '.'],
  Period: [':', '/'],
};
const dashAtSlash: Keys = { Slash: ['-', '_'], Digit7: ['7', '/'], Comma: [',', ';'], Period: ['.', ':'] };
const bracketAtNine: Keys = { Digit9: ['9', ')', ']'] };
const bracketAtPlus: Keys = { BracketRight: ['', '', ']'] };
const zAtY: Keys = { KeyY: ['z', 'Z'], KeyZ: ['y', 'Y'], Minus: ['', '?'] };

/** Where a layout differs from the American one, in what labels, codes and GS1 data are made of. */
const differences: Readonly<Record<LayoutName, Keys>> = {
  us: {},
  fr: {
    ...azertyLetters,
    ...digitRow('&é"\'(-è_çà', { 5: '[' }),
    Minus: [')', '°', ']'],
    Slash: ['!', '§'],
    Quote: ['ù', '%'],
    BracketLeft: ['^', '¨'],
    BracketRight: ['$', '£'],
  },
  be: {
    ...azertyLetters,
    ...digitRow('&é"\'(§è!çà'),
    Minus: [')', '°'],
    Equal: ['-', '_'],
    Slash: ['=', '+'],
    Quote: ['ù', '%'],
    BracketLeft: ['^', '¨', '['],
    BracketRight: ['$', '*', ']'],
  },
  de: { ...dashAtSlash, ...bracketAtNine, ...zAtY, BracketRight: ['+', '*'] },
  ch: { ...dashAtSlash, ...bracketAtPlus, ...zAtY },
  'es-it': { ...dashAtSlash, BracketRight: ['+', '*', ']'], Minus: ["'", '?'] },
  'pt-nordic': { ...dashAtSlash, ...bracketAtNine, Minus: ["'", '?'], BracketRight: ['', ''] },
};

/** The character that a key makes under a layout; empty where it makes none or a dead one. */
export function characterUnder(layout: LayoutName, { code, shift, altGr }: KeyPress): string {
  const key = differences[layout][code];
  if (altGr) return key?.[2] ?? '';
  return key ? key[shift ? 1 : 0] : usCharacter(code, shift);
}

const codes = [
  ...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ', (letter) => `Key${letter}`),
  ...Array.from('0123456789', (digit) => `Digit${digit}`),
  ...'Backquote Minus Equal BracketLeft BracketRight Backslash Semicolon Quote Comma Period Slash Space'.split(' '),
];

/** The keys that make a character under a layout; undefined where it has none. */
export function keyFor(layout: LayoutName, character: string): KeyPress | undefined {
  for (const altGr of [false, true])
    for (const shift of altGr ? [false] : [false, true])
      for (const code of codes)
        if (characterUnder(layout, { code, shift, altGr }) === character) return { code, shift, altGr };
  return undefined;
}

const retyped = new Map<LayoutName, ReadonlyMap<string, string>>();

/**
 * What a scanner that is set to a US keyboard had to say, from what a PC of this layout made of its keys; undefined when
 * a character of the text lies on no key of it.
 */
export function asUsKeys(layout: LayoutName, text: string): string | undefined {
  const table = retyped.get(layout) ?? tableOf(layout);
  retyped.set(layout, table);
  let typed = '';
  for (const character of text) {
    const meant = table.get(character) ?? (character < ' ' ? character : undefined);
    if (meant === undefined) return undefined;
    typed += meant;
  }
  return typed;
}

function tableOf(layout: LayoutName): ReadonlyMap<string, string> {
  const pairs = codes.flatMap((code) =>
    [false, true].map(
      (shift) => [characterUnder(layout, { code, shift, altGr: false }), usCharacter(code, shift)] as const,
    ),
  );
  return new Map(pairs.filter(([made]) => made !== ''));
}
