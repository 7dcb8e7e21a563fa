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
