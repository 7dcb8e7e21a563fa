import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deriveOrderState, type LineQuantities, quantitiesAreSound } from '../../../main/orders/orders-rules.ts';
import { type OrderState, orderMachine, orderStates, type ParcelState } from '../../../shared/model/machines.ts';

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
