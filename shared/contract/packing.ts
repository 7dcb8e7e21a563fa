import { z } from 'zod';
import { defineCall } from './call.ts';
import { Id } from './common.ts';

const side = z.int().min(1).max(3_000);
const Sizes = { lengthMm: side, widthMm: side, heightMm: side };

/** What a kind of carton is; the code is what its barcode and the CARTON cards say. */
export const CartonFields = z.object({
  code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,16}$/),
  title: z.string().trim().min(1).max(60),
  inner: z.object(Sizes),
  outer: z.object(Sizes),
  tareMg: z.int().min(0).max(20_000_000),
  maxWeightMg: z.int().min(1).max(200_000_000),
  /** Minor units of the shop's currency. */
  costMinor: z.int().min(0).max(1_000_000),
  /** Null where nobody counts them. */
  stock: z.int().min(-1_000_000).max(10_000_000).nullable(),
  /** A retired carton is no longer suggested nor taken. */
  active: z.boolean(),
});
export type CartonFields = z.infer<typeof CartonFields>;

export const Carton = CartonFields.extend({
  id: Id,
  version: z.int(),
  /** What a scanner sends for it. */
  scanText: z.string(),
  /** Counted, and no more than a day's worth is left. */
  low: z.boolean(),
  /** Closed parcels of the last seven days. */
  usedInWeek: z.int(),
});
export type Carton = z.infer<typeof Carton>;

export const packingCalls = {
  'packing.cartons-view': defineCall({
    kind: 'query',
    role: 'packer',
    summary: 'Every kind of carton with its stock, smallest first; retired ones last',
    input: z.object({}),
    output: z.object({ cartons: z.array(Carton) }),
  }),
  'packing.save-carton': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'Adds a kind of carton, or changes it if nobody did since `expectedVersion` was read',
    input: z.object({
      id: Id.nullable(),
      expectedVersion: z.int(),
      /** Stock as the form showed it at first: left alone, the count of parcels meanwhile stands. */
      stockRead: z.int().nullable(),
      carton: CartonFields,
    }),
    output: z.object({ id: Id, version: z.int() }),
  }),
};

export const packingEvents = {
  'packing.cartons-changed': z.object({}),
};
