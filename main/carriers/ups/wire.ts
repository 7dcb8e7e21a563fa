import { z } from 'zod';

// Shapes of UPS's REST services (OAuth, Rating and Shipping v2409, Void, Label Recovery v1, Track v1); what we read of them.

/** UPS writes a list of one as the thing itself in some versions. */
const listOf = <T extends z.ZodType>(item: T) => z.union([z.array(item), item.transform((one) => [one])]);

export const UpsToken = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

/** How every service refuses. */
export const UpsErrors = z.object({
  response: z.object({
    errors: z.array(z.object({ code: z.string().default(''), message: z.string().default('') })).min(1),
  }),
});
export type UpsErrors = z.infer<typeof UpsErrors>;

const Charge = z.object({ CurrencyCode: z.string(), MonetaryValue: z.string() });
const Alert = z.object({ Code: z.string().default(''), Description: z.string().default('') });
const Response = z.object({ Alert: listOf(Alert).default([]) }).prefault({});

const RatedShipment = z.object({
  Service: z.object({ Code: z.string() }),
  TotalCharges: Charge,
  /** Present where the contract has prices of its own and they were asked for. */
  NegotiatedRateCharges: z.object({ TotalCharge: Charge }).optional(),
  GuaranteedDelivery: z.object({ BusinessDaysInTransit: z.string().optional() }).optional(),
});
export type UpsRatedShipment = z.infer<typeof RatedShipment>;

export const UpsRates = z.object({
  RateResponse: z.object({ Response, RatedShipment: listOf(RatedShipment) }),
});

const Image = z.object({ GraphicImage: z.string() });

/** One parcel a shipment: its first package is all there is. */
export const UpsShipped = z.object({
  ShipmentResponse: z.object({
    Response,
    ShipmentResults: z.object({
      ShipmentIdentificationNumber: z.string().min(1),
      ShipmentCharges: z.object({ TotalCharges: Charge }).optional(),
      NegotiatedRateCharges: z.object({ TotalCharge: Charge }).optional(),
      PackageResults: listOf(z.object({ TrackingNumber: z.string().min(1), ShippingLabel: Image })),
      Form: z.object({ Image: Image }).optional(),
    }),
  }),
});
export type UpsShipmentResults = z.infer<typeof UpsShipped>['ShipmentResponse']['ShipmentResults'];

export const UpsVoided = z.object({
  VoidShipmentResponse: z.object({
    SummaryResult: z.object({ Status: z.object({ Code: z.string(), Description: z.string().default('') }) }),
  }),
});

export const UpsRecovered = z.object({
  LabelRecoveryResponse: z.object({
    ShipmentIdentificationNumber: z.string().optional(),
    Form: z.object({ Image }).optional(),
    LabelResults: listOf(z.object({ TrackingNumber: z.string().min(1), LabelImage: Image })),
  }),
});

const Activity = z.object({
  location: z
    .object({
      address: z.object({ city: z.string().default(''), countryCode: z.string().default('') }).optional(),
    })
    .optional(),
  status: z.object({
    type: z.string().default(''),
    code: z.string().default(''),
    description: z.string().default(''),
  }),
  /** Local to the place; the other three say it in UTC. */
  date: z.string(),
  time: z.string().default('000000'),
  gmtDate: z.string().optional(),
  gmtTime: z.string().optional(),
});
export type UpsActivity = z.infer<typeof Activity>;

export const UpsTracked = z.object({
  trackResponse: z.object({
    shipment: z
      .array(
        z.object({
          warnings: z.array(z.object({ code: z.string().default(''), message: z.string().default('') })).default([]),
          package: z
            .array(
              z.object({
                deliveryDate: z.array(z.object({ type: z.string(), date: z.string() })).default([]),
                activity: z.array(Activity).default([]),
              }),
            )
            .default([]),
        }),
      )
      .min(1),
  }),
});
export type UpsTracked = z.infer<typeof UpsTracked>;
