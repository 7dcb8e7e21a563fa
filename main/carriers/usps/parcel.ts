import type { Address } from '../../../shared/model/address.ts';
import type { CarrierMessage, CarrierService } from '../../../shared/model/carrier.ts';
import type { ShipmentRequest } from '../carrier.ts';
import { errorMessage } from '../carrier-json.ts';

const MG_PER_POUND = 453_592.37;
const MM_PER_INCH = 25.4;
/** 70 pounds. */
export const MOST_MG = 31_751_465;

const titles = {
  USPS_GROUND_ADVANTAGE: 'USPS Ground Advantage',
  PRIORITY_MAIL: 'USPS Priority Mail',
  PRIORITY_MAIL_EXPRESS: 'USPS Priority Mail Express',
  USPS_GROUND_ADVANTAGE_RETURN_SERVICE: 'USPS Ground Advantage Return',
  PRIORITY_MAIL_RETURN_SERVICE: 'USPS Priority Mail Return',
} as const;
export type MailClass = keyof typeof titles;

export const outboundClasses = ['USPS_GROUND_ADVANTAGE', 'PRIORITY_MAIL', 'PRIORITY_MAIL_EXPRESS'] as const;

export const uspsServices: readonly CarrierService[] = Object.entries(titles).map(([code, title]) => ({
  code,
  title,
  direction: code.endsWith('_RETURN_SERVICE') ? 'return' : 'outbound',
  countries: ['US'],
  maxWeightMg: MOST_MG,
}));

export const titleOf = (mailClass: MailClass): string => titles[mailClass];

/** The mail class of a parcel; a return goes by the class of returns. */
export function mailClassOf({ service, kind }: ShipmentRequest): MailClass {
  const known = (Object.keys(titles) as MailClass[]).find((code) => code === service); // its own keys
  const chosen = known ?? 'USPS_GROUND_ADVANTAGE';
  if (kind === 'outbound' || chosen.endsWith('_RETURN_SERVICE')) return chosen;
  return chosen === 'USPS_GROUND_ADVANTAGE' ? 'USPS_GROUND_ADVANTAGE_RETURN_SERVICE' : 'PRIORITY_MAIL_RETURN_SERVICE';
}

/** What these services do not carry, said before anything is sent. Labels that leave the country are another service of USPS. */
export function unsupported({ options = {}, from, to, customs, service }: ShipmentRequest): readonly CarrierMessage[] {
  const { hazardous, insured } = options;
  const abroad = customs !== undefined || to.country !== 'US';
  const sides = [
    ['from', from],
    ['to', to],
  ] as const;
  return [
    ...(hazardous
      ? [errorMessage('hazardous', 'dangerous goods are declared to USPS by hand', 'options.hazardous')]
      : []),
    ...(insured && insured.currency !== 'USD'
      ? [errorMessage('insurance-currency', 'USPS insures amounts in USD only', 'options.insured')]
      : []),
    ...(abroad ? [errorMessage('country', 'this account ships within the United States only', 'to.country')] : []),
    ...(from.country === 'US' ? [] : [errorMessage('country', 'USPS starts in the United States', 'from.country')]),
    ...(service === '' || service in titles ? [] : [errorMessage('service', 'USPS has no such service', 'service')]),
    ...(abroad ? [] : sides.flatMap(([side, address]) => against(address, side))),
  ];
}

function against({ postcode, region, country }: Address, side: 'from' | 'to'): readonly CarrierMessage[] {
  if (country !== 'US') return [];
  return [
    ...(/^\d{5}(?:-?\d{4})?$/.test(postcode)
      ? []
      : [errorMessage('zip', `${postcode} is no ZIP Code`, `${side}.postcode`)]),
    ...(/^[A-Z]{2}$/i.test(region ?? '') ? [] : [errorMessage('state', 'the state is missing', `${side}.region`)]),
  ];
}

/** USPS wants a first and a last name, or a firm. */
function nameOf({ name, company }: Address): object {
  const [, first, last] = /^(.+)\s+(\S+)$/.exec(name.trim()) ?? [];
  const person = first === undefined ? {} : { firstName: first, lastName: last };
  const firm = company ?? (first === undefined ? name : undefined);
  return { ...person, ...(firm ? { firm } : {}) };
}

