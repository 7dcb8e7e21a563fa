import { describe, expect, test } from 'vitest';
import { classifyScan, type ScanContext } from '../../../shared/barcode/classify-scan.ts';
import { encodeRma, encodeStationCode } from '../../../shared/barcode/station-codes.ts';

const GS = '\u001d';
const RS = '\u001e';
const EOT = '\u0004';
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

describe('our own codes', () => {
  test('cards, totes, locations, orders, cartons', () => {
    const kinds = ['badge', 'tote', 'location', 'order', 'carton'] as const;
    for (const kind of kinds) {
      const text = encodeStationCode(kind, 'A-12');
      expect(scan(`]C0${text}\r\n`)).toEqual({ ok: true, kind, code: 'A-12', symbology: ']C0', text, warnings: [] });
    }
  });

  test('commands with and without an argument', () => {
    expect(scan(encodeStationCode('command', 'CONFIRM'))).toMatchObject({ kind: 'command', name: 'confirm' });
    expect(scan(encodeStationCode('command', 'QTY-12'))).toMatchObject({
      name: 'quantity',
      argument: '12',
      code: 'QTY-12',
    });
    expect(scan(encodeStationCode('command', 'CARTON-M'))).toMatchObject({ name: 'carton', argument: 'M' });
    expect(scan(encodeStationCode('command', 'EXPLODE'))).toEqual(refused('scan.unknown-command'));
  });

  test('a damaged card is refused, a stranger that begins like one as well', () => {
    const text = encodeStationCode('badge', 'MIA');
    const wrong = text.endsWith('0') ? '1' : '0';
    expect(scan(text.slice(0, -1) + wrong)).toEqual(refused('scan.bad-check-character'));
    expect(scan('PWL shelf 7')).toEqual(refused('scan.bad-station-code'));
    expect(scan('PWX-7')).toEqual(plainText('PWX-7'));
  });

  test('under CapsLock they are repaired as a whole or not at all', () => {
    const text = encodeStationCode('command', 'CONFIRM').toLowerCase();
    expect(scan(text)).toMatchObject({ kind: 'command', name: 'confirm', text, warnings: ['scan.case-repaired'] });
    expect(scan(`P${text.slice(1)}`)).toMatchObject({ kind: 'text' });
    expect(scan(`${text.slice(0, -1)}é`)).toMatchObject({ kind: 'text' });
  });

  test('a return slip', () => {
    const code = encodeRma('7Z3K9QM');
    expect(scan(`]d1${code}`)).toEqual({ ok: true, kind: 'return', code, symbology: ']d1', text: code, warnings: [] });
    expect(scan(code.toLowerCase())).toMatchObject({ kind: 'return', code, warnings: ['scan.case-repaired'] });
  });
});

describe('addresses and messages', () => {
  test('a Digital Link is an item, an ordinary address is text', () => {
    expect(scan(`]Q1https://example.com/01/${GTIN}/10/ABC1/21/S?17=261231`)).toMatchObject({
      kind: 'item',
      gtin14: GTIN,
      lot: 'ABC1',
      serial: 'S',
      expiry: '2026-12-31',
      warnings: [],
    });
    expect(scan(']Q1https://example.com/shirts?size=1')).toEqual({
      ...plainText('https://example.com/shirts?size=1'),
      symbology: ']Q1',
    });
    expect(scan(`https://example.com/01/${GTIN}?10=A`)).toMatchObject({
      lot: 'A',
      warnings: ['digital-link.lot-in-query'],
    });
    expect(scan(`https://example.com/01/${GTIN}/`)).toEqual(refused('digital-link.malformed'));
    expect(scan('https://a/00/006141411234567890')).toMatchObject({ kind: 'sscc', sscc: '006141411234567890' });
  });

  test('short numbers in a Digital Link are taken unless switched off', () => {
    const raw = 'https://example.com/01/9520123456788';
    expect(scan(raw)).toMatchObject({ gtin14: GTIN, warnings: ['digital-link.short-gtin'] });
    expect(scan(raw, { legacyDigitalLink: false })).toEqual(refused('scan.bad-length'));
  });

  test('an ISO 15434 message has GS but is not GS1', () => {
    const message = `[)>${RS}06${GS}P296-1234-ND${GS}1PLM317${GS}Q250${GS}1TLOT9${GS}SSN1${GS}Q9${RS}${EOT}`;
    for (const raw of [`]d1${message}`, message, message.replace(RS, '')]) {
      expect(scan(raw)).toMatchObject({
        kind: 'text',
        fields: { P: '296-1234-ND', '1P': 'LM317', Q: '250', '1T': 'LOT9', S: 'SN1' },
        lot: 'LOT9',
        serial: 'SN1',
        quantity: 250,
        warnings: [],
      });
    }
  });

  test('an ISO 15434 message whose part number is a GTIN is that item', () => {
    expect(scan(`[)>${RS}06${GS}P4006381333931${GS}Q3${RS}${EOT}`)).toMatchObject({
      kind: 'item',
      gtin14: '04006381333931',
      quantity: 3,
    });
    expect(scan(`[)>${RS}06${GS}8P4006381333931${RS}${EOT}`)).toMatchObject({ kind: 'item' });
    expect(scan(`[)>${RS}06${GS}P4006381333930${RS}${EOT}`)).toMatchObject({ kind: 'text' });
    expect(scan(`[)>${RS}01${GS}9680804${GS}276${GS}068${RS}${EOT}`)).toMatchObject({ kind: 'text', fields: {} });
  });
});

