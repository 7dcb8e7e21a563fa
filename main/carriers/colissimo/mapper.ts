import type { Address } from '../../../shared/model/address.ts';
import type { CarrierMessage, TrackingState } from '../../../shared/model/carrier.ts';
import type { CustomsContent, CustomsItem, PickupPoint, Purchase, ShipmentRequest, Tracking } from '../carrier.ts';
import { labelFile } from '../carrier-label.ts';
import { kilograms } from '../carrier-text.ts';
import type { Part } from './multipart.ts';
import { type ColissimoProduct, productOf } from './products.ts';
import type {
  LabelAnswer,
  PickupAnswer,
  SlsMessage,
  TrackingAnswer,
  WireAddress,
  WireArticle,
  WireCustoms,
  WireLabelRequest,
} from './wire.ts';

/** What the service keeps of our reference: its 17 last letters and digits. */
export function senderReference(reference: string): string {
  return reference.replace(/[^0-9A-Za-z]/g, '').slice(-17);
}

/** Mobile numbers of France and its territories; what stands elsewhere may be one. */
function isMobile(phone: string, country: string): boolean {
  if (!['FR', 'MC', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF'].includes(country)) return true;
  return /^(?:\+|00)?(?:33|262|590|594|596)?0?[67]/.test(phone.replace(/[\s.()-]/g, ''));
}

/** The family name is the last word: the label prints first and last name in this order again. */
function names(name: string): { lastName: string; firstName?: string } {
  const words = name.trim().split(/\s+/);
  const lastName = words.at(-1) ?? '';
  return words.length < 2 ? { lastName } : { lastName, firstName: words.slice(0, -1).join(' ') };
}

function toWireAddress(address: Address): WireAddress {
  const { company, street1, street2, country, city, postcode, region, phone, email } = address;
  const mobile = phone !== undefined && isMobile(phone, country);
  return {
    ...(company ? { companyName: company } : {}),
    ...names(address.name),
    ...(street2 ? { line1: street2 } : {}),
    line2: street1,
    countryCode: country,
    city,
    zipCode: postcode,
    ...(region && ['US', 'CA', 'AU'].includes(country) ? { stateOrProvinceCode: region } : {}),
    ...(phone ? (mobile ? { mobileNumber: phone } : { phoneNumber: phone }) : {}),
    ...(email ? { email } : {}),
    language: 'FR',
  };
}

const CATEGORY = { gift: 1, sample: 2, sale: 3, documents: 4, other: 5, returned: 6 } as const;

/** Values are declared for one piece: where a sum does not divide, some pieces are worth a cent more. */
function toArticles(item: CustomsItem, originalIdent: string | undefined): WireArticle[] {
  const { quantity, value, netWeightMg } = item;
  const low = Math.floor(value.minor / quantity);
  const dearer = value.minor - low * quantity;
  const article = (count: number, minor: number): WireArticle => ({
    description: item.description,
    quantity: count,
    weight: Number(kilograms(netWeightMg / quantity, 3)),
    value: minor / 100,
    currency: value.currency,
    ...(item.hsCode ? { hsCode: item.hsCode } : {}),
    ...(item.origin ? { originCountry: item.origin } : {}),
    artref: item.sku,
    ...(originalIdent ? { originalIdent } : {}),
  });
  return [
    ...(quantity > dearer ? [article(quantity - dearer, low)] : []),
    ...(dearer > 0 ? [article(dearer, low + 1)] : []),
  ];
}

function toCustoms(customs: CustomsContent, outboundTracking: string | undefined): WireCustoms {
  const ident = outboundTracking === undefined ? undefined : 'A';
  return {
    includesCustomsDeclarations: true,
    contents: {
      article: customs.items.flatMap((item) => toArticles(item, ident)),
      category: { value: CATEGORY[customs.category] },
      ...(ident && outboundTracking
        ? { original: [{ originalIdent: ident, originalParcelNumber: outboundTracking }] }
        : {}),
    },
    ...(customs.invoiceNumber ? { invoiceNumber: customs.invoiceNumber } : {}),
  };
}

/**
 * PDF is made for 300 dpi and 10 × 15 cm only: elsewhere its bars would not stand on whole dots, or its page not be the
 * sheet. The station reads ZPL whatever its printer takes.
 */
function printingType({ label }: ShipmentRequest): string {
  const fits = label.dpi === 300 && label.media === '100x150';
  return fits && label.file === 'pdf' ? 'PDF_10x15_300dpi' : `ZPL_10x15_${label.dpi}dpi`;
}

function toService(request: ShipmentRequest): WireLabelRequest['letter']['service'] {
  const { service, shipDate, orderNumber, kind, from, to, customs } = request;
  const us = kind === 'return' ? to : from;
  return {
    productCode: service,
    depositDate: shipDate,
    orderNumber: orderNumber.slice(0, 30),
    commercialName: (us.company ?? us.name).slice(0, 35),
    // 2: what cannot be delivered abroad comes back. Postage was not charged apart from the goods.
    ...(customs ? { totalAmount: 0, returnTypeChoice: 2 } : {}),
  };
}

/** A parcel as `generateLabel` wants it, without the credentials. */
export function toLabelRequest(request: ShipmentRequest): WireLabelRequest {
  const { reference, from, to, parcel, pickupPoint, options, customs, rma } = request;
  const fields = [
    ...(customs?.eori ? [{ key: 'EORI', value: customs.eori }] : []),
    ...(customs?.ioss ? [{ key: 'IOSS', value: customs.ioss }] : []),
  ];
  return {
    outputFormat: { x: 0, y: 0, outputPrintingType: printingType(request) },
    letter: {
      service: toService(request),
      parcel: {
        weight: Number(kilograms(parcel.weightMg, 2)),
        ...(options?.insured ? { insuranceValue: options.insured.minor } : {}),
        ...(pickupPoint ? { pickupLocationId: pickupPoint } : {}),
      },
      sender: { senderParcelRef: senderReference(reference), address: toWireAddress(from) },
      addressee: { ...(rma ? { addresseeParcelRef: rma } : {}), address: toWireAddress(to) },
      ...(customs ? { customsDeclarations: toCustoms(customs, request.outboundTracking) } : {}),
    },
    ...(fields.length > 0 ? { fields: { field: fields } } : {}),
  };
}

/** What of our request a message of SLS is about: its ranges of numbers follow the parts of the letter. */
function fieldOf(id: string): string | undefined {
  const exact: Readonly<Record<string, string>> = {
    ...{ '30107': 'from.postcode', '30108': 'from.postcode', '30204': 'to.street1', '30208': 'to.city' },
    ...{ '30207': 'to.country', '30210': 'to.postcode', '30211': 'to.postcode', '30212': 'to.postcode' },
    ...{ '30213': 'to.postcode', '30220': 'to.phone', '30221': 'to.phone', '30222': 'to.email', '30223': 'to.email' },
    ...{ '30300': 'parcel.weightMg', '30301': 'parcel.weightMg', '30507': 'parcel.weightMg', '30700': 'service' },
    ...{ '30400': 'pickupPoint', '30401': 'pickupPoint', '30403': 'pickupPoint' },
  };
  const group: Readonly<Record<string, string>> = { '301': 'from', '302': 'to', '305': 'customs' };
  return exact[id] ?? group[id.slice(0, 3)];
}

/** Messages of SLS; the one that says that all is well is left out. */
export function toMessages(messages: readonly SlsMessage[]): CarrierMessage[] {
  return messages
    .filter(({ id }) => id !== '0')
    .map(({ id, type, messageContent }) => {
      const field = fieldOf(id);
      const level = type === 'ERROR' ? 'error' : type === 'WARNING' ? 'warning' : 'info';
      return { level, code: id, text: messageContent ?? id, ...(field ? { field } : {}) };
    });
}

/** La Poste's page for whoever waits for the parcel. */
const trackingUrl = (number: string): string =>
  `https://www.laposte.fr/outils/suivre-vos-envois?code=${encodeURIComponent(number)}`;

/** The GeoPost barcode has `%` in front and no check character; abroad the parcel's number stands alone. */
function scanTexts({ parcelNumber, parcelNumberPartner }: NonNullable<LabelAnswer['labelV2Response']>): string[] {
  if (!parcelNumberPartner) return [parcelNumber];
  const partner = parcelNumberPartner.slice(0, 27);
  return [...(parcelNumberPartner.length === 28 ? [`%${partner}`] : [parcelNumberPartner]), parcelNumber];
}

export function toPurchase(
  bought: NonNullable<LabelAnswer['labelV2Response']>,
  parts: readonly Part[],
  service: string,
): Purchase {
  const bytesOf = (id: string): Uint8Array => parts.find((part) => part.id === id)?.bytes ?? new Uint8Array();
  const papers = parts.filter(({ id, bytes }) => id === 'cn23' && bytes.length > 0);
  return {
    carrierRef: bought.parcelNumber,
    trackingNumber: bought.parcelNumber,
    scanTexts: scanTexts(bought),
    service,
    serviceTitle: titleOf(productOf(service), service),
    cost: null,
    label: labelFile(bytesOf('label')),
    papers: papers.map(({ bytes }) => ({ kind: 'customs-form', pdf: bytes })),
    trackingUrl: trackingUrl(bought.parcelNumber),
    validUntil: null,
  };
}

const titleOf = (product: ColissimoProduct | undefined, code: string): string => product?.title ?? `Colissimo ${code}`;

export function toPickupPoints({ listePointRetraitAcheminement }: PickupAnswer): PickupPoint[] {
  return (listePointRetraitAcheminement ?? []).map((point) => {
    const [street1 = point.nom, ...more] = [point.adresse1, point.adresse2, point.adresse3].flatMap(
      (line) => line || [],
    );
    return {
      id: point.identifiant,
      name: point.nom,
      address: {
        name: point.nom,
        street1,
        ...(more.length > 0 ? { street2: more.join(', ') } : {}),
        postcode: point.codePostal,
        city: point.localite,
        country: point.codePays,
      },
      distanceM: point.distanceEnMetre ?? null,
    };
  });
}

/** Codes of La Poste's "Suivi v2". */
const STATES: Readonly<Record<string, TrackingState>> = {
  ...{ DR1: 'pending', PC1: 'picked-up', PC2: 'picked-up', ET1: 'in-transit', ET2: 'in-transit', ET3: 'in-transit' },
  ...{ ET4: 'in-transit', EP1: 'in-transit', DO1: 'in-transit', DO2: 'in-transit', DO3: 'exception' },
  ...{ PB1: 'exception', PB2: 'in-transit', MD2: 'out-for-delivery', ND1: 'exception', AG1: 'ready-for-pickup' },
  ...{ RE1: 'returned', DI1: 'delivered', DI2: 'returned' },
};

export function toTracking({ shipment }: TrackingAnswer): Tracking {
  const events = (shipment?.event ?? [])
    .map(({ code, label, date }) => ({
      at: new Date(date).toISOString(),
      state: STATES[code] ?? ('unknown' as const),
      code,
      text: label,
      place: null,
    }))
    .reverse()
    .sort((one, other) => one.at.localeCompare(other.at));
  return {
    state: events.at(-1)?.state ?? 'unknown',
    events,
    deliveryBy: shipment?.estimDate?.slice(0, 10) ?? null,
  };
}
