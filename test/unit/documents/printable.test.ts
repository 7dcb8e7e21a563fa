import { describe, expect, test } from 'vitest';
import { makePrintable, printableText } from '../../../main/documents/printable.ts';

describe('text for the built-in fonts', () => {
  test.each([
    ['Hélène Dupré-Lefèvre', 'Hélène Dupré-Lefèvre'],
    ['Weißgerber & Söhne, Œuvre à 5 €', 'Weißgerber & Söhne, Œuvre à 5 €'],
    ['Hügǒ', 'Hügo'],
    ['Łódź', 'Lódz'],
    ['Dvořák Čapek', 'Dvorák Capek'],
    ['Αθήνα', 'Athina'],
    ['Жуков', 'Zhukov'],
    ['КИЇВ, ХРЕЩАТИК 22', 'KIIV, KHRESHCHATIK 22'],
    ['Đặng Thị Hương', 'Dang Thi Huong'],
    ['Ｔｏｋｙｏ №５', 'Tokyo No5'],
    ['line one\nline\ttwo\u00a0three', 'line one line two three'],
    ['Marie 🌸❤️', 'Marie'],
    ['e\u0301te\u0301', 'été'],
  ])('%s is printed as %s', (text, printed) => {
    expect(printableText(text, 'to.name')).toBe(printed);
  });

  test.each(['北京市朝阳区', 'محمد', 'ירושלים', 'กรุงเทพ', 'Wang 王'])(
    '%s has no letters in the font and is refused',
    (text) => {
      expect(() => printableText(text, 'to.city')).toThrow(
        expect.objectContaining({
          kind: 'rule',
          code: 'label.unprintable-text',
          details: expect.objectContaining({ field: 'to.city' }),
        }),
      );
    },
  );

  test('a name of pictures only is refused rather than left blank', () => {
    expect(() => printableText('🌸🌸', 'to.name')).toThrow('label.unprintable-text');
  });

  test('a model says which of its fields were written with other letters', () => {
    const printable = makePrintable({
      to: { name: 'Ionuț', city: 'Paris' },
      references: ['Škoda', 'A 1'],
      parcelIndex: 2,
    });

    expect(printable).toEqual({
      model: { to: { name: 'Ionut', city: 'Paris' }, references: ['Škoda', 'A 1'], parcelIndex: 2 },
      transliterated: ['to.name'],
    });
  });
});
