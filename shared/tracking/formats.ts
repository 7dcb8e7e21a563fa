import {
  dhlExpressCheckDigit,
  dhlPaketCheckDigit,
  fedex12CheckDigit,
  fedex34CheckDigit,
  mondialRelayCheckDigit,
  upsCheckDigit,
} from '../barcode/carrier-check-digits.ts';
import { hasMod10CheckDigit, mod10CheckDigit, mod37CheckCharacter, s10CheckDigit } from '../barcode/check-digits.ts';
import { readTracking } from '../barcode/tracking-shapes.ts';
import { POSTS } from './posts.ts';
import { COLISSIMO, DPD, type Services, s10Service, UPS_1Z, UPS_WAYBILL, USPS_IMPB, USPS_OLD } from './services.ts';

/** Named groups of a pattern; one that did not take part is undefined. */
export type Parts = Readonly<Record<string, string | undefined>>;

/** One kind of tracking number, as data. */
export interface TrackingFormat {
  readonly format: string;
  /** Over the number without blanks, hyphens, dots and parentheses, in upper case; groups `service` and `number` are told. */
  readonly pattern: RegExp;
  /** Right when it says `right`; a format without a rule has no check digit. */
  readonly check?: (parts: Parts, text: string) => boolean;
  readonly carrier: string | ((parts: Parts, text: string) => string | undefined);
  readonly services?: Services | ((parts: Parts) => string | undefined);
  /** What more must be true than the digits: a country, a length. */
  readonly sound?: (parts: Parts, text: string) => boolean;
}

/** The check character in group `check` follows from group `body`. */
function follows(rule: (body: string) => string): (parts: Parts) => boolean {
  return ({ body = '', check = '' }) => rule(body) === check;
}

/** What scanning takes for this format is right here too: the shape and its check digit are written once, there. */
function scansAs(format: string): (parts: Parts, text: string) => boolean {
  return ({ number }, text) => readTracking(text)?.format === format || readTracking(number ?? '')?.format === format;
}

const geopost = (body: string): string => (/^[0-9]*$/.test(body) ? 'dpd' : 'chronopost');

/**
 * Every format, the likelier first where the same digits fit several.
 *
 * A check character out of 36 proves more than a digit out of ten, and a number that begins in a way of its own more
 * than bare digits. GLS is missing: its check digit is not published, and eight letters and digits prove nothing.
 */
