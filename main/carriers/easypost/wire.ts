import { z } from 'zod';
import { wireText } from '../../../shared/json/wire-values.ts';

const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);

const Rate = z.object({
  id: z.string().min(1),
  carrier: z.string().min(1),
  service: z.string().min(1),
  rate: wireText,
  currency: wireText,
  delivery_date: orNull(z.string()),
  delivery_days: orNull(z.int()),
});
export type EasyPostRate = z.infer<typeof Rate>;

const TrackingDetail = z.object({
  message: wireText,
  status: wireText,
  status_detail: wireText,
  datetime: z.string(),
  tracking_location: orNull(z.object({ city: wireText, state: wireText, country: wireText, zip: wireText })),
});

export const EasyPostTracker = z.object({
  id: z.string(),
  status: z.string(),
  est_delivery_date: orNull(z.string()),
  tracking_details: z.array(TrackingDetail),
  public_url: orNull(z.string()),
});
export type EasyPostTracker = z.infer<typeof EasyPostTracker>;

/** A shipment; bought once it has a label and a number. Source: docs.easypost.com/docs/shipments and recordings. */
export const EasyPostShipment = z.object({
  id: z.string().min(1),
  reference: orNull(z.string()),
  created_at: z.iso.datetime({ offset: true }),
  updated_at: z.iso.datetime({ offset: true }),
  to_address: orNull(z.object({ zip: wireText, country: wireText })),
  from_address: orNull(z.object({ zip: wireText, country: wireText })),
  tracking_code: orNull(z.string()),
  refund_status: orNull(z.string()),
  rates: z.array(Rate),
  selected_rate: orNull(Rate),
  postage_label: orNull(z.object({ label_url: orNull(z.string()) })),
  /** What single carriers had against rating it. */
  messages: z.array(z.object({ carrier: wireText, type: wireText, message: wireText })),
  tracker: orNull(z.object({ public_url: orNull(z.string()) })),
  forms: z.array(z.object({ form_type: wireText, form_url: wireText })),
});
export type EasyPostShipment = z.infer<typeof EasyPostShipment>;

export const EasyPostShipmentList = z.object({ shipments: z.array(z.object({ id: z.string(), mode: wireText })) });

export const EasyPostScanForm = z.object({
  id: z.string().min(1),
  status: wireText,
  message: orNull(z.string()),
  form_url: orNull(z.string()),
});
export type EasyPostScanForm = z.infer<typeof EasyPostScanForm>;

export const EasyPostVerified = z.object({
  address: z.object({
    name: orNull(z.string()),
    company: orNull(z.string()),
    street1: wireText,
    street2: wireText,
    city: wireText,
    state: wireText,
    zip: wireText,
    country: wireText,
    /** Errors stand here also where `success` is true (seen in recordings). */
    verifications: orNull(
      z.object({
        delivery: orNull(
          z.object({ success: z.boolean(), errors: z.array(z.object({ code: wireText, message: wireText })) }),
        ),
      }),
    ),
  }),
});
export type EasyPostVerified = z.infer<typeof EasyPostVerified>;

/** `errors` are words or rows; `message` is a text, or now and then a list of them. */
export const EasyPostError = z.object({
  error: z.object({
    code: wireText,
    message: z.union([z.string(), z.array(z.string())]).nullish(),
    errors: z
      .array(z.union([z.string(), z.object({ field: wireText, message: wireText })]))
      .nullish()
      .transform((rows) => rows ?? []),
  }),
});
export type EasyPostError = z.infer<typeof EasyPostError>;
