import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lastPut, type PutMovement, planPutBacks } from '../../../main/picking/put-back-rules.ts';

describe('what goes back where', () => {
  const task = (lineId: string, locationId: string, picked: number) => ({ lineId, itemId: 'tea', locationId, picked });

  test('each piece goes into the bin it came from, one entry an item and bin', () => {
    const lines = [
      { id: 'a', picked: 3, shipped: 0 },
      { id: 'b', picked: 1, shipped: 0 },
    ];

    expect(planPutBacks(lines, [task('a', 'A-1', 2), task('a', 'A-2', 1), task('b', 'A-1', 1)])).toEqual([
      { itemId: 'tea', locationId: 'A-2', quantity: 1 },
      { itemId: 'tea', locationId: 'A-1', quantity: 3 },
    ]);
  });

  test('what has left stays away: the pieces that were picked last go back', () => {
    const lines = [{ id: 'a', picked: 3, shipped: 2 }];

    expect(planPutBacks(lines, [task('a', 'A-1', 2), task('a', 'A-2', 1)])).toEqual([
      { itemId: 'tea', locationId: 'A-2', quantity: 1 },
    ]);
  });

  test('an order that no hand touched gives nothing back', () => {
    expect(planPutBacks([{ id: 'a', picked: 0, shipped: 0 }], [task('a', 'A-1', 0)])).toEqual([]);
  });

  test('as many units go back as were picked and have not left, whatever the bins', () => {
    const picks = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(picks, fc.nat(), (picked, left) => {
        const units = picked.reduce((sum, one) => sum + one, 0);
        const shipped = units === 0 ? 0 : left % (units + 1);
        const tasks = picked.map((one, index) => task('a', `A-${index}`, one));
        const plan = planPutBacks([{ id: 'a', picked: units, shipped }], tasks);
        expect(plan.reduce((sum, one) => sum + one.quantity, 0)).toBe(units - shipped);
      }),
    );
  });
});

describe('the last scan that may be taken back', () => {
  const move = (reason: string, quantity: number, subject = 'p'): PutMovement => ({
    subject,
    locationId: 'A-1',
    quantity,
    reason,
  });

  test.each<[string, PutMovement[], { subject: string; quantity: number; damaged: boolean } | undefined]>([
    ['nothing was put back', [], undefined],
    ['one piece', [move('put-back', 1)], { subject: 'p', quantity: 1, damaged: false }],
    ['a damaged one', [move('put-back', 2), move('damaged', -2)], { subject: 'p', quantity: 2, damaged: true }],
    [
      'the one before, when the last was taken back',
      [move('put-back', 1), move('put-back', 3, 'q'), move('put-back-undone', -3, 'q')],
      { subject: 'p', quantity: 1, damaged: false },
    ],
    [
      'none, when a damaged one was taken back',
      [move('put-back', 1), move('damaged', -1), move('damaged-undone', 1), move('put-back-undone', -1)],
      undefined,
    ],
  ])('%s', (_what, movements, last) => {
    expect(lastPut(movements)).toEqual(last && { locationId: 'A-1', ...last });
  });
});
