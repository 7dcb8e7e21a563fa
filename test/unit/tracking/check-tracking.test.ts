import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkTracking } from '../../../shared/tracking/check-tracking.ts';

describe('numbers as carriers print them', () => {
  test.each([
    ['RB473124829GB', 's10', 'royal-mail', 'Letter, registered'],
    ['RB 473 124 829 GB', 's10', 'royal-mail', 'Letter, registered'],
    ['CY 0123 4567 5FR', 's10', 'la-poste', 'Colissimo international'],
    ['106141412345678908', 'sscc', null, null],
    ['(00) 106141412345678908', 'sscc', null, null],
    ['9234690361980900000142', 'usps-impb', 'usps', null],
    ['(420)73108(92)346 903619809 0000014 2', 'usps-impb', 'usps', null],
    [']C142073108\u001d9234690361980900000142', 'usps-impb', 'usps', null],
    ['9234 6903 6198 0900 0001 42', 'usps-impb', 'usps', null],
    ['0073938000549297', 'canada-post', 'canada-post', null],
    ['7Q06270508932', 'colissimo', 'colissimo', null],
    ['8L 01234 56789 5', 'colissimo', 'colissimo', 'Access, without signature'],
    ['7A 1 72240 900001 1234 00 0 4 9 3', 'colissimo-sorting', 'colissimo', 'Overseas territories'],
    ['1Z0FH3446831744085', 'ups-1z', 'ups', 'Standard'],
    ['1Z 0FH 344 68 3174 4085', 'ups-1z', 'ups', 'Standard'],
    ['1z-0fh-344-68-3174-4085', 'ups-1z', 'ups', 'Standard'],
    ['794604790138', 'fedex-12', 'fedex', null],
    ['9622001560001234567100794808390594', 'fedex-34', 'fedex', null],
    ['0057714403', 'dhl-express', 'dhl', null],
    ['56.31 0.243.031 3', 'dhl-paket', 'dhl', null],
    ['21348.075.016.40 1', 'dhl-paket', 'dhl', null],
    ['60.701.001756 402', 'dhl-paket', 'dhl', null],
    ['JD01 4600 0038 8945 0000', 'dhl-licence-plate', 'dhl', null],
    ['JJD000390007840000000', 'dhl-licence-plate', 'dhl', null],
    ['%007500410774000248380101902', 'dpd', 'dpd', 'Classic'],
    ['007500410774000248380101902', 'dpd', 'dpd', 'Classic'],
    ['0075 004 1077 4000 2483 83 101 902 D', 'dpd', 'dpd', 'Classic'],
    ['1077 4000 2483 83 2', 'dpd-14', 'dpd', null],
    ['XP696982485248D', 'dpd-14', 'chronopost', null],
    ['12123456780101006623123454', 'mondial-relay', 'mondial-relay', null],
    ['3SABCD123456789', 'postnl-3s', 'postnl', null],
    ['99.34.137967.00168509', 'swiss-post', 'swiss-post', null],
  ])('%s is valid as %s', (number, format, carrier, service) => {
    expect(checkTracking(number)).toMatchObject({ number, valid: true, format, carrier, service });
  });

  test('the same digits may be two carriers’ numbers: the likelier is told first, the other beside it', () => {
    const both = Array.from({ length: 2_000 }, (_, serial) => String(794_604_790_000 + serial)).find(
      (number) => checkTracking(number).also !== undefined,
    );
    expect(checkTracking(both ?? '')).toMatchObject({
      valid: true,
      format: 'fedex-12',
      also: [{ carrier: 'dhl', service: null, format: 'dhl-paket' }],
    });
  });
});

