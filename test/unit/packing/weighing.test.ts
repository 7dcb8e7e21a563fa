import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runWeighingSimulation } from '../../../main/app/simulate-weighing.ts';
import { explainWeight } from '../../../main/packing/weight-explain-rules.ts';
import { learnFrom, relearnFrom } from '../../../main/packing/weight-learning-rules.ts';
import {
  expectWeight,
  fillingOf,
  type LearnedWeight,
  noPackaging,
  type Packaging,
  type Part,
  packagingOf,
  unitWeight,
  weightFits,
} from '../../../main/packing/weight-rules.ts';

const GRAM = 1_000;
const carton = packagingOf(120 * GRAM, { meanMg: 40 * GRAM, variance: (8 * GRAM) ** 2 });

function part(sku: string, grams: number, quantity = 1, learned?: LearnedWeight): Part {
  return { itemId: sku, sku, title: `Item ${sku}`, quantity, weight: unitWeight(grams * GRAM, learned) };
}

/** What stays after `weights` (of one unit without any packaging) were learned one after the other. */
function taught(grams: number, weights: readonly number[]): LearnedWeight | undefined {
  let learned: LearnedWeight | undefined;
  for (const weight of weights) {
    const [lesson] = learnFrom([part('A', grams, 1, learned)], noPackaging, weight * GRAM);
    learned = lesson?.learned ?? learned;
  }
  return learned;
}

