import { z } from 'zod';
import { labelStates, manifestStates, parcelStates, printJobStates } from '../model/machines.ts';
import { defineCall } from './call.ts';
import { Id, Instant, OrderSummary, Verdict } from './common.ts';
import { DockCarrier } from './shipping-dock.ts';

/** One thing that may be scanned now; `text` is what the scanner would send. */
export const Expected = z.object({
  kind: z.enum(['badge', 'command', 'order', 'tote', 'location', 'item', 'label', 'carton']),
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
  scanPolicy: z.enum(['each', 'case', 'quantity']),
  /** The kit that this component belongs to. */
  kit: z.object({ sku: z.string(), title: z.string() }).nullable(),
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
  /** What the text of the problem names: the carrier's own words, a field, a limit. */
  problemParams: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});

/** Where one paper of the parcel in hand stands; `code` says why and what to do, null while all is well. */
export const BenchPrint = z.object({
  jobId: Id,
  /** `label`, `return-label`, `packing-slip` … */
  kind: z.string(),
  state: z.enum(printJobStates),
  code: z.string().nullable(),
  params: z.record(z.string(), z.string()),
});
export type BenchPrint = z.infer<typeof BenchPrint>;

/** What must be read and confirmed by scan before the hand goes on; `key` is what the confirmation is stored under. */
export const BenchInstruction = z.object({
  key: z.string(),
  kind: z.enum(['fragile', 'hazardous', 'upright', 'gift', 'note']),
  /** Null where it is about the whole parcel. */
  lineId: Id.nullable(),
  /** The buyer's own words; empty where the kind says it all. */
  text: z.string(),
});

/** Several orders picked in one walk. */
export const BenchRun = z.object({
  id: Id,
  code: z.string(),
  zone: z.string().nullable(),
  slots: z.array(
    z.object({
      slot: z.int(),
      orderId: Id,
      orderNumber: z.string(),
      tote: z.string().nullable(),
      unitsLeft: z.int(),
      current: z.boolean(),
    }),
  ),
  tasksLeft: z.int(),
  /** Units in the hand and the tote they belong in. */
  put: z.object({ quantity: z.int(), tote: z.string(), slot: z.int() }).nullable(),
});

/** What may explain a weight outside the tolerance, the likeliest first; shares add up to at most 1. */
export const WeightExplanation = z.object({
  kind: z.enum(['missing', 'extra', 'other-carton', 'no-carton', 'nothing-known']),
  sku: z.string().nullable(),
  title: z.string(),
  quantity: z.int(),
  differenceMg: z.int(),
  share: z.number().min(0).max(1),
});

const Goods = { sku: z.string(), title: z.string(), imageUrl: z.string().nullable() };

export const benchSteps = [
  'badge',
  'locked',
  'choose',
  'tote',
  'location',
  'item',
  'put-to-tote',
  'substitute',
  'single-item',
  'put-back-item',
  'put-back-location',
  'count',
  'instructions',
  'pack-item',
  'move-item',
  'carton',
  'weigh',
  'override-badge',
  'reason',
  'label-pending',
  'label-failed',
  'scan-label',
  'scan-out',
] as const;

