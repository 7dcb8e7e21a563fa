import { buildColissimo, buildColissimoAbroad, buildColissimoSorting } from '../../shared/carriers/colissimo.ts';
import { buildChronopost } from '../../shared/carriers/geopost.ts';
import { buildS10 } from '../../shared/carriers/s10.ts';
import { buildImpb } from '../../shared/carriers/usps.ts';
import { KG, type OwnRange, part, service, text } from './own-range-parts-rules.ts';
import { ownDhl, ownDpd, ownGs1, ownMondialRelay } from './own-range-routed-rules.ts';

export type { OwnLabelFacts, OwnNumber, OwnRange } from './own-range-parts-rules.ts';

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
  digits: 14,
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
    const digits = to.postcode.replace(/\D/g, '');
    const zip = digits.slice(0, number.length === 22 && digits.length === 9 ? 9 : 5);
    const postage = [config.postage ?? '', config.permit ?? ''].filter((line) => line !== '');
    return {
      trackingNumber: number,
      scanText: `420${zip}\u001d${number}`,
      fields: { number, icon: icon === '' ? 'G' : icon, postage },
    };
  },
};

/** Products of parcels abroad have the form of S10. */
const ABROAD = /^[A-Z]{2}$/;

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
  serves: ({ product = '' }, code) =>
    code === 'abroad'
      ? ABROAD.test(product)
      : !ABROAD.test(product) && product.startsWith('8R') === (code === 'return'),
  number(serial, { params, config, to, weightMg }) {
    const product = part(params, 'product');
    const number = ABROAD.test(product) ? buildColissimoAbroad(product, serial) : buildColissimo(product, serial);
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
export const ownRanges: readonly OwnRange[] = [
  ...[s10, impb, colissimo, chronopost],
  ...[ownDpd, ownDhl, ownMondialRelay, ownGs1],
];

export function ownRangeOf(connector: string): OwnRange | undefined {
  return ownRanges.find(({ name }) => name === connector);
}

/** Ranges of the same scope must not overlap: their numbers would be the same. */
export function scopeOf(range: OwnRange, params: Readonly<Record<string, string>>): string {
  return [range.name, ...range.rangeFields.map(({ name }) => `${name}=${params[name] ?? ''}`)].join(' ');
}
