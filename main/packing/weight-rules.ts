/** What parcels of the past have shown of one unit, milligrams. */
export interface LearnedWeight {
  /** Parcels that it was learned from. */
  readonly samples: number;
  readonly meanMg: number;
  /** How unsure the mean is, square milligrams. */
  readonly meanVariance: number;
  /** How much one unit differs from the next, square milligrams. */
  readonly unitVariance: number;
  /** Weight in the catalogue when it was learned; another one there starts anew. */
  readonly catalogueMg: number;
}

/** Weight of one unit as it is believed now. `known` is false while nobody can say what is too heavy. */
export interface UnitWeight extends LearnedWeight {
  readonly known: boolean;
}

/** Units of one item in a parcel. */
export interface Part {
  readonly itemId: string;
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly weight: UnitWeight;
}

/** Carton and filling. Where nobody scanned a carton, anything up to `mostMg` may be around the goods. */
export type Packaging =
  | { readonly kind: 'known'; readonly meanMg: number; readonly variance: number }
  | { readonly kind: 'range'; readonly mostMg: number };

const GRAM = 1_000;
/** Until the scale has shown otherwise a catalogue weight is a few per cent off, and so is unit from unit. */
const CATALOGUE_SHARE = 0.04;
const UNIT_SHARE = 0.015;
/** A weight that the catalogue does not have: anything about half a kilogram. */
const UNHEARD = { meanMg: 500 * GRAM, sigmaMg: 3_000 * GRAM } as const;
/** Parcels after which a weight that the catalogue does not have is believed. */
const BELIEVED_AFTER = 3;
/** Resolution and repeatability of a bench scale. */
const SCALE_SIGMA_MG = GRAM;
/** Tare of one kind of carton: board and humidity. */
const TARE_SHARE = 0.02;
/** How differently people fill the same box. */
const FILLING_SHARE = 0.25;
/** Nothing is learned from a weight further off than this. */
export const OUTLIER_SIGMAS = 4;

const square = (value: number): number => value * value;

/** What is believed of a unit's weight: the catalogue, until parcels have shown more. A catalogue weight of 0 is none. */
export function unitWeight(catalogueMg: number, learned: LearnedWeight | undefined): UnitWeight {
  if (learned && learned.catalogueMg === catalogueMg)
    return { ...learned, known: catalogueMg > 0 || learned.samples >= BELIEVED_AFTER };
  const known = catalogueMg > 0;
  return {
    samples: 0,
    meanMg: known ? catalogueMg : UNHEARD.meanMg,
    meanVariance: square(known ? Math.max(2 * GRAM, CATALOGUE_SHARE * catalogueMg) : UNHEARD.sigmaMg),
    unitVariance: unitPrior(known ? catalogueMg : UNHEARD.meanMg),
    catalogueMg,
    known,
  };
}

/** Variance of unit from unit before any was weighed. */
export function unitPrior(meanMg: number): number {
  return square(Math.max(GRAM, UNIT_SHARE * meanMg));
}

export interface Filling {
  /** Room inside the carton, cubic millimetres. */
  readonly roomMm3: number;
  /** Room that the goods take, cubic millimetres; undefined where a size is not known. */
  readonly goodsMm3: number | undefined;
  /** Share of the room that is kept for filling. */
  readonly infillPercent: number;
  readonly mgPerLitre: number;
}

/** Weight of the filling, from the room that the goods leave. */
export function fillingOf(filling: Filling): { meanMg: number; variance: number } {
  const { roomMm3, goodsMm3, infillPercent, mgPerLitre } = filling;
  const least = (roomMm3 * infillPercent) / 100;
  const perMm3 = mgPerLitre / 1_000_000;
  const free = goodsMm3 === undefined ? (roomMm3 + least) / 2 : Math.max(least, roomMm3 - goodsMm3);
  const spread = goodsMm3 === undefined ? (roomMm3 - least) / Math.sqrt(12) : 0;
  return {
    meanMg: Math.round(free * perMm3),
    variance: square(FILLING_SHARE * free * perMm3) + square(spread * perMm3),
  };
}

/** A carton with its filling as one weight. */
export function packagingOf(tareMg: number, filling: { meanMg: number; variance: number }): Packaging {
  return {
    kind: 'known',
    meanMg: tareMg + filling.meanMg,
    variance: square(Math.max(GRAM, TARE_SHARE * tareMg)) + filling.variance,
  };
}

/** Goods that ship in their own box: nothing around them. */
export const noPackaging: Packaging = { kind: 'known', meanMg: 0, variance: 0 };

/** What a parcel should weigh, milligrams. */
export interface Expectation {
  /** Middle of what is taken as right. */
  readonly meanMg: number;
  /** Half the width of what is taken as right. */
  readonly toleranceMg: number;
  /** Standard deviation of goods, carton and filling, without what an unknown carton adds. */
  readonly sigmaMg: number;
  /** Weights are missing: only what is too light can be told. */
  readonly lowerBoundOnly: boolean;
}

/** What these units weigh with what is around them, and how far off a right parcel may be. */
export function expectWeight(parts: readonly Part[], packaging: Packaging): Expectation {
  const lowerBoundOnly = parts.some((part) => part.quantity > 0 && !part.weight.known);
  const known = parts.filter((part) => part.weight.known);
  const { meanMg, variance } = sumOf(known, packaging);
  const sigmaMg = Math.sqrt(variance);
  const half = packaging.kind === 'range' ? packaging.mostMg / 2 : 0;
  return {
    meanMg: Math.round(meanMg + half),
    toleranceMg: Math.round(half + toleranceSigmas(known, sigmaMg) * sigmaMg),
    sigmaMg,
    lowerBoundOnly,
  };
}

/** Mean and variance of parts, packaging and scale; an unknown carton counts as none. */
export function sumOf(parts: readonly Part[], packaging: Packaging): { meanMg: number; variance: number } {
  const around = packaging.kind === 'known' ? packaging : { meanMg: 0, variance: 0 };
  let { meanMg, variance } = around;
  for (const { quantity, weight } of parts) {
    meanMg += quantity * weight.meanMg;
    // What is wrong with the mean is wrong with every unit at once; what differs from unit to unit evens out.
    variance += square(quantity) * weight.meanVariance + quantity * weight.unitVariance;
  }
  return { meanMg, variance: variance + square(SCALE_SIGMA_MG) };
}

/** A unit lighter than this many sigmas cannot be told from chance. */
export const TELLABLE_SIGMAS = 3;
const NARROWEST = 2.3;
const WIDEST = 3.6;
const USUAL = 3;

/**
 * Sigmas that a right parcel may be off: half of the lightest unit that can be told, so that a unit missing and a false
 * alarm are equally unlikely. Where every unit is heavy that is wide, and false alarms are saved for where they buy
 * something.
 */
function toleranceSigmas(parts: readonly Part[], sigmaMg: number): number {
  const tellable = parts
    .filter((part) => part.quantity > 0)
    .map((part) => part.weight.meanMg / sigmaMg)
    .filter((sigmas) => sigmas >= TELLABLE_SIGMAS);
  if (tellable.length === 0) return USUAL;
  return Math.min(WIDEST, Math.max(NARROWEST, Math.min(...tellable) / 2));
}

/** Whether a stable weight is that of the parcel. */
export function weightFits(expected: Expectation, weightMg: number): boolean {
  const off = weightMg - expected.meanMg;
  return off >= -expected.toleranceMg && (expected.lowerBoundOnly || off <= expected.toleranceMg);
}
