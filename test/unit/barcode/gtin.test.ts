import { describe, expect, test } from 'vitest';
import { mod10CheckDigit } from '../../../shared/barcode/check-digits.ts';
import {
  gtin14,
  matchesRestrictedPattern,
  readEightDigits,
  restrictedPattern,
  sameGtin,
} from '../../../shared/barcode/gtin.ts';
import { expandUpcE } from '../../../shared/barcode/upc-e.ts';

describe('GTINs are compared as 14 digits', () => {
  test.each([
    '012345000065',
    '0012345000065',
    '00012345000065',
    ']E00012345000065',
    'F]E00012345000065',
    '0-12345-00006-5',
  ])('%s is the same trade item', (typed) => {
    expect(gtin14(typed)).toBe('00012345000065');
    expect(sameGtin(typed, '012345000065')).toBe(true);
  });

  test('a case is another trade item than its unit', () => {
    expect(gtin14('15400141288763')).toBe('15400141288763');
    expect(sameGtin('15400141288763', '05400141288766')).toBe(false);
  });

  test.each(['', '4006381333930', '400638133393', 'SKU-1', '40063813339311', '123456'])('%j is no GTIN', (typed) => {
    expect(gtin14(typed)).toBeUndefined();
    expect(sameGtin(typed, typed)).toBe(false);
  });
});

describe('UPC-E', () => {
  test.each([
    ['01234505', '012000003455'],
    ['01234514', '012100003454'],
    ['01234523', '012200003453'],
    ['01234531', '012300000451'],
    ['01234543', '012340000053'],
    ['01234565', '012345000065'],
  ])('%s is %s', (short, long) => {
    expect(expandUpcE(short)).toBe(long);
  });

  test('a wrong check digit or another number system is no UPC-E', () => {
    expect(expandUpcE('01234566')).toBeUndefined();
    expect(expandUpcE('21234565')).toBeUndefined();
    expect(expandUpcE('1234565')).toBeUndefined();
  });

  // Every seventh of the million bodies: enough to meet each last digit thousands of times.
  test('ending 5 to 9 it always reads as an EAN-8 too, ending 3 never', () => {
    const isEan8 = new Map<number, { both: number; all: number }>();
    for (let body = 0; body < 1_000_000; body += 7) {
      const digits = String(body).padStart(6, '0');
      const check = [...'0123456789'].find((digit) => expandUpcE(`0${digits}${digit}`) !== undefined);
      const count = isEan8.get(body % 10) ?? { both: 0, all: 0 };
      isEan8.set(body % 10, { both: count.both + (gtin14(`0${digits}${check}`) ? 1 : 0), all: count.all + 1 });
    }
    const share = (last: number) => (isEan8.get(last)?.both ?? 0) / (isEan8.get(last)?.all ?? 1);
    expect([5, 6, 7, 8, 9].map(share)).toEqual([1, 1, 1, 1, 1]);
    expect(share(3)).toBe(0);
    for (const last of [0, 1, 2, 4]) expect(share(last)).toBeCloseTo(0.2, 1);
  });

  test('eight digits that fit both are looked up as UPC-E first when they begin with 0', () => {
    expect(readEightDigits('01234565')).toEqual({
      readAs: 'upc-e',
      gtin14: '00012345000065',
      alternativeGtin14: '00000001234565',
    });
  });

  test('eight digits that fit both are looked up as EAN-8 first when they begin with 1', () => {
    expect(readEightDigits('11234562')).toEqual({
      readAs: 'ean-8',
      gtin14: '00000011234562',
      alternativeGtin14: '00112345000062',
    });
  });

  test('eight digits that fit one are that one', () => {
    expect(readEightDigits('96385074')).toEqual({ readAs: 'ean-8', gtin14: '00000096385074' });
    expect(readEightDigits('01234531')).toEqual({ readAs: 'upc-e', gtin14: '00012300000451' });
    expect(readEightDigits('96385075')).toBeUndefined();
  });
});

describe('restricted circulation numbers', () => {
  const withCheck = (body: string) => `0${body}${mod10CheckDigit(body)}`;

  test.each(['02', '20', '25', '29'])('prefix %s is matched with price or weight masked', (prefix) => {
    const half = withCheck(`${prefix}1234500450`);
    const full = withCheck(`${prefix}1234500900`);
    const other = withCheck(`${prefix}1234600450`);
    const pattern = restrictedPattern(half);
    expect(pattern).toBe(`0${prefix}12345??????`);
    expect(matchesRestrictedPattern(pattern ?? '', full)).toBe(true);
    expect(matchesRestrictedPattern(pattern ?? '', other)).toBe(false);
  });

  test.each(['00000096385074', '04006381333931', '00012345000065', '25400141288760'])(
    '%s is not restricted',
    (number) => {
      expect(restrictedPattern(number)).toBeUndefined();
    },
  );
});
