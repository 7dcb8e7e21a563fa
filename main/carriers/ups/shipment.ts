import type { Address } from '../../../shared/model/address.ts';
import { plainDecimal } from '../../../shared/model/minor-units.ts';
import type { CustomsContent, ShipmentRequest } from '../carrier.ts';
import { serviceTitle } from './services.ts';

const MG_PER_POUND = 453_592.37;
const MG_PER_KG = 1_000_000;
const MM_PER_INCH = 25.4;
/** UPS takes 35 letters in a reference, a line and a name. */
const MOST_LETTERS = 35;
const MOST_STATE = 5;
/** Countries whose shippers have to count in pounds and inches; references of their own parcels hang on the package. */
const IMPERIAL = new Set(['US', 'PR']);

/** Our label's id without hyphens fits into the 35 letters. */
export function referenceOf(reference: string): string {
  return reference.replaceAll('-', '').slice(0, MOST_LETTERS);
}

/** A begun tenth in full: what weighs more than declared is billed again. */
const upToTenth = (value: number): string => (Math.ceil(Number((value * 10).toFixed(6))) / 10).toFixed(1);

const isDomesticUs = ({ from, to }: ShipmentRequest): boolean =>
  IMPERIAL.has(from.country) && from.country === to.country;

/** The account's own side: it stays the shipper of a return, of which only `ShipFrom` is another. */
const homeOf = ({ kind, from, to }: ShipmentRequest): Address => (kind === 'return' ? to : from);

function toParty({ name, company, phone, email, ...address }: Address): object {
  const { street1, street2, city, region, postcode, country } = address;
  return {
    Name: company ?? name,
    AttentionName: name || company,
    ...(phone ? { Phone: { Number: phone } } : {}),
    ...(email ? { EMailAddress: email } : {}),
    Address: {
      AddressLine: [street1, ...(street2 ? [street2] : [])],
      City: city,
      // Codes only: names of French or German regions are none.
      ...(region && region.length <= MOST_STATE ? { StateProvinceCode: region } : {}),
      PostalCode: postcode,
      CountryCode: country,
    },
  };
}

function weightAndSize(request: ShipmentRequest): object {
  const { weightMg, lengthMm, widthMm, heightMm } = request.parcel;
  const imperial = IMPERIAL.has(homeOf(request).country);
  const long = (mm: number): string => upToTenth(imperial ? mm / MM_PER_INCH : mm / 10);
  return {
    Dimensions: {
      UnitOfMeasurement: { Code: imperial ? 'IN' : 'CM' },
      Length: long(lengthMm),
      Width: long(widthMm),
      Height: long(heightMm),
    },
    PackageWeight: {
      UnitOfMeasurement: { Code: imperial ? 'LBS' : 'KGS' },
      Weight: upToTenth(weightMg / (imperial ? MG_PER_POUND : MG_PER_KG)),
    },
  };
}

/** `02` is the shipper's own packing. Rating calls the same field otherwise. */
function toPackage(request: ShipmentRequest, packing: 'Packaging' | 'PackagingType'): object {
  const { options = {}, customs, kind } = request;
  const services = {
    ...(options.insured
      ? {
          DeclaredValue: {
            CurrencyCode: options.insured.currency,
            MonetaryValue: plainDecimal(options.insured.minor, options.insured.currency),
          },
        }
      : {}),
    // Signature is a matter of the package inside the United States, of the shipment everywhere else.
    ...(options.signature && isDomesticUs(request) ? { DeliveryConfirmation: { DCISType: '2' } } : {}),
  };
  return {
    // Wanted of returns and of goods that cross a border.
    ...(kind === 'return' || customs ? { Description: contentOf(request) } : {}),
    [packing]: { Code: '02' },
    ...weightAndSize(request),
    ...(Object.keys(services).length > 0 ? { PackageServiceOptions: services } : {}),
  };
}

const contentOf = ({ customs }: ShipmentRequest): string =>
  (customs?.items[0]?.description ?? 'Goods of a shop').slice(0, MOST_LETTERS);

/** Ours first, by which the label is found again; then what people look for. At most two are taken. */
function references({ reference, rma, orderNumber }: ShipmentRequest): object[] {
  const other = rma === undefined ? { Code: 'PO', Value: orderNumber } : { Code: 'RZ', Value: rma };
  return [
    { Code: 'TN', Value: referenceOf(reference) },
    { ...other, Value: other.Value.slice(0, MOST_LETTERS) },
  ];
}

export function toRate(request: ShipmentRequest, accountNumber: string): object {
  const { from, to, customs } = request;
  return {
    RateRequest: {
      Request: { TransactionReference: { CustomerContext: referenceOf(request.reference) } },
      Shipment: {
        Shipper: { ...toParty(homeOf(request)), ShipperNumber: accountNumber },
        ShipFrom: toParty(from),
        ShipTo: toParty(to),
        PaymentDetails: { ShipmentCharge: [{ Type: '01', BillShipper: { AccountNumber: accountNumber } }] },
        // The prices of the contract, where it has some.
        ShipmentRatingOptions: { NegotiatedRatesIndicator: 'Y' },
        ...(customs ? { InvoiceLineTotal: invoiceTotal(customs) } : {}),
        Package: [toPackage(request, 'PackagingType')],
      },
    },
  };
}

