import type { Machine } from './state-machine.ts';

export const orderStates = [
  'new',
  'ready',
  'allocated',
  'backordered',
  'picking',
  'picked',
  'packing',
  'packed',
  'shipped',
  'closed',
  'cancelled',
] as const;
export type OrderState = (typeof orderStates)[number];

export const orderMachine: Machine<OrderState> = {
  name: 'order',
  moves: {
    // Shipped: labelled and sent from elsewhere.
    new: ['ready', 'shipped', 'cancelled'],
    ready: ['new', 'allocated', 'backordered', 'shipped', 'cancelled'],
    // A part may have left before: when the rest is cancelled, all that is wanted has been shipped.
    backordered: ['new', 'ready', 'allocated', 'shipped', 'cancelled'],
    allocated: ['picking', 'ready', 'shipped', 'cancelled'],
    // Ready: taken apart, because its channel wants other goods by now.
    picking: ['ready', 'picked', 'backordered', 'shipped', 'cancelled'],
    picked: ['ready', 'packing', 'shipped', 'cancelled'],
    packing: ['ready', 'packed', 'picked', 'shipped', 'cancelled'],
    // Backordered: the first part of a split order has left, the rest is still wanted.
    packed: ['ready', 'shipped', 'packing', 'backordered', 'cancelled'],
    shipped: ['closed'],
    closed: [],
    cancelled: [],
  },
};

export const pickTaskStates = ['open', 'claimed', 'picking', 'done', 'short', 'closed-short', 'cancelled'] as const;
export type PickTaskState = (typeof pickTaskStates)[number];

export const pickTaskMachine: Machine<PickTaskState> = {
  name: 'pick-task',
  moves: {
    open: ['claimed', 'cancelled'],
    claimed: ['picking', 'open'],
    picking: ['done', 'short', 'open'],
    short: ['open', 'closed-short'],
    done: [],
    'closed-short': [],
    cancelled: [],
  },
};

export const putBackStates = ['open', 'done'] as const;
export type PutBackState = (typeof putBackStates)[number];

/** Units of a cancelled order on their way back into a bin; taking the last scan back opens it again. */
export const putBackMachine: Machine<PutBackState> = {
  name: 'put-back',
  moves: { open: ['done'], done: ['open'] },
};

export const countTaskStates = ['open', 'done'] as const;
export type CountTaskState = (typeof countTaskStates)[number];

export const countTaskMachine: Machine<CountTaskState> = {
  name: 'count-task',
  moves: { open: ['done'], done: [] },
};

export const parcelStates = [
  'open',
  'closed',
  'labelled',
  'manifested',
  'handed-over',
  'delivered',
  'exception',
  'returned',
  'voided',
] as const;
export type ParcelState = (typeof parcelStates)[number];

export const parcelMachine: Machine<ParcelState> = {
  name: 'parcel',
  moves: {
    open: ['closed', 'voided'],
    closed: ['open', 'labelled', 'voided'],
    labelled: ['closed', 'manifested', 'handed-over'],
    manifested: ['labelled', 'handed-over'],
    'handed-over': ['delivered', 'exception', 'returned'],
    exception: ['handed-over', 'delivered', 'returned'],
    // A carrier that says "delivered" too early takes it back as an exception.
    delivered: ['exception', 'returned'],
    returned: [],
    voided: [],
  },
};

export const labelStates = ['intent', 'calling', 'bought', 'failed', 'unknown', 'void-requested', 'voided'] as const;
export type LabelState = (typeof labelStates)[number];

/** A label is paid for at most once: after `calling` nothing goes back to `intent`. */
export const labelMachine: Machine<LabelState> = {
  name: 'label',
  moves: {
    intent: ['calling', 'failed', 'voided'],
    // Back to the intent where the carrier certainly took nothing.
    calling: ['bought', 'failed', 'unknown', 'intent'],
    unknown: ['bought', 'failed'],
    bought: ['void-requested'],
    'void-requested': ['voided', 'bought'],
    // A purchase that came to light after it was given up: it was paid, so it is voided at the carrier.
    failed: ['void-requested'],
    voided: [],
  },
};

export const manifestStates = ['open', 'closed', 'transmitted'] as const;
export type ManifestState = (typeof manifestStates)[number];

/** Open takes parcels; closed goes to the carrier, and opens again when the carrier refuses it. */
export const manifestMachine: Machine<ManifestState> = {
  name: 'manifest',
  moves: { open: ['closed'], closed: ['transmitted', 'open'], transmitted: [] },
};

export const returnStates = [
  'requested',
  'authorised',
  'rejected',
  'in-transit',
  'received',
  'inspecting',
  'dispositioned',
  'closed',
  'expired',
  'cancelled',
] as const;
export type ReturnState = (typeof returnStates)[number];

export const returnMachine: Machine<ReturnState> = {
  name: 'return',
  moves: {
    requested: ['authorised', 'rejected'],
    authorised: ['in-transit', 'received', 'expired', 'cancelled'],
    'in-transit': ['received'],
    received: ['inspecting'],
    inspecting: ['dispositioned'],
    dispositioned: ['closed'],
    rejected: [],
    closed: [],
    expired: [],
    cancelled: [],
  },
};

export const outboxStates = ['pending', 'sending', 'sent', 'unknown', 'parked', 'dropped'] as const;
export type OutboxState = (typeof outboxStates)[number];

export const outboxMachine: Machine<OutboxState> = {
  name: 'outbox-message',
  moves: {
    pending: ['sending'],
    sending: ['sent', 'pending', 'unknown', 'parked'],
    unknown: ['sent', 'pending'],
    parked: ['pending', 'dropped'],
    sent: [],
    dropped: [],
  },
};

export const printJobStates = ['queued', 'submitted', 'printed', 'unknown', 'failed'] as const;
export type PrintJobState = (typeof printJobStates)[number];

export const printJobMachine: Machine<PrintJobState> = {
  name: 'print-job',
  moves: {
    queued: ['submitted', 'failed'],
    submitted: ['printed', 'unknown', 'failed'],
    unknown: ['printed', 'failed'],
    printed: [],
    failed: [],
  },
};
