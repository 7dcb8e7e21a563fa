import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasMod10CheckDigit } from '../../../shared/barcode/check-digits.ts';
import { buildSscc } from '../../../shared/barcode/sscc.ts';
import { scanText } from '../../../shared/carriers/carrier-number.ts';
import {
  buildColissimo,
  buildColissimoAbroad,
  buildColissimoSorting,
  type ColissimoSorting,
  colissimoBarcode,
  colissimoSortingBarcode,
} from '../../../shared/carriers/colissimo.ts';
import {
  buildIdentcode,
  buildLeitcode,
  dhlItemBarcode,
  dhlRoutingBarcode,
  identcodeBarcode,
  leitcodeBarcode,
} from '../../../shared/carriers/dhl-paket.ts';
import {
  buildChronopost,
  buildDpdParcel,
  chronopostParcel,
  geopostBarcode,
  readableDpdParcel,
} from '../../../shared/carriers/geopost.ts';
import {
  buildMondialRelayShipment,
  mondialRelayBarcode,
  mondialRelayCode,
} from '../../../shared/carriers/mondial-relay.ts';
import { buildS10, s10Barcode } from '../../../shared/carriers/s10.ts';
import { buildUps1z, ups1zBarcode } from '../../../shared/carriers/ups.ts';
import { buildImpb, type ImpbRange, impbBarcode } from '../../../shared/carriers/usps.ts';
import { checkTracking } from '../../../shared/tracking/check-tracking.ts';

const toRegions: ColissimoSorting = {
  product: '7A',
  country: 'FR',
  postcode: '72240',
  customer: '900001',
  weightMg: 12_340_000,
  level: '00',
  nonMachinable: false,
  cashOnDelivery: false,
  dutyFree: false,
  receipt: false,
  number: '7A01234567895',
};

describe('a number out of a range', () => {
  test('of a post has the key of S10 and is read in groups', () => {
    const number = buildS10({ service: 'RB', country: 'GB' }, 47_312_482);

    expect(number).toBe('RB473124829GB');
    expect(s10Barcode(number).readable).toBe('RB 473 124 829 GB');
  });

  test('of USPS has 22 or 26 digits, and its barcode the ZIP in front', () => {
    const short = buildImpb({ channel: '92', serviceType: '346', mailerId: '903619809', digits: 22 }, 14);

    expect(short).toBe('9234690361980900000142');
    expect(impbBarcode(short, '73108').readable).toBe('9234 6903 6198 0900 0001 42');
    expect(scanText(impbBarcode(short, '73108'))).toBe('42073108\x1d9234690361980900000142');
    expect(scanText(impbBarcode(short, '731081234'))).toHaveLength(35);
    const long = buildImpb({ channel: '93', serviceType: '612', mailerId: '123456', digits: 26 }, 1);
    expect(long).toMatch(/^9361212345600000000000001[0-9]$/);
    expect(() => impbBarcode(long, '731081234')).toThrow(
      expect.objectContaining({ code: 'number-range.bad-part', details: { part: 'zip' } }),
    );
  });

  test('of UPS has the check digit that an existing label has', () => {
    const number = buildUps1z({ shipper: '0FH344', service: '68' }, 3_174_408);

    expect(number).toBe('1Z0FH3446831744085');
    expect(ups1zBarcode(number).readable).toBe('1Z 0FH 344 68 3174 4085');
  });

  test('of DPD ends for people in the character of mod 37,36, in the barcode without it', () => {
    const parcel = buildDpdParcel({ depot: '1077' }, 4_000_248_383);
    const route = { parcel: '10774000248380', postcode: '75004', service: '101', country: '902' };

    expect(readableDpdParcel(parcel)).toBe('1077 4000 2483 83 2');
    expect(geopostBarcode(route)).toMatchObject({ text: '%007500410774000248380101902' });
    expect(geopostBarcode({ ...route, parcel }).readable).toBe('0075 004 1077 4000 2483 83 101 902 D');
    expect(geopostBarcode({ ...route, postcode: 'D-80331' }).readable).toMatch(/^0D80 331 /);
  });

  test('of Chronopost has the key of S10 and goes into GeoPost’s 28 characters', () => {
    const number = buildChronopost('XP', 69_698_248);
    const parcel = chronopostParcel(number, '248');

    expect(number).toBe('XP696982485FR');
    expect(readableDpdParcel(parcel)).toBe('XP69 6982 4852 48 D');
    expect(geopostBarcode({ parcel, postcode: '06500', service: '226', country: '250' })).toMatchObject({
      text: '%0006500XP696982485248226250',
    });
  });

  test('of DHL Paket is Identcode, Leitcode, routing and SSCC', () => {
    expect(buildIdentcode({ centre: '56', customer: '310' }, 243_031)).toBe('563102430313');
    expect(identcodeBarcode('563102430313').readable).toBe('56.31 0.243.031 3');
    expect(buildLeitcode({ postcode: '21348', street: '075', house: '016', product: '40' })).toBe('21348075016401');
    expect(leitcodeBarcode('21348075016401').readable).toBe('21348.075.016.40 1');
    expect(scanText(dhlRoutingBarcode('27680807+99000943042250'))).toBe('40327680807+99000943042250');
    expect(dhlRoutingBarcode('27680807+99000943042250').readable).toBe('(403) 276 80807+99000943042250');
  });

  test('of Mondial Relay has one key for the parcel and one for its way', () => {
    const route = { brand: '12', parcelIndex: 1, parcelCount: 1, agency: '0662', service: '3', run: '12345' };

    expect(mondialRelayCode(route, '12345678')).toBe('12123456780101006623123454');
  });

  test.each([
    ['2052475203', 2],
    ['4139207826', 0],
    ['4139212825', 5],
    ['0123456789', 5],
  ])('of Colissimo %s has the key %d', (digits, key) => {
    expect(buildColissimo('8L', Number(digits))).toBe(`8L${digits}${key}`);
  });

  test.each([
    ['24561983', 7],
    ['00005826', 6],
    ['00005887', 5],
    ['00005899', 0],
  ])('of Colissimo abroad %s has the key %d', (digits, key) => {
    expect(buildColissimoAbroad('CY', Number(digits))).toBe(`CY${digits}${key}FR`);
  });

  test('of Colissimo is printed in groups, at home and abroad', () => {
    expect(colissimoBarcode('8L01234567895').readable).toBe('8L 01234 56789 5');
    expect(colissimoBarcode('CY012345675FR').readable).toBe('CY 0123 4567 5FR');
  });

  test.each([
    ['with a receipt', { receipt: true }, '7A1722409000011234000493'],
    ['with a receipt, free of duty', { receipt: true, dutyFree: true }, '7A1722409000011234000691'],
    ['with cash on delivery', { cashOnDelivery: true }, '7A1722409000011234000196'],
  ])('of Colissimo sorting says what the parcel is: %s', (_, changes, code) => {
    expect(buildColissimoSorting({ ...toRegions, ...changes })).toBe(code);
    expect(colissimoSortingBarcode(code).readable).toMatch(/^7A1 72240 900001 1234 \d{6}$/);
  });
});

