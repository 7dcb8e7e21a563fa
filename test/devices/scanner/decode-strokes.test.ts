import { describe, expect, test } from 'vitest';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { createStrokeDecoder } from '../../../shared/scanner/decode-strokes.ts';
import type { Stroke } from '../../../shared/scanner/stroke.ts';

type Key = readonly [code: string, shift: boolean];

const clock = () => new Date('2026-11-22T10:00:00.000Z');
const nothingHeld = { control: false, alt: false, meta: false, held: false, at: 0 };

/** The key that makes a character on a US keyboard. */
function usKey(character: string): Key {
  if (/[A-Z]/.test(character)) return [`Key${character}`, true];
  if (/[a-z]/.test(character)) return [`Key${character.toUpperCase()}`, false];
  return [`Digit${character}`, false];
}

const azertyDigits = ['à', '&', 'é', '"', "'", '(', '-', 'è', '_', 'ç'];
const azertyLetters: Readonly<Record<string, string>> = { Q: 'A', A: 'Q', W: 'Z', Z: 'W' };

/** What a French keyboard makes of a key. */
function onAzerty([code, shift]: Key): string {
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return shift ? digit : (azertyDigits[Number(digit)] ?? '');
  const letter = code.replace('Key', '');
  const made = azertyLetters[letter] ?? letter;
  return shift ? made : made.toLowerCase();
}

/** The key that makes a character on a French keyboard. */
function azertyKey(character: string): Key {
  if (/\d/.test(character)) return [`Digit${character}`, true];
  const [code, shift] = usKey(character);
  const letter = code.replace('Key', '');
  return [`Key${azertyLetters[letter] ?? letter}`, shift];
}

const strokesOf = (keys: readonly Key[], made: (key: Key) => string, capsLock = false): Stroke[] =>
  keys.map((key) => ({ code: key[0], shift: key[1], key: made(key), capsLock, ...nothingHeld }));

const badge = encodeStationCode('badge', 'QWZA01');

describe('a French PC', () => {
  test('reads a scanner that was left at its US setting by the places of the keys', () => {
    const strokes = strokesOf([...badge].map(usKey), onAzerty);
    expect(createStrokeDecoder(clock)(strokes)).toBe(badge);
  });

  test('reads a scanner that is set to French by what the layout makes', () => {
    const strokes = strokesOf([...badge].map(azertyKey), onAzerty);
    expect(createStrokeDecoder(clock)(strokes)).toBe(badge);
  });

  test('remembers the setting that a check digit proved, for codes that prove nothing', () => {
    const decode = createStrokeDecoder(clock);
    decode(strokesOf([...'4006381333931'].map(azertyKey), onAzerty));
    expect(decode(strokesOf([...'AZERTY7'].map(azertyKey), onAzerty))).toBe('AZERTY7');
  });
});

test('CapsLock changes nothing: keys are read, not letters', () => {
  const strokes = strokesOf([...badge].map(usKey), ([code]) => code.replace(/^Key|^Digit/, '').toLowerCase(), true);
  expect(createStrokeDecoder(clock)(strokes)).toBe(badge);
});

test('Ctrl+] is GS', () => {
  const gs: Stroke = { ...nothingHeld, code: 'BracketRight', key: ']', shift: false, capsLock: false, control: true };
  const digits = strokesOf([...'10AB'].map(usKey), ([code]) => code.slice(-1));
  expect(createStrokeDecoder(clock)([...digits, gs, ...digits])).toBe('10AB\u001d10AB');
});

test('F8 is GS for scanners that are set to send it so', () => {
  const f8: Stroke = { ...nothingHeld, code: 'F8', key: 'F8', shift: false, capsLock: false };
  const digits = strokesOf([...'10AB'].map(usKey), ([code]) => code.slice(-1));
  expect(createStrokeDecoder(clock)([...digits, f8, ...digits])).toBe('10AB\u001d10AB');
});

test('keys without a name, as some remote desktops send them, are taken as typed', () => {
  const strokes = [...'AB12'].map((key): Stroke => ({ ...nothingHeld, code: '', key, shift: false, capsLock: false }));
  expect(createStrokeDecoder(clock)(strokes)).toBe('AB12');
});

describe('ten codes on an AZERTY and a US keyboard, with CapsLock and without', () => {
  const codes = [
    '004HQ3NIDBVD',
    'A1',
    'Z9Y8X7',
    'QWERTY',
    'AZERTY',
    'M0M1',
    '4006381333931',
    'PWTT01X',
    'ABC123',
    'WXCVBN',
  ];
  const states = [
    ['US', ([code]: Key) => code.slice(-1)],
    ['AZERTY', onAzerty],
  ] as const;

  test.each(codes)('%s is the same four times', (code) => {
    for (const [, made] of states)
      for (const capsLock of [false, true]) {
        const turned = (key: Key) => (capsLock ? made(key).toLowerCase() : made(key));
        expect(createStrokeDecoder(clock)(strokesOf([...code].map(usKey), turned, capsLock))).toBe(code);
      }
  });
});
