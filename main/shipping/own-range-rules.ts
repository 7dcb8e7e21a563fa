import { buildColissimo, buildColissimoAbroad, buildColissimoSorting } from '../../shared/carriers/colissimo.ts';
import { buildChronopost, buildDpdParcel } from '../../shared/carriers/geopost.ts';
import { buildS10 } from '../../shared/carriers/s10.ts';
import { buildImpb } from '../../shared/carriers/usps.ts';
import { AppError } from '../../shared/errors.ts';
import type { Address } from '../../shared/model/address.ts';
import type { AccountField, CarrierService } from '../../shared/model/carrier.ts';
import type { LabelProfileName } from '../../shared/model/label-profiles.ts';

/** What a number and its label are made from. */
export interface OwnLabelFacts {
  readonly to: Address;
  readonly weightMg: number;
  readonly service: string;
  readonly config: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
}

export interface OwnNumber {
  readonly trackingNumber: string;
  /** What a scanner sends of the tracking symbol. */
  readonly scanText: string;
  /** The fields of the profile beside addresses. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A carrier whose labels the shipper draws, with numbers out of a range that the carrier gave. */
export interface OwnRange {
  readonly name: string;
  readonly title: string;
  readonly profile: LabelProfileName;
  readonly fields: readonly AccountField[];
  /** Parts of every number; `scope` says which ranges may never overlap. */
  readonly rangeFields: readonly AccountField[];
  readonly digits: number;
  readonly services: readonly CarrierService[];
  readonly maxWeightMg: number;
  readonly missing?: string;
  number(serial: number, facts: OwnLabelFacts): OwnNumber;
}

const text = (name: string, rest: Partial<AccountField> = {}): AccountField => ({
  name,
  kind: 'text',
  required: true,
  ...rest,
});
const service = (code: string, title: string, rest: Partial<CarrierService> = {}): CarrierService => ({
  code,
  title,
  direction: 'outbound',
  ...rest,
});

const KG = 1_000_000;

/** Texts that are wrong in a range or an account are the shipper's to mend: they are named. */
function part(values: Readonly<Record<string, string>>, name: string): string {
  const value = values[name] ?? '';
  if (value === '') throw new AppError('validation', 'carrier.bad-config', { fields: name });
  return value;
}

const s10: OwnRange = {
  name: 'own-s10',
  title: 'UPU S10',
  profile: 'upu-s10',
  fields: [text('carrierName', { default: 'La Poste' })],
  rangeFields: [text('serviceLetters', { default: 'CC' }), text('issuer', { default: 'FR' })],
  digits: 8,
  services: [
    service('parcel', 'Parcel', { direction: 'both', international: true }),
    service('tracked', 'Tracked letter', { maxWeightMg: 2 * KG, international: true }),
  ],
  maxWeightMg: 30 * KG,
  number(serial, { params }) {
    const range = { service: part(params, 'serviceLetters'), country: part(params, 'issuer') };
    const number = buildS10(range, serial);
    return { trackingNumber: number, scanText: number, fields: { number } };
  },
};

const impb: OwnRange = {
  name: 'own-usps',
  title: 'USPS (IMpb)',
  profile: 'usps-impb',
  fields: [text('postage', { default: 'U.S. POSTAGE PAID' }), text('permit', { required: false })],
  rangeFields: [
    text('channelDigits', { kind: 'choice', choices: ['92', '93', '94'], default: '92' }),
    text('serviceType', { default: '055' }),
    text('mailerId'),
    text('numberDigits', { kind: 'choice', choices: ['22', '26'], default: '22' }),
  ],
  digits: 10,
  services: [
    service('G', 'USPS GROUND ADVANTAGE™', { direction: 'both', countries: ['US'], maxWeightMg: 31_751_466 }),
    service('P', 'USPS PRIORITY MAIL®', { countries: ['US'], maxWeightMg: 31_751_466 }),
    service('E', 'USPS PRIORITY MAIL EXPRESS®', { countries: ['US'], maxWeightMg: 31_751_466 }),
  ],
  maxWeightMg: 31_751_466,
  number(serial, { params, config, service: icon, to }) {
    const channel = (['92', '93', '94'] as const).find((known) => known === params.channelDigits) ?? '92';
    const number = buildImpb(
      {
        channel,
        serviceType: part(params, 'serviceType'),
        mailerId: part(params, 'mailerId'),
        digits: params.numberDigits === '26' ? 26 : 22,
      },
      serial,
    );
    const zip = to.postcode.replace(/\D/g, '').slice(0, number.length === 22 ? 9 : 5);
    const postage = [config.postage ?? '', config.permit ?? ''].filter((line) => line !== '');
    return {
      trackingNumber: number,
      scanText: `420${zip}\u001d${number}`,
      fields: { number, icon: icon === '' ? 'G' : icon, postage },
    };
  },
};

const colissimo: OwnRange = {
  name: 'own-colissimo',
  title: 'Colissimo',
  profile: 'colissimo',
  fields: [text('customerNumber')],
  rangeFields: [text('product', { default: '8L' })],
  digits: 10,
  services: [
    service('home', 'Domicile sans signature', { countries: ['FR', 'MC'] }),
    service('return', 'Retour', { direction: 'return', countries: ['FR', 'MC'] }),
    service('abroad', 'International', { international: true }),
  ],
  maxWeightMg: 30 * KG,
  // La Poste's layout of 2012; it wants its web service for new contracts.
  missing: 'carrier.missing.colissimo-own',
  number(serial, { params, config, to, weightMg }) {
    const product = part(params, 'product');
    const abroad = /^[A-Z]{2}$/.test(product);
    const number = abroad ? buildColissimoAbroad(product, serial) : buildColissimo(product, serial);
    const sortingCode = buildColissimoSorting({
      product,
      country: to.country === 'MC' ? 'FR' : to.country,
      postcode: to.postcode,
      customer: part(config, 'customerNumber'),
      weightMg,
      level: '00',
      nonMachinable: false,
      cashOnDelivery: false,
      dutyFree: false,
      receipt: false,
      number,
    });
    return { trackingNumber: number, scanText: number, fields: { number, sortingCode } };
  },
};

const dpd: OwnRange = {
  name: 'own-dpd',
  title: 'DPD',
  profile: 'dpd',
  fields: [text('depotName', { required: false }), text('routingTable')],
  rangeFields: [text('depot')],
  digits: 10,
  services: [
    service('101', 'D', { direction: 'both' }),
    service('179', '10:00'),
    service('225', '12:00'),
    service('350', '8:30'),
  ],
  maxWeightMg: 31_500_000,
  // The rows of the carrier's monthly routing data that this shipper needs are entered by hand.
  missing: 'carrier.missing.dpd-routing',
  number(serial, { params, config, to, service: code }) {
    const parcelNumber = buildDpdParcel({ depot: part(params, 'depot') }, serial);
    const serviceCode = code === '' ? '101' : code;
    const routing = routeOf(part(config, 'routingTable'), to);
    const postcode = to.postcode
      .replace(/[^0-9A-Za-z]/g, '')
      .toUpperCase()
      .padStart(7, '0');
    return {
      trackingNumber: parcelNumber,
      scanText: `%${postcode}${parcelNumber}${serviceCode}`,
      fields: { parcelNumber, serviceCode, routing, depot: config.depotName ? [config.depotName] : [] },
    };
  },
};

/** Rows `FR75 FR-DPD-1077- 077`, one after the other with semicolons; the longest beginning that fits counts. */
function routeOf(table: string, to: Address): { line: string; sort: string } {
  const rows = table.split(';').flatMap((row) => {
    const [area = '', line = '', sort = ''] = row.trim().split(/\s+/);
    return area === '' || line === '' || sort === '' ? [] : [{ area: area.toUpperCase(), line, sort }];
  });
  const place = `${to.country}${to.postcode.replace(/\s/g, '').toUpperCase()}`;
  const [best] = rows
    .filter(({ area }) => place.startsWith(area))
    .sort((one, other) => other.area.length - one.area.length);
  if (!best)
    throw new AppError('rule', 'label.no-route', { carrier: 'DPD', country: to.country, postcode: to.postcode });
  return { line: best.line, sort: best.sort };
}

const chronopost: OwnRange = {
  name: 'own-chronopost',
  title: 'Chronopost',
  profile: 'chronopost',
  fields: [text('geopostSuffix'), text('sorting', { required: false })],
  rangeFields: [text('letters', { default: 'XP' })],
  digits: 8,
  services: [
    service('226', 'Chrono Relais 13', { countries: ['FR'] }),
    service('101', 'Chrono 13', { countries: ['FR', 'MC'] }),
  ],
  maxWeightMg: 30 * KG,
  missing: 'carrier.missing.chronopost-own',
  number(serial, { params, config, service: code }) {
    const number = buildChronopost(part(params, 'letters'), serial);
    const sorting = (config.sorting ?? '').split(/[\s;]+/).filter((word) => word !== '');
    const serviceCode = code === '' ? '101' : code;
    return {
      trackingNumber: number,
      scanText: number,
      fields: { number, geopostSuffix: part(config, 'geopostSuffix'), serviceCode, sorting: sorting.slice(0, 3) },
    };
  },
};

/** Every carrier for which the station draws labels from a range of the shipper's own. */
export const ownRanges: readonly OwnRange[] = [s10, impb, colissimo, dpd, chronopost];

export function ownRangeOf(connector: string): OwnRange | undefined {
  return ownRanges.find(({ name }) => name === connector);
}

/** Ranges of the same scope must not overlap: their numbers would be the same. */
export function scopeOf(range: OwnRange, params: Readonly<Record<string, string>>): string {
  return [range.name, ...range.rangeFields.map(({ name }) => `${name}=${params[name] ?? ''}`)].join(' ');
}
