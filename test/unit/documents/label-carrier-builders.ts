import { buildSscc } from '../../../shared/barcode/sscc.ts';
import type { Address } from '../../../shared/model/address.ts';
import { type LabelInput, type LabelModel, parseLabelModel } from '../../../shared/model/label.ts';
import type { LabelProfileName } from '../../../shared/model/label-profiles.ts';
import { london, nantes, paris } from './label-builders.ts';

export const munich: Address = {
  name: 'Jürgen Weißgerber',
  company: 'Großhandel Müller & Söhne',
  street1: 'Donaustraße 128',
  postcode: '80331',
  city: 'München',
  country: 'DE',
};

export const oklahoma: Address = {
  name: 'Michael O’Connor',
  street1: '4125 North Western Avenue',
  street2: 'Suite 310',
  postcode: '73108',
  city: 'Oklahoma City',
  region: 'OK',
  country: 'US',
};

const dallas: Address = {
  name: 'Prairie Goods',
  street1: '9 Elm Street',
  postcode: '75201',
  city: 'Dallas',
  region: 'TX',
  country: 'US',
};

const common = {
  kind: 'outbound' as const,
  approved: true,
  from: nantes,
  parcelIndex: 1,
  parcelCount: 2,
  orderNumber: '#1042',
  weightMg: 1_250_000,
  shipDate: '2026-11-21',
  references: ['PO 77-1'],
};

/** ISO/IEC 15434 message as DPD's service returns it, with the separators that no address has. */
export const aztecMessage = [
  '[)>\x1e01\x1d03\x1d75011\x1d250\x1d101\x1d10774000248383\x1dGEOP\x1d1077\x1d325',
  '1/2\x1d1.25\x1dN\x1d12 RUE DE L EGLISE\x1dPARIS\x1d\x1dHELENE DUPRE LEFEVRE\x1e\x04',
].join('\x1d\x1d');

/** One label of each carrier's layout, as its range and its service would fill it. */
export const carrierInputs: Readonly<Record<Exclude<LabelProfileName, 'gs1-logistic'>, LabelInput>> = {
  'upu-s10': {
    ...common,
    profile: 'upu-s10',
    to: london,
    carrier: 'Royal Mail',
    service: 'International Tracked',
    number: 'RB473124829GB',
  },
  'usps-impb': {
    ...common,
    profile: 'usps-impb',
    from: dallas,
    to: oklahoma,
    carrier: 'USPS',
    service: 'USPS Ground Advantage',
    number: '9234690361980900000142',
    icon: 'G',
    postage: ['U.S. POSTAGE PAID', 'eVS', 'Prairie Goods'],
    routeCodes: ['RDC 01', 'C001'],
  },
  dpd: {
    ...common,
    profile: 'dpd',
    to: paris,
    carrier: 'DPD',
    service: 'D',
    parcelNumber: '10774000248383',
    serviceCode: '101',
    routing: { line: 'FR-DPD-1077-', sort: '077' },
    depot: ['DPD France', 'Dépôt 077', '2 rue du Quai', '44100 Nantes'],
    info: 'Ring twice',
    stamp: '2026-11-21 14:02 / PW 1 / R20261101',
    aztec: aztecMessage,
  },
  'dhl-paket': {
    ...common,
    profile: 'dhl-paket',
    to: munich,
    carrier: 'DHL Paket',
    service: 'DHL Paket',
    sscc: buildSscc({ extension: 3, companyPrefix: '404341234', serial: 1 }),
    routing: '27680331+99000943042250',
    billingNumber: '22222222220101',
  },
  'mondial-relay': {
    ...common,
    profile: 'mondial-relay',
    to: paris,
    carrier: 'Mondial Relay',
    service: 'Point Relais',
    number: '12123456780101006623123454',
    mode: '24R',
    agency: '0662',
    group: '12',
    shuttle: '3',
    run: '12345',
    pickupPoint: { number: '008901', name: 'Librairie du Pont' },
  },
  colissimo: {
    ...common,
    profile: 'colissimo',
    to: paris,
    carrier: 'Colissimo',
    service: 'Access France',
    number: '8L01234567895',
    sortingCode: '7A1722409000011234000493',
  },
  chronopost: {
    ...common,
    profile: 'chronopost',
    to: paris,
    carrier: 'Chronopost',
    service: 'Chrono 13',
    number: 'XP696982485FR',
    geopostSuffix: '248',
    serviceCode: '226',
    sorting: ['75 B', '011', '13H'],
  },
};

export type CarrierProfile = keyof typeof carrierInputs;
// The keys of an object literal of this very type.
export const carrierProfiles = Object.keys(carrierInputs) as CarrierProfile[];

export function aCarrierLabel(profile: CarrierProfile, changes: object = {}): LabelModel {
  return parseLabelModel({ ...carrierInputs[profile], ...changes });
}

/** The way back: addresses change places, the shop's number and the last day come on. */
export function aReturnOf(profile: CarrierProfile, changes: object = {}): LabelModel {
  const { from, to, ...rest } = carrierInputs[profile];
  const back = profile === 'usps-impb' ? { from: to, to: from } : { from: to, to: nantes };
  const notes = ['Any post office takes it.'];
  return parseLabelModel({
    ...rest,
    ...back,
    kind: 'return',
    rma: 'R7K3M9QX9',
    expiresOn: '2027-01-05',
    notes,
    ...changes,
  });
}
