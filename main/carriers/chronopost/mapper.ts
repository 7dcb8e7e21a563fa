import { AppError } from '../../../shared/errors.ts';
import type { Address } from '../../../shared/model/address.ts';
import type { TrackingState } from '../../../shared/model/carrier.ts';
import type { PickupPoint, Purchase, ShipmentRequest, Tracking, VoidState } from '../carrier.ts';
import { labelFromBase64 } from '../carrier-label.ts';
import type { XmlNode } from '../carrier-soap.ts';
import { kilograms, plainText } from '../carrier-text.ts';
import type { ChronopostAccount } from './client.ts';
import { productOf } from './products.ts';
import type { PointsResult, ShippingResult, TrackResult } from './wire.ts';

/** References have 35 letters: a UUID goes without its hyphens. */
export function shipperReference(reference: string): string {
  return reference.replace(/[^0-9A-Za-z]/g, '').slice(-35);
}

/** The service spells `Adress` with one d; names are company first, then the person. */
function toParty(role: 'shipper' | 'customer' | 'recipient', address: Address): XmlNode {
  const { name, company, street1, street2 = '', city, postcode, country, phone = '', email = '' } = address;
  return {
    [`${role}Adress1`]: street1,
    [`${role}Adress2`]: street2,
    [`${role}City`]: city,
    ...(role === 'recipient' ? {} : { [`${role}Civility`]: 'M' }),
    [`${role}ContactName`]: name,
    [`${role}Country`]: country,
    [`${role}Email`]: email,
    [`${role}MobilePhone`]: phone,
    [`${role}Name`]: company ?? name,
    [`${role}Name2`]: company ? name : '',
    [`${role}Phone`]: phone,
    // 22: the recipient is told by e-mail and text message; nobody else is.
    [`${role}PreAlert`]: role === 'recipient' ? '22' : '0',
    [`${role}ZipCode`]: postcode.replace(/\s/g, ''),
    ...(role === 'customer' ? { printAsSender: 'N' } : {}),
  };
}

/** `THE` is a PDF of 10 × 15 cm, no other sheet; `Z2D` and `ZPL300` are read by the station whatever its printer takes. */
function labelMode({ label }: ShipmentRequest): string {
  if (label.file === 'pdf' && label.media === '100x150') return 'THE';
  return label.dpi === 300 ? 'ZPL300' : 'Z2D';
}

/** A parcel as `shippingV6` wants it. Who pays is `customer`: the shop, whichever way the parcel goes. */
export function toShipping(request: ShipmentRequest, account: ChronopostAccount): XmlNode {
  const { kind, from, to, parcel, service, shipDate, options, orderNumber, pickupPoint, rma } = request;
  const { accountNumber, subAccount, password } = account;
  return {
    headerValue: { accountNumber, idEmit: 'CHRFR', identWebPro: '', subAccount },
    shipperValue: toParty('shipper', from),
    customerValue: toParty('customer', kind === 'return' ? to : from),
    recipientValue: toParty('recipient', to),
    refValue: {
      customerSkybillNumber: '',
      // A parcel to a relay names it here.
      recipientRef: productOf(service)?.pickupPoint ? (pickupPoint ?? '') : (rma ?? orderNumber).slice(0, 35),
      shipperRef: shipperReference(request.reference),
    },
    skybillValue: {
      bulkNumber: '1',
      codCurrency: 'EUR',
      codValue: '0',
      evtCode: 'DC',
      ...(options?.insured
        ? { insuredCurrency: options.insured.currency, insuredValue: String(options.insured.minor) }
        : {}),
      objectType: 'MAR',
      productCode: service,
      service: '0',
      shipDate: `${shipDate}T12:00:00`,
      shipHour: '12',
      weight: kilograms(parcel.weightMg, 3),
      weightUnit: 'KGM',
    },
    skybillParamsValue: { mode: labelMode(request) },
    password,
    version: '2.0',
  };
}

const trackingUrl = (number: string): string =>
  `https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT=${encodeURIComponent(number)}`;

export function toPurchase(result: ShippingResult, service: string): Purchase {
  const { skybillNumber, skybill, pdfEtiquette, geoPostCodeBarre } = result;
  if (skybillNumber === '') throw new AppError('remote', 'carrier.unreadable', { why: 'no-number' });
  return {
    carrierRef: skybillNumber,
    trackingNumber: skybillNumber,
    scanTexts: geoPostCodeBarre === '' ? [skybillNumber] : [geoPostCodeBarre, skybillNumber],
    service,
    serviceTitle: productOf(service)?.title ?? `Chronopost ${service}`,
    cost: null,
    label: labelFromBase64(pdfEtiquette || skybill),
    papers: [],
    trackingUrl: trackingUrl(skybillNumber),
    validUntil: null,
  };
}

/** Codes whose meaning is known; every other one is told by its words. */
const STATES: Readonly<Record<string, TrackingState>> = {
  ...{ DC: 'pending', DB: 'picked-up', DY: 'picked-up', SC: 'in-transit', TS: 'in-transit', SD: 'in-transit' },
  ...{ TA: 'out-for-delivery', D: 'delivered' },
};
const BY_WORDS: readonly (readonly [RegExp, TrackingState])[] = [
  [/annul|cancel/, 'cancelled'],
  [/retour|return/, 'returned'],
  [/refus|anomalie|incident|avarie|damage|absent|incorrect|perdu|lost/, 'exception'],
  [/a disposition|disponible|relais|available|pickup/, 'ready-for-pickup'],
  [/livre|delivered/, 'delivered'],
];

function stateOf(code: string, label: string): TrackingState {
  const words = plainText(label).toLowerCase();
  return STATES[code] ?? BY_WORDS.find(([shape]) => shape.test(words))?.[1] ?? 'in-transit';
}

export function toTracking({ listEventInfoComp }: TrackResult): Tracking {
  const events = listEventInfoComp
    .filter(({ eventDate }) => !Number.isNaN(Date.parse(eventDate)))
    .map(({ code, eventDate, eventLabel, officeLabel }) => ({
      at: new Date(eventDate).toISOString(),
      state: stateOf(code, eventLabel),
      code,
      text: eventLabel || code,
      place: officeLabel || null,
    }))
    .sort((one, other) => one.at.localeCompare(other.at));
  return { state: events.at(-1)?.state ?? 'pending', events, deliveryBy: null };
}

/** What tracking says of a label that was to be voided: cancelled, on its way, or nothing yet. */
export function toVoidState(result: TrackResult): VoidState {
  const { state, events } = toTracking(result);
  if (events.some((event) => event.state === 'cancelled')) return 'voided';
  return state === 'pending' ? 'requested' : 'refused';
}

export function toPickupPoints({ listePointRelais }: PointsResult): PickupPoint[] {
  return listePointRelais.map((point) => {
    const [street1 = point.nom, ...more] = [point.adresse1, point.adresse2, point.adresse3].filter(Boolean);
    return {
      id: point.identifiant,
      name: point.nom || point.identifiant,
      address: {
        name: point.nom,
        street1,
        ...(more.length > 0 ? { street2: more.join(', ') } : {}),
        postcode: point.codePostal,
        city: point.localite,
        country: point.codePays,
      },
      distanceM: /^[0-9]+$/.test(point.distanceEnMetre) ? Number(point.distanceEnMetre) : null,
    };
  });
}