/** One parcel, one shipment: so each has its own number, reference and price, and is void alone. */
export function toShipment(request: ShipmentRequest, accountNumber: string): object {
  const { from, to, service, customs, kind, options = {} } = request;
  const domestic = isDomesticUs(request);
  const { vatId, eori } = customs ?? {};
  const taxId = vatId ?? eori;
  const services = {
    ...(options.signature && !domestic ? { DeliveryConfirmation: { DCISType: '1' } } : {}),
    ...(customs ? { InternationalForms: toForms(request, customs) } : {}),
  };
  const bill = { BillShipper: { AccountNumber: accountNumber } };
  return {
    ShipmentRequest: {
      Request: {
        // The address is proved by UPS while it ships; one that it does not know is refused.
        RequestOption: 'validate',
        TransactionReference: { CustomerContext: referenceOf(request.reference) },
      },
      Shipment: {
        ...(kind === 'return' || customs ? { Description: contentOf(request) } : {}),
        Shipper: {
          ...toParty(homeOf(request)),
          ShipperNumber: accountNumber,
          ...(taxId ? { TaxIdentificationNumber: taxId } : {}),
        },
        ShipFrom: { ...toParty(from), ...(customs?.ioss ? { VendorInfo: vendor(customs.ioss) } : {}) },
        ShipTo: toParty(to),
        // 9: the label of a return that is printed here.
        ...(kind === 'return' ? { ReturnService: { Code: '9' } } : {}),
        Service: { Code: service, Description: serviceTitle(service) },
        PaymentInformation: {
          ShipmentCharge: [{ Type: '01', ...bill }, ...(customs?.incoterm === 'DDP' ? [{ Type: '02', ...bill }] : [])],
        },
        ShipmentRatingOptions: { NegotiatedRatesIndicator: 'Y' },
        ...(domestic ? {} : { ReferenceNumber: references(request) }),
        ...(customs && kind === 'outbound' ? { InvoiceLineTotal: invoiceTotal(customs) } : {}),
        ...(Object.keys(services).length > 0 ? { ShipmentServiceOptions: services } : {}),
        Package: [
          { ...toPackage(request, 'Packaging'), ...(domestic ? { ReferenceNumber: references(request) } : {}) },
        ],
      },
      LabelSpecification: labelSpecification,
    },
  };
}

/** UPS has no PDF of a label that is bought; its ZPL is 203 dots an inch. */
export const labelSpecification = {
  HTTPUserAgent: 'Mozilla/4.5',
  LabelImageFormat: { Code: 'ZPL' },
  LabelStockSize: { Height: '6', Width: '4' },
} as const;

/** `0356` is an IOSS number; the consignee is a private person. */
const vendor = (ioss: string): object => ({
  VendorCollectIDTypeCode: '0356',
  VendorCollectIDNumber: ioss,
  ConsigneeType: '01',
});

const REASONS: Readonly<Record<CustomsContent['category'], string>> = {
  sale: 'SALE',
  gift: 'GIFT',
  sample: 'SAMPLE',
  returned: 'RETURN',
  documents: 'DOCUMENTS',
  other: 'OTHER',
};

/** The commercial invoice (form 01) that UPS makes and sends on to customs; values of one piece, to six decimals. */
function toForms({ to, shipDate, orderNumber }: ShipmentRequest, customs: CustomsContent): object {
  const { items, incoterm, invoiceNumber, category } = customs;
  return {
    FormType: ['01'],
    InvoiceNumber: (invoiceNumber ?? orderNumber).slice(0, MOST_LETTERS),
    InvoiceDate: shipDate.replaceAll('-', ''),
    ReasonForExport: REASONS[category],
    TermsOfShipment: incoterm,
    CurrencyCode: items[0]?.value.currency ?? 'EUR',
    Contacts: { SoldTo: toParty(to) },
    Product: items.map(({ description, quantity, value, hsCode, origin, sku }) => ({
      // Up to three lines.
      Description: linesOf(description),
      Unit: {
        Number: String(quantity),
        UnitOfMeasurement: { Code: 'PCS' },
        Value: pieceValue(value, quantity),
      },
      ...(hsCode ? { CommodityCode: hsCode } : {}),
      ...(origin ? { OriginCountryCode: origin } : {}),
      ...(sku ? { PartNumber: sku.slice(0, 10) } : {}),
    })),
  };
}

function linesOf(text: string): readonly string[] {
  const lines = [0, 1, 2].map((line) => text.slice(line * MOST_LETTERS, (line + 1) * MOST_LETTERS).trim());
  return lines.filter((line) => line !== '');
}

/** What the goods are worth together: an invoice is refused without it. */
function invoiceTotal({ items }: CustomsContent): object {
  const currency = items[0]?.value.currency ?? 'EUR';
  const minor = items.reduce((sum, { value }) => sum + value.minor, 0);
  return { CurrencyCode: currency, MonetaryValue: plainDecimal(minor, currency) };
}

function pieceValue({ minor, currency }: CustomsContent['items'][number]['value'], quantity: number): string {
  if (minor % quantity === 0) return plainDecimal(minor / quantity, currency);
  return (Number(plainDecimal(minor, currency)) / quantity).toFixed(6);
}

/** A label that was bought before, by our own reference. */
export function toRecovery(reference: string, accountNumber: string): object {
  return {
    LabelRecoveryRequest: {
      Request: { TransactionReference: { CustomerContext: referenceOf(reference) } },
      LabelSpecification: labelSpecification,
      ReferenceValues: { ReferenceNumber: { Value: referenceOf(reference) }, ShipperNumber: accountNumber },
    },
  };
}
