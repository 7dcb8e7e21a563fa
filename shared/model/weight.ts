/** Weights are integer milligrams everywhere; this is the only place that turns them into other units. */
export const MG_PER_G = 1_000;
export const MG_PER_KG = 1_000_000;

/** Milligrams from grams, rounded to the nearest milligram. */
export function gramsToMg(grams: number): number {
  return Math.round(grams * MG_PER_G);
}

/** Grams from milligrams, not rounded. */
export function mgToGrams(mg: number): number {
  return mg / MG_PER_G;
}

/** What stands in the place of the scale where people typed a weight. */
export const BY_HAND = 'by-hand';
