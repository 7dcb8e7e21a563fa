import { z } from 'zod';
import { TrackingState } from '../model/carrier.ts';
import { labelStates, manifestStates, parcelStates } from '../model/machines.ts';
import { defineCall } from './call.ts';
import { Id, Instant } from './common.ts';

/** The parcels that one carrier fetches. */
export const DockCarrier = z.object({
  /** Null for the shipper's own logistic labels. */
  accountId: Id.nullable(),
  title: z.string(),
  /** When today's (or the next) pick-up stops taking parcels; null where there is none. */
  cutOffAt: Instant.nullable(),
  /** The open manifest, which a parcel joins when it is scanned out. */
  manifest: z.object({ id: Id, number: z.string(), parcels: z.int() }).nullable(),
  /** Labelled and not scanned out: they are on no manifest. */
  waiting: z.int(),
  /** Of those, promised for today and in danger of missing the cut-off. */
  late: z.int(),
  /** Parcels on manifests that are closed or transmitted and not handed over. */
  ready: z.int(),
});
export type DockCarrier = z.infer<typeof DockCarrier>;

export const ManifestView = z.object({
  id: Id,
  number: z.string(),
  accountId: Id.nullable(),
  carrier: z.string(),
  state: z.enum(manifestStates),
  shipDate: z.string(),
  cutOffAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  transmittedAt: Instant.nullable(),
  handedOverAt: Instant.nullable(),
  /** Names the paper at `/documents/<id>.pdf`. */
  paperId: Id.nullable(),
  /** Key of a text: why the carrier did not take it. */
  fault: z.string().nullable(),
  parcels: z.int(),
});
export type ManifestView = z.infer<typeof ManifestView>;

/** What a supervisor has to look at. */
export const ShippingProblem = z.object({
  labelId: Id,
  parcelId: Id,
  orderId: Id,
  orderNumber: z.string(),
  kind: z.enum(['unknown', 'failed', 'void-pending', 'void-refused', 'tracking', 'late']),
  state: z.enum(labelStates),
  parcelState: z.enum(parcelStates),
  carrier: z.string(),
  trackingNumber: z.string(),
  trackingState: TrackingState,
  /** Key of a text that says what happened. */
  code: z.string().nullable(),
  since: Instant,
});
export type ShippingProblem = z.infer<typeof ShippingProblem>;

export const shippingDockCalls = {
  'shipping.dock-view': defineCall({
    kind: 'query',
    role: 'packer',
    summary: 'What waits for which carrier, the cut-off clocks, the open manifests',
    input: z.object({}),
    output: z.object({ now: Instant, carriers: z.array(DockCarrier) }),
  }),
  'shipping.close-manifest': defineCall({
    kind: 'command',
    role: 'packer',
    summary: 'Closes the open manifest of a carrier with the parcels that were scanned out, and sends it',
    input: z.object({ accountId: Id.nullable() }),
    output: z.object({ manifestId: Id }),
  }),
  'shipping.hand-over': defineCall({
    kind: 'command',
    role: 'packer',
    summary: 'The driver took the parcels of a transmitted manifest',
    input: z.object({ manifestId: Id }),
    output: z.object({ parcels: z.int() }),
  }),
  'shipping.reopen-manifest': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Opens a closed manifest again that the carrier did not take',
    input: z.object({ manifestId: Id }),
    output: z.object({}),
  }),
  'shipping.manifests-view': defineCall({
    kind: 'query',
    role: 'packer',
    summary: 'The latest manifests, newest first',
    input: z.object({ limit: z.int().min(1).max(100).default(20) }),
    output: z.object({ manifests: z.array(ManifestView) }),
  }),
  'shipping.problems-view': defineCall({
    kind: 'query',
    role: 'supervisor',
    summary: 'Labels of which nobody knows, refused voids, parcels with a problem on their way',
    input: z.object({ limit: z.int().min(1).max(200).default(50) }),
    output: z.object({ problems: z.array(ShippingProblem), total: z.int() }),
  }),
  'shipping.settle-label': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Says of a label that no look-up can settle whether the carrier sold it (its portal shows it)',
    input: z.object({ labelId: Id, bought: z.boolean() }),
    output: z.object({}),
  }),
  'shipping.look-up-label': defineCall({
    kind: 'command',
    role: 'packer',
    summary: 'Asks the carrier again what became of a label',
    input: z.object({ labelId: Id }),
    output: z.object({}),
  }),
};

export const shippingDockEvents = {
  'shipping.dock-changed': z.object({}),
  'shipping.tracking-changed': z.object({ parcelId: Id, orderId: Id, state: TrackingState }),
};
