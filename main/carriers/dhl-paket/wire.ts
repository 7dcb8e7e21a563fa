import { z } from 'zod';

// Shapes of DHL's "Parcel DE Shipping" v2, "Parcel DE Returns" v1 and "Shipment Tracking – Unified"; what we read of them.

const Status = z.object({
  title: z.string().default(''),
  statusCode: z.union([z.int(), z.string()]).optional(),
  status: z.union([z.int(), z.string()]).optional(),
  detail: z.string().optional(),
});

const Validation = z.object({
  property: z.string().default(''),
  validationMessage: z.string().default(''),
  validationState: z.string().default(''),
});
export type DhlValidation = z.infer<typeof Validation>;

const Document = z.object({
  b64: z.string().optional(),
  zpl2: z.string().optional(),
  fileFormat: z.string().optional(),
});

const Item = z.object({
  shipmentNo: z.string().optional(),
  sstatus: Status.optional(),
  label: Document.optional(),
  customsDoc: Document.optional(),
  validationMessages: z.array(Validation).default([]),
});
export type DhlItem = z.infer<typeof Item>;

/** What became of one shipment of several; the older name of the code is still seen. Undefined: nothing is said of it. */
export function statusOf({ sstatus }: DhlItem): number | undefined {
  const code = sstatus?.statusCode ?? sstatus?.status;
  return code === undefined ? undefined : Number(code);
}

/** The answer to orders, good or bad: an item for each shipment. */
export const DhlOrders = z.object({ status: Status.optional(), items: z.array(Item).default([]) });
export type DhlOrders = z.infer<typeof DhlOrders>;

/** RFC 7807, as the gateway and the returns service answer refusals. */
export const DhlProblem = z.looseObject({ title: z.string().default(''), detail: z.string().default('') });

export const DhlReturn = z.object({ shipmentNo: z.string().min(1), label: z.object({ b64: z.string() }) });

/** The paper of a day; a long one may come in several files. */
export const DhlManifest = z.object({
  manifest: z.object({ b64: z.union([z.string(), z.array(z.string())]).optional() }).optional(),
});

export const DhlTracking = z.object({
  shipments: z
    .array(
      z.object({
        status: z.object({ statusCode: z.string() }),
        estimatedTimeOfDelivery: z.string().optional(),
        events: z
          .array(
            z.object({
              timestamp: z.string(),
              statusCode: z.string().default('unknown'),
              status: z.string().default(''),
              description: z.string().default(''),
              location: z.object({ address: z.object({ addressLocality: z.string() }) }).optional(),
            }),
          )
          .default([]),
      }),
    )
    .min(1),
});
export type DhlTracking = z.infer<typeof DhlTracking>;
