import { describe, expect, test } from 'vitest';
import { nextLook, parcelMoves, returnMove, type Tracked } from '../../../main/shipping/tracking-rules.ts';

const SINCE = '2026-11-01T08:00:00.000Z';
const at = (hours: number): string => new Date(Date.parse(SINCE) + hours * 3_600_000).toISOString();
const base: Tracked = {
  kind: 'outbound',
  before: 'in-transit',
  state: 'in-transit',
  since: SINCE,
  deliveryBy: null,
  now: at(1),
};
const minutes = (change: Partial<Tracked>): number | null => {
  const tracked = { ...base, ...change };
  const next = nextLook(tracked);
  return next === null ? null : (Date.parse(next) - Date.parse(tracked.now)) / 60_000;
};

describe('when a carrier is asked again', () => {
  test('ever more rarely, and never after sixty days', () => {
    expect([1, 7, 24 * 4, 24 * 20, 24 * 61].map((hours) => minutes({ now: at(hours) }))).toEqual([
      30,
      120,
      360,
      1440,
      null,
    ]);
  });

  test('more often while it is out for delivery, and as soon as the day that was named is over', () => {
    expect(minutes({ now: at(24 * 4), state: 'out-for-delivery' })).toBe(60);
    expect(nextLook({ ...base, now: '2026-11-05T17:00:00.000Z', deliveryBy: '2026-11-05' })).toBe(
      '2026-11-05T20:00:00.000Z',
    );
    expect(minutes({ now: at(24 * 4), deliveryBy: '2026-11-02' })).toBe(360);
  });

  test('once more after it was delivered, for carriers that take it back; then no more', () => {
    expect(minutes({ state: 'delivered' })).toBe(24 * 60);
    expect(minutes({ state: 'delivered', before: 'delivered' })).toBeNull();
    expect(minutes({ state: 'returned' })).toBeNull();
  });

  test('once a day of a return label that nobody used yet', () => {
    expect(minutes({ kind: 'return', state: 'pending' })).toBe(24 * 60);
  });
});

describe('what the carrier’s words do to a parcel', () => {
  test('its first scan proves that the parcel left', () => {
    expect(parcelMoves('labelled', 'picked-up')).toEqual(['handed-over']);
    expect(parcelMoves('manifested', 'delivered')).toEqual(['handed-over', 'delivered']);
    expect(parcelMoves('labelled', 'pending')).toEqual([]);
  });

  test('stuck goes on, delivered too early is taken back, the same word twice does nothing', () => {
    expect(parcelMoves('exception', 'in-transit')).toEqual(['handed-over']);
    expect(parcelMoves('delivered', 'exception')).toEqual(['exception']);
    expect(parcelMoves('exception', 'exception')).toEqual([]);
    expect(parcelMoves('delivered', 'in-transit')).toEqual([]);
    expect(parcelMoves('handed-over', 'returned')).toEqual(['returned']);
  });

  test('a parcel that came back, or was taken apart, stays what it is', () => {
    expect(parcelMoves('returned', 'delivered')).toEqual([]);
    expect(parcelMoves('voided', 'delivered')).toEqual([]);
    expect(parcelMoves('closed', 'in-transit')).toEqual([]);
  });

  test('a return is on its way as soon as the carrier has it', () => {
    expect(returnMove('authorised', 'picked-up')).toBe('in-transit');
    expect(returnMove('authorised', 'pending')).toBeUndefined();
    expect(returnMove('received', 'delivered')).toBeUndefined();
  });
});
