/** Units a weight may have, as written in readings, settings and the command's output. */
export type ScaleUnit = 'mg' | 'g' | 'kg' | 'lb' | 'oz' | 'ozt' | 'ct' | 'lb:oz';

/** Units that a station may set for a scale whose frames carry none. */
export const settableUnits = ['g', 'kg', 'lb', 'oz'] as const;
export type SettableUnit = (typeof settableUnits)[number];

const GRAMS_PER_LB = 453.59237;
const GRAMS_PER_OZ = 28.349523125;

const GRAMS_PER: Readonly<Record<Exclude<ScaleUnit, 'lb:oz'>, number>> = {
  mg: 0.001,
  g: 1,
  kg: 1000,
  lb: GRAMS_PER_LB,
  oz: GRAMS_PER_OZ,
  ozt: 31.1034768,
  ct: 0.2,
};

const NAMES: ReadonlyMap<string, ScaleUnit> = new Map([
  ['mg', 'mg'],
  ['g', 'g'],
  ['gm', 'g'],
  ['kg', 'kg'],
  ['kgs', 'kg'],
  ['lb', 'lb'],
  ['lbs', 'lb'],
  ['oz', 'oz'],
  ['ozt', 'ozt'],
  ['ct', 'ct'],
  ['lb:oz', 'lb:oz'],
]);
const NO_WEIGHTS: ReadonlySet<string> = new Set(['pc', 'pcs', 'pct', '%']);

/** What a unit field says: a unit, something that is not a weight (pieces, percent), or undefined for neither. */
export function readUnit(field: string): ScaleUnit | 'not-a-weight' | undefined {
  const name = field.trim().toLowerCase();
  return NO_WEIGHTS.has(name) ? 'not-a-weight' : NAMES.get(name);
}

/** Grams with four decimals; `-0` becomes 0. Rounding to what a carrier wants happens at the very end, elsewhere. */
export function roundGrams(grams: number): number {
  const rounded = Math.round(Math.abs(grams) * 10_000) / 10_000;
  return grams < 0 && rounded !== 0 ? -rounded : rounded;
}

export function gramsOf(value: number, unit: Exclude<ScaleUnit, 'lb:oz'>): number {
  return roundGrams(value * GRAMS_PER[unit]);
}

export function gramsOfPoundsAndOunces(pounds: number, ounces: number): number {
  return roundGrams(pounds * GRAMS_PER_LB + ounces * GRAMS_PER_OZ);
}