describe('numbers that are none', () => {
  test.each([
    ['RB473124828GB', 's10', 'check-digit'],
    ['RB473124829XX', 's10', 'content'],
    ['1Z0FH3446831744084', 'ups-1z', 'check-digit'],
    ['9234690361980900000143', 'usps-impb', 'check-digit'],
    ['0075 004 1077 4000 2483 83 101 902 E', 'dpd', 'check-digit'],
    ['XP696982485248E', 'dpd-14', 'check-digit'],
    ['12123456780101006623123455', 'mondial-relay', 'check-digit'],
    ['8L01234567896', 'colissimo', 'check-digit'],
    ['0057714404', 'dhl-express', 'check-digit'],
    ['3SABCDE12345678', null, 'unknown-shape'],
    ['hello', null, 'unknown-shape'],
    ['', null, 'unknown-shape'],
    ['9'.repeat(100_000), null, 'unknown-shape'],
  ])('%.40s', (number, format, problem) => {
    expect(checkTracking(number)).toEqual({ number, valid: false, carrier: null, service: null, format, problem });
  });

  test.each(['RB473124829GB', '1Z0FH3446831744085', '9234690361980900000142', 'XP696982485248D'])(
    'any one wrong digit in %s is no longer the same valid format',
    (number) => {
      const { format, valid } = checkTracking(number);
      expect(valid).toBe(true);
      const wrong = [...number].flatMap((digit, place) =>
        /[0-9]/.test(digit) && !(format === 'ups-1z' && place < 2)
          ? [`${number.slice(0, place)}${(Number(digit) + 1) % 10}${number.slice(place + 1)}`]
          : [],
      );
      expect(wrong.filter((one) => checkTracking(one).valid && checkTracking(one).format === format)).toEqual([]);
    },
  );
});

const FIXTURES = new URL('../../../../shared/fixtures/carriers/', import.meta.url);

interface Courier {
  readonly courier_code: string;
  readonly tracking_numbers: readonly {
    readonly name: string;
    readonly test_numbers: { readonly valid: readonly string[]; readonly invalid: readonly string[] };
  }[];
}

interface Colissimo {
  readonly tracking: readonly { readonly tracking: string; readonly spaced: string }[];
  readonly sorting: readonly { readonly barcode: string }[];
  readonly real_tracking_numbers_seen: readonly string[];
}

describe.skipIf(!existsSync(FIXTURES))('published test numbers (skipped where ../shared/fixtures is absent)', () => {
  const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, FIXTURES), 'utf8'));

  test.each([
    ['s10.json', 'S10', 's10'],
    ['ups.json', 'UPS', 'ups-1z'],
    ['ups.json', 'UPS Waybill', 'ups-waybill'],
    ['usps.json', 'USPS 20', 'usps-20'],
    ['usps.json', 'USPS IMpb N', 'usps-impb'],
    ['usps.json', 'USPS IMpb C', 'usps-impb'],
    ['usps.json', 'USPS Legacy', 'usps-legacy'],
    ['dpd.json', 'DPD (28)', 'dpd'],
    ['dpd.json', 'DPD (14)', 'dpd-14'],
    ['canadapost.json', 'Canada Post (16)', 'canada-post'],
  ])('%s: %s', (file, name, format) => {
    const courier = read(`tracking_number_data/${file}`) as Courier; // the shape of the fixture
    const numbers = courier.tracking_numbers.find((one) => one.name === name)?.test_numbers;
    expect(numbers?.valid.length).toBeGreaterThan(0);
    for (const number of numbers?.valid ?? [])
      expect(checkTracking(number), number).toMatchObject({ valid: true, format });
    for (const number of numbers?.invalid ?? []) expect(checkTracking(number).valid, number).toBe(false);
  });

  test('Colissimo', () => {
    const { tracking, sorting, real_tracking_numbers_seen } = read('colissimo/expected.json') as Colissimo; // the shape of the fixture
    const numbers = [
      ...tracking.flatMap((one) => [one.tracking, one.spaced]),
      ...sorting.map((one) => one.barcode),
      ...real_tracking_numbers_seen,
    ];
    expect(numbers.length).toBeGreaterThan(5);
    for (const number of numbers) expect(checkTracking(number).valid, number).toBe(true);
  });
});