const serial = (digits: number) => fc.integer({ min: 0, max: 10 ** digits - 1 });
const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));

const impbRange: fc.Arbitrary<ImpbRange> = fc.oneof(
  fc.record({
    channel: fc.constantFrom('92' as const),
    serviceType: digits(3),
    mailerId: digits(8).map((rest) => `9${rest}`),
    digits: fc.constantFrom(22 as const, 26 as const),
  }),
  fc.record({
    channel: fc.constantFrom('93' as const, '95' as const),
    serviceType: digits(3),
    mailerId: fc.stringMatching(/^[0-8][0-9]{5}$/),
    digits: fc.constantFrom(22 as const, 26 as const),
  }),
);

/** Every number that can be built, as its barcode is scanned, with the carrier and format that it must be known by. */
const anyNumber: fc.Arbitrary<{ text: string; carrier: string; format: string }> = fc.oneof(
  fc
    .record({
      serial: serial(8),
      post: fc.constantFrom(['GB', 'royal-mail'], ['CH', 'swiss-post'], ['FR', 'la-poste']),
    })
    .map(({ serial: at, post: [country = '', carrier = ''] }) => ({
      text: scanText(s10Barcode(buildS10({ service: 'RB', country }, at))),
      carrier,
      format: 's10',
    })),
  fc.record({ range: impbRange, serial: serial(7), zip: digits(5) }).map(({ range, serial: at, zip }) => ({
    text: scanText(impbBarcode(buildImpb(range, at), zip)),
    carrier: 'usps',
    format: 'usps-impb',
  })),
  fc.record({ shipper: fc.stringMatching(/^[0-9A-Z]{6}$/), serial: serial(7) }).map(({ shipper, serial: at }) => ({
    text: scanText(ups1zBarcode(buildUps1z({ shipper, service: '68' }, at))),
    carrier: 'ups',
    format: 'ups-1z',
  })),
  fc
    .record({ depot: digits(4), serial: serial(10), postcode: fc.stringMatching(/^[0-9A-Z]{4,7}$/) })
    .map(({ depot, serial: at, postcode }) => ({
      text: scanText(
        geopostBarcode({ parcel: buildDpdParcel({ depot }, at), postcode, service: '101', country: '250' }),
      ),
      carrier: 'dpd',
      format: 'dpd',
    })),
  fc.record({ serial: serial(8), suffix: digits(3) }).map(({ serial: at, suffix }) => ({
    text: scanText(
      geopostBarcode({
        parcel: chronopostParcel(buildChronopost('XP', at), suffix),
        postcode: '06500',
        service: '226',
        country: '250',
      }),
    ),
    carrier: 'chronopost',
    format: 'dpd',
  })),
  fc
    .record({
      shipment: serial(8),
      // Brands 92 to 95 may be read as an IMpb of 26 digits too; their numbers are a test of their own.
      brand: digits(2).filter((brand) => !/^9[2-5]$/.test(brand)),
      agency: digits(4),
      run: digits(5),
      index: fc.integer({ min: 1, max: 99 }),
    })
    .map(({ shipment, brand, agency, run, index }) => ({
      text: scanText(
        mondialRelayBarcode(
          mondialRelayCode(
            { brand, parcelIndex: index, parcelCount: 99, agency, run, service: '3' },
            buildMondialRelayShipment(shipment),
          ),
        ),
      ),
      carrier: 'mondial-relay',
      format: 'mondial-relay',
    })),
  fc
    .record({ serial: serial(10), product: fc.constantFrom('8L', '8V', '7A', '8R') })
    .map(({ serial: at, product }) => ({
      text: scanText(colissimoBarcode(buildColissimo(product, at))),
      carrier: 'colissimo',
      format: 'colissimo',
    })),
  fc
    .record({ serial: serial(10), postcode: digits(5), weightMg: fc.integer({ min: 1, max: 30_000_000 }) })
    .map((facts) => ({
      text: scanText(
        colissimoSortingBarcode(
          buildColissimoSorting({ ...toRegions, ...facts, number: buildColissimo('7A', facts.serial) }),
        ),
      ),
      carrier: 'colissimo',
      format: 'colissimo-sorting',
    })),
  serial(7).map((at) => ({
    text: scanText(dhlItemBarcode(buildSscc({ extension: 3, companyPrefix: '404341234', serial: at }))),
    carrier: 'dhl',
    format: 'sscc',
  })),
);

