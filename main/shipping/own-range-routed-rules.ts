import { mod10CheckDigit } from '../../shared/barcode/check-digits.ts';
import { partOf, scanText, serialDigits } from '../../shared/carriers/carrier-number.ts';
import { countryNumber } from '../../shared/carriers/country-number.ts';
import { buildDpdParcel, geopostBarcode } from '../../shared/carriers/geopost.ts';
import { buildMondialRelayShipment, mondialRelayCode } from '../../shared/carriers/mondial-relay.ts';
import { AppError } from '../../shared/errors.ts';
import type { Address } from '../../shared/model/address.ts';
import { KG, type OwnRange, part, service, text } from './own-range-parts-rules.ts';

/**
 * Rows `FR75 FR-DPD-1077- 077` of the carrier's routing data, one after the other with semicolons: country and beginning
 * of the postcode, then what the label needs; the longest beginning that fits counts.
 */
function routeOf(carrier: string, row: { table: string; to: Address; words: number }): string[] {
  const { to } = row;
  const place = `${to.country}${to.postcode.replace(/\s/g, '').toUpperCase()}`;
  const [best] = row.table
    .split(';')
    .map((line) => line.trim().split(/\s+/))
    .filter(([area = '', ...words]) => area !== '' && words.length >= row.words && place.startsWith(area.toUpperCase()))
    .sort(([one = ''], [other = '']) => other.length - one.length);
  if (!best) {
    // As much of the postcode as a row of the routing data begins with.
    throw new AppError('rule', 'label.no-route', { carrier, country: to.country, postcode: to.postcode.slice(0, 2) });
  }
  return best.slice(1);
}

function numberOf(to: Address): string {
  const number = countryNumber(to.country);
  if (number === undefined) throw new AppError('rule', 'label.bad-code', { field: 'to.country' });
  return number;
}

/** DPD: depot and number of its range; where to comes out of its monthly routing data. */
export const ownDpd: OwnRange = {
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
    const [line = '', sort = ''] = routeOf('DPD', { table: part(config, 'routingTable'), to, words: 2 });
    const routing = { line, sort };
    const route = { parcel: parcelNumber, postcode: to.postcode, service: serviceCode, country: numberOf(to) };
    return {
      trackingNumber: parcelNumber,
      scanText: scanText(geopostBarcode(route)),
      fields: { parcelNumber, serviceCode, routing, depot: config.depotName ? [config.depotName] : [] },
    };
  },
};

/** 17 digits of a prefix (extension digit included) and a serial, and their check digit. */
function ssccOf(prefix: string, serial: number): string {
  const body = prefix + serialDigits(serial, 17 - partOf('prefix', prefix, /^[0-9]{5,13}$/).length);
  return body + mod10CheckDigit(body);
}

/** DHL Paket: an SSCC of DHL's range, routed by its "Leitdaten". */
export const ownDhl: OwnRange = {
  name: 'own-dhl',
  title: 'DHL Paket',
  profile: 'dhl-paket',
  fields: [text('routingTable'), text('billingNumber', { required: false })],
  rangeFields: [text('prefix', { default: '340434' })],
  digits: 12,
  services: [service('V01PAK', 'DHL Paket', { direction: 'both', countries: ['DE'], maxWeightMg: 31.5 * KG })],
  maxWeightMg: 31.5 * KG,
  missing: 'carrier.missing.dhl-routing',
  number(serial, { params, config, to }) {
    const sscc = ssccOf(part(params, 'prefix'), serial);
    const [digits = ''] = routeOf('DHL Paket', { table: part(config, 'routingTable'), to, words: 1 });
    const postcode = to.postcode.toUpperCase().replace(/[^0-9A-Z]/g, '');
    const billing = config.billingNumber ? { billingNumber: config.billingNumber } : {};
    return {
      trackingNumber: sscc,
      scanText: `00${sscc}`,
      fields: { sscc, routing: `${numberOf(to)}${postcode}+${digits}`, ...billing },
    };
  },
};

/** Any carrier that agreed to take the shipper's own SSCC; another range than the one of parcels. */
export const ownGs1: OwnRange = {
  name: 'own-gs1',
  title: 'GS1 logistic label',
  profile: 'gs1-logistic',
  fields: [text('carrierName', { default: 'GS1 logistic label' })],
  rangeFields: [text('prefix')],
  digits: 12,
  services: [service('standard', 'Standard', { direction: 'both' })],
  maxWeightMg: 1_000 * KG,
  number(serial, { params }) {
    const sscc = ssccOf(part(params, 'prefix'), serial);
    return { trackingNumber: sscc, scanText: `00${sscc}`, fields: { sscc } };
  },
};

/** Mondial Relay at home; parcels to a relay need the carrier's service, which knows the relays. */
export const ownMondialRelay: OwnRange = {
  name: 'own-mondial-relay',
  title: 'Mondial Relay',
  profile: 'mondial-relay',
  fields: [text('brand'), text('routingTable')],
  rangeFields: [],
  digits: 8,
  services: [
    service('HOM', 'Domicile', { countries: ['FR', 'BE', 'LU', 'NL', 'ES', 'PT', 'IT', 'DE', 'AT'] }),
    service('LCC', 'Retour', { direction: 'return', countries: ['FR'] }),
  ],
  maxWeightMg: 30 * KG,
  missing: 'carrier.missing.mondial-relay-own',
  number(serial, { config, to, service: mode }) {
    const table = part(config, 'routingTable');
    const [agency = '', delivery = '', run = '', group, shuttle] = routeOf('Mondial Relay', { table, to, words: 3 });
    const shipment = buildMondialRelayShipment(serial);
    const route = { brand: part(config, 'brand'), parcelIndex: 1, parcelCount: 1, agency, service: delivery, run };
    const number = mondialRelayCode(route, shipment);
    return {
      trackingNumber: shipment,
      scanText: number,
      fields: {
        ...{ number, mode: mode === '' ? 'HOM' : mode, agency, run },
        ...(group === undefined ? {} : { group }),
        ...(shuttle === undefined ? {} : { shuttle }),
      },
    };
  },
};
