import type { CarrierMessage, Money, TrackingState } from '../../../shared/model/carrier.ts';
import { currencyCode, minorUnits } from '../../../shared/model/minor-units.ts';
import type { Purchase, Rate, ShipmentRequest, Tracking } from '../carrier.ts';
import { errorMessage } from '../carrier-json.ts';
import { labelFromBase64 } from '../carrier-label.ts';
import { serviceTitle } from './services.ts';
import type { UpsActivity, UpsErrors, UpsRatedShipment, UpsShipmentResults, UpsTracked } from './wire.ts';

/** What UPS would refuse anyway, or what we cannot declare to it, said before anything is sent. */
export function unsupported({ options = {}, service, customs, label }: ShipmentRequest): readonly CarrierMessage[] {
  const currencies = new Set(customs?.items.map(({ value }) => value.currency));
  return [
    ...(options.hazardous
      ? [errorMessage('hazardous', 'dangerous goods need an agreement of their own with UPS', 'options.hazardous')]
      : []),
    // Burnt at 300 dpi, its bars would be two thirds as wide: the label would be paid and not printed.
    ...(label.dpi === 203
      ? []
      : [errorMessage('resolution', 'UPS draws its labels for printers of 203 dpi only', 'label.dpi')]),
    ...(service === '' ? [errorMessage('service', 'UPS needs a service', 'service')] : []),
    ...(currencies.size > 1
      ? [errorMessage('currencies', 'the invoice for customs takes one currency only', 'customs.items')]
      : []),
  ];
}

/** Codes of Shipping and Rating that name a part of the request. */
const FIELDS: Readonly<Record<string, string>> = {
  '120202': 'to.city',
  '120205': 'to.postcode',
  '120209': 'to.phone',
  '120302': 'to.city',
  '111210': 'service',
  '120100': 'from',
  '120500': 'parcel.weightMg',
  '111035': 'parcel.weightMg',
  '120802': 'to.postcode',
};

export function fromErrors({ response: { errors } }: UpsErrors): readonly CarrierMessage[] {
  return errors.map(({ code, message }) =>
    errorMessage(code || 'error', message || 'UPS refuses without words', FIELDS[code]),
  );
}

export function fromAlerts(
  alerts: readonly { readonly Code: string; readonly Description: string }[],
): readonly CarrierMessage[] {
  return alerts.map(({ Code, Description }) => ({ level: 'info', code: Code || 'alert', text: Description }));
}

function toMoney(charge: { readonly CurrencyCode: string; readonly MonetaryValue: string } | undefined): Money | null {
  const currency = currencyCode(charge?.CurrencyCode ?? '');
  const minor = minorUnits(charge?.MonetaryValue ?? '', currency);
  return currency === null || minor === null ? null : { minor, currency };
}

/** What the account pays: the price of its contract before the one of the list. */
export function fromRates(rated: readonly UpsRatedShipment[]): readonly Rate[] {
  return rated.flatMap(({ Service, TotalCharges, NegotiatedRateCharges, GuaranteedDelivery }) => {
    const cost = toMoney(NegotiatedRateCharges?.TotalCharge ?? TotalCharges);
    if (!cost) return [];
    const days = Number(GuaranteedDelivery?.BusinessDaysInTransit ?? Number.NaN);
    return {
      service: Service.Code,
      title: serviceTitle(Service.Code),
      cost,
      deliveryBy: null,
      transitDays: Number.isInteger(days) ? days : null,
      // A price is bought by its service; UPS holds none.
      rateRef: null,
    };
  });
}

type UpsForm = UpsShipmentResults['Form'];
const papersOf = (form: UpsForm): Purchase['papers'] =>
  form ? [{ kind: 'commercial-invoice', pdf: Buffer.from(form.Image.GraphicImage, 'base64') }] : [];

const trackingUrl = (number: string): string => `https://www.ups.com/track?tracknum=${number}`;

