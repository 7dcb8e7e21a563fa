import { describe, expect, test } from 'vitest';
import { classifyScan, type ScanContext } from '../../../shared/barcode/classify-scan.ts';

const GS = '\u001d';
const GTIN = '09520123456788';
const now = '2026-11-22T10:00:00.000Z';

const scan = (raw: string | Uint8Array, context: Partial<ScanContext> = {}) => classifyScan(raw, { now, ...context });
const refused = (code: string) => expect.objectContaining({ ok: false, code, message: expect.stringMatching(/\w{3}/) });
const plainText = (text: string, ...warnings: string[]) => ({ ok: true, kind: 'text', text, warnings });

describe('EAN and UPC symbols', () => {
  test.each([
    [']E04006381333931', '04006381333931'],
    [']E00012345000065', '00012345000065'],
    ['F]E00012345000065', '00012345000065'],
    [']E0012345000065', '00012345000065'],
    [']E001234565', '00012345000065'],
    [']E401234565', '00000001234565'],
    [']E496385074', '00000096385074'],
  ])('%s is one item, without doubt', (raw, gtin14) => {
    const { symbology } = /^[A-Z]?(?<symbology>\]E.)/.exec(raw)?.groups ?? {};
    expect(scan(raw)).toEqual({ ok: true, kind: 'item', gtin14, symbology, text: raw.split(/\]E./)[1], warnings: [] });
  });

  test.each([
    [']E04006381333930', 'scan.bad-check-digit'],
    [']E496385075', 'scan.bad-check-digit'],
    [']E001234566', 'scan.bad-check-digit'],
    [']E0400638133393', 'scan.bad-check-digit'],
    [']E040063813339310', 'scan.bad-length'],
    [']E0400638133', 'scan.bad-length'],
    [']E44006381333931', 'scan.bad-length'],
    [']E04006381333ABC', 'scan.bad-characters'],
    [']E0', 'scan.empty'],
  ])('%s is refused with %s', (raw, code) => {
    expect(scan(raw)).toEqual(refused(code));
  });

  test('an add-on is kept apart', () => {
    expect(scan(']E3977147396801212')).toMatchObject({ kind: 'item', gtin14: '09771473968012', addOn: '12' });
    expect(scan(']E3978020137962451995')).toMatchObject({ kind: 'item', gtin14: '09780201379624', addOn: '51995' });
    expect(scan(']E112')).toEqual({ ...plainText('12'), symbology: ']E1' });
  });

  test('a composite component adds lot and expiry', () => {
    for (const divider of ['|', '']) {
      expect(scan(`]E04006381333931${divider}]e01726123110ABC`)).toMatchObject({
        kind: 'item',
        gtin14: '04006381333931',
        expiry: '2026-12-31',
        lot: 'ABC',
        symbology: ']E0',
      });
    }
  });
});

describe('ITF symbols', () => {
  test('a case keeps its indicator', () => {
    expect(scan(']I115400141288763')).toMatchObject({ kind: 'item', gtin14: '15400141288763', symbology: ']I1' });
    expect(scan(']I015400141288763')).toMatchObject({ kind: 'item', gtin14: '15400141288763' });
  });

  test('a check digit that the scanner cut off is put back', () => {
    expect(scan(']I31540014128876')).toMatchObject({ kind: 'item', gtin14: '15400141288763' });
    expect(scan(']I315400141288763')).toMatchObject({ kind: 'item', gtin14: '15400141288763' });
  });

  test('a short read is never taken for an item', () => {
    expect(scan(']I1400638133393')).toMatchObject({ kind: 'text' });
    expect(scan(']I196385074')).toMatchObject({ kind: 'text' });
  });

  test("DHL's return number is a carrier's, not an item", () => {
    expect(scan(']I060701001756402')).toMatchObject({ kind: 'tracking', tracking: { number: '60701001756402' } });
  });

  test.each([
    [']I115400141288764', 'scan.bad-check-digit'],
    [']I11540014128876', 'scan.bad-length'],
    [']I11540014128876A', 'scan.bad-characters'],
  ])('%s is refused with %s', (raw, code) => {
    expect(scan(raw)).toEqual(refused(code));
  });
});

