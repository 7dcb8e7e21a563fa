import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decidePackScan,
  expectedWeightMg,
  type PackLine,
  unitsLeft,
  weightFits,
  weightsKnown,
} from '../../../main/packing/packing-rules.ts';
import { decidePick, openTasksOf, type TaskProgress } from '../../../main/picking/picking-rules.ts';
import { pickTaskStates } from '../../../shared/model/machines.ts';

const task = (change: Partial<TaskProgress> = {}): TaskProgress => ({
  id: 't',
  itemId: 'tea',
  location: 'A-1',
  quantity: 3,
  picked: 0,
  state: 'claimed',
  ...change,
});
const line = (change: Partial<PackLine> = {}): PackLine => ({
  id: 'l',
  itemId: 'tea',
  sku: 'TEA',
  picked: 3,
  packed: 0,
  weightMg: 100,
  lotControlled: false,
  serialControlled: false,
  expiryControlled: false,
  ...change,
});
const today = '2026-11-22';
const plain = { details: {}, today };
const one = { itemId: 'tea', quantity: 1 };
const caseOfSix = { itemId: 'tea', quantity: 6 };

describe('what a hand still has to pick', () => {
  test('is what is open, claimed or begun, and not yet full', () => {
    const open = pickTaskStates.filter((state) => openTasksOf([task({ state })]).length > 0);

    expect(open).toEqual(['open', 'claimed', 'picking']);
    expect(openTasksOf([task({ picked: 3 })])).toEqual([]);
  });

  test('keeps the walk', () => {
    const walk = [task({ id: 'a' }), task({ id: 'b', state: 'done' }), task({ id: 'c' })];

    expect(openTasksOf(walk).map(({ id }) => id)).toEqual(['a', 'c']);
  });
});

describe('an item scanned at a bin', () => {
  test('counts, is too many, or is the wrong one', () => {
    expect(decidePick(task(), [one])).toEqual({ outcome: 'accepted', taskId: 't', quantity: 1 });
    expect(decidePick(task({ picked: 3 }), [one])).toEqual({ outcome: 'refused', code: 'pick.too-many' });
    expect(decidePick(task(), [{ itemId: 'cup', quantity: 1 }])).toEqual({
      outcome: 'refused',
      code: 'pick.wrong-item',
    });
    expect(decidePick(task(), [])).toEqual({ outcome: 'refused', code: 'pick.wrong-item' });
  });

  test('as a case counts whole or not at all', () => {
    expect(decidePick(task({ quantity: 6 }), [caseOfSix])).toMatchObject({ outcome: 'accepted', quantity: 6 });
    expect(decidePick(task({ quantity: 6, picked: 1 }), [caseOfSix])).toMatchObject({ code: 'pick.too-many' });
  });

  test('whose digits mean two things is taken for the one that is wanted', () => {
    expect(decidePick(task(), [{ itemId: 'cup', quantity: 1 }, one])).toMatchObject({ outcome: 'accepted' });
  });

  test('never fills a task beyond what it asks for', () => {
    const hits = fc.array(
      fc.record({ itemId: fc.constantFrom('tea', 'cup'), quantity: fc.integer({ min: 1, max: 12 }) }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(hits, { maxLength: 40 }), (quantity, scans) => {
        let progress = task({ quantity });
        for (const scan of scans) {
          const decision = decidePick(progress, scan);
          if (decision.outcome === 'accepted') progress = { ...progress, picked: progress.picked + decision.quantity };
          expect(progress.picked).toBeLessThanOrEqual(quantity);
        }
      }),
    );
  });
});

