import { z } from 'zod';
import { wireText } from '../../../shared/json/wire-values.ts';

const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);
const Message = z.object({ source: wireText, code: wireText, text: wireText });
const messages = z
  .array(Message)
  .nullish()
  .transform((rows) => rows ?? []);
export type ShippoMessages = z.infer<typeof messages>;

export const ShippoRate = z.object({
  object_id: z.string().min(1),
  amount: z.string(),
  currency: z.string(),
  provider: z.string().min(1),
  carrier_account: wireText,
  shipment: wireText,
  servicelevel: z.object({ name: wireText, token: z.string().min(1) }),
  estimated_days: orNull(z.int()),
});
export type ShippoRate = z.infer<typeof ShippoRate>;

export const ShippoShipment = z.object({
  object_id: z.string().min(1),
  address_from: z.object({ object_id: wireText }),
  rates: z.array(ShippoRate),
  messages,
});
export type ShippoShipment = z.infer<typeof ShippoShipment>;

/** A purchase. Its rate comes as an id where it is made or read, as an object in lists. */
export const ShippoTransaction = z.object({
  object_id: z.string().min(1),
  object_created: z.string(),
  status: z.enum(['WAITING', 'QUEUED', 'SUCCESS', 'ERROR', 'REFUNDED', 'REFUNDPENDING', 'REFUNDREJECTED']),
  rate: z.union([z.string(), z.object({ object_id: z.string() }).transform(({ object_id }) => object_id)]).nullish(),
  metadata: wireText,
  tracking_number: wireText,
  tracking_url_provider: wireText,
  label_url: wireText,
  commercial_invoice_url: wireText,
  messages,
});
export type ShippoTransaction = z.infer<typeof ShippoTransaction>;

export const ShippoTransactions = z.object({ next: orNull(z.string()), results: z.array(ShippoTransaction) });

export const ShippoAccounts = z.object({ results: z.array(z.unknown()) });

export const ShippoRefund = z.object({
  object_id: z.string().min(1),
  status: z.enum(['QUEUED', 'PENDING', 'SUCCESS', 'ERROR']),
});

const Step = z.object({
  status: wireText,
  status_details: wireText,
  status_date: orNull(z.string()),
  substatus: orNull(z.object({ code: wireText })),
  location: orNull(z.object({ city: wireText, state: wireText, country: wireText })),
});
export const ShippoTrack = z.object({
  tracking_status: orNull(Step),
  tracking_history: z.array(Step),
  eta: orNull(z.string()),
});
export type ShippoTrack = z.infer<typeof ShippoTrack>;

export const ShippoManifest = z.object({
  object_id: z.string().min(1),
  status: z.enum(['QUEUED', 'SUCCESS', 'ERROR']),
  documents: z
    .array(z.string())
    .nullish()
    .transform((urls) => urls ?? []),
  errors: z
    .array(z.unknown())
    .nullish()
    .transform((rows) => (rows ?? []).map(String)),
});

export const ShippoValidated = z.object({
  recommended_address: orNull(
    z.object({
      address_line_1: wireText,
      address_line_2: wireText,
      city_locality: wireText,
      state_province: wireText,
      postal_code: wireText,
      country_code: wireText,
    }),
  ),
  analysis: z.object({
    validation_result: z.object({
      value: z.enum(['valid', 'invalid', 'partially_valid']),
      reasons: z
        .array(z.object({ code: wireText, description: wireText }))
        .nullish()
        .transform((rows) => rows ?? []),
    }),
  }),
});
export type ShippoValidated = z.infer<typeof ShippoValidated>;
