import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readDhlPaketItf, readTracking, type TrackingFormat } from '../../../shared/barcode/tracking-shapes.ts';

const GS = '\u001d';

describe("carriers' numbers", () => {
  test.each([
    ['RB473124829GB', { number: 'RB473124829GB', format: 's10', country: 'GB' }],
    ['RB 473 124 829 GB', { number: 'RB473124829GB', format: 's10', country: 'GB' }],
    ['1Z0FH3446831744085', { number: '1Z0FH3446831744085', format: 'ups-1z', carrier: 'ups' }],
    ['1Z 0FH 344 68 3174 4085', { number: '1Z0FH3446831744085', format: 'ups-1z', carrier: 'ups' }],
    ['9234690361980900000142', { number: '9234690361980900000142', format: 'usps-impb', carrier: 'usps' }],
    [`42073108${GS}9234690361980900000142`, { number: '9234690361980900000142', format: 'usps-impb', carrier: 'usps' }],
    ['420731089234690361980900000142', { number: '9234690361980900000142', format: 'usps-impb', carrier: 'usps' }],
    ['4207310812349234690361980900000142', { number: '9234690361980900000142', format: 'usps-impb', carrier: 'usps' }],
    ['%007500410774000248383101902', { number: '10774000248383', format: 'dpd', carrier: 'dpd' }],
    ['0075 004 1077 4000 2483 83 101 902 D', { number: '10774000248383', format: 'dpd', carrier: 'dpd' }],
    ['%0006500XP696982485248226250', { number: 'XP696982485248', format: 'dpd', carrier: 'chronopost' }],
    ['794604790138', { number: '794604790138', format: 'fedex-12', carrier: 'fedex' }],
    ['9622001560001234567100794808390594', { number: '794808390594', format: 'fedex-34', carrier: 'fedex' }],
    ['JJD000390007840000000', { number: 'JJD000390007840000000', format: 'dhl-licence-plate', carrier: 'dhl' }],
    ['JD014600003889450000', { number: 'JD014600003889450000', format: 'dhl-licence-plate', carrier: 'dhl' }],
  ])('%j is read without its routing', (text, tracking) => {
    expect(readTracking(text)).toEqual(tracking);
  });

  test.each([
    'RB473124828GB',
    'RB473124829XX',
    '1Z0FH3446831744084',
    '9234690361980900000143',
    '420731089234690361980900000143',
    '0075 004 1077 4000 2483 83 101 902 E',
    '794604790139',
    '9622001560001234567100794808390595',
    'JJD12345',
    'XJD0099999998',
    '4006381333931',
    '',
  ])('%j is none', (text) => {
    expect(readTracking(text)).toBeUndefined();
  });

  test("DHL Paket's numbers are read from ITF symbols", () => {
    expect(readDhlPaketItf('60701001756402')).toEqual({
      number: '60701001756402',
      format: 'dhl-paket',
      carrier: 'dhl',
    });
    expect(readDhlPaketItf('563102430313')).toEqual({ number: '563102430313', format: 'dhl-paket', carrier: 'dhl' });
    expect(readDhlPaketItf('60701001756403')).toBeUndefined();
    expect(readDhlPaketItf('6070100175640')).toBeUndefined();
  });
});

const FIXTURES = new URL('../../../../shared/fixtures/carriers/tracking_number_data/', import.meta.url);

interface Courier {
  readonly tracking_numbers: readonly {
    readonly name: string;
    readonly test_numbers: { readonly valid: readonly string[]; readonly invalid: readonly string[] };
  }[];
}

describe.skipIf(!existsSync(FIXTURES))('published test numbers (skipped where ../shared/fixtures is absent)', () => {
  const numbersOf = (file: string, name: string) => {
    // The shape of the fixture; a missing name fails the test below.
    const courier = JSON.parse(readFileSync(new URL(file, FIXTURES), 'utf8')) as Courier;
    const entry = courier.tracking_numbers.find((one) => one.name === name);
    if (entry === undefined) throw new Error(`${file} has no ${name}`);
    return entry.test_numbers;
  };

  test.each<[file: string, name: string, format: TrackingFormat]>([
    ['s10.json', 'S10', 's10'],
    ['ups.json', 'UPS', 'ups-1z'],
    ['usps.json', 'USPS IMpb N', 'usps-impb'],
    ['usps.json', 'USPS IMpb C', 'usps-impb'],
    ['dpd.json', 'DPD (28)', 'dpd'],
  ])('%s: %s', (file, name, format) => {
    const { valid, invalid } = numbersOf(file, name);
    expect(valid.length).toBeGreaterThan(0);
    for (const number of valid) expect(readTracking(number)?.format, number).toBe(format);
    for (const number of invalid) expect(readTracking(number)?.format, number).not.toBe(format);
  });
});