/** Throws `carrier.unreadable` for a label that is not whole. */
export function toPurchase(results: UpsShipmentResults, trackingNumber: string, service: string): Purchase {
  const { ShipmentIdentificationNumber, PackageResults, Form, ShipmentCharges, NegotiatedRateCharges } = results;
  return {
    carrierRef: ShipmentIdentificationNumber,
    trackingNumber,
    scanTexts: [trackingNumber],
    service,
    serviceTitle: serviceTitle(service),
    cost: toMoney(NegotiatedRateCharges?.TotalCharge ?? ShipmentCharges?.TotalCharges),
    label: labelFromBase64(PackageResults[0]?.ShippingLabel.GraphicImage ?? ''),
    papers: papersOf(Form),
    trackingUrl: trackingUrl(trackingNumber),
    validUntil: null,
  };
}

/** Recovery gives label and invoice for customs again, but no price. */
export function toRecovered(
  found: {
    readonly shipmentId: string;
    readonly trackingNumber: string;
    readonly image: string;
    readonly form: UpsForm;
  },
  { service }: ShipmentRequest,
): Purchase {
  const { shipmentId, trackingNumber, image, form } = found;
  return {
    carrierRef: shipmentId,
    trackingNumber,
    scanTexts: [trackingNumber],
    service,
    serviceTitle: serviceTitle(service),
    cost: null,
    label: labelFromBase64(image),
    papers: papersOf(form),
    trackingUrl: trackingUrl(trackingNumber),
    validUntil: null,
  };
}

const STATES: Readonly<Record<string, TrackingState>> = {
  M: 'pending',
  MV: 'cancelled',
  P: 'picked-up',
  I: 'in-transit',
  W: 'in-transit',
  DO: 'in-transit',
  O: 'out-for-delivery',
  D: 'delivered',
  X: 'exception',
  RS: 'returned',
};

/** `20261123` and `184500` of an instant in UTC; null for what is none. */
function instant(date: string, time: string): string | null {
  const text = `${date}T${time.replaceAll(':', '').padEnd(6, '0')}`.replace(
    /^(\d{4})-?(\d{2})-?(\d{2})T(\d{2})(\d{2})(\d{2})$/,
    '$1-$2-$3T$4:$5:$6.000Z',
  );
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** UPS tells its activities newest first; where it names no time in UTC, the local one stands for it. */
export function fromTracking({ trackResponse: { shipment } }: UpsTracked): Tracking {
  const [parcel] = shipment.flatMap((one) => one.package);
  const events = (parcel?.activity ?? [])
    .flatMap((activity) => {
      const at = instant(activity.gmtDate ?? activity.date, activity.gmtTime ?? activity.time);
      return at === null ? [] : [{ at, ...eventOf(activity) }];
    })
    .sort((one, other) => one.at.localeCompare(other.at));
  // SDD: scheduled; RDD: put off. DEL is the day on which it came.
  const planned = parcel?.deliveryDate.find(({ type }) => type === 'RDD' || type === 'SDD')?.date ?? '';
  return {
    state: events.at(-1)?.state ?? 'unknown',
    events,
    deliveryBy: /^\d{8}$/.test(planned) ? planned.replace(/^(\d{4})(\d{2})/, '$1-$2-') : null,
  };
}

function eventOf({ status, location }: UpsActivity) {
  const { city = '', countryCode = '' } = location?.address ?? {};
  return {
    state: STATES[status.type.trim()] ?? ('unknown' as const),
    code: status.code || status.type,
    text: status.description.trim() || status.code || status.type || 'UPS',
    place: [city, countryCode].filter(Boolean).join(', ') || null,
  };
}

/** Whether UPS was told that the label is void. */
export const isVoided = ({ trackResponse: { shipment } }: UpsTracked): boolean =>
  shipment.some((one) =>
    one.package.some(({ activity }) => activity.some(({ status }) => status.type.trim() === 'MV')),
  );
