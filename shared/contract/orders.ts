import { z } from 'zod';
import { Address } from '../model/address.ts';
import { AttributedChannel } from '../model/attribution.ts';
import { Money, TrackingState } from '../model/carrier.ts';
import { ChannelName } from '../model/channel.ts';
import { labelStates, parcelStates } from '../model/machines.ts';
import { holdReasons } from '../model/reasons.ts';
import { defineCall } from './call.ts';
import { Id, Instant, OrderStateName, OrderSummary } from './common.ts';

export const OrderLineView = z.object({
  id: Id,
  lineNo: z.int(),
  sku: z.string(),
  title: z.string(),
  imageUrl: z.string().nullable(),
  gtins: z.array(z.string()),
  known: z.boolean(),
  quantityOrdered: z.int(),
  quantityCancelled: z.int(),
  quantityAllocated: z.int(),
  quantityPicked: z.int(),
  quantityPacked: z.int(),
  quantityShipped: z.int(),
  /** Of `quantityShipped`: units that left with a label made elsewhere; no hand here picked or packed them. */
  quantitySentElsewhere: z.int(),
  /** SKU of what the buyer ordered, where this is sent instead. */
  replaces: z.string().nullable(),
  /** Components where the line is a kit; the kit's own numbers then follow from theirs. */
  components: z.array(
    z.object({ sku: z.string(), title: z.string(), quantityOrdered: z.int(), quantityPacked: z.int() }),
  ),
});

/** Why a label is of this service. */
export const LabelChoice = z.object({
  /** Title of the rule that took it; null for the fallback, the shipper's own label. */
  rule: z.string().nullable().default(null),
  /** `rule`, `cheapest`, `fastest`, `platform`, `fallback`. */
  by: z.string().default('fallback'),
  rates: z
    .array(
      z.object({
        account: z.string(),
        service: z.string(),
        cost: Money.nullable(),
        deliveryBy: z.string().nullable(),
        /** Key of a text: why it was not taken; null for the one that was. */
        passedOver: z.string().nullable(),
      }),
    )
    .default([]),
});
export type LabelChoice = z.infer<typeof LabelChoice>;

export const LabelView = z.object({
  id: Id,
  kind: z.enum(['outbound', 'return']),
  state: z.enum(labelStates),
  carrier: z.string(),
  service: z.string(),
  trackingNumber: z.string(),
  documentId: Id.nullable(),
  problem: z.string().nullable(),
  /** What the carrier takes for it; null where it bills later or nobody does. */
  cost: Money.nullable(),
  /** Why this service, for supervisors: the rule, and the rates that were compared. */
  choice: LabelChoice,
  trackingState: TrackingState,
  trackingUrl: z.string().nullable(),
  events: z.array(
    z.object({ at: Instant, state: TrackingState, code: z.string(), text: z.string(), place: z.string().nullable() }),
  ),
});

export const ParcelView = z.object({
  id: Id,
  sequence: z.int(),
  sscc: z.string(),
  state: z.enum(parcelStates),
  weightMg: z.int().nullable(),
  /** People typed the weight: the scale could not tell it. */
  weightByHand: z.boolean(),
  labelConfirmedAt: Instant.nullable(),
  rma: z.string().nullable(),
  labels: z.array(LabelView),
});

export const TimelineEntry = z.object({
  id: Id,
  at: Instant,
  kind: z.string(),
  operator: z.string().nullable(),
  station: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});

/** Where an order came from, how it stands there, and what its shop was told of each parcel. */
export const OrderSourceView = z.object({
  /** Null: it came by a file. */
  shopId: Id.nullable(),
  shop: z.string().nullable(),
  attribution: z.object({ channel: AttributedChannel, evidence: z.string() }),
  addressState: z.enum(['clear', 'masked', 'encrypted', 'pending']),
  remoteState: z.enum(['open', 'held', 'cancelled', 'shipped', 'missing']),
  /** The same order elsewhere; `id` where it is one of ours. */
  linkedTo: z.object({ id: Id.nullable(), number: z.string() }).nullable(),
  /** Whether this station tells the shop of parcels. */
  ownsPush: z.boolean(),
  shipments: z.array(
    z.object({
      id: Id,
      state: z.enum(['waiting', 'asked', 'told', 'refused', 'silent']),
      carrier: z.string(),
      tracking: z.string(),
      toldAt: Instant.nullable(),
      /** A code that keys a text, and the platform's own words. */
      fault: z.object({ code: z.string(), text: z.string() }).nullable(),
    }),
  ),
});
export type OrderSourceView = z.infer<typeof OrderSourceView>;

