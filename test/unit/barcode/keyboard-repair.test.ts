import { describe, expect, test } from 'vitest';
import {
  invertCase,
  type Keystroke,
  keystrokesToText,
  repairInvertedCase,
} from '../../../shared/barcode/keyboard-repair.ts';

const plain = { shift: false, ctrl: false, alt: false, capsLock: false };
const press = (code: string, held: Partial<Keystroke> = {}): Keystroke => ({ ...plain, code, ...held });

/** The keys a scanner set to a US keyboard presses, whatever the PC makes of them. */
function typed(text: string): Keystroke[] {
  return Array.from(text, (character) => {
    if (/[A-Z]/.test(character)) return press(`Key${character}`, { shift: true });
    if (/[a-z]/.test(character)) return press(`Key${character.toUpperCase()}`);
    if (/[0-9]/.test(character)) return press(`Digit${character}`);
    const marks: Record<string, Keystroke> = {
      ']': press('BracketRight'),
      '-': press('Minus'),
      '.': press('Period'),
      _: press('Minus', { shift: true }),
      '/': press('Slash'),
      '%': press('Digit5', { shift: true }),
      '+': press('Equal', { shift: true }),
    };
    return marks[character] ?? press('Unidentified');
  });
}

describe('a keyboard wedge', () => {
  // On AZERTY the characters of these keys are àà'HA"NIDBVD, under CapsLock in lower case.
  test('reads the same on any layout and under CapsLock', () => {
    expect(keystrokesToText(typed('004HQ3NIDBVD'))).toBe('004HQ3NIDBVD');
    const underCapsLock = typed('004HQ3NIDBVD').map((stroke) => ({ ...stroke, capsLock: true }));
    expect(keystrokesToText(underCapsLock)).toBe('004HQ3NIDBVD');
  });

  test('returns the test code of the settings page exactly', () => {
    const strokes = [...typed('AaZz09-._/]'), press('BracketRight', { ctrl: true })];
    expect(keystrokesToText(strokes)).toBe('AaZz09-._/]\u001d');
  });

  test('knows the separator as Ctrl+], as Alt+029 and as F8 when the scanner is set so', () => {
    const alt029 = ['Numpad0', 'Numpad2', 'Numpad9'].map((code) => press(code, { alt: true }));
    expect(keystrokesToText([press('KeyA'), press('BracketRight', { ctrl: true }), press('KeyB')])).toBe('a\u001db');
    expect(keystrokesToText([press('KeyA'), ...alt029, press('KeyB')])).toBe('a\u001db');
    expect(keystrokesToText([press('KeyA'), press('F8'), press('KeyB')], { gsKey: 'F8' })).toBe('a\u001db');
    expect(keystrokesToText([press('KeyA'), press('F8'), press('KeyB')])).toBe('ab');
  });

  test('reads a scanner in Alt mode, three or four digits a character', () => {
    const alt = (digits: string) => Array.from(digits, (digit) => press(`Numpad${digit}`, { alt: true }));
    expect(keystrokesToText(alt('080087066'))).toBe('PWB');
    expect(keystrokesToText([...alt('0080'), press('AltLeft', { alt: true }), ...alt('0087')])).toBe('PW');
    expect(keystrokesToText(alt('008000870066'))).toBe('PWB');
    expect(keystrokesToText(alt('08'))).toBe('');
  });

  test('turns Ctrl into control characters and keys without a character into nothing', () => {
    const ctrl = (code: string) => press(code, { ctrl: true });
    expect(keystrokesToText([ctrl('KeyB'), press('KeyX'), ctrl('KeyC'), press('Enter'), press('Tab')])).toBe(
      '\u0002x\u0003\r\t',
    );
    expect(keystrokesToText([ctrl('Digit6'), ctrl('Minus'), ctrl('Backslash')])).toBe('\u001e\u001f\u001c');
    expect(keystrokesToText([press('ShiftLeft', { shift: true }), press('CapsLock'), press('F3')])).toBe('');
    expect(keystrokesToText([press('KeyA', { alt: true }), ctrl('Digit1'), press('Numpad7')])).toBe('7');
  });

  test('presses every mark of the US keyboard', () => {
    const keys = ['Backquote', 'Equal', 'BracketLeft', 'Backslash', 'Semicolon', 'Quote', 'Comma', 'Slash', 'Space'];
    expect(keystrokesToText(keys.map((code) => press(code)))).toBe("`=[\\;',/ ");
    expect(keystrokesToText(keys.map((code) => press(code, { shift: true })))).toBe('~+{|:"<? ');
    const digits = Array.from('1234567890', (digit) => press(`Digit${digit}`, { shift: true }));
    expect(keystrokesToText(digits)).toBe('!@#$%^&*()');
  });
});

describe('CapsLock', () => {
  test('is undone only when the identifier shows that the whole scan is inverted', () => {
    expect(invertCase('Ab-1é')).toBe('aB-1é');
    expect(repairInvertedCase(']c1010952012345678810abC')).toBe(']C1010952012345678810ABc');
    expect(repairInvertedCase(']D20109520123456788')).toBe(']d20109520123456788');
    expect(repairInvertedCase(']C1010952012345678810abC')).toBeUndefined();
    expect(repairInvertedCase('abc-1')).toBeUndefined();
    expect(repairInvertedCase(']e00109520123456788')).toBeUndefined();
  });
});
