import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decidePackScan, expectedWeightMg, type PackLine, unitsLeft } from '../../../main/packing/packing-rules.ts';
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
  parentLineId: null,
  sku: 'TEA',
  ordered: 3,
  picked: 3,
  packed: 0,
  weightMg: 100,
  lotControlled: false,
  serialControlled: false,
  expiryControlled: false,
  scanPolicy: 'case',
  ...change,
});
const today = '2026-11-22';
const plain = { details: {}, today, quantity: null };
/** An order of these lines, without kits. */
const of = (...lines: PackLine[]) => ({ lines, kits: [] });
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

    expect(decidePackScan(of(...lines), [one], plain)).toEqual({
      outcome: 'accepted',
      parts: [{ lineId: 'l', quantity: 1 }],
      kitLineId: null,
      quantity: 1,
      unitsLeft: 2,
    });
    expect(unitsLeft(lines)).toBe(3);
  });

  test('goes to the next line of its item when the first is full', () => {
    const lines = [line({ packed: 3 }), line({ id: 'second', packed: 0 })];

    expect(decidePackScan(of(...lines), [one], plain)).toMatchObject({
      outcome: 'accepted',
      parts: [{ lineId: 'second', quantity: 1 }],
    });
  });

  test('that is not in this order, or one more than picked, is refused', () => {
    expect(decidePackScan(of(line()), [{ itemId: 'cup', quantity: 1 }], plain)).toMatchObject({
      code: 'pack.wrong-item',
    });
    expect(decidePackScan(of(line()), [], plain)).toMatchObject({ code: 'pack.wrong-item' });
    expect(decidePackScan(of(line({ packed: 3 })), [one], plain)).toMatchObject({ code: 'pack.too-many' });
    expect(decidePackScan(of(line()), [caseOfSix], plain)).toMatchObject({ code: 'pack.too-many' });
  });

  test.each([
    ['lot', { lotControlled: true }, { serial: 'S', expiry: '2030-01-01' }, 'pack.lot-needed'],
    ['serial number', { serialControlled: true }, { lot: 'L', expiry: '2030-01-01' }, 'pack.serial-needed'],
    ['expiry', { expiryControlled: true }, { lot: 'L', serial: 'S' }, 'pack.expiry-needed'],
    ['date that is over', {}, { expiry: '2026-11-21' }, 'pack.expired'],
  ] as const)('with a missing %s is refused', (_what, control, details, code) => {
    expect(decidePackScan(of(line(control)), [one], { ...plain, details })).toEqual({ outcome: 'refused', code });
  });

  test('may be used up to and on its last day', () => {
    expect(decidePackScan(of(line()), [one], { ...plain, details: { expiry: today } }).outcome).toBe('accepted');
  });

  test('as a case has a lot for all its pieces, but no serial number', () => {
    const many = { picked: 6 };

    expect(
      decidePackScan(of(line({ ...many, lotControlled: true })), [caseOfSix], { ...plain, details: { lot: 'L' } })
        .outcome,
    ).toBe('accepted');
    expect(
      decidePackScan(of(line({ ...many, serialControlled: true })), [caseOfSix], {
        ...plain,
        details: { serial: 'S' },
      }),
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
          const decision = decidePackScan(of(...lines), [hit], plain);
          if (decision.outcome === 'refused') continue;
          const more = (id: string) =>
            decision.parts.reduce((sum, part) => sum + (part.lineId === id ? part.quantity : 0), 0);
          lines = lines.map((other) => ({ ...other, packed: other.packed + more(other.id) }));
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
          expect(decidePackScan(of(...lines), [one], plain).outcome === 'accepted').toBe(unitsLeft(lines) > 0);
        },
      ),
    );
  });
});

describe('the weight of a full box', () => {
  test('is what was packed, by the catalogue', () => {
    expect(expectedWeightMg([line({ packed: 2 }), line({ id: 'm', packed: 3, weightMg: 50 })])).toBe(350);
  });
});
