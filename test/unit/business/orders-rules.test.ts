import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressText } from '../../../main/orders/import-rules.ts';
import {
  decideChange,
  decideDifference,
  deriveOrderState,
  describeDifference,
  type KnownOrder,
  type LineQuantities,
  lineKey,
  quantitiesAreSound,
  shipByFor,
} from '../../../main/orders/orders-rules.ts';
import { type OrderState, orderMachine, orderStates, type ParcelState } from '../../../shared/model/machines.ts';
import { anOrder } from '../../support/builders.ts';

const line = (change: Partial<LineQuantities> = {}): LineQuantities => ({
  ordered: 2,
  cancelled: 0,
  allocated: 2,
  picked: 0,
  packed: 0,
  shipped: 0,
  ...change,
});

describe('the state of an order follows from its lines and parcels', () => {
  test.each<[string, LineQuantities[], ParcelState[], boolean, OrderState | undefined]>([
    ['not all has its stock', [line({ allocated: 1 })], [], false, undefined],
    ['everything was cancelled', [line({ cancelled: 2, allocated: 0 })], [], false, undefined],
    ['stock is there', [line()], [], false, 'allocated'],
    ['somebody took it', [line()], [], true, 'picking'],
    ['one piece was picked and left', [line({ picked: 1 })], [], false, 'picking'],
    ['all was picked', [line({ picked: 2 }), line({ ordered: 1, allocated: 1, picked: 1 })], [], false, 'picked'],
    ['a parcel is open', [line({ picked: 2, packed: 1 })], ['open'], true, 'packing'],
    ['all lies in a closed parcel', [line({ picked: 2, packed: 2 })], ['closed'], true, 'packing'],
    ['all lies in a labelled parcel', [line({ picked: 2, packed: 2 })], ['labelled'], true, 'packed'],
    ['one of two parcels is labelled', [line({ picked: 2, packed: 2 })], ['labelled', 'closed'], true, 'packing'],
    ['the parcel was voided', [line({ picked: 2 })], ['voided'], false, 'picked'],
    ['a voided one beside a labelled one', [line({ picked: 2, packed: 2 })], ['voided', 'labelled'], true, 'packed'],
    ['it has left', [line({ picked: 2, packed: 2, shipped: 2 })], ['labelled'], false, 'shipped'],
    ['what was cancelled is not waited for', [line({ ordered: 3, cancelled: 1, picked: 2 })], [], false, 'picked'],
  ])('%s', (_what, lines, parcels, claimed, state) => {
    expect(deriveOrderState(lines, parcels, { claimed, split: false })).toBe(state);
  });

  test.each<[string, LineQuantities[], ParcelState[], boolean, OrderState | undefined]>([
    ['nothing has stock', [line({ allocated: 0 })], [], false, 'backordered'],
    ['the first part has its stock', [line({ allocated: 1 })], [], false, 'allocated'],
    ['somebody picks it', [line({ allocated: 1 })], [], true, 'picking'],
    ['it lies in the tote', [line({ allocated: 1, picked: 1 })], [], false, 'picked'],
    ['its parcel is open', [line({ allocated: 1, picked: 1 })], ['open'], true, 'packing'],
    ['its parcel is labelled', [line({ allocated: 1, picked: 1, packed: 1 })], ['labelled'], true, 'packed'],
    ['it has left', [line({ allocated: 1, picked: 1, packed: 1, shipped: 1 })], ['labelled'], false, 'backordered'],
    ['the rest has stock', [line({ picked: 1, packed: 1, shipped: 1 })], ['labelled'], false, 'allocated'],
    ['the rest is picked', [line({ picked: 2, packed: 1, shipped: 1 })], ['labelled'], false, 'picked'],
    ['the rest is packed', [line({ picked: 2, packed: 2, shipped: 1 })], ['labelled', 'closed'], true, 'packing'],
    ['the rest is labelled', [line({ picked: 2, packed: 2, shipped: 1 })], ['labelled', 'labelled'], true, 'packed'],
    ['all has left', [line({ picked: 2, packed: 2, shipped: 2 })], ['labelled', 'labelled'], false, 'shipped'],
    [
      'the rest is cancelled',
      [line({ cancelled: 1, allocated: 1, picked: 1, packed: 1, shipped: 1 })],
      [],
      false,
      'shipped',
    ],
  ])('of a split order: %s', (_what, lines, parcels, claimed, state) => {
    expect(deriveOrderState(lines, parcels, { claimed, split: true })).toBe(state);
  });

  /** One hand movement on an order of some lines with at most one parcel. */
  type Act = 'claim' | 'leave' | 'pick' | 'open' | 'pack' | 'unpack' | 'void' | 'close' | 'label' | 'ship';
  interface Work {
    readonly lines: readonly LineQuantities[];
    readonly parcel: ParcelState | undefined;
    readonly claimed: boolean;
  }

  const change = (
    work: Work,
    can: (one: LineQuantities) => boolean,
    to: (one: LineQuantities) => LineQuantities,
  ): Work => {
    const index = work.lines.findIndex(can);
    return { ...work, lines: work.lines.map((one, at) => (at === index ? to(one) : one)) };
  };
  const all = (work: Work, done: (one: LineQuantities) => boolean): boolean => work.lines.every(done);

  /** What the benches allow; any other act leaves the order as it is. */
  function act(work: Work, name: Act): Work {
    const { parcel } = work;
    switch (name) {
      case 'claim':
        return { ...work, claimed: true };
      case 'leave':
        return { ...work, claimed: false };
      case 'pick':
        return parcel
          ? work
          : change(
              work,
              (one) => one.picked < one.allocated,
              (one) => ({ ...one, picked: one.picked + 1 }),
            );
      case 'open':
        return !parcel && all(work, (one) => one.picked === one.ordered) ? { ...work, parcel: 'open' } : work;
      case 'pack':
        return parcel === 'open'
          ? change(
              work,
              (one) => one.packed < one.picked,
              (one) => ({ ...one, packed: one.packed + 1 }),
            )
          : work;
      case 'unpack':
        return parcel === 'open'
          ? change(
              work,
              (one) => one.packed > 0,
              (one) => ({ ...one, packed: one.packed - 1 }),
            )
          : work;
      case 'void':
        return parcel === 'open' && all(work, (one) => one.packed === 0) ? { ...work, parcel: undefined } : work;
      case 'close':
        return parcel === 'open' && all(work, (one) => one.packed === one.picked)
          ? { ...work, parcel: 'closed' }
          : work;
      case 'label':
        return parcel === 'closed' ? { ...work, parcel: 'labelled' } : work;
      case 'ship':
        return parcel === 'labelled'
          ? { ...work, lines: work.lines.map((one) => ({ ...one, shipped: one.packed })) }
          : work;
    }
  }

  const stateOf = (work: Work): OrderState | undefined =>
    deriveOrderState(work.lines, work.parcel ? [work.parcel] : [], { claimed: work.claimed, split: false });
  /** States that `from` may come to by the machine's moves. */
  function reachable(from: OrderState): Set<OrderState> {
    const seen = new Set<OrderState>([from]);
    for (const state of seen) for (const next of orderMachine.moves[state]) seen.add(next);
    return seen;
  }

  test('whatever hands do in whatever order, each state is one that the machine can reach from the one before', () => {
    const acts = fc.constantFrom<Act>(
      ...([
        'claim',
        'leave',
        'pick',
        'pick',
        'pick',
        'open',
        'pack',
        'pack',
        'pack',
        'unpack',
        'void',
        'close',
        'label',
        'ship',
      ] as const),
    );
    const quantities = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(quantities, fc.array(acts, { maxLength: 60 }), (wanted, steps) => {
        let work: Work = {
          lines: wanted.map((ordered) => line({ ordered, allocated: ordered })),
          parcel: undefined,
          claimed: false,
        };
        let before = stateOf(work);
        for (const step of steps) {
          work = act(work, step);
          const after = stateOf(work);
          if (after === undefined || before === undefined) throw new Error(`no state after ${step}`);
          // Whoever leaves before the first piece makes the numbers look untouched again; the stored state stays.
          const untouched = before === 'picking' && after === 'allocated';
          if (!untouched && !reachable(before).has(after)) throw new Error(`${before} → ${after} by ${step}`);
          expect(work.lines.every(quantitiesAreSound)).toBe(true);
          before = after;
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a split order goes part by part, each state one that the machine can reach from the one before', () => {
    const part = fc.integer({ min: 1, max: 3 });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const ordered = parts.reduce((sum, units) => sum + units, 0);
        let one = line({ ordered, allocated: 0 });
        const standing: ParcelState[] = [];
        const seen: OrderState[] = [];
        const look = (claimed: boolean): void => {
          const state = deriveOrderState([one], standing, { claimed, split: true });
          if (state === undefined) throw new Error('no state');
          const before = seen.at(-1);
          if (before && before !== state && !orderMachine.moves[before].includes(state))
            throw new Error(`${before} → ${state}`);
          seen.push(state);
        };
        look(false);
        for (const units of parts) {
          one = { ...one, allocated: one.allocated + units };
          look(false);
          for (let unit = 0; unit < units; unit += 1) {
            look(true);
            one = { ...one, picked: one.picked + 1 };
            look(true);
          }
          standing.push('open');
          for (let unit = 0; unit < units; unit += 1) {
            look(true);
            one = { ...one, packed: one.packed + 1 };
          }
          standing.splice(-1, 1, 'closed');
          look(true);
          standing.splice(-1, 1, 'labelled');
          look(true);
          one = { ...one, shipped: one.packed };
          look(false);
          expect(quantitiesAreSound(one)).toBe(true);
        }
        expect(seen.at(-1)).toBe('shipped');
        expect(seen.filter((state) => state === 'backordered')).toHaveLength(parts.length);
      }),
    );
  });

  test('every state of the machine can be reached, and only closed and cancelled end the way', () => {
    expect([...reachable('new')].sort()).toEqual([...orderStates].sort());
    expect(orderStates.filter((state) => orderMachine.moves[state].length === 0)).toEqual(['closed', 'cancelled']);
  });
});

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

  test.each<[OrderState, string]>([
    ['new', 'apply'],
    ['ready', 'apply'],
    ['backordered', 'apply'],
    ['allocated', 'apply'],
    ['picking', 'hold'],
    ['picked', 'hold'],
    ['packing', 'hold'],
    ['packed', 'hold'],
    ['shipped', 'too-late'],
    ['closed', 'too-late'],
    ['cancelled', 'too-late'],
  ])('of goods or address to an order that is %s: %s; a cancel that hands are on goes through', (state, decision) => {
    expect(decideChange(state, { ...nothing, lines: ['TEA: 1 → 2'] })).toBe(decision);
    expect(decideChange(state, { ...nothing, address: true })).toBe(decision);
    expect(decideChange(state, { ...nothing, cancelled: true })).toBe(decision === 'hold' ? 'cancel' : decision);
  });

  test('an order that waits with goods in its tote is in hands as much as one that is picked', () => {
    expect(decideChange('backordered', { ...nothing, lines: ['TEA: 1 → 2'] }, true)).toBe('hold');
    expect(decideChange('allocated', { ...nothing, cancelled: true }, true)).toBe('cancel');
    expect(decideChange('backordered', { ...nothing, shipBy: true }, true)).toBe('apply');
  });

  test('a new ship-by stops no hand', () => {
    expect(decideChange('packing', { ...nothing, shipBy: true })).toBe('apply');
  });
});

test('ship-by is so many hours after the order, over the end of summer time as well', () => {
  expect(shipByFor('2026-10-24T22:00:00.000Z', 48)).toBe('2026-10-26T22:00:00.000Z');
});
