import { z } from 'zod';
import type { Address } from '../../../shared/model/address.ts';

const Line = z.string().min(1).max(35);
const Party = z.object({
  Name: Line,
  AttentionName: Line.optional(),
  Phone: z.object({ Number: z.string().min(1).max(15) }).optional(),
  Address: z.object({
    AddressLine: z.array(Line).min(1).max(3),
    City: z.string().min(1).max(30),
    StateProvinceCode: z.string().max(5).optional(),
    PostalCode: z.string().min(3).max(9),
    CountryCode: z.string().length(2),
  }),
});
type Party = z.infer<typeof Party>;

const Reference = z.object({ Code: z.string(), Value: Line });
const Weight = z.object({
  UnitOfMeasurement: z.object({ Code: z.enum(['LBS', 'KGS']) }),
  Weight: z.string().regex(/^\d+(?:\.\d)?$/),
});
const Package = z.object({
  Description: Line.optional(),
  PackageWeight: Weight,
  Dimensions: z.object({ UnitOfMeasurement: z.object({ Code: z.enum(['IN', 'CM']) }) }).loose(),
  ReferenceNumber: z.array(Reference).max(2).optional(),
});
const Forms = z.looseObject({
  FormType: z.tuple([z.literal('01')]),
  InvoiceDate: z.string().regex(/^\d{8}$/),
  CurrencyCode: z.string().length(3),
  Product: z.array(z.looseObject({ Description: z.array(Line).max(3) })).min(1),
});
const shipment = {
  Shipper: z.object({ ...Party.shape, ShipperNumber: z.string().length(6) }),
  ShipFrom: Party,
  ShipTo: Party,
  Package: z.array(Package).length(1),
  ReferenceNumber: z.array(Reference).max(2).optional(),
  InvoiceLineTotal: z.object({ MonetaryValue: z.string() }).optional(),
  ReturnService: z.object({ Code: z.string() }).optional(),
  ShipmentServiceOptions: z.object({ InternationalForms: Forms.optional() }).optional(),
};
const Shipment = z.object(shipment);
export type InShipment = z.infer<typeof Shipment>;

const Request = z.object({ TransactionReference: z.object({ CustomerContext: z.string().max(512) }) });

export const InRate = z.object({ RateRequest: z.object({ Request, Shipment }) });
export const InShip = z.object({
  ShipmentRequest: z.object({
    Request,
    Shipment: z.object({ ...shipment, Service: z.object({ Code: z.string().length(2) }) }),
    LabelSpecification: z.object({ LabelImageFormat: z.object({ Code: z.literal('ZPL') }) }),
  }),
});
export const InRecovery = z.object({
  LabelRecoveryRequest: z.object({
    ReferenceValues: z.object({ ReferenceNumber: z.object({ Value: Line }), ShipperNumber: z.string().length(6) }),
  }),
});

export function pounds({ Package: [parcel] }: InShipment): number {
  const { UnitOfMeasurement, Weight: text = '0' } = parcel?.PackageWeight ?? {};
  return Number(text) * (UnitOfMeasurement?.Code === 'KGS' ? 2.2046 : 1);
}

/** What UPS says against a shipment whose shape is right. */
export function againstShipment(given: InShipment): { readonly code: string; readonly message: string } | null {
  const imperial = given.Shipper.Address.CountryCode === 'US';
  const { Code } = given.Package[0]?.PackageWeight.UnitOfMeasurement ?? {};
  if (Code !== (imperial ? 'LBS' : 'KGS'))
    return { code: '120018', message: 'The weight unit does not fit the country of the shipper.' };
  if (pounds(given) > 150) return { code: '111035', message: 'The maximum per package weight is 150.00 pounds.' };
  const inside = given.ShipFrom.Address.CountryCode === 'US' && given.ShipTo.Address.CountryCode === 'US';
  if (given.ReferenceNumber && inside)
    return { code: '120541', message: 'The shipment reference number is not valid for US domestic shipments.' };
  if (!inside && given.Package.some(({ ReferenceNumber }) => ReferenceNumber))
    return { code: '120542', message: 'Package reference numbers are valid for US domestic shipments only.' };
  if (!inside && !given.ShipTo.Phone) return { code: '120209', message: 'Missing or invalid ship to phone number' };
  if (given.ShipmentServiceOptions?.InternationalForms && !given.ReturnService && !given.InvoiceLineTotal)
    return { code: '120502', message: 'InvoiceLineTotal MonetaryValue must be greater than 0' };
  if (given.ReturnService && !given.Package[0]?.Description)
    return { code: '120603', message: 'Merchandise description is needed for returns.' };
  return null;
}

export function asAddress({
  Name,
  Address: { AddressLine, City, StateProvinceCode, PostalCode, CountryCode },
}: Party): Address {
  const [street1 = '', street2] = AddressLine;
  return {
    name: Name,
    street1,
    ...(street2 ? { street2 } : {}),
    postcode: PostalCode,
    city: City,
    ...(StateProvinceCode ? { region: StateProvinceCode } : {}),
    country: CountryCode,
  };
}
