import { z } from 'zod';
import { kitScans, scanPolicies } from '../model/imported.ts';
import { defineCall } from './call.ts';
import { Id, Instant } from './common.ts';

export const ItemView = z.object({
  id: Id,
  sku: z.string(),
  title: z.string(),
  imageUrl: z.string().nullable(),
  gtins: z.array(z.object({ code: z.string(), quantity: z.int() })),
  weightMg: z.int(),
  lengthMm: z.int(),
  widthMm: z.int(),
  heightMm: z.int(),
  fragile: z.boolean(),
  hazardous: z.boolean(),
  upright: z.boolean(),
  ownBox: z.boolean(),
  lotControlled: z.boolean(),
  serialControlled: z.boolean(),
  expiryControlled: z.boolean(),
  components: z.array(z.object({ sku: z.string(), quantity: z.int() })),
  scanPolicy: z.enum(scanPolicies),
  kitScan: z.enum(kitScans),
  onHand: z.int(),
  allocated: z.int(),
});
export type ItemView = z.infer<typeof ItemView>;

const Page = {
  search: z.string().max(80).optional(),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(50),
};

const FloorGoods = { id: Id, sku: z.string(), title: z.string(), location: z.string(), since: Instant };

export const stockCalls = {
  'stock.items-view': defineCall({
    kind: 'query',
    role: 'packer',
    summary: 'The catalogue with stock totals, by SKU, title or GTIN',
    input: z.object(Page),
    output: z.object({ items: z.array(ItemView), total: z.int() }),
  }),
  'stock.levels-view': defineCall({
    kind: 'query',
    role: 'packer',
    summary: 'What lies in which bin',
    input: z.object(Page),
    output: z.object({
      levels: z.array(
        z.object({
          sku: z.string(),
          title: z.string(),
          location: z.string(),
          onHand: z.int(),
          allocated: z.int(),
          available: z.int(),
        }),
      ),
      total: z.int(),
    }),
  }),
  'stock.lots-view': defineCall({
    kind: 'query',
    role: 'packer',
    summary: 'Lots by bin with their expiry, the first to expire on top; blocked ones are refused at every scan',
    input: z.object(Page),
    output: z.object({
      lots: z.array(
        z.object({
          sku: z.string(),
          title: z.string(),
          lot: z.string(),
          expiry: z.string().nullable(),
          location: z.string(),
          /** Units when the lot was counted last. */
          quantity: z.int(),
          blocked: z.boolean(),
        }),
      ),
      total: z.int(),
    }),
  }),
  'stock.block-lot': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Recalls a lot, which every scan then refuses, or frees it again; tells in how many bins it lies',
    input: z.object({ sku: z.string().min(1).max(80), lot: z.string().min(1).max(20), blocked: z.boolean() }),
    output: z.object({ bins: z.int() }),
  }),
  'stock.floor-tasks-view': defineCall({
    kind: 'query',
    role: 'supervisor',
    summary: 'Bins that wait to be counted, and goods of cancelled orders that wait to go back, in walking order',
    input: z.object({}),
    output: z.object({
      counts: z.array(z.object({ ...FloorGoods, reason: z.string(), orderNumber: z.string().nullable() })),
      putBacks: z.array(
        z.object({
          ...FloorGoods,
          tote: z.string().nullable(),
          orderNumber: z.string(),
          quantity: z.int(),
          done: z.int(),
        }),
      ),
    }),
  }),
  'stock.count-location': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Sets what was counted in a bin; the difference becomes a movement',
    input: z.object({ sku: z.string(), location: z.string(), counted: z.int().min(0).max(10_000_000) }),
    output: z.object({ difference: z.int() }),
  }),
};

export const stockEvents = {
  'stock.changed': z.object({}),
};