describe('where element strings are looked for', () => {
  const content = `01${GTIN}10ABC1${GS}2112345`;
  const item = { kind: 'item', gtin14: GTIN, lot: 'ABC1', serial: '12345', warnings: [] };

  test.each([']C1', ']d2', ']Q3', ']e0', ']J1', 'C]C1'])('behind %s', (aim) => {
    expect(scan(aim + content)).toMatchObject({ ...item, text: content.replace(GS, '␝') });
  });

  test('without an identifier, when a GS is in front or behind a number of goods', () => {
    expect(scan(GS + content)).toMatchObject(item);
    expect(scan(content)).toMatchObject(item);
    expect(scan(`00106141412345678908${GS}37`)).toEqual(refused('scan.bad-length'));
    expect(scan(`02${GTIN}3712${GS}10A`)).toMatchObject({ kind: 'item', gtin14: GTIN, quantity: 12, lot: 'A' });
    expect(scan(`${GS}10ABC`)).toMatchObject({ kind: 'text', lot: 'ABC', warnings: ['gs1.missing-companion-ai'] });
    expect(scan(`0109520123456789${GS}10A`)).toEqual(refused('scan.bad-check-digit'));
  });

  test.each([']C0', ']C2', ']d1', ']d3', ']Q1', ']Q5', ']A0', ']L0', ']z0', ']J0', ']X0'])('never behind %s', (aim) => {
    expect(scan(aim + content)).toEqual({
      ...plainText(content.replace(GS, '␝'), 'gs1.looks-like-gs1'),
      symbology: aim,
    });
    expect(scan(`${aim}00106141412345678908`)).toMatchObject({ kind: 'text' });
  });

  test('never without identifier and without GS: the settings are told', () => {
    expect(scan(`01${GTIN}10ABC`)).toEqual(plainText(`01${GTIN}10ABC`, 'gs1.looks-like-gs1'));
    expect(scan(`10ABC${GS}XYZ`)).toEqual(plainText('10ABC␝XYZ'));
  });
});

describe('what an element string says', () => {
  test('everything of an item', () => {
    expect(scan(`]C101${GTIN}172702003103000195306${GS}10L-7`)).toEqual({
      ok: true,
      kind: 'item',
      gtin14: GTIN,
      expiry: '2027-02-28',
      netWeightMg: 195_000,
      quantity: 6,
      lot: 'L-7',
      elements: [
        { ai: '01', value: GTIN },
        { ai: '17', value: '270200' },
        { ai: '3103', value: '000195' },
        { ai: '30', value: '6' },
        { ai: '10', value: 'L-7' },
      ],
      symbology: ']C1',
      text: `01${GTIN}172702003103000195306␝10L-7`,
      warnings: [],
    });
  });

  test('a parcel with what is in it', () => {
    expect(scan(`]C10010614141234567890802${GTIN}3712`)).toMatchObject({
      kind: 'sscc',
      sscc: '106141412345678908',
      gtin14: GTIN,
      quantity: 12,
      warnings: [],
    });
    expect(scan(']C100106141412345678908')).toMatchObject({ kind: 'sscc', sscc: '106141412345678908' });
  });

  test('contents without a parcel number keep the item, with a warning', () => {
    expect(scan(`]C102${GTIN}3712`)).toMatchObject({
      kind: 'item',
      gtin14: GTIN,
      quantity: 12,
      warnings: ['gs1.missing-companion-ai'],
    });
  });

  test('a piece of an item is told from the item', () => {
    expect(scan(`]C18006${GTIN}0102`)).toMatchObject({ kind: 'item', gtin14: GTIN, warnings: ['gs1.piece-of-item'] });
  });

  test('two different items in one code are refused, the same twice is fine', () => {
    expect(scan(`]C101${GTIN}0104006381333931`)).toEqual(refused('gs1.two-items'));
    expect(scan(']C10010614141234567890800095201234500000076')).toEqual(refused('gs1.two-items'));
    expect(scan(`]C101${GTIN}01${GTIN}10A`)).toMatchObject({ kind: 'item', gtin14: GTIN, warnings: [] });
  });

  test('a bad expiry keeps the item without an expiry', () => {
    const result = scan(`]C101${GTIN}17261331`);
    expect(result).toMatchObject({ kind: 'item', gtin14: GTIN, warnings: ['gs1.bad-date'] });
    expect(result).not.toHaveProperty('expiry');
  });

  test('a restricted number of variable weight gives its pattern', () => {
    expect(scan(']E02112345000121')).toMatchObject({
      kind: 'item',
      gtin14: '02112345000121',
      restricted: { pattern: '02112345??????' },
      warnings: ['gtin.restricted-circulation'],
    });
  });

  test('elements that name neither parcel nor item are text with their fields', () => {
    expect(scan(']C142073108')).toMatchObject({
      kind: 'text',
      text: '42073108',
      elements: [{ ai: '420', value: '73108' }],
    });
    expect(scan(']C1400PO-7')).toMatchObject({ kind: 'text', orderNumber: 'PO-7' });
    expect(scan(']C14109520123456788')).toMatchObject({ kind: 'text' });
  });

  test.each([
    [']C1', 'scan.empty'],
    [`]C1${GS}`, 'scan.empty'],
    [']d289ABC', 'gs1.unknown-ai'],
    [`]d201${GTIN}17261`, 'scan.bad-length'],
    [`]d201${GTIN}10A^B`, 'scan.bad-characters'],
    [']C1PWCCONFIRM0', 'gs1.unknown-ai'],
  ])('%j is refused with %s', (raw, code) => {
    expect(scan(raw)).toEqual(refused(code));
  });

  test('a lost separator is suspected until the device has delivered one', () => {
    const raw = `]C101${GTIN}10ABC12112345`;
    expect(scan(raw)).toMatchObject({ gtin14: GTIN, lot: 'ABC12112345', warnings: ['gs1.gs-maybe-lost'] });
    expect(scan(raw, { deviceSendsGs: true })).toMatchObject({ lot: 'ABC12112345', warnings: [] });
  });
});

