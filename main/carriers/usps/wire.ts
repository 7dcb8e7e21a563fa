import { z } from 'zod';

// Shapes of USPS APIs v3 (OAuth, Payments, Domestic Prices, Domestic Labels, Tracking, SCAN Forms); what we read of them.

export const UspsToken = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
export const UspsPayment = z.object({ paymentAuthorizationToken: z.string().min(1) });

const code = z.union([z.string(), z.number()]).transform(String).default('');

/** How every service refuses. */
export const UspsError = z.object({
  error: z.object({
    code,
    message: z.string().default(''),
    errors: z
      .array(
        z.object({
          code,
          title: z.string().default(''),
          detail: z.string().default(''),
          source: z.object({ parameter: z.string().default('') }).optional(),
        }),
      )
      .default([]),
  }),
});
export type UspsError = z.infer<typeof UspsError>;

export const UspsPrices = z.object({ totalBasePrice: z.number().positive() });

const Metadata = z.object({
  trackingNumber: z.string().min(1),
  postage: z.number().optional(),
  extraServices: z.array(z.object({ price: z.number().default(0) })).default([]),
  fees: z.array(z.object({ price: z.number().default(0) })).default([]),
});

/**
 * A label that was bought or is fetched again. What USPS says of it stands beside the image, in older answers in a part of
 * its own; of a return both may be named after it.
 */
export const UspsLabel = z
  .looseObject({
    labelMetadata: Metadata.optional(),
    returnLabelMetadata: Metadata.optional(),
    labelImage: z.string().optional(),
    returnLabelImage: z.string().optional(),
  })
  .transform((label, context) => {
    const { labelMetadata, returnLabelMetadata, labelImage, returnLabelImage, ...flat } = label;
    const said = labelMetadata ?? returnLabelMetadata ?? Metadata.safeParse(flat).data;
    const image = labelImage ?? returnLabelImage;
    if (said && image !== undefined) return { ...said, image };
    context.addIssue({ code: 'custom', path: [said ? 'labelImage' : 'trackingNumber'], message: 'is missing' });
    return z.NEVER;
  });
export type UspsLabel = z.infer<typeof UspsLabel>;

export const UspsCancelled = z.object({
  status: z.string().default(''),
  /** Where the label stands on a manifest already: USPS looks at it. */
  disputeId: z.union([z.string(), z.number()]).optional(),
});

const Event = z.object({
  eventType: z.string().default(''),
  eventCode: z.string().default(''),
  /** Local to the place. */
  eventTimestamp: z.string().default(''),
  GMTTimestamp: z.string().optional(),
  eventCity: z.string().nullish(),
  eventState: z.string().nullish(),
});
export type UspsEvent = z.infer<typeof Event>;

export const UspsTracking = z.object({
  statusCategory: z.string(),
  expectedDeliveryDate: z.string().nullish(),
  trackingEvents: z.array(Event).default([]),
});
export type UspsTracking = z.infer<typeof UspsTracking>;

export const UspsScanForm = z.object({ manifestNumber: z.union([z.string().min(1), z.number()]).transform(String) });
