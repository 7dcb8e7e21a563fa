import { type Packaging, type Part, sumOf } from './weight-rules.ts';

/** What may explain a weight that does not fit; `share` is its probability among all that was thought of. */
export interface Explanation {
  readonly kind: 'missing' | 'extra' | 'other-carton' | 'no-carton' | 'nothing-known';
  readonly sku: string | null;
  /** Item or carton. */
  readonly title: string;
  readonly quantity: number;
  /** By how much the parcel is heavier than expected under this explanation, milligrams. */
  readonly differenceMg: number;
  readonly share: number;
}

/** Another kind of carton that may be around the goods, with the filling it would take. */
export interface OtherCarton {
  readonly code: string;
  readonly title: string;
  readonly packaging: Packaging;
}

export interface Weighed {
  readonly parts: readonly Part[];
  readonly packaging: Packaging;
  readonly others: readonly OtherCarton[];
  readonly weightMg: number;
}

interface Hypothesis extends Omit<Explanation, 'share' | 'differenceMg'> {
  readonly prior: number;
  readonly parts: readonly Part[];
  readonly packaging: Packaging;
}

/** How likely each kind of mistake is before the scale is asked, from what packers say goes wrong. */
const PRIOR = { missing: 0.42, extra: 0.26, twoMissing: 0.06, twoExtra: 0.03, carton: 0.14, noCarton: 0.03 } as const;
const NOTHING = 0.06;
const SHOWN = 4;
const LEAST_SHARE = 0.02;
/** Without an explanation any weight up to twice the expected one, and at least up to a kilogram, is as likely. */
const LEAST_RANGE_MG = 1_000_000;

/** Explanations of a weight outside the tolerance, the likeliest first, by Bayes over single mistakes. */
export function explainWeight(weighed: Weighed): Explanation[] {
  const { packaging, weightMg } = weighed;
  // What has no weight yet adds an unknown one: nothing can be said of it.
  const parts = weighed.parts.filter((part) => part.weight.known && part.quantity > 0);
  const expected = sumOf(parts, packaging).meanMg;
  const weighted = hypothesesOf({ ...weighed, parts }).map((hypothesis) => {
    const sum = sumOf(hypothesis.parts, hypothesis.packaging);
    const likelihood = hypothesis.prior * densityOf(weightMg - sum.meanMg, sum.variance, hypothesis.packaging);
    return { hypothesis, likelihood, differenceMg: Math.round(sum.meanMg - expected) };
  });
  const nothing = NOTHING / Math.max(LEAST_RANGE_MG, 2 * expected);
  const total = weighted.reduce((sum, entry) => sum + entry.likelihood, nothing);
  const named = weighted.map(({ hypothesis, likelihood, differenceMg }): Explanation => {
    const { kind, sku, title, quantity } = hypothesis;
    return { kind, sku, title, quantity, differenceMg, share: likelihood / total };
  });
  const off = Math.round(weightMg - expected);
  const unknown = { kind: 'nothing-known' as const, sku: null, title: '', quantity: 0, differenceMg: off };
  return [...named, { ...unknown, share: nothing / total }]
    .filter((entry) => entry.share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share)
    .slice(0, SHOWN);
}

/** Normal around the sum; where anything up to a weight may be around the goods, as likely over all of that. */
function densityOf(off: number, variance: number, packaging: Packaging): number {
  if (packaging.kind === 'known') return Math.exp((-off * off) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
  const past = off < 0 ? off : Math.max(0, off - packaging.mostMg);
  return Math.exp((-past * past) / (2 * variance)) / Math.max(1, packaging.mostMg);
}

/** Every single mistake that one can think of: a unit or two too few or too many, or another box around them. */
function hypothesesOf({ parts, packaging, others }: Weighed): Hypothesis[] {
  const units = parts.reduce((sum, part) => sum + part.quantity, 0);
  const goods = parts.flatMap((part): Hypothesis[] => {
    const share = part.quantity / units;
    const wrong = (by: number, prior: number): Hypothesis => ({
      kind: by < 0 ? 'missing' : 'extra',
      sku: part.sku,
      title: part.title,
      quantity: Math.abs(by),
      prior,
      parts: parts.map((other) => (other === part ? { ...other, quantity: other.quantity + by } : other)),
      packaging,
    });
    return [
      wrong(-1, PRIOR.missing * share),
      wrong(1, PRIOR.extra * share),
      wrong(2, PRIOR.twoExtra * share),
      ...(part.quantity >= 2 ? [wrong(-2, PRIOR.twoMissing * share)] : []),
    ];
  });
  if (packaging.kind !== 'known' || packaging.meanMg === 0) return goods;
  const around = others.map(
    (other): Hypothesis => ({
      kind: 'other-carton',
      sku: null,
      title: other.title,
      quantity: 1,
      prior: PRIOR.carton / others.length,
      parts,
      packaging: other.packaging,
    }),
  );
  const bare: Packaging = { kind: 'known', meanMg: 0, variance: 0 };
  const none: Hypothesis = {
    kind: 'no-carton',
    sku: null,
    title: '',
    quantity: 1,
    prior: PRIOR.noCarton,
    parts,
    packaging: bare,
  };
  return [...goods, ...around, none];
}