export const TRACKING_FORMATS: readonly TrackingFormat[] = [
  {
    format: 's10',
    pattern: /^(?<letters>[A-Z]{2})(?<body>[0-9]{8})(?<check>[0-9])(?<country>[A-Z]{2})$/,
    check: follows(s10CheckDigit),
    sound: (_, text) => readTracking(text)?.format === 's10',
    carrier: ({ country = '' }) => POSTS[country],
    services: ({ letters = '', country = '' }) => s10Service(letters, country),
  },
  {
    format: 'ups-1z',
    pattern: /^1Z(?<body>[0-9A-Z]{6}(?<service>[0-9A-Z]{2})[0-9A-Z]{7})(?<check>[0-9])$/,
    check: follows(upsCheckDigit),
    carrier: 'ups',
    services: UPS_1Z,
  },
  {
    format: 'ups-waybill',
    pattern: /^(?<service>[AHJKTV])(?<body>[0-9]{9})(?<check>[0-9])$/,
    check: follows(upsCheckDigit),
    carrier: 'ups',
    services: UPS_WAYBILL,
  },
  {
    format: 'usps-impb',
    pattern:
      /^(?:420(?:[0-9]{5}|[0-9]{9}(?=[0-9]{22}$)))?(?<number>9[2-5](?<service>[0-9]{3})(?:[0-9]{17}|[0-9]{21}|[0-9]{25}))$/,
    check: ({ number = '' }) => hasMod10CheckDigit(number),
    sound: scansAs('usps-impb'),
    carrier: 'usps',
    services: USPS_IMPB,
  },
  {
    format: 'usps-legacy',
    pattern: /^(?:420(?:[0-9]{5}|[0-9]{9}))?(?<number>91(?<service>[0-9]{2})[0-9]{18})$/,
    check: ({ number = '' }) => hasMod10CheckDigit(number),
    carrier: 'usps',
    services: USPS_OLD,
  },
  {
    format: 'dpd',
    pattern: /^%?(?<body>[0-9A-Z]{7}(?<number>[0-9A-Z]{2}[0-9]{12})(?<service>[0-9]{3})[0-9]{3})(?<check>[0-9A-Z]?)$/,
    // Only the printed line has the check character; the barcode has `%` instead, a relabelled parcel neither.
    check: ({ body = '', check = '' }) => check === '' || mod37CheckCharacter(body) === check,
    sound: ({ check, service = '' }, text) => check !== '' || text.startsWith('%') || DPD[service] !== undefined,
    carrier: ({ number = '' }) => geopost(number),
    services: DPD,
  },
  {
    format: 'dpd-14',
    pattern: /^(?<body>[0-9A-Z]{2}[0-9]{12})(?<check>[0-9A-Z])$/,
    check: follows(mod37CheckCharacter),
    carrier: ({ body = '' }) => geopost(body),
  },
  {
    format: 'colissimo',
    pattern: /^(?<service>[6-9][A-Z])(?<body>[0-9]{10})(?<check>[0-9])$/,
    check: follows(mod10CheckDigit),
    carrier: 'colissimo',
    services: COLISSIMO,
  },
  {
    format: 'colissimo-sorting',
    pattern: /^(?<service>[0-9A-Z]{2})(?:1[0-9]{5}|2[A-Z]{2}[0-9A-Z]{3})(?<body>[0-9]{15})(?<check>[0-9])$/,
    check: follows(mod10CheckDigit),
    carrier: 'colissimo',
    services: COLISSIMO,
  },
  {
    format: 'fedex-34',
    pattern: /^(?:10|96)[0-9]{18}(?<number>(?<body>[0-9]{13})(?<check>[0-9]))$/,
    check: follows(fedex34CheckDigit),
    carrier: 'fedex',
  },
  {
    format: 'dhl-licence-plate',
    pattern: /^JJ?D[0-9]{10,31}$/,
    carrier: 'dhl',
  },
  {
    format: 'postnl-3s',
    pattern: /^3S(?=[0-9A-Z]{11}(?:[0-9A-Z]{2})?$)[A-Z]{1,4}[0-9]+$/,
    carrier: 'postnl',
  },
  {
    format: 'auspost-eparcel',
    pattern: /^019931265099999891(?<number>[0-9A-Z]{3}[0-9]{9,18})$/,
    carrier: 'australia-post',
  },
  {
    format: 'mondial-relay',
    pattern: /^(?<shipment>[0-9]{14})(?<key>[0-9])(?<route>[0-9]{10})(?<last>[0-9])$/,
    check: ({ shipment = '', key = '', route = '', last = '' }) =>
      mondialRelayCheckDigit(shipment) === key && mondialRelayCheckDigit(route) === last,
    carrier: 'mondial-relay',
  },
  {
    format: 'swiss-post',
    pattern: /^99[0-9]{16}$/,
    carrier: 'swiss-post',
  },
  {
    format: 'sscc',
    pattern: /^(?:00)?(?<number>[0-9]{18})$/,
    check: ({ number = '' }) => hasMod10CheckDigit(number),
    carrier: ({ number = '' }) => (number.startsWith('340434') ? 'dhl' : undefined),
  },
  {
    format: 'usps-20',
    pattern: /^(?<service>[0-9]{2})[0-9]{18}$/,
    check: (_, text) => hasMod10CheckDigit(text),
    carrier: 'usps',
    services: USPS_OLD,
  },
  {
    format: 'usps-legacy',
    pattern: /^(?:420(?:[0-9]{5}|[0-9]{9}))?(?<number>(?<service>[0-9]{2})[0-9]{18})$/,
    // Printed without its 91, which the check digit counts nevertheless.
    check: ({ number = '' }) => hasMod10CheckDigit(`91${number}`),
    carrier: 'usps',
    services: USPS_OLD,
  },
  {
    format: 'canada-post',
    pattern: /^[0-9]{16}$/,
    check: (_, text) => hasMod10CheckDigit(text),
    carrier: 'canada-post',
  },
  {
    format: 'fedex-ground-15',
    pattern: /^[0-9]{15}$/,
    check: (_, text) => hasMod10CheckDigit(text),
    carrier: 'fedex',
  },
  {
    format: 'fedex-12',
    pattern: /^(?<body>[0-9]{11})(?<check>[0-9])$/,
    check: follows(fedex12CheckDigit),
    carrier: 'fedex',
  },
  {
    format: 'dhl-paket',
    pattern: /^(?<body>[0-9]{11}|[0-9]{13})(?<check>[0-9])$/,
    check: follows(dhlPaketCheckDigit),
    carrier: 'dhl',
  },
  {
    format: 'dhl-express',
    pattern: /^(?<body>[0-9]{9})(?<check>[0-9])$/,
    check: follows(dhlExpressCheckDigit),
    carrier: 'dhl',
  },
];
