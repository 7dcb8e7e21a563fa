import { z } from 'zod';

/** A scan that means nothing alone and waits for its second half; stored with the bench, so a power cut loses none. */
export const Pending = z.discriminatedUnion('kind', [
  /** A quantity card: the next item scan counts for so many. */
  z.object({ kind: z.literal('quantity'), quantity: z.int() }),
  /** Units taken from a bin that still have to go into their tote. */
  z.object({ kind: z.literal('put'), taskId: z.string(), quantity: z.int() }),
  /** A supervisor's badge is asked for, then a reason. `before` is the text of what waited then, such as the weight. */
  z.object({
    kind: z.literal('override'),
    action: z.string(),
    supervisorId: z.string().nullable(),
    supervisor: z.string().nullish(),
    before: z.string().nullish(),
  }),
  /** A reason card is asked for before `action` happens; a hold may have been given days. */
  z.object({ kind: z.literal('reason'), action: z.string(), days: z.int().nullish(), before: z.string().nullish() }),
  /** A unit that moves into another parcel: first the item, then the parcel. */
  z.object({ kind: z.literal('move'), unitScanId: z.string().nullable() }),
  /** Another item is offered for what is short. */
  z.object({ kind: z.literal('substitute'), taskId: z.string() }),
  /** A bin that was proven by its scan: what the books said then, and the units of each scan so far. */
  z.object({ kind: z.literal('count'), taskId: z.string(), onHand: z.int(), scans: z.array(z.int()) }),
  /** Units in the hand that wait for the scan of their bin. */
  z.object({ kind: z.literal('put-back'), putBackId: z.string(), quantity: z.int() }),
  /** A line that was scanned before its instructions were read: it comes next. */
  z.object({ kind: z.literal('read'), lineId: z.string() }),
  /** At the dock: the manifest that HAND-OVER is about, and what YES would do to it. */
  z.object({ kind: z.literal('dock'), manifestId: z.string().nullable(), asks: z.enum(['close']).nullable() }),
  /** Figures of a weight that is typed because the scale cannot tell it, in grams. */
  z.object({ kind: z.literal('by-hand'), digits: z.string(), parcelVersion: z.int() }),
  /** The last weight that did not fit, for the parcel as it was then. */
  z.object({ kind: z.literal('weight'), mg: z.int(), parcelVersion: z.int() }),
]);
export type Pending = z.infer<typeof Pending>;

/** What waits for its second half; undefined when nothing does. */
export function pendingOf(bench: { readonly pending: string | null }): Pending | undefined {
  return bench.pending === null ? undefined : Pending.parse(JSON.parse(bench.pending));
}

/** The text to store with the bench. */
export function pendingText(pending: Pending): string {
  return JSON.stringify(pending);
}
