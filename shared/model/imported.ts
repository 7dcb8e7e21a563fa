import { z } from 'zod';
import { Address } from './address.ts';
import { ChannelName } from './channel.ts';
import { channelHoldReasons } from './reasons.ts';

/** Who makes the label: the seller's station, or the platform that sold the goods. */
export const labelModes = ['seller', 'platform'] as const;

/** One order as any source gives it, before the station knows it. Instants are ISO-8601 UTC. */
export const ImportedOrder = z.object({
  channel: ChannelName,
  shop: z.string(),
  externalId: z.string().min(1).max(120),
  number: z.string().min(1).max(60),
  placedAt: z.string(),
  shipBy: z.string().nullable(),
  priority: z.int().min(0).max(9),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable(),
  totalMinor: z.int().nullable(),
  gift: z.boolean(),
  note: z.string().nullable(),
  shippingMethod: z.string().nullable(),
  cancelled: z.boolean(),
  /** Whether the buyer takes something equal when an item is out of stock; missing where the source does not say. */
  substitutions: z.boolean().optional(),
  /** What the buyer paid for postage, and what was taken off the whole; missing where the source does not say. */
  shippingMinor: z.int().min(0).optional(),
  discountMinor: z.int().min(0).optional(),
  /** Last day of the delivery that the buyer was promised, `YYYY-MM-DD`. */
  promisedBy: z.iso.date().optional(),
  /** Where the buyer fetches it: the carrier's own id of the place. */
  pickupPoint: z.string().max(60).optional(),
  /** `platform`: the channel makes the label. */
  labelMode: z.enum(labelModes).optional(),
  /** A business gives it to be invoiced without VAT abroad, or to deduct it. */
  vatNumber: z.string().max(20).optional(),
  /** Why the channel keeps it back now, null when it does not; missing where the source never says. */
  keptBack: z
    .object({ reason: z.enum(channelHoldReasons), detail: z.string() })
    .nullable()
    .optional(),
  /** False while the buyer has not paid: the order is held with reason `payment`. */
  paid: z.boolean(),
  address: Address,
  lines: z
    .array(
      z.object({
        externalLineId: z.string().nullable(),
        sku: z.string().min(1).max(80),
        title: z.string(),
        quantity: z.int().min(0).max(100_000),
        unitPriceMinor: z.int().nullable(),
        /** Hundredths of a percent, as the buyer was charged. */
        vatRate: z.int().min(0).max(5000).optional(),
        /** Off the whole line. */
        discountMinor: z.int().min(0).optional(),
      }),
    )
    .min(1),
});
export type ImportedOrder = z.infer<typeof ImportedOrder>;

/** `each`: unit codes only; `case`: case codes too; `quantity`: one scan and a quantity card. */
export const scanPolicies = ['each', 'case', 'quantity'] as const;
/** `explode`: the components of a kit are scanned; `one`: the kit's own code stands for all of them. */
export const kitScans = ['explode', 'one'] as const;

/** One catalogue item as a file gives it. */
export const ImportedItem = z.object({
  sku: z.string().min(1).max(80),
  title: z.string().min(1).max(300),
  /** Single-unit codes: GTINs of any length as GTIN-14, other codes exactly as scanned. */
  codes: z.array(
    z.object({
      code: z.string().min(1).max(80),
      kind: z.enum(['gtin', 'alias']),
      quantity: z.int().min(1).max(10_000),
    }),
  ),
  /** Picture as data (SVG, PNG, JPEG or WebP), at most 1 MiB, or null. */
  image: z.object({ mediaType: z.string(), bytes: z.instanceof(Uint8Array) }).nullable(),
  weightMg: z.int().min(0),
  lengthMm: z.int().min(0),
  widthMm: z.int().min(0),
  heightMm: z.int().min(0),
  fragile: z.boolean(),
  hazardous: z.boolean(),
  upright: z.boolean(),
  ownBox: z.boolean(),
  lotControlled: z.boolean(),
  serialControlled: z.boolean(),
  expiryControlled: z.boolean(),
  components: z.array(z.object({ sku: z.string(), quantity: z.int().min(1) })),
  /** What one scan may stand for; missing where the file does not say, and the stored rule stays. */
  scanPolicy: z.enum(scanPolicies).optional(),
  /** Whether the kit's own code stands for a whole set; missing where the file does not say, and the stored rule stays. */
  kitScan: z.enum(kitScans).optional(),
  /** Customs: tariff number of 6, 8 or 10 digits, country where it was made, what it is and of what in English; null: none. */
  hsCode: z.string().nullable().optional(),
  origin: z.string().nullable().optional(),
  customsText: z.string().nullable().optional(),
  /** Hundredths of a percent; null: as the settings say. Missing like those above where the file does not say. */
  vatRate: z.int().min(0).max(5000).nullable().optional(),
  /** What may be sent instead when there is none; missing where the file does not say, and the stored ones stay. */
  substitutes: z.array(z.object({ sku: z.string().min(1).max(80), priceNeutral: z.boolean() })).optional(),
});
export type ImportedItem = z.infer<typeof ImportedItem>;

/** What a stock file says lies in one bin; the bin is made when it is new. */
export const ImportedLevel = z.object({
  sku: z.string().min(1).max(80),
  location: z.string().min(1).max(20),
  zone: z.string(),
  aisle: z.string(),
  bay: z.string(),
  level: z.string(),
  /** Units of the lot where one is named, otherwise all that lies there. */
  onHand: z.int().min(0),
  lot: z.string().min(1).max(20).optional(),
  /** YYYY-MM-DD; told of a lot only. */
  expiry: z.string().optional(),
});
export type ImportedLevel = z.infer<typeof ImportedLevel>;

/** What a reader yields: a record, or a row set aside with its reason. `row` counts from 1 = the header line. */
export type Read<T> =
  | { readonly kind: 'record'; readonly row: number; readonly record: T }
  | { readonly kind: 'rejected'; readonly row: number; readonly reason: string };
