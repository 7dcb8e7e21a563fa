import { describe, expect, test } from 'vitest';
import { associationWarnings } from '../../../shared/barcode/gs1-associations.ts';
import { readGs1Date } from '../../../shared/barcode/gs1-dates.ts';
import { parseElementString } from '../../../shared/barcode/gs1-elements.ts';
import { allIdentifiers, findIdentifier, predefinedLength } from '../../../shared/barcode/gs1-identifiers.ts';
import { separatorMaybeLost } from '../../../shared/barcode/gs1-lost-separator.ts';
import { readTradeData } from '../../../shared/barcode/gs1-trade-data.ts';

const GS = '\u001d';
const GTIN = '09520123456788';
const now = '2026-11-22T10:00:00.000Z';

const parsed = (content: string) => {
  const result = parseElementString(content);
  return result.ok ? result.elements.map(({ ai, value }) => `(${ai})${value}`).join('') : result.code;
};
const elements = (content: string) => {
  const result = parseElementString(content);
  if (!result.ok) throw new Error(result.message);
  return result.elements;
};
const trade = (content: string) => {
  const { data, warnings } = readTradeData(elements(content), now);
  const { elements: _, ...told } = data;
  return { ...told, warnings };
};

describe('element strings', () => {
  test.each([
    [`01${GTIN}10ABC1${GS}2112345`, `(01)${GTIN}(10)ABC1(21)12345`],
    [`10ABC1${GS}01${GTIN}17261231`, `(10)ABC1(01)${GTIN}(17)261231`],
    [`${GS}01${GTIN}`, `(01)${GTIN}`],
    [`01${GTIN}${GS}17261231${GS}10A${GS}`, `(01)${GTIN}(17)261231(10)A`],
    [`01${GTIN}3103000195`, `(01)${GTIN}(3103)000195`],
    [`01${GTIN}235TPX${GS}99X`, `(01)${GTIN}(235)TPX(99)X`],
    [`01${GTIN}70032612311459${GS}10A`, `(01)${GTIN}(7003)2612311459(10)A`],
    [`01${GTIN}80082612310815${GS}30120`, `(01)${GTIN}(8008)2612310815(30)120`],
    [`02${GTIN}3712`, `(02)${GTIN}(37)12`],
    ['4019521234ABC', '(401)9521234ABC'],
    ['42175012AB', '(421)75012AB'],
    [`8006${GTIN}0102${GS}21S`, `(8006)${GTIN}0102(21)S`],
    [`01${GTIN}10abcXYZ!"%&'()*+,-./_`, `(01)${GTIN}(10)abcXYZ!"%&'()*+,-./_`],
  ])('%j is %j', (content, told) => {
    expect(parsed(content)).toBe(told);
  });

  test.each([
    ['', 'scan.empty'],
    [GS, 'scan.empty'],
    ['89ABC', 'gs1.unknown-ai'],
    ['0412345678901234', 'gs1.unknown-ai'],
    ['3106000195', 'gs1.unknown-ai'],
    ['https://example.com', 'gs1.unknown-ai'],
    ['0109520123456789', 'scan.bad-check-digit'],
    ['00106141412345678909', 'scan.bad-check-digit'],
    ['4109521234567890', 'scan.bad-check-digit'],
    ['010952012345678', 'scan.bad-length'],
    [`010952012345678${GS}10A`, 'scan.bad-length'],
    [`01${GTIN}5`, 'gs1.unknown-ai'],
    [`01${GTIN}1726123`, 'scan.bad-length'],
    [`01${GTIN}10`, 'scan.bad-length'],
    [`01${GTIN}10${'A'.repeat(21)}`, 'scan.bad-length'],
    [`01${GTIN}30123456789`, 'scan.bad-length'],
    [`01${GTIN}7003261231145910A`, 'scan.bad-length'],
    [`01${GTIN}800826123108153`, 'scan.bad-length'],
    ['0109520123456A88', 'scan.bad-characters'],
    [`01${GTIN}10A^B`, 'scan.bad-characters'],
    [`01${GTIN}10A B`, 'scan.bad-characters'],
    [`01${GTIN}10É`, 'scan.bad-characters'],
    [`01${GTIN}30A`, 'scan.bad-characters'],
    ['402952012345678901299', 'scan.bad-length'],
    [`01${GTIN}70072612311${GS}10A`, 'scan.bad-length'],
  ])('%j stops with %s', (content, code) => {
    expect(parsed(content)).toBe(code);
  });

  test('elements that need no separator are those of GS1 and no others', () => {
    const fixed = allIdentifiers.filter(({ ai }) => predefinedLength(ai) !== undefined);
    for (const { ai, components } of fixed) {
      expect(
        components.reduce((sum, { max }) => sum + max, 0),
        ai,
      ).toBe(predefinedLength(ai));
      expect(
        components.every(({ min, max, optional }) => min === max && !optional),
        ai,
      ).toBe(true);
    }
    expect(['235', '7003', '8008', '402', '422', '10', '21', '37'].map(predefinedLength)).toEqual(
      Array(8).fill(undefined),
    );
  });

  test('no identifier is the beginning of another, and every companion exists', () => {
    const all = allIdentifiers.map(({ ai }) => ai);
    expect(new Set(all).size).toBe(all.length);
    for (const ai of all) expect(all.filter((other) => other.startsWith(ai))).toEqual([ai]);
    const named = allIdentifiers.flatMap(({ needs, excludes }) => [...needs.flat(2), ...excludes]);
    for (const pattern of new Set(named)) {
      expect(
        all.some((ai) => ai.length === pattern.length && ai.startsWith(pattern.replaceAll('n', ''))),
        pattern,
      ).toBe(true);
    }
    expect(findIdentifier('3105')?.components).toEqual([{ characters: 'N', min: 6, max: 6, optional: false }]);
  });
});

