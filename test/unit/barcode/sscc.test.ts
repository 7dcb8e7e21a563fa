import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildSscc, isSscc } from '../../../shared/barcode/sscc.ts';

describe('the SSCC of a parcel', () => {
  test('is extension, company prefix, serial and check digit', () => {
    expect(buildSscc({ extension: 1, companyPrefix: '0614141', serial: 234567890 })).toBe('106141412345678908');
    expect(buildSscc({ extension: 0, companyPrefix: '952012345', serial: 7 })).toBe('095201234500000076');
  });

  test('always ends in its check digit and never repeats within a prefix', () => {
    const serials = fc.uniqueArray(fc.nat({ max: 9_999_999 }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(fc.nat({ max: 9 }), serials, (extension, [one = 0, two = 1]) => {
        const first = buildSscc({ extension, companyPrefix: '952012345', serial: one });
        expect(isSscc(first)).toBe(true);
        expect(first).not.toBe(buildSscc({ extension, companyPrefix: '952012345', serial: two }));
      }),
    );
  });

  test('runs out of numbers with words', () => {
    const last = { extension: 3, companyPrefix: '952012345678', serial: 9999 };
    expect(isSscc(buildSscc(last))).toBe(true);
    expect(() => buildSscc({ ...last, serial: 10000 })).toThrow(
      expect.objectContaining({ kind: 'rule', code: 'sscc.range-exhausted' }),
    );
  });

  test.each([
    { extension: 10, companyPrefix: '952012345', serial: 1 },
    { extension: 0, companyPrefix: '95A', serial: 1 },
    { extension: 0, companyPrefix: '952012345', serial: -1 },
    { extension: 0, companyPrefix: '952012345', serial: 1.5 },
  ])('is not made of %j', (parts) => {
    expect(() => buildSscc(parts)).toThrow(expect.objectContaining({ code: 'sscc.bad-parts' }));
  });

  test('18 digits with a wrong check digit, or any other length, are none', () => {
    expect(isSscc('106141412345678909')).toBe(false);
    expect(isSscc('00106141412345678908')).toBe(false);
  });
});
