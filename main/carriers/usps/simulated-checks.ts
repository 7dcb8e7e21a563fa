import { z } from 'zod';
import type { Address } from '../../../shared/model/address.ts';

const Line = z.string().min(1).max(50);
const Party = z.object({
  firstName: Line.optional(),
  lastName: Line.optional(),
  firm: Line.optional(),
  streetAddress: Line,
  secondaryAddress: Line.optional(),
  city: z.string().min(1).max(28),
  state: z.string().regex(/^[A-Z]{2}$/),
  ZIPCode: z.string().regex(/^\d{5}$/),
  ZIPPlus4: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
});
type Party = z.infer<typeof Party>;

const measures = {
  mailClass: z.string(),
  weight: z.number().positive(),
  length: z.number().positive(),
  width: z.number().positive(),
  height: z.number().positive(),
  processingCategory: z.enum(['MACHINABLE', 'NONSTANDARD']),
  rateIndicator: z.enum(['SP', 'DR', 'PA']),
  mailingDate: z.iso.date(),
};

const Image = z.object({
  imageType: z.enum(['PDF', 'ZPL203DPI', 'ZPL300DPI']),
  labelType: z.literal('4X6LABEL'),
});

export const InToken = z.object({
  grant_type: z.literal('client_credentials'),
  client_id: z.string(),
  client_secret: z.string(),
});
export const InPayment = z.object({
  roles: z
    .array(
      z.object({
        roleName: z.enum(['PAYER', 'LABEL_OWNER']),
        CRID: z.string(),
        MID: z.string(),
        manifestMID: z.string(),
        accountType: z.literal('EPS'),
        accountNumber: z.string(),
      }),
    )
    .length(2),
});
export const InPrices = z.object({
  ...measures,
  originZIPCode: z.string().length(5),
  destinationZIPCode: z.string().length(5),
});
export const InLabel = z.object({
  imageInfo: Image,
  toAddress: Party,
  fromAddress: Party,
  packageDescription: z.object({
    ...measures,
    weightUOM: z.literal('lb'),
    dimensionsUOM: z.literal('in'),
    customerReference: z.array(z.object({ referenceNumber: z.string().max(30) })).max(4),
    extraServices: z.array(z.int()),
  }),
});
export type InLabel = z.infer<typeof InLabel>;
export const InReprint = z.object({ imageInfo: Image });
export const InScanForm = z.object({
  form: z.literal('5630'),
  shipment: z.object({ trackingNumbers: z.array(z.string()).min(1) }),
  fromAddress: z.looseObject({ firm: Line, ZIPCode: z.string().length(5) }),
  entryFacilityZIPCode: z.string().length(5),
});

const CENTS: Readonly<Record<string, number>> = {
  USPS_GROUND_ADVANTAGE: 640,
  PRIORITY_MAIL: 985,
  PRIORITY_MAIL_EXPRESS: 3_240,
  USPS_GROUND_ADVANTAGE_RETURN_SERVICE: 640,
  PRIORITY_MAIL_RETURN_SERVICE: 985,
};

/** Dollars by class and weight; undefined for a class that is not known. */
export function priceOf({
  mailClass,
  weight,
}: {
  readonly mailClass: string;
  readonly weight: number;
}): number | undefined {
  const cents = CENTS[mailClass];
  return cents === undefined ? undefined : (cents + Math.ceil(weight) * 45) / 100;
}

export const MOST_POUNDS = 70;

export function asAddress(party: Party): Address {
  const { firstName, lastName, firm, streetAddress, secondaryAddress, city, state, ZIPCode } = party;
  return {
    name: [firstName, lastName].filter(Boolean).join(' ') || (firm ?? ''),
    ...(firm ? { company: firm } : {}),
    street1: streetAddress,
    ...(secondaryAddress ? { street2: secondaryAddress } : {}),
    postcode: ZIPCode,
    city,
    region: state,
    country: 'US',
  };
}