describe('what belongs together', () => {
  test.each([
    [`01${GTIN}10A${GS}21S`, []],
    [`0010614141234567890802${GTIN}3712`, []],
    [`02${GTIN}3712`, ['gs1.missing-companion-ai']],
    [`02${GTIN}`, ['gs1.missing-companion-ai']],
    ['10A', ['gs1.missing-companion-ai']],
    ['21S', ['gs1.missing-companion-ai']],
    [`01${GTIN}02${GTIN}3712`, ['gs1.missing-companion-ai', 'gs1.excluded-ai-pair']],
    [`01${GTIN}3712`, ['gs1.missing-companion-ai', 'gs1.excluded-ai-pair']],
    [`01${GTIN}31030001953102000195`, ['gs1.excluded-ai-pair']],
    [`01${GTIN}31030001953103000195`, []],
    [`01${GTIN}10A${GS}10A`, []],
    [`01${GTIN}10A${GS}10B`, ['gs1.repeated-ai-differs']],
    [`01${GTIN}10A${GS}70041234`, []],
    [`01${GTIN}70041234`, ['gs1.missing-companion-ai']],
    [`01${GTIN}3922299${GS}3103000195`, []],
    [`01${GTIN}3922299`, ['gs1.missing-companion-ai']],
  ])('%j: %j', (content, warnings) => {
    expect(associationWarnings(elements(content))).toEqual(warnings);
  });
});

describe('dates', () => {
  test.each([
    ['261231', '2026-12-31'],
    ['260200', '2026-02-28'],
    ['280200', '2028-02-29'],
    ['280229', '2028-02-29'],
    ['261200', '2026-12-31'],
    ['760101', '2076-01-01'],
    ['770101', '1977-01-01'],
    ['000101', '2000-01-01'],
  ])('%s is %s in 2026', (yymmdd, date) => {
    expect(readGs1Date(yymmdd, now, true)).toBe(date);
  });

  test('the century turns with the clock', () => {
    expect(readGs1Date('100101', '2060-01-01T00:00:00.000Z', true)).toBe('2110-01-01');
    expect(readGs1Date('110101', '2060-01-01T00:00:00.000Z', true)).toBe('2011-01-01');
    expect(readGs1Date('990101', '2049-01-01T00:00:00.000Z', true)).toBe('2099-01-01');
    expect(readGs1Date('990101', '2048-01-01T00:00:00.000Z', true)).toBe('1999-01-01');
  });

  test.each(['261301', '260001', '260230', '270229', '261232', '26123'])('%s is no day', (yymmdd) => {
    expect(readGs1Date(yymmdd, now, true)).toBeUndefined();
  });

  test('a day 00 is none where GS1 wants a day', () => {
    expect(readGs1Date('261200', now, false)).toBeUndefined();
  });

  test('a clock that tells no year is a fault of the program', () => {
    expect(() => readGs1Date('261231', 'today', true)).toThrow('scan.bad-clock');
  });
});

