import { describe, expect, test } from 'vitest';
import {
  lateBefore,
  localDate,
  nextPickup,
  type PickupClock,
  pickupAfter,
  pickupDaysOf,
} from '../../../main/shipping/dock-clock-rules.ts';

const paris: PickupClock = { cutOff: '17:00', timeZone: 'Europe/Paris', days: [1, 2, 3, 4, 5] };

describe('the cut-off clock of a carrier', () => {
  test('until the cut-off a parcel goes today, after it with the next pick-up', () => {
    expect(nextPickup(paris, '2026-11-23T15:59:00.000Z')).toEqual({
      date: '2026-11-23',
      cutOffAt: '2026-11-23T16:00:00.000Z',
    });
    expect(nextPickup(paris, '2026-11-23T16:00:00.000Z').date).toBe('2026-11-23');
    expect(nextPickup(paris, '2026-11-23T16:00:00.001Z').date).toBe('2026-11-24');
  });

  test('on Friday evening, Saturday and Sunday the next pick-up is Monday’s', () => {
    for (const now of ['2026-11-27T17:00:00.000Z', '2026-11-28T09:00:00.000Z', '2026-11-29T09:00:00.000Z'])
      expect(nextPickup(paris, now)).toEqual({ date: '2026-11-30', cutOffAt: '2026-11-30T16:00:00.000Z' });
  });

  test('the clock on the wall counts, in summer and winter and in the nights between', () => {
    expect(nextPickup(paris, '2026-10-23T08:00:00.000Z').cutOffAt).toBe('2026-10-23T15:00:00.000Z');
    expect(nextPickup(paris, '2026-10-26T08:00:00.000Z').cutOffAt).toBe('2026-10-26T16:00:00.000Z');
    const night = { ...paris, cutOff: '02:30', days: [1, 2, 3, 4, 5, 6, 7] };
    // 02:30 does not exist on 29 March 2026 in Paris, and comes twice on 25 October: once is enough.
    expect(nextPickup(night, '2026-03-28T22:00:00.000Z').date).toBe('2026-03-29');
    expect(nextPickup(night, '2026-10-24T22:30:00.000Z').cutOffAt).toBe('2026-10-25T00:30:00.000Z');
    expect(nextPickup(night, '2026-10-25T01:00:00.000Z').date).toBe('2026-10-26');
  });

  test('the day is the one at the dock, not the one in Greenwich', () => {
    const tokyo = { ...paris, timeZone: 'Asia/Tokyo' };
    expect(localDate('Asia/Tokyo', '2026-11-23T15:30:00.000Z')).toBe('2026-11-24');
    expect(nextPickup(tokyo, '2026-11-23T15:30:00.000Z')).toEqual({
      date: '2026-11-24',
      cutOffAt: '2026-11-24T08:00:00.000Z',
    });
    expect(localDate('America/Los_Angeles', '2026-11-24T02:00:00.000Z')).toBe('2026-11-23');
  });

  test('a carrier that comes on Saturdays says so; nonsense means Monday to Friday', () => {
    expect(pickupDaysOf('123456')).toEqual([1, 2, 3, 4, 5, 6]);
    expect(pickupDaysOf('')).toEqual([1, 2, 3, 4, 5]);
    expect(pickupDaysOf('x9')).toEqual([1, 2, 3, 4, 5]);
    const days = pickupDaysOf('123456');
    expect(nextPickup({ ...paris, days }, '2026-11-27T17:00:00.000Z').date).toBe('2026-11-28');
  });

  test('without a cut-off a parcel goes any day, today', () => {
    const own = { cutOff: null, timeZone: 'Europe/Paris', days: [1] };
    expect(nextPickup(own, '2026-11-28T22:59:00.000Z')).toEqual({ date: '2026-11-28', cutOffAt: null });
    expect(nextPickup(own, '2026-11-28T23:00:00.000Z').date).toBe('2026-11-29');
    expect(lateBefore(own, { date: '2026-11-28', cutOffAt: null })).toBe('2026-11-28T23:00:00.000Z');
  });

  test('late is what was promised before the pick-up after this one', () => {
    const friday = nextPickup(paris, '2026-11-27T08:00:00.000Z');
    expect(pickupAfter(paris, friday).date).toBe('2026-11-30');
    expect(lateBefore(paris, friday)).toBe('2026-11-30T16:00:00.000Z');
  });
});
