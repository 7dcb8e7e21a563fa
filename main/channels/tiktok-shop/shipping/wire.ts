import { z } from 'zod';

// Shapes of the Fulfillment API 202309 and of the order detail; only what the platform's own labels need.

/** Every answer, refusals too, comes with status 200 and says by `code` whether it is one. */
export const TiktokEnvelope = z.object({
  code: z.number(),
  message: z.string().default(''),
  data: z.unknown().optional(),
});

export const TiktokOrders = z.object({
  orders: z
    .array(
      z.object({
        id: z.string(),
        shipping_type: z.string().default(''),
        line_items: z.array(
          z.object({
            id: z.string(),
            package_id: z.string().optional(),
            tracking_number: z.string().default(''),
          }),
        ),
      }),
    )
    .default([]),
});
export type TiktokOrderLines = z.infer<typeof TiktokOrders>['orders'][number];

export const TiktokServices = z.object({
  shipping_services: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        price: z.string(),
        currency: z.string(),
        is_default: z.boolean().default(false),
        latest_delivery_days: z.number().optional(),
        shipping_provider_name: z.string().default(''),
      }),
    )
    .default([]),
});
export type TiktokService = z.infer<typeof TiktokServices>['shipping_services'][number];

export const TiktokCreated = z.object({ package_id: z.string().min(1) });

export const TiktokPackage = z.object({
  package_id: z.string().optional(),
  package_status: z.string().default(''),
  tracking_number: z.string().default(''),
  shipping_provider_name: z.string().default(''),
});
export type TiktokPackage = z.infer<typeof TiktokPackage>;

export const TiktokSlots = z.object({
  can_pickup: z.boolean().default(false),
  can_drop_off: z.boolean().default(false),
  pickup_slots: z
    .array(
      z.object({
        // Written so by TikTok.
        avaliable: z.boolean().default(true),
        start_time: z.number(),
        end_time: z.number(),
      }),
    )
    .default([]),
});
export type TiktokSlots = z.infer<typeof TiktokSlots>;

export const TiktokDocument = z.object({ doc_url: z.string() });
