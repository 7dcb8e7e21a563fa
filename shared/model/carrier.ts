import { z } from 'zod';

/** What a carrier, or an account with it, can do; screens ask for abilities, never for names. */
export const carrierAbilities = [
  'rates',
  'buy',
  /** Says by our own reference whether a label was bought: how an unknown purchase is settled. */
  'find',
  'void',
  'return-label',
  'manifest',
  'tracking',
  'pickup-points',
  'customs',
  'multi-parcel',
  'address-check',
] as const;
export const CarrierAbility = z.enum(carrierAbilities);
export type CarrierAbility = z.infer<typeof CarrierAbility>;

/** Minor units of an ISO 4217 currency. */
export const Money = z.object({ minor: z.int(), currency: z.string().regex(/^[A-Z]{3}$/) });
export type Money = z.infer<typeof Money>;

/** What a carrier says beside its answer, or instead of one. `code` and `text` are the carrier's own. */
export const CarrierMessage = z.object({
  level: z.enum(['error', 'warning', 'info']),
  code: z.string(),
  text: z.string(),
  /** What of our request it is about, as a path of `ShipmentRequest`: `to.postcode`, `parcel.weightMg`. */
  field: z.string().optional(),
});
export type CarrierMessage = z.infer<typeof CarrierMessage>;

/**
 * One field of the form that connects an account. Its name keys the text `carrier.field.<name>` of the screen; a secret is
 * sealed when it is stored and never read back.
 */
export const AccountField = z.object({
  name: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/),
  kind: z.enum(['text', 'secret', 'url', 'choice']),
  required: z.boolean(),
  /** Where the field is left empty. */
  default: z.string().optional(),
  choices: z.array(z.string()).optional(),
});
export type AccountField = z.infer<typeof AccountField>;

/** A service of a carrier, by the carrier's own code. */
export const CarrierService = z.object({
  code: z.string().min(1).max(80),
  title: z.string().min(1).max(80),
  direction: z.enum(['outbound', 'return', 'both']),
  /** ISO 3166 countries it reaches; missing: asked of the carrier. */
  countries: z.array(z.string()).optional(),
  maxWeightMg: z.int().optional(),
  /** The parcel goes to a pick-up point that the order names. */
  pickupPoint: z.boolean().optional(),
  /** Wants customs data when the parcel leaves the customs union. */
  international: z.boolean().optional(),
});
export type CarrierService = z.infer<typeof CarrierService>;

/** What a parcel is on its way; the carrier's own word stands beside it. */
export const trackingStates = [
  'pending',
  'picked-up',
  'in-transit',
  'out-for-delivery',
  'ready-for-pickup',
  'delivered',
  'exception',
  'returned',
  'cancelled',
  'unknown',
] as const;
export const TrackingState = z.enum(trackingStates);
export type TrackingState = z.infer<typeof TrackingState>;