describe('bytes as they come', () => {
  test.each(['\r', '\n', '\r\n', '\t', '\u0003', '\r\n\r\n'])('the terminator %j goes', (end) => {
    expect(scan(`4006381333931${end}`)).toMatchObject({ kind: 'item', text: '4006381333931' });
    expect(scan(`\u0002SKU-1${end}`)).toEqual(plainText('SKU-1'));
    expect(scan(`\nSKU-1${end}`)).toEqual(plainText('SKU-1'));
  });

  test.each(['', '\r\n', '\u0002\u0003', '   ', ']C1', ']Q1 '])('%j is empty', (raw) => {
    expect(scan(raw)).toEqual(refused('scan.empty'));
  });

  test('longer than 4096 bytes is refused, 4096 is not', () => {
    expect(scan('A'.repeat(4097))).toEqual(refused('scan.too-long'));
    expect(scan('é'.repeat(2049))).toEqual(refused('scan.too-long'));
    expect(scan(new Uint8Array(4097).fill(65))).toEqual(refused('scan.too-long'));
    expect(scan(`${'AB'.repeat(2047)}C1`)).toMatchObject({ kind: 'text' });
  });

  test('UTF-8 is read as such, other bytes one by one', () => {
    expect(scan(new TextEncoder().encode('Größe-7'))).toEqual(plainText('Größe-7'));
    expect(scan(Uint8Array.from([0x47, 0x72, 0xf6, 0xdf, 0x65]))).toEqual(plainText('Größe'));
    expect(scan(Uint8Array.from([0xef, 0xbb, 0xbf, 0x41, 0x42, 0x43]))).toEqual(plainText('ABC'));
    expect(scan(Uint8Array.from([0x41, 0x00, 0x7f, 0x81, 0x42]))).toEqual(plainText('A␀␡\ufffdB'));
  });
});

describe('complaints that were met elsewhere', () => {
  test('one scan that came through two channels is not taken for another code', () => {
    expect(scan('43542104354210')).toEqual(refused('scan.doubled'));
    expect(scan('40063813339314006381333931')).toEqual(refused('scan.doubled'));
    expect(scan('4006381333931\r4006381333931\r')).toEqual(refused('scan.doubled'));
    expect(scan(']E04006381333931]E04006381333931')).toEqual(refused('scan.doubled'));
    expect(scan('SKU-77SKU-77')).toEqual(plainText('SKU-77SKU-77', 'scan.maybe-doubled'));
    expect(scan('COCO')).toEqual(plainText('COCO'));
    expect(scan('SKU-7\rSKU-7\rSKU-7')).toEqual(plainText('SKU-7␍SKU-7␍SKU-7'));
  });

  test('CapsLock is undone for the whole scan when its identifier shows it', () => {
    expect(scan(`]c101${GTIN}10abC`)).toMatchObject({ gtin14: GTIN, lot: 'ABc', warnings: ['scan.case-repaired'] });
    expect(scan(`]C101${GTIN}10abC`)).toMatchObject({ gtin14: GTIN, lot: 'abC', warnings: [] });
  });

  test('a lot that looks like eight digits of a product stays inside its product', () => {
    expect(scan(`]C101${GTIN}1096385074`)).toMatchObject({ gtin14: GTIN, lot: '96385074', warnings: [] });
  });
});
