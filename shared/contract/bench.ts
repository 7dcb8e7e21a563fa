import { z } from 'zod';
import { labelStates, parcelStates } from '../model/machines.ts';
import { defineCall } from './call.ts';
import { Id, Instant, OrderSummary, Verdict } from './common.ts';

/** One thing that may be scanned now; `text` is what the scanner would send. */
export const Expected = z.object({
  kind: z.enum(['badge', 'command', 'order', 'tote', 'location', 'item', 'label']),
  text: z.string(),
  title: z.string(),
});
export type Expected = z.infer<typeof Expected>;

export const BenchLine = z.object({
  id: Id,
  sku: z.string(),
  title: z.string(),
  imageUrl: z.string().nullable(),
  gtins: z.array(z.string()),
  fragile: z.boolean(),
  hazardous: z.boolean(),
  upright: z.boolean(),
  ordered: z.int(),
  allocated: z.int(),
  picked: z.int(),
  packed: z.int(),
});
export type BenchLine = z.infer<typeof BenchLine>;

export const BenchTask = z.object({
  lineId: Id,
  location: z.string(),
  quantity: z.int(),
  picked: z.int(),
  tasksLeft: z.int(),
});

export const BenchLabel = z.object({
  kind: z.enum(['outbound', 'return']),
  state: z.enum(labelStates),
  trackingNumber: z.string(),
  documentId: Id.nullable(),
  problem: z.string().nullable(),
});

export const benchSteps = [
  'badge',
  'choose',
  'tote',
  'location',
  'item',
  'pack-item',
  'weigh',
  'label-pending',
  'label-failed',
  'scan-label',
] as const;

/** Everything the bench screens show, in one answer. */
export const BenchView = z.object({
  station: z.object({ id: Id, name: z.string() }),
  operator: z.object({ id: Id, name: z.string(), role: z.string(), language: z.enum(['en', 'fr']) }).nullable(),
  mode: z.enum(['sign-in', 'idle', 'pick', 'pack']),
  step: z.enum(benchSteps),
  order: OrderSummary.nullable(),
  note: z.string().nullable(),
  tote: z.string().nullable(),
  lines: z.array(BenchLine),
  /** Line the hand should go to next. */
  currentLineId: Id.nullable(),
  task: BenchTask.nullable(),
  parcel: z
    .object({
      id: Id,
      sequence: z.int(),
      sscc: z.string(),
      state: z.enum(parcelStates),
      expectedMg: z.int(),
      weightMg: z.int().nullable(),
      unitsPacked: z.int(),
      unitsToPack: z.int(),
    })
    .nullable(),
  labels: z.array(BenchLabel),
  latched: Verdict.nullable(),
  queue: z.object({ toPick: z.int(), toPack: z.int(), next: z.array(OrderSummary) }),
  expects: z.array(Expected),
});
export type BenchView = z.infer<typeof BenchView>;

export const benchCalls = {
  'bench.view': defineCall({
    kind: 'query',
    role: 'anyone',
    summary: 'What this bench is doing, what it shows, what it expects next',
    input: z.object({}),
    output: BenchView,
  }),
  'bench.scan': defineCall({
    kind: 'command',
    role: 'anyone',
    summary: 'Sends one scan as the scanner gave it (GS kept as \\u001d); the answer is durable before it is sent',
    input: z.object({
      raw: z.string().min(1).max(4096),
      source: z.enum(['wedge', 'serial', 'simulated', 'typed']).default('wedge'),
    }),
    output: z.object({ verdict: Verdict, view: BenchView }),
  }),
};

export const benchEvents = {
  'bench.changed': z.object({ stationId: Id }),
};
export const ScaleReading = z.object({
  stationId: Id,
  state: z.enum(['absent', 'silent', 'moving', 'stable']),
  mg: z.int().nullable(),
  at: Instant,
});
export type ScaleReading = z.infer<typeof ScaleReading>;
