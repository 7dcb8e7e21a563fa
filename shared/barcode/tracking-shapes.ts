import { dhlPaketCheckDigit, fedex12CheckDigit, fedex34CheckDigit, upsCheckDigit } from './carrier-check-digits.ts';
import { hasMod10CheckDigit, mod37CheckCharacter, s10CheckDigit } from './check-digits.ts';

export type TrackingFormat =
  | 's10'
  | 'ups-1z'
  | 'usps-impb'
  | 'dpd'
  | 'fedex-34'
  | 'fedex-12'
  | 'dhl-licence-plate'
  | 'dhl-paket';

/** A carrier's number out of a barcode. */
export interface Tracking {
  /** The bare number, without routing, the way the carrier's tracking page takes it. */
  readonly number: string;
  readonly format: TrackingFormat;
  /** Absent for S10: the issuing post follows from `country`. */
  readonly carrier?: 'ups' | 'usps' | 'dpd' | 'chronopost' | 'fedex' | 'dhl';
  /** S10 only: ISO 3166 code of the issuing post. */
  readonly country?: string;
}

/**
 * Reads a carrier's number or its label's barcode; blanks do not matter, a GS between routing and number may be lost.
 *
 * Only shapes with a right check digit, or so special that nothing else looks like them, are taken.
 * A FedEx number of 12 digits may be a GTIN as well: ask for that first.
 */
export function readTracking(text: string): Tracking | undefined {
  const compact = text.replace(/[ \t]/g, '');
  for (const read of [readS10, readUps, readImpb, readDpd, readFedex34, readFedex12, readDhlLicencePlate]) {
    const tracking = read(compact);
    if (tracking !== undefined) return tracking;
  }
  return undefined;
}

/** UPU S10: two letters, eight digits, check digit, country of the issuing post. */
function readS10(text: string): Tracking | undefined {
  const [, serial, check, country] = /^[A-Z]{2}([0-9]{8})([0-9])([A-Z]{2})$/.exec(text) ?? [];
  if (serial === undefined || country === undefined || !COUNTRIES.has(country)) return undefined;
  return s10CheckDigit(serial) === check ? { number: text, format: 's10', country } : undefined;
}

function readUps(text: string): Tracking | undefined {
  const [, body, check] = /^1Z([0-9A-Z]{15})([0-9])$/.exec(text) ?? [];
  if (body === undefined || upsCheckDigit(body) !== check) return undefined;
  return { number: text, format: 'ups-1z', carrier: 'ups' };
}

// Channel, service type, mailer id (nine digits when it begins with 9, else six), serial, check digit.
const IMPB_BODY = new RegExp(
  [
    '91[0-9]{20}',
    '92[0-9]{3}9(?:[0-9]{16}|[0-9]{20})',
    '93[0-9]{3}[0-8](?:[0-9]{16}|[0-9]{20})',
    '94[0-9]{3}(?:[0-9](?:[0-9]{16}|[0-9]{20})|9[0-9]{24})',
    '95[0-9]{3}[0-9](?:[0-9]{16}|[0-9]{20})',
  ]
    .map((body) => `(?:${body})`)
    .join('|'),
);
const IMPB_ALONE = new RegExp(`^(${IMPB_BODY.source})$`);
const IMPB_BEHIND_ZIP5 = new RegExp(`^420[0-9]{5}\u001d?(${IMPB_BODY.source})$`);
const IMPB_BEHIND_ZIP9 = new RegExp(`^420[0-9]{9}\u001d?(${IMPB_BODY.source})$`);

/** USPS IMpb of 22, 26 or 30 digits, with or without 420 and ZIP (of nine digits only before 22). */
function readImpb(text: string): Tracking | undefined {
  const alone = IMPB_ALONE.exec(text)?.[1] ?? IMPB_BEHIND_ZIP5.exec(text)?.[1];
  const behindZip9 = IMPB_BEHIND_ZIP9.exec(text)?.[1];
  const candidates = [alone, behindZip9?.length === 22 ? behindZip9 : undefined];
  const number = candidates.find((digits) => digits !== undefined && hasMod10CheckDigit(digits));
  return number === undefined ? undefined : { number, format: 'usps-impb', carrier: 'usps' };
}

/**
 * DPD and GeoPost: postcode of seven, parcel of 14, service, country.
 *
 * The barcode begins with `%` and has no check character; typed from the label it has the check character and no `%`.
 * A parcel number with letters is Chronopost's.
 */
function readDpd(text: string): Tracking | undefined {
  const [, percent, body, number, check] =
    /^(%?)([0-9A-Z]{7}([0-9A-Z]{2}[0-9]{12})[0-9]{6})([0-9A-Z]?)$/.exec(text) ?? [];
  if (body === undefined || number === undefined || (percent === '' && check === '')) return undefined;
  if (check !== '' && mod37CheckCharacter(body) !== check) return undefined;
  return { number, format: 'dpd', carrier: /^[0-9]+$/.test(number) ? 'dpd' : 'chronopost' };
}

/** FedEx Express 10... and Ground 96...: the last 14 digits are the number, filled up with zeros, check digit last. */
function readFedex34(text: string): Tracking | undefined {
  const [, body, check] = /^(?:10|96)[0-9]{18}([0-9]{13})([0-9])$/.exec(text) ?? [];
  if (body === undefined || fedex34CheckDigit(body) !== check) return undefined;
  return { number: `${body}${check}`.replace(/^00/, ''), format: 'fedex-34', carrier: 'fedex' };
}

function readFedex12(text: string): Tracking | undefined {
  if (!/^[0-9]{12}$/.test(text) || fedex12CheckDigit(text.slice(0, 11)) !== text.slice(11)) return undefined;
  return { number: text, format: 'fedex-12', carrier: 'fedex' };
}

/** DHL licence plate `JD...`, in the barcode behind its data identifier `J`. It has no check digit. */
function readDhlLicencePlate(text: string): Tracking | undefined {
  if (!/^JJ?D[0-9]{10,31}$/.test(text)) return undefined;
  return { number: text, format: 'dhl-licence-plate', carrier: 'dhl' };
}

/**
 * DHL Paket's ITF numbers: Identcode of 12, Leitcode and return of 14 digits, with weights 4 and 9.
 *
 * For symbols known to be ITF only: as bare digits one wrong GTIN in ten would pass for one.
 */
export function readDhlPaketItf(digits: string): Tracking | undefined {
  if (!/^(?:[0-9]{12}|[0-9]{14})$/.test(digits)) return undefined;
  if (dhlPaketCheckDigit(digits.slice(0, -1)) !== digits.slice(-1)) return undefined;
  return { number: digits, format: 'dhl-paket', carrier: 'dhl' };
}

// ISO 3166-1 alpha-2, which S10 uses for the issuing post.
const COUNTRIES: ReadonlySet<string> = new Set(
  `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
  CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
  GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
  KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT
  MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
  SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ
  UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`.split(/\s+/),
);
