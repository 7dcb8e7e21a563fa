import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fromHere,
  inWalkingOrder,
  lossOf,
  nextStop,
  type RunTask,
  walkOf,
  zoneCard,
  zoneCards,
} from '../../../main/picking/run-rules.ts';
import { commandPayload, parseCommand } from '../../../shared/barcode/station-commands.ts';

const task = (change: Partial<RunTask> & { id: string }): RunTask => ({
  orderId: 'o1',
  lineId: 'l1',
  itemId: 'tea',
  location: 'A-01-1',
  walkKey: 'A/01/1',
  zone: 'A',
  slot: 1,
  quantity: 1,
  picked: 0,
  state: 'claimed',
  ...change,
});

describe('the walk for several orders', () => {
  test('goes from bin to bin, takes one item for all before the next, and fills the totes from the first place on', () => {
    const tasks = [
      task({ id: 'd', walkKey: 'B/01/1', location: 'B-01-1' }),
      task({ id: 'c', itemId: 'tea', slot: 2 }),
      task({ id: 'a', itemId: 'cup', slot: 3 }),
      task({ id: 'b', itemId: 'tea', slot: 1 }),
    ];
    expect(walkOf(tasks, null).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('leaves out what is done, closed short or cancelled, and other zones', () => {
    const tasks = [
      task({ id: 'done', state: 'done', picked: 1 }),
      task({ id: 'short', state: 'closed-short', quantity: 0 }),
      task({ id: 'cancelled', state: 'cancelled' }),
      task({ id: 'elsewhere', zone: 'Bulk goods' }),
      task({ id: 'here' }),
    ];
    expect(walkOf(tasks, 'A').map(({ id }) => id)).toEqual(['here']);
    expect(walkOf(tasks, 'BULK-GOODS').map(({ id }) => id)).toEqual(['elsewhere']);
  });

  test('is the same whatever the order in which the tasks were read, and visits no bin twice', () => {
    const someTask = fc.record({
      walkKey: fc.constantFrom('A/1', 'A/2', 'B/1', 'C/9'),
      slot: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(fc.array(someTask, { maxLength: 20 }), fc.infiniteStream(fc.nat()), (drawn, dice) => {
        const tasks = drawn.map((one, index) => task({ ...one, id: `t${index}`, location: one.walkKey }));
        const shuffled = tasks
          .map((one) => ({ one, at: dice.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        const walk = inWalkingOrder(shuffled);
        expect(walk).toEqual(inWalkingOrder(tasks));
        const bins = walk.map(({ location }) => location).filter((bin, index, all) => bin !== all[index - 1]);
        expect(new Set(bins).size).toBe(bins.length);
      }),
    );
  });

  test('goes on at the task whose units are in the hand, then at the bin that was confirmed, then from the front', () => {
    const walk = [task({ id: 'new' }), task({ id: 'bin' }), task({ id: 'hand' })];
    const first = (inHand: string | undefined, atBin: string | null) => fromHere(walk, { inHand, atBin })[0]?.id;

    expect([first('hand', 'bin'), first(undefined, 'bin'), first(undefined, null), first('gone', null)]).toEqual([
      'hand',
      'bin',
      'new',
      'new',
    ]);
    expect(fromHere(walk, { inHand: 'hand', atBin: null })).toHaveLength(3);
  });

  test('asks for no second scan of the bin in front of which the picker stands', () => {
    const here = task({ id: 'a' });
    expect(nextStop([here, task({ id: 'b' })], here)).toBe('b');
    expect(nextStop([here, task({ id: 'b', location: 'B-01-1' })], here)).toBeNull();
    expect(nextStop([here], here)).toBeNull();
  });
});

describe('zones on cards', () => {
  test.each([
    ['A', 'A'],
    ['fragile', 'FRAGILE'],
    ['Épicerie sèche', 'EPICERIE-SECHE'],
    ['  cold / frozen  ', 'COLD-FROZEN'],
    ['a very long name of a zone', 'A-VERY-LONG-NAME'],
    ['冷藏', undefined],
    ['', undefined],
  ])('the zone %j has the card %j', (zone, card) => expect(zoneCard(zone)).toBe(card));

  test('whatever a zone is called, its card can be printed and read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (zone) => {
        const argument = zoneCard(zone);
        if (argument === undefined) return;
        const payload = commandPayload({ name: 'zone', argument });
        expect(parseCommand(payload ?? '')).toEqual({ name: 'zone', argument });
      }),
    );
  });

  test('zones that share a card are walked together', () => {
    expect([...zoneCards(['cold', 'Cold', 'dry', '冷'])]).toEqual([
      ['COLD', ['Cold', 'cold']],
      ['DRY', ['dry']],
    ]);
  });
});

describe('what stops one order of a walk', () => {
  const now = '2026-11-22T10:00:00.000Z';
  const order = { state: 'picking', claimedBy: 'bench', hold: null };

  test.each([
    ['nothing', order, undefined],
    ['a hold', { ...order, hold: { until: null } }, 'on-hold'],
    ['a hold that is over', { ...order, hold: { until: '2026-11-22T09:00:00.000Z' } }, undefined],
    ['a hold until later', { ...order, hold: { until: '2026-11-22T11:00:00.000Z' } }, 'on-hold'],
    ['a cancel', { ...order, state: 'cancelled', claimedBy: null }, 'cancelled'],
    ['a cancel of the rest', { ...order, state: 'shipped', claimedBy: null }, 'cancelled'],
    ['another bench', { ...order, claimedBy: 'other' }, 'taken-over'],
    ['a bench that gave it free', { ...order, claimedBy: null }, 'taken-over'],
    ['one that was picked elsewhere', { ...order, state: 'picked' }, 'taken-over'],
  ] as const)('%s', (_, found, because) => expect(lossOf(found, 'bench', now)).toBe(because));
});
