import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { available, type BinLevel, decideAllocation, type Want, walkKey } from '../../../main/stock/stock-rules.ts';

const bin = (locationId: string, onHand: number, change: Partial<BinLevel> = {}): BinLevel => ({
  itemId: 'TEA',
  locationId,
  walkKey: locationId,
  onHand,
  allocated: 0,
  ...change,
});
const want = (quantity: number, itemId = 'TEA', lineId = itemId): Want => ({ lineId, itemId, quantity });
const taken = (wants: readonly Want[], bins: readonly BinLevel[]): unknown => {
  const decision = decideAllocation(wants, bins);
  return decision.outcome === 'allocated'
    ? decision.takes.map((take) => [take.lineId, take.locationId, take.quantity])
    : decision.missing.map((one) => [one.lineId, one.quantity]);
};

describe('choosing bins', () => {
  test('the first bin on the walk that holds enough', () => {
    expect(taken([want(3)], [bin('C', 9), bin('B', 3), bin('A', 2)])).toEqual([['TEA', 'B', 3]]);
  });

  test('otherwise the fullest first, so that the hand walks least', () => {
    expect(taken([want(8)], [bin('A', 1), bin('B', 5), bin('C', 4)])).toEqual([
      ['TEA', 'B', 5],
      ['TEA', 'C', 3],
    ]);
  });

  test('what others have reserved is not there', () => {
    expect(taken([want(3)], [bin('A', 5, { allocated: 3 }), bin('B', 3)])).toEqual([['TEA', 'B', 3]]);
    expect(available({ onHand: 2, allocated: 5 })).toBe(0);
  });

  test('two lines of one item share what there is', () => {
    expect(taken([want(2, 'TEA', 'one'), want(2, 'TEA', 'two')], [bin('A', 2), bin('B', 2)])).toEqual([
      ['one', 'A', 2],
      ['two', 'B', 2],
    ]);
  });

  test('an order that lacks something says what, of every line', () => {
    expect(taken([want(5), want(1, 'CUP'), want(2, 'POT')], [bin('A', 3), bin('B', 1, { itemId: 'CUP' })])).toEqual([
      ['TEA', 2],
      ['POT', 2],
    ]);
  });

  test('nothing wanted is nothing missing', () => {
    expect(decideAllocation([], [])).toEqual({ outcome: 'allocated', takes: [] });
  });
});

describe('whatever is wanted and whatever there is', () => {
  const items = fc.constantFrom('TEA', 'CUP', 'POT');
  const bins = fc
    .array(
      fc.record({ itemId: items, onHand: fc.integer({ min: 0, max: 9 }), allocated: fc.integer({ min: 0, max: 9 }) }),
      {
        maxLength: 10,
      },
    )
    .map((levels) => levels.map((level, index) => ({ ...level, locationId: `L${index}`, walkKey: `W${index % 4}` })));
  const wants = fc
    .array(fc.record({ itemId: items, quantity: fc.integer({ min: 1, max: 9 }) }), { maxLength: 6 })
    .map((list) => list.map((one, index) => ({ ...one, lineId: `line-${index}` })));
  const sum = (list: readonly { quantity: number }[]): number => list.reduce((total, one) => total + one.quantity, 0);

  test('no bin gives more than is free in it', () => {
    fc.assert(
      fc.property(wants, bins, (wanted, levels) => {
        const decision = decideAllocation(wanted, levels);
        const takes = decision.outcome === 'allocated' ? decision.takes : [];
        for (const level of levels) {
          const from = takes.filter((take) => take.locationId === level.locationId);
          expect(sum(from)).toBeLessThanOrEqual(available(level));
          expect(from.every((take) => take.itemId === level.itemId && take.quantity > 0)).toBe(true);
        }
      }),
    );
  });

  test('an order gets exactly what it wants of each line, or nothing at all', () => {
    fc.assert(
      fc.property(wants, bins, (wanted, levels) => {
        const decision = decideAllocation(wanted, levels);
        if (decision.outcome !== 'allocated') return;
        for (const one of wanted)
          expect(sum(decision.takes.filter((take) => take.lineId === one.lineId))).toBe(one.quantity);
      }),
    );
  });

  test('it gets it whenever there is enough of everything, and what is missing is the true difference', () => {
    fc.assert(
      fc.property(wants, bins, (wanted, levels) => {
        const decision = decideAllocation(wanted, levels);
        const lack = (itemId: string): number =>
          Math.max(
            0,
            sum(wanted.filter((one) => one.itemId === itemId)) -
              levels.filter((level) => level.itemId === itemId).reduce((total, level) => total + available(level), 0),
          );
        const missing = decision.outcome === 'backordered' ? decision.missing : [];
        for (const itemId of ['TEA', 'CUP', 'POT'])
          expect(sum(missing.filter((one) => one.itemId === itemId))).toBe(lack(itemId));
      }),
    );
  });

  test('the order of the bins in the database changes nothing', () => {
    fc.assert(
      fc.property(wants, bins, (wanted, levels) => {
        const distinct = levels.map((level, index) => ({ ...level, walkKey: `W${index}` }));
        expect(taken(wanted, [...distinct].reverse())).toEqual(taken(wanted, distinct));
      }),
    );
  });
});

describe('the walk', () => {
  test('counts numbers in aisle, bay and level as numbers, in any spelling', () => {
    const places = ['A-10-1', 'A-2-1', 'B-1-1', 'a-2-10', 'A-2-2', 'A-1-1'].map((code) => {
      const [aisle = '', bay = '', level = ''] = code.split('-');
      return { code, key: walkKey({ aisle, bay, level }) };
    });

    expect(places.sort((a, b) => (a.key < b.key ? -1 : 1)).map((place) => place.code)).toEqual([
      'A-1-1',
      'A-2-1',
      'A-2-2',
      'a-2-10',
      'A-10-1',
      'B-1-1',
    ]);
  });
});