describe('what a parcel should weigh', () => {
  test('goods, carton and filling add up', () => {
    const { meanMg, lowerBoundOnly } = expectWeight([part('A', 300, 2), part('B', 150)], carton);

    expect({ meanMg, lowerBoundOnly }).toEqual({ meanMg: (2 * 300 + 150 + 120 + 40) * GRAM, lowerBoundOnly: false });
  });

  test('the filling takes the room that the goods leave, and never less than what is kept for it', () => {
    const filling = (goodsMm3: number | undefined) =>
      fillingOf({ roomMm3: 10_000_000, goodsMm3, infillPercent: 20, mgPerLitre: 10_000 }).meanMg;

    expect([filling(5_000_000), filling(9_500_000), filling(undefined)]).toEqual([50_000, 20_000, 60_000]);
  });

  test('a size that is not known makes the filling less sure', () => {
    const spread = (goodsMm3: number | undefined) =>
      fillingOf({ roomMm3: 10_000_000, goodsMm3, infillPercent: 20, mgPerLitre: 10_000 }).variance;

    expect(spread(undefined)).toBeGreaterThan(2 * spread(4_000_000));
  });

  test.each([
    ['as expected', 0, true],
    ['a unit missing', -300, false],
    ['a unit too many', 300, false],
    ['some filling more', 12, true],
  ])('%s', (_what, off, fits) => {
    const expected = expectWeight([part('A', 300, 2)], carton);

    expect(weightFits(expected, expected.meanMg + off * GRAM)).toBe(fits);
  });

  test('without a known carton anything up to the allowance may be around the goods, and no more', () => {
    const expected = expectWeight([part('A', 500)], { kind: 'range', mostMg: 400 * GRAM });

    expect([400, 500, 900, 1_100].map((grams) => weightFits(expected, grams * GRAM))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('where the catalogue has no weight only what is too light is refused', () => {
    const expected = expectWeight([part('A', 500), part('B', 0)], carton);

    expect(expected.lowerBoundOnly).toBe(true);
    expect([300, 700, 9_000].map((grams) => weightFits(expected, grams * GRAM))).toEqual([false, true, true]);
  });

  test('whatever the goods, their own expected weight fits', () => {
    const grams = fc.integer({ min: 1, max: 20_000 });
    const goods = fc.array(fc.tuple(grams, fc.integer({ min: 1, max: 20 })), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(goods, (list) => {
        const parts = list.map(([weight, quantity], index) => part(`P${index}`, weight, quantity));
        const expected = expectWeight(parts, carton);
        return weightFits(expected, expected.meanMg) && expected.toleranceMg >= 2 * expected.sigmaMg;
      }),
    );
  });
});

describe('what parcels teach', () => {
  test('one item alone: its weight becomes the mean of what the scale showed, and surer', () => {
    const learned = taught(
      300,
      Array.from({ length: 40 }, (_, index) => 309 + (index % 3) - 1),
    );

    expect(learned?.meanMg).toBeGreaterThan(308.5 * GRAM);
    expect(learned?.meanMg).toBeLessThan(309.5 * GRAM);
    expect(Math.sqrt(learned?.meanVariance ?? 0)).toBeLessThan(GRAM);
  });

  test('how much units differ is learned as well', () => {
    const even = taught(
      1_000,
      Array.from({ length: 60 }, () => 1_000),
    );
    const uneven = taught(
      1_000,
      Array.from({ length: 60 }, (_, index) => 1_000 + (index % 2 === 0 ? 30 : -30)),
    );

    expect(uneven?.unitVariance).toBeGreaterThan(4 * (even?.unitVariance ?? 0));
  });

  test('in a mixed parcel the item that is least sure takes most of the difference', () => {
    const sure = taught(
      500,
      Array.from({ length: 60 }, () => 500),
    );
    const parts = [part('A', 500, 1, sure), part('B', 500)];

    const [a, b] = learnFrom(parts, carton, (1_000 + 160 + 20) * GRAM);

    expect((b?.learned.meanMg ?? 0) - 500 * GRAM).toBeGreaterThan(10 * ((a?.learned.meanMg ?? 0) - 500 * GRAM));
  });

  test('nothing from an outlier, and nothing where nobody knows the carton', () => {
    const range: Packaging = { kind: 'range', mostMg: 400 * GRAM };

    expect(learnFrom([part('A', 300)], carton, 900 * GRAM)).toEqual([]);
    expect(learnFrom([part('A', 300)], range, 350 * GRAM)).toEqual([]);
  });

  test('an item without a weight is believed after three parcels, and then refused when it is too heavy', () => {
    const learned = taught(0, [742, 741, 743]);
    const weight = unitWeight(0, learned);
    const expected = expectWeight([part('A', 0, 1, learned)], noPackaging);

    expect(weight.known).toBe(true);
    expect(Math.abs(weight.meanMg - 742 * GRAM)).toBeLessThan(4 * GRAM);
    expect([weightFits(expected, 742 * GRAM), weightFits(expected, 1_484 * GRAM)]).toEqual([true, false]);
    expect(unitWeight(0, taught(0, [742, 741])).known).toBe(false);
  });

  test('another weight in the catalogue starts anew', () => {
    const learned = taught(300, [309, 310, 308]);

    expect(unitWeight(320 * GRAM, learned)).toMatchObject({ meanMg: 320 * GRAM, samples: 0 });
  });

  test('a supervisor who says that the stored weight is wrong is believed, for a parcel of one item', () => {
    const lesson = relearnFrom([part('A', 300, 2)], carton, (160 + 2 * 420) * GRAM);
    const mixed = relearnFrom([part('A', 300), part('B', 100)], carton, 900 * GRAM);

    expect(lesson?.learned).toMatchObject({ meanMg: 420 * GRAM, samples: 1 });
    expect(mixed).toBeUndefined();
  });
});

describe('what may explain a weight that does not fit', () => {
  const parts = [part('MUG', 340, 2), part('SOAP', 60), part('BOOK', 620)];
  const other = {
    code: 'L',
    title: 'Carton L',
    packaging: packagingOf(320 * GRAM, { meanMg: 90 * GRAM, variance: 4e8 }),
  };
  const expected = expectWeight(parts, carton).meanMg;
  const ask = (off: number) =>
    explainWeight({ parts, packaging: carton, others: [other], weightMg: expected + off * GRAM });

  test.each([
    ['one unit missing', -340, { kind: 'missing', sku: 'MUG', quantity: 1, differenceMg: -340 * GRAM }],
    ['one unit of another item missing', -65, { kind: 'missing', sku: 'SOAP', quantity: 1 }],
    ['one unit too many', 615, { kind: 'extra', sku: 'BOOK', quantity: 1 }],
    ['two of one item missing', -682, { kind: 'missing', sku: 'MUG', quantity: 2 }],
    ['another carton', 252, { kind: 'other-carton', title: 'Carton L', sku: null }],
    ['the carton is not on the pan', -158, { kind: 'no-carton', sku: null }],
    ['nothing that is known', 4_000, { kind: 'nothing-known', sku: null, differenceMg: 4_000 * GRAM }],
  ])('%s', (_what, off, first) => {
    expect(ask(off)[0]).toMatchObject(first);
  });

  test('two explanations of the same weight are both named, the commoner mistake first', () => {
    const alike = [part('A', 200), part('B', 201)];
    const list = explainWeight({ parts: alike, packaging: carton, others: [], weightMg: (160 + 201) * GRAM });

    expect(
      list
        .slice(0, 2)
        .map(({ kind, sku }) => `${kind} ${sku}`)
        .sort(),
    ).toEqual(['missing A', 'missing B']);
    expect(list[0]?.share).toBeLessThan(0.7);
  });

  test('shares are the likeliest first and add up to no more than one', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_500, max: 5_000 }), (off) => {
        const shares = ask(off).map((entry) => entry.share);
        const sum = shares.reduce((total, share) => total + share, 0);
        return shares.length > 0 && sum <= 1.000_001 && shares.every((share, at) => share <= (shares[at - 1] ?? 1));
      }),
    );
  });

  test('nothing is said of an item whose weight nobody knows', () => {
    const list = explainWeight({
      parts: [part('A', 500), part('B', 0)],
      packaging: carton,
      others: [],
      weightMg: 160 * GRAM,
    });

    expect(list[0]).toMatchObject({ kind: 'missing', sku: 'A' });
    expect(list.some((entry) => entry.sku === 'B')).toBe(false);
  });
});

describe('the verdict of the scale over many parcels', () => {
  test.each([7, 23])('catches single units heavier than three sigmas and seldom cries wolf (seed %i)', (seed) => {
    const { goodCatalogue, wrongCatalogue } = runWeighingSimulation({ parcels: 12_000, seed });

    for (const report of [goodCatalogue, wrongCatalogue]) {
      expect(report.errors).toBeGreaterThan(8_000);
      expect(report.caughtRate).toBeGreaterThanOrEqual(0.99);
      expect(report.falseAlarmRate).toBeLessThanOrEqual(0.005);
      expect(report.explainedFirstRate).toBeGreaterThan(0.9);
    }
  });

  test('the same seed gives the same answer', () => {
    const run = () => runWeighingSimulation({ parcels: 200, seed: 5 });

    expect(run()).toEqual(run());
  });
});
