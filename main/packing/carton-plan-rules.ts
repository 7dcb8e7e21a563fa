import { z } from 'zod';
import type { CartonSuggestion } from './carton-fit-rules.ts';

/** What was suggested for a parcel when it was opened; stored with it as JSON. */
export const CartonPlan = z.object({
  suggested: z.object({ code: z.string(), title: z.string(), fillPercent: z.int() }).nullable(),
  /** The only unit ships in its own box. */
  ownBox: z.boolean(),
  why: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }),
});
export type CartonPlan = z.infer<typeof CartonPlan>;

/** The suggestion as it is stored and shown. */
export function planOf({ carton, fillPercent, ownBox, why }: CartonSuggestion): CartonPlan {
  return {
    suggested: carton ? { code: carton.code, title: carton.title, fillPercent } : null,
    ownBox,
    why: { code: why.code, params: { ...why.params } },
  };
}

/** Whether a parcel needs a carton at all: one unit in its own box does not, and where no carton is known none is asked for. */
export function asksForCarton(
  plan: CartonPlan | null,
  content: readonly { readonly ownBox: boolean; readonly quantity: number }[],
): boolean {
  const units = content.reduce((sum, item) => sum + item.quantity, 0);
  const ownBox = units === 1 && content.every((item) => item.ownBox || item.quantity === 0);
  return !ownBox && plan !== null && plan.why.code !== 'carton.why.no-cartons';
}

/** A day's worth of a carton that is counted: what was used in a week, but never fewer than ten. */
export function isLow(stock: number | null, usedInWeek: number): boolean {
  return stock !== null && stock <= Math.max(10, Math.ceil(usedInWeek / 5));
}
