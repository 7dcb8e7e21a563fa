import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { AppError } from '../../../../shared/errors.ts';
import type { Address } from '../../../../shared/model/address.ts';
import type { CarrierMessage, Money } from '../../../../shared/model/carrier.ts';
import { minorUnits } from '../../../../shared/model/minor-units.ts';
import type { Purchase, Rate, ShipmentRequest, VoidState } from '../../../carriers/carrier.ts';
import { errorMessage } from '../../../carriers/carrier-json.ts';
import { labelFile } from '../../../carriers/carrier-label.ts';
import type { AmazonErrors, AmazonService, AmazonServices, AmazonShipment } from './wire.ts';

const MG_PER_G = 1_000;

/** What Amazon would refuse anyway, said before anything is sent. */
export function unsupported({ platformOrder, from, kind, options = {} }: ShipmentRequest): CarrierMessage[] {
  const missing = (field: string, text: string): CarrierMessage => errorMessage('missing', text, field);
  return [
    ...(kind === 'return' ? [errorMessage('return', 'Amazon makes labels for its orders only, not for returns')] : []),
    ...(platformOrder ? [] : [missing('platformOrder', 'this is no order of Amazon: its number there is not known')]),
    ...(from.phone ? [] : [missing('from.phone', "Amazon wants the shipper's telephone number: see Settings")]),
    ...(from.email ? [] : [missing('from.email', "Amazon wants the shipper's e-mail address: see Settings")]),
    ...(options.hazardous
      ? [errorMessage('hazardous', 'dangerous goods are declared with Amazon itself', 'options.hazardous')]
      : []),
  ];
}

function toAddress(address: Address): object {
  const { name, company, street1, street2, city, region, postcode, country, phone = '', email = '' } = address;
  return {
    Name: company ?? name,
    AddressLine1: street1,
    ...(street2 ? { AddressLine2: street2 } : {}),
    City: city,
    ...(region ? { StateOrProvinceCode: region } : {}),
    PostalCode: postcode,
    CountryCode: country,
    Phone: phone,
    Email: email,
  };
}

/** Printed on the label: the last characters of our reference, as many as Amazon has room for. */
export function referenceOnLabel(reference: string): string {
  return reference.slice(-12);
}

/** `ShipmentRequestDetails`: grams rounded up, centimetres. */
export function toDetails(request: ShipmentRequest): object {
  const { platformOrder, parcel, from, options = {} } = request;
  const cm = (mm: number): number => mm / 10;
  return {
    AmazonOrderId: platformOrder?.externalId ?? '',
    SellerOrderId: request.orderNumber,
    ItemList: (platformOrder?.lines ?? []).map(({ externalLineId, quantity }) => ({
      OrderItemId: externalLineId,
      Quantity: quantity,
    })),
    ShipFromAddress: toAddress(from),
    PackageDimensions: {
      Length: cm(parcel.lengthMm),
      Width: cm(parcel.widthMm),
      Height: cm(parcel.heightMm),
      Unit: 'centimeters',
    },
    Weight: { Value: Math.ceil(parcel.weightMg / MG_PER_G), Unit: 'g' },
    ShippingServiceOptions: {
      DeliveryExperience: options.signature
        ? 'DeliveryConfirmationWithSignature'
        : 'DeliveryConfirmationWithoutSignature',
      CarrierWillPickUp: false,
      LabelFormat: labelFormat(request),
    },
    LabelCustomization: { CustomTextForLabel: referenceOnLabel(request.reference) },
  };
}

function labelFormat({ label }: ShipmentRequest): string {
  return label.file === 'zpl' ? `ZPL${label.dpi}` : 'PDF';
}

function costOf({ Rate: rate, RateWithAdjustments: adjusted = rate }: AmazonService): Money | null {
  const minor = minorUnits(String(adjusted.Amount), adjusted.CurrencyCode);
  return minor === null ? null : { minor, currency: adjusted.CurrencyCode };
}

/** Services that need answers which only a person can give are not offered. */
export function fromServices({ payload }: AmazonServices): Rate[] {
  return payload.ShippingServiceList.flatMap((service) => {
    const cost = costOf(service);
    if (service.RequiresAdditionalSellerInputs || cost === null) return [];
    return {
      service: service.ShippingServiceId,
      title: `${service.CarrierName} ${service.ShippingServiceName}`,
      cost,
      deliveryBy: service.LatestEstimatedDeliveryDate?.slice(0, 10) ?? null,
      transitDays: null,
      rateRef: service.ShippingServiceOfferId,
    };
  });
}

/** Why services are missing among the rates. */
export function fromRejected({ payload }: AmazonServices): CarrierMessage[] {
  const warning = (code: string, text: string): CarrierMessage => ({ level: 'warning', code, text });
  return [
    ...payload.RejectedShippingServiceList.map((one) =>
      warning(
        one.RejectionReasonCode,
        `${one.CarrierName} ${one.ShippingServiceName}: ${one.RejectionReasonMessage ?? one.RejectionReasonCode}`,
      ),
    ),
    ...payload.TermsAndConditionsNotAcceptedCarrierList.map(({ CarrierName: name }) =>
      warning('terms', `accept the terms of ${name} in Seller Central first`),
    ),
    ...payload.TemporarilyUnavailableCarrierList.map(({ CarrierName: name }) =>
      warning('unavailable', `${name} is not available now`),
    ),
  ];
}

export function fromErrors({ errors }: AmazonErrors): CarrierMessage[] {
  return errors.map(({ code, message, details }) => errorMessage(code, details ? `${message} ${details}` : message));
}

/** The document is base64 of gzip; its checksum is the base64 MD5 of the document itself. */
function documentOf({ Contents: contents, Checksum: checksum }: AmazonShipment['payload']['Label']['FileContents']) {
  let bytes: Buffer;
  try {
    bytes = gunzipSync(Buffer.from(contents, 'base64'));
  } catch (cause) {
    throw new AppError('remote', 'carrier.unreadable', { why: 'half-a-file' }, cause);
  }
  if (createHash('md5').update(bytes).digest('base64') !== checksum)
    throw new AppError('remote', 'carrier.unreadable', { why: 'checksum' });
  return bytes;
}

/** Throws `carrier.unreadable` for a label that is not whole: it is paid, and `GET shipments` gives it again. */
export function fromShipment({ payload }: AmazonShipment): Purchase {
  const { ShippingService: service, TrackingId: trackingNumber } = payload;
  return {
    carrierRef: payload.ShipmentId,
    trackingNumber,
    scanTexts: trackingNumber === '' ? [] : [trackingNumber],
    service: service.ShippingServiceId,
    serviceTitle: `${service.CarrierName} ${service.ShippingServiceName}`,
    cost: costOf(service),
    label: labelFile(documentOf(payload.Label.FileContents)),
    papers: [],
    trackingUrl: null,
    validUntil: null,
  };
}

export function fromStatus({ payload }: AmazonShipment): VoidState | null {
  switch (payload.Status) {
    case 'Purchased':
      return null;
    case 'RefundPending':
      return 'requested';
    case 'RefundApplied':
      return 'voided';
    case 'RefundRejected':
      return 'refused';
  }
}
