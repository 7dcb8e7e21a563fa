import { z } from 'zod';
import { wireText } from '../../../shared/json/wire-values.ts';

const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);
const orNone = <T extends z.ZodType>(schema: T) =>
  z
    .array(schema)
    .nullish()
    .transform((rows) => rows ?? []);

/** Errors as JSON:API has them; returns write `message` and a number as code. */
const ErrorRow = z.object({
  code: wireText,
  detail: wireText,
  message: wireText,
  title: wireText,
  field: wireText,
  source: orNull(z.object({ pointer: wireText })),
});
export const SendcloudErrors = z.object({ errors: orNone(ErrorRow), detail: wireText, message: wireText });
export type SendcloudErrors = z.infer<typeof SendcloudErrors>;

const Parcel = z.object({
  id: z.int().nullish(),
  status: z.object({ code: wireText, message: wireText }),
  documents: orNone(z.object({ type: wireText, link: wireText })),
  tracking_number: wireText,
  tracking_url: wireText,
});

/** A shipment of one parcel. Source: sendcloud.dev, Shipments API v3. */
export const SendcloudShipment = z.object({
  id: z.string().min(1),
  parcels: z.array(Parcel).min(1),
  ship_with: z.object({ properties: z.object({ shipping_option_code: wireText }) }),
  carrier: orNull(z.object({ code: wireText, name: wireText })),
  errors: orNone(ErrorRow),
});
export type SendcloudShipment = z.infer<typeof SendcloudShipment>;
export const SendcloudShipmentAnswer = z.object({ data: SendcloudShipment });
export const SendcloudShipments = z.object({ data: z.array(SendcloudShipment) });

export const SendcloudCancellation = z.object({ data: z.object({ status: wireText, message: wireText }) });

export const SendcloudReturnMade = z.object({ return_id: z.int(), parcel_id: z.int() });

/** A return names neither itself nor its parcel; the parcel stands in the address of its label. */
export const SendcloudReturn = z.object({
  id: z.int().nullish(),
  order_number: wireText,
  tracking_number: wireText,
  tracking_url: wireText,
  label_url: wireText,
  label_cost: orNull(z.object({ value: z.union([z.number(), z.string()]), currency: wireText })),
  shipping_option: orNull(z.object({ code: wireText })),
  status_history: orNone(z.object({ carrier_update_timestamp: wireText, parent_status: wireText })),
  errors: orNone(ErrorRow),
});
export type SendcloudReturn = z.infer<typeof SendcloudReturn>;
export const SendcloudReturns = z.object({ next: wireText, data: z.array(SendcloudReturn) });

const Quote = z.object({
  price: orNull(z.object({ total: orNull(z.object({ value: wireText, currency: wireText })) })),
  lead_time: orNull(z.number()),
});
const Option = z.object({
  code: z.string().min(1),
  name: wireText,
  carrier: orNull(z.object({ name: wireText })),
  functionalities: orNull(z.object({ last_mile: wireText, returns: z.boolean().nullish() })),
  contract: orNull(z.object({ id: z.int() })),
  quotes: orNone(Quote),
});
export type SendcloudOption = z.infer<typeof Option>;
export const SendcloudOptions = z.object({ data: z.array(Option) });

export const SendcloudTracking = z.object({
  details: orNull(z.object({ expected_delivery_date: orNull(z.string()) })),
  events: z.array(
    z.object({ event_at: z.string(), status_code: wireText, status_description: wireText, sub_status_code: wireText }),
  ),
});
export type SendcloudTracking = z.infer<typeof SendcloudTracking>;

const ServicePoint = z.object({
  id: z.union([z.int(), z.string()]).transform(String),
  name: wireText,
  carrier: orNull(z.object({ name: wireText })),
  address: z.object({
    street: wireText,
    house_number: wireText,
    postal_code: wireText,
    city: wireText,
    country_code: wireText,
  }),
  distance: orNull(z.number()),
});
export const SendcloudServicePoints = z.object({ data: z.object({ results: z.array(ServicePoint) }) });
export type SendcloudServicePoints = z.infer<typeof SendcloudServicePoints>;
