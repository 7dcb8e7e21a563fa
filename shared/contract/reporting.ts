import { z } from 'zod';
import { ChannelName } from '../model/channel.ts';
import { isTimeZone } from '../model/local-time.ts';
import { BenchView } from './bench.ts';
import { defineCall } from './call.ts';
import { Id, Instant, OrderStateName } from './common.ts';

/** IANA name such as `Europe/Paris`: hours and days are those of the reader's wall clock. */
export const TimeZone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/)
  .refine(isTimeZone);

/** Which time a report is about: the present hour with those before it, or whole days up to the last one named. */
export const ReportPeriod = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hours'), hours: z.int().min(1).max(24) }),
  z.object({ kind: z.literal('days'), days: z.int().min(1).max(7), last: z.iso.date().optional() }),
]);
export type ReportPeriod = z.infer<typeof ReportPeriod>;

/** Work that left: an order counts when the last of its labels was scanned, with all its lines and units. */
export const Volume = z.object({ orders: z.int(), lines: z.int(), units: z.int() });
export type Volume = z.infer<typeof Volume>;

export const dwellSteps = ['pick', 'waiting', 'pack', 'label'] as const;
/** How long a step took, for those that ended in the period; nearest rank, null where none did. */
export const Dwell = z.object({
  step: z.enum(dwellSteps),
  count: z.int(),
  medianMs: z.int().nullable(),
  p90Ms: z.int().nullable(),
});
export type Dwell = z.infer<typeof Dwell>;

export const besideNames = ['overrides', 'reprints', 'shorts', 'undone'] as const;

export const ThroughputView = z.object({
  at: Instant,
  from: Instant,
  to: Instant,
  grain: z.enum(['hour', 'day']),
  slots: z.array(Volume.extend({ start: Instant, end: Instant })),
  total: Volume,
  dwell: z.array(Dwell),
  refusals: z.object({
    total: z.int(),
    /** Units that were picked or packed by a right scan in the same time. */
    rightScans: z.int(),
    /** Codes of the catalogues, the most frequent first. */
    byCode: z.array(z.object({ code: z.string(), count: z.int() })),
  }),
  /** What passed by somebody's leave, or had to be done twice. */
  beside: z.array(z.object({ name: z.enum(besideNames), count: z.int() })),
});
export type ThroughputView = z.infer<typeof ThroughputView>;

export const blocks = ['hold', 'short', 'unpaid', 'unknown-item'] as const;
export type Block = (typeof blocks)[number];

/** When open orders have to leave: overdue, within an hour, within a day, or after all of these. */
export const BacklogSlot = z.object({
  kind: z.enum(['late', 'hour', 'day', 'later']),
  start: Instant.nullable(),
  end: Instant.nullable(),
  /** Orders that hands can work on. */
  open: z.int(),
  /** Orders that something holds up. */
  blocked: z.int(),
});

export const UrgentOrder = z.object({
  id: Id,
  number: z.string(),
  channel: ChannelName,
  state: OrderStateName,
  priority: z.int(),
  shipBy: Instant,
  units: z.int(),
  block: z.enum(blocks).nullable(),
  /** Bench that has it in hand. */
  station: z.string().nullable(),
});
export type UrgentOrder = z.infer<typeof UrgentOrder>;

const UrgentList = z.object({ total: z.int(), orders: z.array(UrgentOrder) });

export const LiveStation = z.object({
  id: Id,
  name: z.string(),
  operator: z.string().nullable(),
  locked: z.boolean(),
  mode: BenchView.shape.mode,
  order: z.object({ id: Id, number: z.string() }).nullable(),
  /** Since when it has that order in hand, or else since when that operator is signed in. */
  since: Instant.nullable(),
  /** Null where nothing was scanned within the last hour. */
  lastScanAt: Instant.nullable(),
  stuck: z.boolean(),
});
export type LiveStation = z.infer<typeof LiveStation>;

export const stageNames = ['toPick', 'picking', 'toPack', 'packing'] as const;

export const FloorView = z.object({
  at: Instant,
  /** The sixty minutes before `at`. */
  lastHour: Volume,
  /** Open orders that nothing holds up, by what is done to them next. */
  stages: z.object({ toPick: z.int(), picking: z.int(), toPack: z.int(), packing: z.int() }),
  backlog: z.object({
    open: z.int(),
    late: z.int(),
    /** Open orders that are overdue or have to leave before the local day ends. */
    dueToday: z.int(),
    blocked: z.array(z.object({ block: z.enum(blocks), count: z.int() })),
    slots: z.array(BacklogSlot),
    channels: z.array(z.object({ channel: ChannelName, open: z.int(), late: z.int(), blocked: z.int() })),
    /** Open and blocked orders of a channel in a slot, by the slot's place in `slots`. */
    cells: z.array(z.object({ slot: z.int(), channel: ChannelName, open: z.int(), blocked: z.int() })),
  }),
  /** Have to leave within sixty minutes, the most urgent first. */
  atRisk: UrgentList,
  /** Overdue, the longest first. */
  late: UrgentList,
  stations: z.array(LiveStation),
  /** Minutes without a scan after which a bench with work in hand counts as stuck. */
  stuckAfterMinutes: z.int(),
});
export type FloorView = z.infer<typeof FloorView>;

export const reportingCalls = {
  'reporting.throughput-view': defineCall({
    kind: 'query',
    role: 'supervisor',
    summary: 'Orders, lines and units by hour or day, dwell per step, refusals by kind; all from journal and orders',
    input: z.object({ zone: TimeZone, period: ReportPeriod }),
    output: ThroughputView,
  }),
  'reporting.floor-view': defineCall({
    kind: 'query',
    role: 'supervisor',
    summary: 'The floor now: the last hour, backlog by ship-by and channel, orders at risk, every bench',
    input: z.object({ zone: TimeZone }),
    output: FloorView,
  }),
};
