import { type LearnedWeight, OUTLIER_SIGMAS, type Packaging, type Part, sumOf, unitPrior } from './weight-rules.ts';

/** What one parcel taught of one item. */
export interface Lesson {
  readonly itemId: string;
  readonly learned: LearnedWeight;
}

const GRAM = 1_000;
/** Parcels that the first guess of the spread is worth. */
const PRIOR_SAMPLES = 8;
/** Spread never counts for less than this, or one lucky row of parcels would make the station blind with trust. */
const LEAST_UNIT_SIGMA_MG = 200;
const LEAST_UNIT_SHARE = 0.002;
/** Weights wander from batch to batch. */
const DRIFT_SHARE = 0.000_5;
/** As long as a weight is unheard of, the next parcel may say something quite different. */
const DOUBT_SHARE = 0.1;

/**
 * What a closed parcel teaches of its items: the part of the residual that belongs to each, by its share of the
 * variance (a Kalman step; with one item and nothing unsure around it, Welford's mean).
 *
 * Nothing is learned where the carton is not known, from outliers, or where several items have no weight at all.
 */
export function learnFrom(parts: readonly Part[], packaging: Packaging, weightMg: number): Lesson[] {
  const unknown = parts.filter((part) => !part.weight.known);
  if (packaging.kind !== 'known' || unknown.length > 1) return [];
  const { meanMg, variance } = sumOf(parts, packaging);
  const residual = weightMg - meanMg;
  const surprise = (residual * residual) / variance;
  if (unknown.length === 0 && surprise > OUTLIER_SIGMAS ** 2) return [];
  return parts.filter((part) => part.quantity > 0).map((part) => learnPart(part, { residual, variance, surprise }));
}

interface Step {
  readonly residual: number;
  readonly variance: number;
  readonly surprise: number;
}

function learnPart({ itemId, quantity, weight }: Part, { residual, variance, surprise }: Step): Lesson {
  const shared = quantity * weight.meanVariance;
  const meanMg = Math.max(1, weight.meanMg + (shared / variance) * residual);
  const drift = (DRIFT_SHARE * meanMg) ** 2;
  const sure = weight.meanVariance - (shared * shared) / variance + drift;
  const own = (quantity * weight.unitVariance + quantity * shared) / variance;
  const pace = own / (PRIOR_SAMPLES + weight.samples);
  const spread = weight.known ? weight.unitVariance * (1 + pace * (surprise - 1)) : unitPrior(meanMg);
  return {
    itemId,
    learned: {
      samples: weight.samples + 1,
      meanMg,
      meanVariance: weight.known ? sure : Math.max(sure, (DOUBT_SHARE * meanMg) ** 2),
      unitVariance: Math.max(spread, LEAST_UNIT_SIGMA_MG ** 2, (LEAST_UNIT_SHARE * meanMg) ** 2),
      catalogueMg: weight.catalogueMg,
    },
  };
}

/**
 * A supervisor looked into the box and said that the stored weight is wrong: what the scale shows counts from now on.
 *
 * Only a parcel of one item in a known carton tells whose weight it is.
 */
export function relearnFrom(parts: readonly Part[], packaging: Packaging, weightMg: number): Lesson | undefined {
  const [part, ...others] = parts.filter((candidate) => candidate.quantity > 0);
  if (!part || others.length > 0 || packaging.kind !== 'known') return undefined;
  const { quantity, itemId, weight } = part;
  const meanMg = (weightMg - packaging.meanMg) / quantity;
  if (meanMg < GRAM / 10) return undefined;
  const unitVariance = unitPrior(meanMg);
  const meanVariance = (packaging.variance + quantity * unitVariance + GRAM * GRAM) / quantity ** 2;
  return { itemId, learned: { samples: 1, meanMg, meanVariance, unitVariance, catalogueMg: weight.catalogueMg } };
}