export function toAddress(address: Address): object {
  const { street1, street2, city, region = '', postcode, phone, email } = address;
  const [zip = '', plus4] = [postcode.slice(0, 5), postcode.replace(/\D/g, '').slice(5)];
  const digits = phone?.replace(/\D/g, '').slice(-10);
  return {
    ...nameOf(address),
    streetAddress: street1,
    ...(street2 ? { secondaryAddress: street2 } : {}),
    city,
    state: region.toUpperCase(),
    ZIPCode: zip,
    ...(plus4 ? { ZIPPlus4: plus4 } : {}),
    ...(digits?.length === 10 ? { phone: digits } : {}),
    ...(email ? { email } : {}),
  };
}

/** Rounded up: what weighs more than declared is billed again. */
const up = (value: number, steps: number): number => Math.ceil(Number((value * steps).toFixed(6))) / steps;

/** Pounds and inches, and by which table USPS prices them. */
function measures({ parcel }: ShipmentRequest, mailClass: MailClass) {
  const inches = (mm: number): number => up(mm / MM_PER_INCH, 10);
  const [length = 0, width = 0, height = 0] = [parcel.lengthMm, parcel.widthMm, parcel.heightMm]
    .map(inches)
    .sort((one, other) => other - one);
  const weight = up(parcel.weightMg / MG_PER_POUND, 100);
  const machinable = length <= 22 && width <= 18 && height <= 15 && weight <= 25;
  // More than a cubic foot is priced by its size.
  const large = length * width * height > 1_728;
  const express = mailClass === 'PRIORITY_MAIL_EXPRESS';
  return {
    weight,
    length,
    width,
    height,
    mailClass,
    processingCategory: machinable ? 'MACHINABLE' : 'NONSTANDARD',
    rateIndicator: express ? 'PA' : large ? 'DR' : 'SP',
    destinationEntryFacilityType: 'NONE',
  };
}

/** USPS takes no label for a day that is gone. */
const mailingDate = ({ shipDate }: ShipmentRequest, now: Date): string => {
  const today = now.toISOString().slice(0, 10);
  return shipDate < today ? today : shipDate;
};

export function toPriceSearch(request: ShipmentRequest, mailClass: MailClass, now: Date): object {
  return {
    originZIPCode: request.from.postcode.slice(0, 5),
    destinationZIPCode: request.to.postcode.slice(0, 5),
    ...measures(request, mailClass),
    priceType: 'COMMERCIAL',
    mailingDate: mailingDate(request, now),
  };
}

export function toImage({ label }: ShipmentRequest): object {
  const imageType = label.file === 'zpl' ? `ZPL${label.dpi}DPI` : 'PDF';
  return { imageType, labelType: '4X6LABEL', receiptOption: 'NONE', suppressPostage: false, returnLabel: false };
}

/** 920 tracks, 921 wants a signature, 930 insures up to 500 dollars and 931 more. */
function extras({ options = {} }: ShipmentRequest): object {
  const { signature, insured } = options;
  const codes = [signature ? 921 : 920, ...(insured ? [insured.minor > 50_000 ? 931 : 930] : [])];
  return {
    extraServices: codes,
    ...(insured ? { packageOptions: { packageValue: insured.minor / 100 } } : {}),
  };
}

/** References of USPS hold thirty letters: ours is the key of the request, what people look for is printed. */
export function toLabel(request: ShipmentRequest, mailClass: MailClass, now: Date): object {
  const words = [request.orderNumber, ...(request.rma === undefined ? [] : [request.rma])];
  return {
    imageInfo: toImage(request),
    toAddress: toAddress(request.to),
    fromAddress: toAddress(request.from),
    packageDescription: {
      ...measures(request, mailClass),
      weightUOM: 'lb',
      dimensionsUOM: 'in',
      mailingDate: mailingDate(request, now),
      customerReference: words.map((word) => ({ referenceNumber: word.slice(0, 30), printReferenceNumber: true })),
      ...extras(request),
    },
  };
}