/** Everything the bench screens show, in one answer. */
export const BenchView = z.object({
  station: z.object({ id: Id, name: z.string() }),
  operator: z.object({ id: Id, name: z.string(), role: z.string(), language: z.enum(['en', 'fr']) }).nullable(),
  mode: z.enum(['sign-in', 'idle', 'pick', 'batch', 'singles', 'pack', 'put-back', 'count', 'dock']),
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
  /** Every parcel of the order that stands; empty while there is one. */
  parcels: z.array(
    z.object({ id: Id, sequence: z.int(), state: z.enum(parcelStates), unitsPacked: z.int(), current: z.boolean() }),
  ),
  /** What waits for CONFIRM now. */
  instructions: z.array(BenchInstruction),
  run: BenchRun.nullable(),
  carton: z
    .object({
      chosen: z.object({ code: z.string(), title: z.string() }).nullable(),
      /** The goods ship in their own box: no carton is asked for. */
      ownBox: z.boolean(),
      suggested: z.object({ code: z.string(), title: z.string(), fillPercent: z.int() }).nullable(),
      /** Why this one or none, as a code of the catalogues. */
      why: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }).nullable(),
    })
    .nullable(),
  weighing: z
    .object({
      expectedMg: z.int(),
      /** Half the width of what is taken as right. */
      toleranceMg: z.int(),
      /** The last weight that did not fit; null while none was refused. */
      weightMg: z.int().nullable(),
      /** Figures in grams that were typed so far, where the scale cannot tell the weight. */
      typedGrams: z.string().nullable(),
      explanations: z.array(WeightExplanation),
    })
    .nullable(),
  /** Units that the next item scan counts for, from a quantity card. */
  pendingQuantity: z.int().nullable(),
  /** Lot to take first. */
  hint: z.object({ lot: z.string(), expiry: z.string().nullable() }).nullable(),
  /** Whose bench it is while it is locked; `operator` is null meanwhile and nothing of the order is shown. */
  locked: z.object({ name: z.string(), language: z.enum(['en', 'fr']) }).nullable(),
  /** Whose PIN is asked for after the badge, and how many figures came by DIGIT cards so far. */
  pin: z.object({ name: z.string(), digits: z.int() }).nullable(),
  /** What a supervisor is asked to approve. */
  override: z.object({ action: z.string(), supervisor: z.string().nullable() }).nullable(),
  /** Arguments of the REASON cards that fit now. */
  reasons: z.array(z.string()),
  substitutes: z.array(z.object({ ...Goods, location: z.string(), available: z.int() })),
  putBack: z
    .object({ ...Goods, location: z.string(), quantity: z.int(), done: z.int(), unitsLeft: z.int() })
    .nullable(),
  count: z
    .object({ ...Goods, location: z.string(), binConfirmed: z.boolean(), counted: z.int(), tasksLeft: z.int() })
    .nullable(),
  /** Parcels that are scanned out at the dock; null while the bench does something else. */
  dock: z
    .object({
      carriers: z.array(DockCarrier),
      /** The parcel that was scanned last at this bench, and on whose pile it belongs. */
      last: z
        .object({
          orderNumber: z.string(),
          trackingNumber: z.string(),
          accountId: Id.nullable(),
          carrier: z.string(),
          manifest: z.string(),
        })
        .nullable(),
      /** The manifest that the card HAND-OVER is about. */
      manifest: z
        .object({ number: z.string(), carrier: z.string(), state: z.enum(manifestStates), parcels: z.int() })
        .nullable(),
      /** What YES or NO is asked about; null while nothing is. */
      asks: z.enum(['close']).nullable(),
    })
    .nullable()
    .default(null),
  /** Floor work that waits: put-backs and counts. */
  floor: z.object({ putBacks: z.int(), counts: z.int() }),
  labels: z.array(BenchLabel),
  /** Papers of the parcel in hand on their way to, in or out of the printer, the newest first. */
  prints: z.array(BenchPrint).default([]),
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
  /** Whether a parcel may get this weight: newly, still, no longer because one got it, or not; absent where any may. */
  capture: z.enum(['settled', 'held', 'taken', 'none']).optional(),
  /** What the last frame of a real scale said; absent for a simulated one and while nothing came. */
  detail: z
    .object({
      /** As received, in `unit`; null where the frame held no number. */
      value: z.union([z.number(), z.string()]).nullable(),
      unit: z.string().nullable(),
      unitFrom: z.enum(['frame', 'setting']).nullable(),
      /** Null where the scale does not tell. */
      stable: z.boolean().nullable(),
      mode: z.enum(['gross', 'net']).nullable(),
      range: z.enum(['in', 'over', 'under']),
      zero: z.boolean(),
      /** It sends stable weights, and something of their form is missing. */
      unclear: z.boolean().optional(),
    })
    .optional(),
});
export type ScaleReading = z.infer<typeof ScaleReading>;