export const OrderView = OrderSummary.extend({
  source: OrderSourceView.nullable(),
  code: z.string(),
  shippingMethod: z.string().nullable(),
  tote: z.string().nullable(),
  address: Address.nullable(),
  note: z.string().nullable(),
  lines: z.array(OrderLineView),
  parcels: z.array(ParcelView),
  documents: z.array(z.object({ id: Id, kind: z.string(), createdAt: Instant })),
  timeline: z.array(TimelineEntry),
});
export type OrderView = z.infer<typeof OrderView>;

export const ImportSummary = z.object({
  runId: Id,
  imported: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  rejected: z.array(z.object({ row: z.int(), reason: z.string() })),
  /** Counts past the listed ones: at most 1,000 rejected rows are listed, all are stored with the run. */
  rejectedCount: z.int(),
  changes: z.array(z.object({ number: z.string(), difference: z.string() })),
  /** Orders in the file that need nothing from us: fulfilled already, or nothing to ship. */
  skipped: z.int(),
});
export type ImportSummary = z.infer<typeof ImportSummary>;

export const orderCalls = {
  'orders.list-view': defineCall({
    kind: 'query',
    role: 'packer',
    summary: 'Orders, newest first or by urgency, filtered by state, channel and text (number, external id, SKU)',
    input: z.object({
      states: z.array(OrderStateName).optional(),
      channel: ChannelName.optional(),
      search: z.string().max(80).optional(),
      onHold: z.boolean().optional(),
      sort: z.enum(['newest', 'urgent']).default('newest'),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(50),
    }),
    output: z.object({
      orders: z.array(OrderSummary),
      total: z.int(),
      byState: z.record(z.string(), z.int()),
      byChannel: z.record(z.string(), z.int()),
    }),
  }),
  'orders.order-view': defineCall({
    kind: 'query',
    role: 'packer',
    summary: 'One order by id, number or scannable code: lines, parcels, labels, documents, timeline',
    input: z.object({ order: z.string().min(1).max(80) }),
    output: OrderView,
  }),
  'orders.import-upload': defineCall({
    kind: 'command',
    role: 'anyone',
    summary: 'Imports a file sent before to POST /api/uploads; progress comes as events',
    input: z.object({
      uploadId: Id,
      fileName: z.string().max(200),
      kind: z.enum(['orders', 'items', 'stock']),
      channel: ChannelName.optional(),
    }),
    output: ImportSummary,
  }),
  'orders.import-runs-view': defineCall({
    kind: 'query',
    role: 'packer',
    summary: 'The latest imports with their counts and what was set aside',
    input: z.object({ limit: z.int().min(1).max(50).default(10) }),
    output: z.object({
      runs: z.array(
        z.object({
          id: Id,
          at: Instant,
          kind: z.string(),
          fileName: z.string(),
          imported: z.int(),
          updated: z.int(),
          unchanged: z.int(),
          rejected: z.int(),
          finished: z.boolean(),
          findings: z.array(
            z.object({
              kind: z.enum(['rejected', 'changed']),
              row: z.int(),
              subject: z.string().nullable(),
              detail: z.string(),
            }),
          ),
        }),
      ),
    }),
  }),
  'orders.set-hold': defineCall({
    kind: 'command',
    role: 'packer',
    summary: 'Holds an order: it is not allocated, released or closed until the hold is lifted',
    input: z.object({
      orderId: Id,
      reason: z.enum(holdReasons),
      detail: z.string().max(200).default(''),
      /** Instant at which the hold ends by itself; it must lie ahead. */
      until: z.iso.datetime().nullable().default(null),
    }),
    output: z.object({}),
  }),
  'orders.release-hold': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Lifts the hold of an order',
    input: z.object({ orderId: Id }),
    output: z.object({}),
  }),
  'orders.cancel-order': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary:
      'Cancels an order that has not left; what was picked goes back by put-backs, of a part that has left the rest',
    input: z.object({ orderId: Id }),
    output: z.object({}),
  }),
};

export const orderEvents = {
  'orders.changed': z.object({ orderId: Id.optional() }),
};
