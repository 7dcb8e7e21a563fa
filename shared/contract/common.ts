import { z } from 'zod';
import { AttributedChannel } from '../model/attribution.ts';
import { ChannelName } from '../model/channel.ts';
import { orderStates } from '../model/machines.ts';

export const Id = z.string().min(1).max(64);
export const Instant = z.string();
export const OrderStateName = z.enum(orderStates);

/** What one scan or act led to; latched on the screen until the next right scan when the tone is `bad`. */
export const Verdict = z.object({
  tone: z.enum(['good', 'complete', 'info', 'bad']),
  /** Key of the text in the catalogues, e.g. `pack.accepted`. */
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** What was scanned, in printable form, and what was expected instead, where that helps. */
  scanned: z.string().optional(),
  expected: z.string().optional(),
  /** Code of what the packer should know although the scan was right, e.g. `pack.near-expiry`. */
  warning: z.string().optional(),
  at: Instant,
});
export type Verdict = z.infer<typeof Verdict>;

/** `until` is the instant at which it ends by itself; null where somebody has to lift it. */
export const Hold = z.object({
  reason: z.string(),
  detail: z.string(),
  since: Instant,
  until: Instant.nullable().default(null),
});

export const OrderSummary = z.object({
  id: Id,
  number: z.string(),
  channel: ChannelName,
  externalId: z.string(),
  state: OrderStateName,
  priority: z.int(),
  placedAt: Instant,
  shipBy: Instant,
  country: z.string(),
  gift: z.boolean(),
  lineCount: z.int(),
  unitCount: z.int(),
  hold: Hold.nullable(),
  /** Where a shop or a file says that the buyer came from; null where neither says anything, missing where nobody asks. */
  attribution: z.object({ channel: AttributedChannel, evidence: z.string() }).nullable().optional(),
});
export type OrderSummary = z.infer<typeof OrderSummary>;
