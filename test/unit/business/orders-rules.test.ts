import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressText } from '../../../main/orders/import-rules.ts';
import {
  decideChange,
  decideDifference,
  describeDifference,
  type KnownOrder,
  lineKey,
  quantitiesAreSound,
  shipByFor,
} from '../../../main/orders/orders-rules.ts';
import type { OrderState } from '../../../shared/model/machines.ts';
import { anOrder } from '../../support/builders.ts';

describe('quantities of a line', () => {
  const numbers = fc.record({
    ordered: fc.integer({ min: 0, max: 9 }),
    cancelled: fc.integer({ min: 0, max: 9 }),
    allocated: fc.integer({ min: -1, max: 9 }),
    picked: fc.integer({ min: -1, max: 9 }),
    packed: fc.integer({ min: -1, max: 9 }),
    shipped: fc.integer({ min: -1, max: 9 }),
  });

  test('are sound exactly when each is held by the one before it', () => {
    fc.assert(
      fc.property(numbers, (one) => {
        const { shipped, packed, picked, allocated, ordered, cancelled } = one;
        const sound =
          shipped >= 0 &&
          packed >= shipped &&
          picked >= packed &&
          allocated >= picked &&
          ordered - cancelled >= allocated;
        expect(quantitiesAreSound(one)).toBe(sound);
      }),
    );
  });
});

describe('what a channel changed', () => {
  const order = anOrder({ externalId: '1', lines: [{ sku: 'TEA', quantity: 2 }, { sku: 'CUP' }] });
  const shipBy = '2026-11-23T16:00:00.000Z';
  const known = (incoming = order): KnownOrder => ({
    lines: incoming.lines.map((one) => ({ key: lineKey(one), sku: one.sku, ordered: one.quantity, cancelled: 0 })),
    address: addressText(incoming.address),
    shipBy,
    cancelled: false,
    paid: true,
  });
  const words = (incoming: typeof order, before = known()) =>
    describeDifference(decideDifference(before, incoming, shipBy));

  test('nothing but details', () => {
    expect(words(order)).toBe('details changed');
    expect(words({ ...order, note: 'Ring twice' })).toBe('details changed');
  });

  test('everything at once, in words without personal data', () => {
    const incoming = anOrder({
      externalId: '1',
      cancelled: true,
      lines: [{ sku: 'TEA', quantity: 5 }, { sku: 'POT' }],
      address: { ...order.address, name: 'Somebody Else' },
    });

    expect(
      describeDifference(decideDifference({ ...known(), paid: false }, incoming, '2026-12-01T00:00:00.000Z')),
    ).toBe('TEA: 2 → 5; POT: 0 → 1; CUP: 1 → 0; address changed; ship-by changed; paid; cancelled');
  });

  test('a line that keeps its id and changes its SKU', () => {
    const before = anOrder({ externalId: '1', lines: [{ sku: 'TEA', quantity: 2, externalLineId: 'L1' }] });
    const after = anOrder({ externalId: '1', lines: [{ sku: 'COFFEE', quantity: 3, externalLineId: 'L1' }] });

    expect(words(after, known(before))).toBe('TEA: 2 → COFFEE 3');
  });

  test('a line that was cancelled by an earlier change and comes back', () => {
    const gone = { ...known(), lines: [...known().lines, { key: 'sku:POT', sku: 'POT', ordered: 4, cancelled: 4 }] };

    expect(words(order, gone)).toBe('details changed');
    expect(
      words(
        { ...order, lines: [...order.lines, ...anOrder({ externalId: '1', lines: [{ sku: 'POT' }] }).lines] },
        gone,
      ),
    ).toBe('POT: 0 → 1');
  });

  test('the same lines in another order, split or joined, are no change', () => {
    const lines = fc.array(
      fc.record({ sku: fc.constantFrom('A', 'B', 'C'), quantity: fc.integer({ min: 0, max: 4 }) }),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(lines, (wanted) => {
        const before = anOrder({ externalId: '1', lines: wanted });
        const units = wanted.flatMap(({ sku, quantity }) =>
          Array.from({ length: quantity }, () => ({ sku, quantity: 1 })),
        );
        if (units.length === 0) return;
        expect(
          decideDifference(known(before), anOrder({ externalId: '1', lines: units.reverse() }), shipBy).lines,
        ).toEqual([]);
      }),
    );
  });

  test('applying what is said leads to what came', () => {
    const lines = fc.array(
      fc.record({ sku: fc.constantFrom('A', 'B', 'C', 'D'), quantity: fc.integer({ min: 0, max: 4 }) }),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    const sums = (wanted: readonly { sku: string; quantity: number }[]): Record<string, number> => {
      const total: Record<string, number> = { A: 0, B: 0, C: 0, D: 0 };
      for (const { sku, quantity } of wanted) total[sku] = (total[sku] ?? 0) + quantity;
      return total;
    };
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const said = decideDifference(
          known(anOrder({ externalId: '1', lines: before })),
          anOrder({ externalId: '1', lines: after }),
          shipBy,
        ).lines;
        const result = sums(before);
        for (const text of said) {
          const [, sku = '', from, to] = /^(\w+): (\d+) → (\d+)$/.exec(text) ?? [];
          expect(result[sku]).toBe(Number(from));
          result[sku] = Number(to);
        }
        expect(result).toEqual(sums(after));
      }),
    );
  });
});

describe('whether a change is applied', () => {
  const nothing = { lines: [], address: false, shipBy: false, cancelled: false, nowPaid: false };

  test.each<[OrderState, string, string, string]>([
    ['new', 'apply', 'apply', 'apply'],
    ['ready', 'apply', 'apply', 'apply'],
    ['backordered', 'apply', 'apply', 'apply'],
    ['allocated', 'apply', 'apply', 'apply'],
    ['picking', 'start-again', 'hold', 'cancel'],
    ['picked', 'start-again', 'hold', 'cancel'],
    ['packing', 'start-again', 'hold', 'cancel'],
    ['packed', 'start-again', 'hold', 'cancel'],
    ['shipped', 'too-late', 'too-late', 'too-late'],
    ['closed', 'too-late', 'too-late', 'too-late'],
    ['cancelled', 'too-late', 'too-late', 'too-late'],
  ])('to an order that is %s: other goods %s, another address %s, a cancel %s', (state, goods, address, cancel) => {
    expect(decideChange(state, { ...nothing, lines: ['TEA: 1 → 2'] })).toBe(goods);
    expect(decideChange(state, { ...nothing, address: true })).toBe(address);
    expect(decideChange(state, { ...nothing, cancelled: true })).toBe(cancel);
  });

  test('an order that waits with goods in its tote is in hands as much as one that is picked', () => {
    const touched = { touched: true };
    expect(decideChange('backordered', { ...nothing, lines: ['TEA: 1 → 2'] }, touched)).toBe('start-again');
    expect(decideChange('allocated', { ...nothing, cancelled: true }, touched)).toBe('cancel');
    expect(decideChange('backordered', { ...nothing, shipBy: true }, touched)).toBe('apply');
  });

  test('people look at other goods for an order of which a part has left', () => {
    const goods = { touched: true, hasLeft: true };
    expect(decideChange('packing', { ...nothing, lines: ['TEA: 3 → 2'] }, goods)).toBe('hold');
  });

  test('a new ship-by stops no hand', () => {
    expect(decideChange('packing', { ...nothing, shipBy: true })).toBe('apply');
  });
});

test('ship-by is so many hours after the order, over the end of summer time as well', () => {
  expect(shipByFor('2026-10-24T22:00:00.000Z', 48)).toBe('2026-10-26T22:00:00.000Z');
});