describe('digits from a device that sends no identifiers', () => {
  test.each([
    ['96385074', '00000096385074'],
    ['012345000065', '00012345000065'],
    ['4006381333931', '04006381333931'],
    ['4006381 333931', '04006381333931'],
    ['15400141288763', '15400141288763'],
  ])('%s is an item', (raw, gtin14) => {
    expect(scan(raw)).toEqual({ ok: true, kind: 'item', gtin14, text: raw, warnings: [] });
  });

  test('eight digits that fit twice give both items', () => {
    expect(scan('01234565')).toMatchObject({
      kind: 'item',
      gtin14: '00012345000065',
      alternativeGtin14: '00000001234565',
      warnings: ['gtin.ambiguous-8-digits'],
    });
  });

  test('eight digits with a wrong check digit may be a lot number', () => {
    expect(scan('20261121')).toEqual(plainText('20261121', 'gtin.check-digit-wrong'));
  });

  test.each(['012345000066', '4006381333930', '15400141288764'])('%s is refused as misread', (raw) => {
    expect(scan(raw)).toEqual(refused('scan.bad-check-digit'));
  });

  test('behind the identifier of another symbol such a number is just a number', () => {
    expect(scan(']C04006381333930')).toMatchObject({ kind: 'text', warnings: ['gtin.check-digit-wrong'] });
    expect(scan(']C04006381333931')).toMatchObject({ kind: 'item', gtin14: '04006381333931' });
  });

  test('parcels are known by 18 digits, with or without 00', () => {
    expect(scan('106141412345678908')).toMatchObject({ kind: 'sscc', sscc: '106141412345678908' });
    expect(scan('00106141412345678908')).toMatchObject({ kind: 'sscc', sscc: '106141412345678908' });
    expect(scan('106141412345678909')).toEqual(plainText('106141412345678909', 'sscc.check-digit-wrong'));
    expect(scan('00106141412345678909')).toEqual(refused('scan.bad-check-digit'));
  });

  test('12 digits are an item before they are a FedEx number', () => {
    expect(scan('794604790138')).toMatchObject({
      kind: 'item',
      gtin14: '00794604790138',
      tracking: { carrier: 'fedex', number: '794604790138' },
      warnings: ['tracking.maybe-fedex'],
    });
    expect(scan('986578788855')).toMatchObject({ kind: 'tracking', tracking: { format: 'fedex-12' } });
  });

  test.each(['1', '12345', '1234567', '123456789', '12345678901', '1234567890123456'])('%s says nothing', (raw) => {
    expect(scan(raw)).toEqual(plainText(raw));
  });
});

describe("carriers' numbers", () => {
  test.each([
    ['RB473124829GB', 'RB473124829GB'],
    [']C01Z0FH3446831744085', '1Z0FH3446831744085'],
    [`]C142073108${GS}9234690361980900000142`, '9234690361980900000142'],
    [']C1420731089234690361980900000142', '9234690361980900000142'],
    [`]d242073108${GS}9234690361980900000142`, '9234690361980900000142'],
    [`42073108${GS}9234690361980900000142`, '9234690361980900000142'],
    [']C0%007500410774000248383101902', '10774000248383'],
    [']C01001921334250001000300779017972697', '779017972697'],
    [']C19622001560001234567100794808390594', '794808390594'],
    [']C0JJD000390007840000000', 'JJD000390007840000000'],
  ])('%j leads to the parcel', (raw, number) => {
    expect(scan(raw)).toMatchObject({ ok: true, kind: 'tracking', tracking: { number } });
  });

  test('typed under CapsLock they are put right, because the check digit proves it', () => {
    expect(scan('rb473124829gb')).toMatchObject({
      kind: 'tracking',
      tracking: { number: 'RB473124829GB' },
      text: 'rb473124829gb',
      warnings: ['scan.case-repaired'],
    });
  });
});
