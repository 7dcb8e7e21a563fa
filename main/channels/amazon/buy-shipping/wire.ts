import { z } from 'zod';

// Shapes of the Merchant Fulfillment API v0, as its published model names them; only what a packing station reads.

export const AmazonToken = z.object({ access_token: z.string().min(1), expires_in: z.number() });

export const AmazonErrors = z.object({
  errors: z.array(z.object({ code: z.string(), message: z.string(), details: z.string().optional() })).min(1),
});
export type AmazonErrors = z.infer<typeof AmazonErrors>;

const Amount = z.object({ CurrencyCode: z.string(), Amount: z.number() });

export const AmazonService = z.object({
  ShippingServiceName: z.string(),
  CarrierName: z.string(),
  ShippingServiceId: z.string(),
  ShippingServiceOfferId: z.string(),
  LatestEstimatedDeliveryDate: z.string().optional(),
  Rate: Amount,
  RateWithAdjustments: Amount.optional(),
  AvailableLabelFormats: z.array(z.string()).default([]),
  RequiresAdditionalSellerInputs: z.boolean(),
});
export type AmazonService = z.infer<typeof AmazonService>;

export const AmazonServices = z.object({
  payload: z.object({
    ShippingServiceList: z.array(AmazonService),
    RejectedShippingServiceList: z
      .array(
        z.object({
          CarrierName: z.string(),
          ShippingServiceName: z.string(),
          RejectionReasonCode: z.string(),
          RejectionReasonMessage: z.string().optional(),
        }),
      )
      .default([]),
    TermsAndConditionsNotAcceptedCarrierList: z.array(z.object({ CarrierName: z.string() })).default([]),
    TemporarilyUnavailableCarrierList: z.array(z.object({ CarrierName: z.string() })).default([]),
  }),
});
export type AmazonServices = z.infer<typeof AmazonServices>;

export const AmazonShipment = z.object({
  payload: z.object({
    ShipmentId: z.string().min(1),
    ShippingService: AmazonService,
    Label: z.object({
      FileContents: z.object({ Contents: z.string(), FileType: z.string(), Checksum: z.string() }),
    }),
    Status: z.enum(['Purchased', 'RefundPending', 'RefundRejected', 'RefundApplied']),
    TrackingId: z.string().default(''),
  }),
});
export type AmazonShipment = z.infer<typeof AmazonShipment>;
