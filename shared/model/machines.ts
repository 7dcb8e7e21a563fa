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
    new: ['ready', 'cancelled'],
    ready: ['new', 'allocated', 'backordered', 'cancelled'],
    backordered: ['new', 'allocated', 'cancelled'],
    allocated: ['picking', 'ready', 'cancelled'],
    picking: ['picked', 'backordered', 'cancelled'],
    picked: ['packing', 'cancelled'],
    packing: ['packed', 'picked'],
    packed: ['shipped', 'packing'],
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

export const parcelStates = [
  'open',
  'closed',
  'labelled',
  'manifested',
  'handed-over',
  'delivered',
  'exception',
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
    'handed-over': ['delivered', 'exception'],
    exception: ['handed-over', 'delivered'],
    delivered: [],
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
    calling: ['bought', 'failed', 'unknown'],
    unknown: ['bought', 'failed'],
    bought: ['void-requested'],
    'void-requested': ['voided', 'bought'],
    failed: [],
    voided: [],
  },
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
