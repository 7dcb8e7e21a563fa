import bwipjs from 'bwip-js/node';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mod10CheckDigit } from '../../../shared/barcode/check-digits.ts';
import { classifyScan } from '../../../shared/barcode/classify-scan.ts';
import { predefinedLength } from '../../../shared/barcode/gs1-identifiers.ts';

const now = '2026-11-22T10:00:00.000Z';

type Pair = readonly [ai: string, value: string];

/** What an encoder that we did not write thinks of the same elements: it refuses wrong content and wrong company. */
function encoderAccepts(pairs: readonly Pair[]): boolean {
  try {
    bwipjs.raw({ bcid: 'gs1datamatrix', text: pairs.map(([ai, value]) => `(${ai})${value}`).join('') });
    return true;
  } catch {
    return false;
  }
}

/** The same elements as a scanner sends them. */
function scanOf(pairs: readonly Pair[]): string {
  const sent = pairs.map(([ai, value], place) => {
    const needsSeparator = predefinedLength(ai) === undefined && place < pairs.length - 1;
    return `${ai}${value}${needsSeparator ? '\u001d' : ''}`;
  });
  return `]d2${sent.join('')}`;
}

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const mostlyRight = fc.integer({ min: 0, max: 9 });
const checked = (length: number) =>
  fc.tuple(digits(length - 1), mostlyRight).map(([body, luck]) => {
    const check = Number(mod10CheckDigit(body));
    return `${body}${luck === 0 ? (check + 1) % 10 : check}`;
  });
const text = (max: number) =>
  fc
    .tuple(fc.stringMatching(new RegExp(`^[A-Za-z0-9!"%&'*+,./:;<=>?_-]{1,${max}}$`)), mostlyRight)
    .map(([value, luck]) => (luck === 0 ? `${value}~`.slice(0, max) : value));
const date = fc
  .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 28 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(''));
const one = (ai: string, value: fc.Arbitrary<string>): fc.Arbitrary<Pair> => value.map((content) => [ai, content]);

const pair: fc.Arbitrary<Pair> = fc.oneof(
  one('00', checked(18)),
  { weight: 4, arbitrary: one('01', checked(14)) },
  one('02', checked(14)),
  { weight: 2, arbitrary: one('10', text(20)) },
  ...['11', '13', '15', '16', '17'].map((ai) => one(ai, date)),
  one('20', digits(2)),
  one('21', text(20)),
  one('22', text(20)),
  one('235', text(28)),
  one('240', text(30)),
  one('241', text(30)),
  one('30', fc.stringMatching(/^[1-9][0-9]{0,7}$/)),
  one('3103', digits(6)),
  one('3202', digits(6)),
  one('37', fc.stringMatching(/^[1-9][0-9]{0,7}$/)),
  one('400', text(30)),
  one('402', checked(17)),
  one('410', checked(13)),
  one('420', text(20)),
  one('99', text(90)),
);

describe('an independent encoder and this reader agree', () => {
  test('on every mix of elements: accepted there is accepted here without a warning, refused there is told here', () => {
    const mix = fc.uniqueArray(pair, { minLength: 1, maxLength: 5, selector: ([ai]) => ai });
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(mix, (pairs) => {
        const scan = classifyScan(scanOf(pairs), { now, deviceSendsGs: true });
        const isClean = scan.ok && scan.warnings.every((warning) => warning === 'gtin.restricted-circulation');
        const accepted = encoderAccepts(pairs);
        seen[accepted ? 'accepted' : 'refused'] += 1;
        // USPS behind 420 and FedEx behind 96 are read as their carrier's, whatever GS1 says to it.
        fc.pre(!scan.ok || scan.kind !== 'tracking');
        expect(isClean, scanOf(pairs)).toBe(accepted);
      }),
      { numRuns: 1500 },
    );
    expect(seen.accepted).toBeGreaterThan(100);
    expect(seen.refused).toBeGreaterThan(100);
  });

  test('on what was encoded: number, lot and serial come back', () => {
    const gtin = digits(13).map((body) => body + mod10CheckDigit(body));
    const field = fc.stringMatching(/^[A-Za-z0-9-]{1,20}$/);
    fc.assert(
      fc.property(gtin, field, field, (gtin14, lot, serial) => {
        const pairs: Pair[] = [
          ['01', gtin14],
          ['10', lot],
          ['21', serial],
        ];
        expect(encoderAccepts(pairs)).toBe(true);
        expect(classifyScan(scanOf(pairs), { now })).toMatchObject({ ok: true, kind: 'item', gtin14, lot, serial });
      }),
    );
  });
});