describe('every number that is built', () => {
  test('is known by the tracking check: valid, with its carrier and format', () => {
    fc.assert(
      fc.property(anyNumber, ({ text, carrier, format }) => {
        expect(checkTracking(text)).toMatchObject({ valid: true, carrier, format });
      }),
      { numRuns: 400 },
    );
  });

  test('that another carrier could have built as well is told with both, the likelier one first', () => {
    expect(checkTracking('94786625283899705153038785')).toMatchObject({
      valid: true,
      carrier: 'usps',
      format: 'usps-impb',
      also: [{ carrier: 'mondial-relay', format: 'mondial-relay', service: null }],
    });
  });

  test('of DHL’s old pair is a valid DHL number', () => {
    fc.assert(
      fc.property(serial(6), digits(2), digits(3), (at, centre, customer) => {
        const code = buildIdentcode({ centre, customer }, at);
        const { valid, carrier, also = [] } = checkTracking(code);
        expect(valid && [carrier, ...also.map((other) => other.carrier)]).toContain('dhl');
      }),
    );
  });

  test('is no longer valid with one digit changed', () => {
    fc.assert(
      fc.property(impbRange, serial(7), fc.nat(20), (range, at, place) => {
        const number = buildImpb(range, at);
        const other = String((Number(number.charAt(place)) + 1) % 10);
        const wrong = number.slice(0, place) + other + number.slice(place + 1);
        expect(hasMod10CheckDigit(wrong)).toBe(false);
      }),
    );
  });
});

describe('a range', () => {
  test('that is used up is refused, never begun anew', () => {
    expect(() => buildS10({ service: 'RB', country: 'GB' }, 100_000_000)).toThrow(
      expect.objectContaining({ kind: 'rule', code: 'number-range.exhausted', details: { serial: 1e8, places: 8 } }),
    );
    expect(() => buildDpdParcel({ depot: '1077' }, 1e10)).toThrow(
      expect.objectContaining({ code: 'number-range.exhausted' }),
    );
  });

  test.each([
    ['a service that the UPU has not given out', () => buildS10({ service: 'XB', country: 'GB' }, 1), 'service'],
    ['a long mailer id in a channel of short ones', () => impb93('903619809'), 'mailerId'],
    ['half a piece', () => buildDpdParcel({ depot: '1077' }, 0.5), 'serial'],
    ['a depot with a letter', () => buildDpdParcel({ depot: '10A7' }, 1), 'depot'],
    ['a postcode of eight characters', () => geopostTo('12345678'), 'postcode'],
  ])('with %s is refused and names the part', (_, build, part) => {
    expect(build).toThrow(
      expect.objectContaining({ kind: 'validation', code: 'number-range.bad-part', details: { part } }),
    );
  });
});

function impb93(mailerId: string): string {
  return buildImpb({ channel: '93', serviceType: '612', mailerId, digits: 22 }, 1);
}

function geopostTo(postcode: string): string {
  return geopostBarcode({ parcel: '10774000248383', postcode, service: '101', country: '250' }).readable;
}
