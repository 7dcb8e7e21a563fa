import { describe, expect, test } from 'vitest';
import { explainScanLine } from '../../../shared/barcode/explain.ts';
import { encodeRma, encodeStationCode } from '../../../shared/barcode/station-codes.ts';

const now = '2026-11-22T10:00:00.000Z';
const explain = (scan: string) => explainScanLine(Buffer.from(scan, 'latin1').toString('hex'), now);

describe('scan explain', () => {
  test('tells what is known of an item and leaves the rest out', () => {
    expect(explain(']C101095201234567881726120010ABC1\u001d2112345\r')).toEqual({
      ok: true,
      kind: 'item',
      gtin14: '09520123456788',
      lot: 'ABC1',
      expiry: '2026-12-31',
      serial: '12345',
      text: '01095201234567881726120010ABC1␝2112345',
      warnings: [],
    });
  });

  test('tells what else a trade unit says of itself', () => {
    expect(explain(']d2010952012345678831030012501726010111251001152601022212\u001d4004711')).toMatchObject({
      ...{ netWeightMg: 1_250_000, expiry: '2026-01-01', productionDate: '2025-10-01', bestBefore: '2026-01-02' },
      ...{ variant: '12', orderNumber: '4711' },
    });
    expect(explain(']E02112345001234')).toMatchObject({ kind: 'item', restricted: { pattern: expect.any(String) } });
  });

  test('tells of a parcel, a quantity, a second reading, a tracking number', () => {
    expect(explain(']C100106141412345678908')).toEqual({
      ok: true,
      kind: 'sscc',
      sscc: '106141412345678908',
      text: '00106141412345678908',
      warnings: [],
    });
    expect(explain(']C102095201234567883712')).toMatchObject({ kind: 'item', quantity: 12 });
    expect(explain('01234565')).toMatchObject({ gtin14: '00012345000065', alternativeGtin14: '00000001234565' });
    expect(explain('RB473124829GB')).toMatchObject({ kind: 'tracking', tracking: { number: 'RB473124829GB' } });
  });

  test('knows no kinds but those it promises', () => {
    const kinds = ['command', 'badge', 'tote', 'location', 'order'] as const;
    for (const kind of kinds) {
      const code = encodeStationCode(kind, kind === 'command' ? 'HELP' : 'A1');
      expect(explain(code)).toEqual({ ok: true, kind, text: code, warnings: [] });
    }
    expect(explain(encodeStationCode('carton', 'M'))).toMatchObject({ kind: 'command' });
    const rma = encodeRma('7Z3K9QM');
    expect(explain(rma)).toEqual({ ok: true, kind: 'text', rma, text: rma, warnings: [] });
  });

  test('says why it refuses', () => {
    expect(explain(']E04006381333930')).toEqual({
      ok: false,
      code: 'scan.bad-check-digit',
      message: 'The check digit of 4006381333930 is wrong: it should be 1.',
    });
    expect(explain('')).toMatchObject({ ok: false, code: 'scan.empty' });
  });

  test.each(['4', 'xyz', '4 0 0', '0x40'])('%j is no hex', (line) => {
    expect(explainScanLine(line, now)).toMatchObject({ ok: false, code: 'scan.bad-hex' });
  });

  test('takes hex in either case, with blanks and a line end', () => {
    expect(explainScanLine(' 5d 45 30 34303036333831333333393331\r\n', now)).toMatchObject({
      gtin14: '04006381333931',
    });
    expect(explainScanLine('5D4530 34303036333831333333393331', now)).toMatchObject({ gtin14: '04006381333931' });
  });
});