describe('an item scanned into the box', () => {
  test('says how many are left', () => {
    const lines = [line({ packed: 2 }), line({ id: 'm', itemId: 'cup', picked: 2 })];

    expect(decidePackScan(lines, [one], plain)).toEqual({
      outcome: 'accepted',
      lineId: 'l',
      quantity: 1,
      unitsLeft: 2,
    });
    expect(unitsLeft(lines)).toBe(3);
  });

  test('goes to the next line of its item when the first is full', () => {
    const lines = [line({ packed: 3 }), line({ id: 'second', packed: 0 })];

    expect(decidePackScan(lines, [one], plain)).toMatchObject({ outcome: 'accepted', lineId: 'second' });
  });

  test('that is not in this order, or one more than picked, is refused', () => {
    expect(decidePackScan([line()], [{ itemId: 'cup', quantity: 1 }], plain)).toMatchObject({
      code: 'pack.wrong-item',
    });
    expect(decidePackScan([line()], [], plain)).toMatchObject({ code: 'pack.wrong-item' });
    expect(decidePackScan([line({ packed: 3 })], [one], plain)).toMatchObject({ code: 'pack.too-many' });
    expect(decidePackScan([line()], [caseOfSix], plain)).toMatchObject({ code: 'pack.too-many' });
  });

  test.each([
    ['lot', { lotControlled: true }, { serial: 'S', expiry: '2030-01-01' }, 'pack.lot-needed'],
    ['serial number', { serialControlled: true }, { lot: 'L', expiry: '2030-01-01' }, 'pack.serial-needed'],
    ['expiry', { expiryControlled: true }, { lot: 'L', serial: 'S' }, 'pack.expiry-needed'],
    ['date that is over', {}, { expiry: '2026-11-21' }, 'pack.expired'],
  ] as const)('with a missing %s is refused', (_what, control, details, code) => {
    expect(decidePackScan([line(control)], [one], { details, today })).toEqual({ outcome: 'refused', code });
  });

  test('may be used up to and on its last day', () => {
    expect(decidePackScan([line()], [one], { details: { expiry: today }, today }).outcome).toBe('accepted');
  });

  test('as a case has a lot for all its pieces, but no serial number', () => {
    const many = { picked: 6 };

    expect(
      decidePackScan([line({ ...many, lotControlled: true })], [caseOfSix], { details: { lot: 'L' }, today }).outcome,
    ).toBe('accepted');
    expect(
      decidePackScan([line({ ...many, serialControlled: true })], [caseOfSix], { details: { serial: 'S' }, today }),
    ).toEqual({ outcome: 'refused', code: 'pack.serial-needed' });
  });

  test('never makes a line hold more than was picked, and the last one leaves nothing', () => {
    const wanted = fc.array(
      fc.record({ itemId: fc.constantFrom('tea', 'cup'), picked: fc.integer({ min: 0, max: 8 }) }),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    const scans = fc.array(
      fc.record({ itemId: fc.constantFrom('tea', 'cup', 'pot'), quantity: fc.integer({ min: 1, max: 4 }) }),
      {
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(wanted, scans, (list, hits) => {
        let lines = list.map((some, index) => line({ ...some, id: `${index}` }));
        for (const hit of hits) {
          const decision = decidePackScan(lines, [hit], plain);
          if (decision.outcome === 'refused') continue;
          lines = lines.map((other) =>
            other.id === decision.lineId ? { ...other, packed: other.packed + decision.quantity } : other,
          );
          expect(decision.unitsLeft).toBe(unitsLeft(lines));
          expect(lines.every((other) => other.packed <= other.picked)).toBe(true);
        }
      }),
    );
  });

  test('is accepted as a single piece as long as one of its item is left', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), { minLength: 1 }),
        (list) => {
          const lines = list.map(([picked, packed], index) =>
            line({ id: `${index}`, picked, packed: Math.min(picked, packed) }),
          );
          expect(decidePackScan(lines, [one], plain).outcome === 'accepted').toBe(unitsLeft(lines) > 0);
        },
      ),
    );
  });
});

describe('the weight of a full box', () => {
  test('is what was packed, by the catalogue', () => {
    expect(expectedWeightMg([line({ packed: 2 }), line({ id: 'm', packed: 3, weightMg: 50 })])).toBe(350);
  });

  const kg = 1_000_000;

  test.each([
    ['the goods and a box', kg, kg + 140_000, true],
    ['the goods alone', kg, kg, true],
    ['a little less, within the scale’s and the catalogue’s error', kg, kg - 30_000, true],
    ['less than the goods', kg, kg - 30_001, false],
    ['the heaviest box and filling', kg, kg + 430_000, true],
    ['more than any box', kg, kg + 430_001, false],
    ['fifteen grams too light, of very light goods', 100_000, 85_000, true],
    ['sixteen grams too light, of very light goods', 100_000, 84_000, false],
  ])('%s', (_what, expected, weight, fits) => {
    expect(weightFits(expected, weight, true)).toBe(fits);
  });

  test('of goods that the catalogue has no weight for may be anything above those it has', () => {
    const lines = [line({ packed: 2, weightMg: 500_000 }), line({ id: 'm', packed: 1, weightMg: 0 })];

    expect(weightsKnown(lines)).toBe(false);
    expect(weightsKnown([line({ packed: 1 }), line({ id: 'm', packed: 0, weightMg: 0 })])).toBe(true);
    expect(weightFits(expectedWeightMg(lines), 9 * kg, false)).toBe(true);
    expect(weightFits(expectedWeightMg(lines), 900_000, false)).toBe(false);
  });

  test('one missing piece that weighs more than the slack is always seen, whatever the rest weighs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 30 * kg }), fc.integer({ min: 1, max: 30 * kg }), (rest, piece) => {
        const slack = Math.max(15_000, (rest + piece) * 0.03);
        fc.pre(piece > slack);
        expect(weightFits(rest + piece, rest, true)).toBe(false);
      }),
    );
  });
});