describe('what elements tell about goods', () => {
  test('lot, serial, dates, quantity', () => {
    const dates = '11260101152701311726120013251216';
    expect(trade(`01${GTIN}${dates}10A1${GS}21S1${GS}22V${GS}3012${GS}400PO-7`)).toEqual({
      lot: 'A1',
      serial: 'S1',
      variant: 'V',
      orderNumber: 'PO-7',
      expiry: '2026-12-31',
      bestBefore: '2027-01-31',
      productionDate: '2026-01-01',
      packagingDate: '2025-12-16',
      quantity: 12,
      warnings: [],
    });
  });

  test.each([
    ['3100000012', 12_000_000],
    ['3103000195', 195_000],
    ['3105000001', 10],
    ['3200000001', 453_592],
    ['3203001000', 453_592],
    ['3202000250', 1_133_981],
  ])('a net weight %s is %i mg', (element, netWeightMg) => {
    expect(trade(`01${GTIN}${element}`)).toMatchObject({ netWeightMg });
  });

  test('an expiry with its time', () => {
    expect(trade(`01${GTIN}70032612311459`)).toEqual({ expiry: '2026-12-31', expiryTime: '14:59', warnings: [] });
    expect(trade(`01${GTIN}70032612002359`)).toEqual({ warnings: ['gs1.bad-date'] });
    expect(trade(`01${GTIN}70032612312400`)).toEqual({ warnings: ['gs1.bad-date'] });
  });

  test('a production date with its hour, minutes and seconds', () => {
    expect(trade(`01${GTIN}800826123108`)).toEqual({ productionDate: '2026-12-31', warnings: [] });
    expect(trade(`01${GTIN}8008261231081530`)).toEqual({ productionDate: '2026-12-31', warnings: [] });
    expect(trade(`01${GTIN}800826123124`)).toEqual({ warnings: ['gs1.bad-date'] });
    expect(trade(`01${GTIN}8008261231236000`)).toEqual({ warnings: ['gs1.bad-date'] });
    expect(trade(`01${GTIN}8008261231235960`)).toEqual({ warnings: ['gs1.bad-date'] });
  });

  test('a date that does not exist is left out with a warning', () => {
    expect(trade(`01${GTIN}17261331`)).toEqual({ warnings: ['gs1.bad-date'] });
    expect(trade(`01${GTIN}7006260200`)).toEqual({ warnings: ['gs1.bad-date'] });
    expect(trade(`01${GTIN}7007260101261301`)).toEqual({ warnings: ['gs1.bad-date'] });
    expect(trade(`01${GTIN}7007260101`)).toEqual({ warnings: [] });
  });

  test('a lot sent twice with different values is left out', () => {
    expect(trade(`01${GTIN}10A${GS}10B${GS}21S`)).toEqual({ serial: 'S', warnings: [] });
  });

  test('a quantity of nothing is none', () => {
    expect(trade(`01${GTIN}300`)).toEqual({ warnings: [] });
  });
});

describe('a separator that the scanner dropped', () => {
  const maybeLost = (content: string) => separatorMaybeLost(content, elements(content), now);

  test.each([
    `01${GTIN}10ABC12112345`,
    `01${GTIN}21SN110LOT7`,
    `01${GTIN}10A17261231`,
    `01${GTIN}10A3103000195`,
    `10ABC01${GTIN}`,
  ])('may be missing in %s', (content) => {
    expect(maybeLost(content)).toBe(true);
  });

  test.each([
    `01${GTIN}10ABC`,
    `01${GTIN}10ABC21`,
    `01${GTIN}10AB10X`,
    `01${GTIN}10A17261331`,
    `01${GTIN}17261231`,
    `01${GTIN}21S${GS}10A2112345`,
    `2112345${GS}01${GTIN}`,
  ])('is not missing in %j', (content) => {
    expect(maybeLost(content)).toBe(false);
  });
});
