import { describe, expect, test } from 'vitest';
import {
  type BacklogCount,
  backlogOf,
  blockOf,
  isStuck,
  openStates,
  STUCK_AFTER_MINUTES,
  stagesOf,
} from '../../../main/reporting/floor-rules.ts';
import { orderStates } from '../../../shared/model/machines.ts';

const now = Date.parse('2026-11-20T15:20:00.000Z');
const count = (change: Partial<BacklogCount>): BacklogCount => ({
  quarter: '2026-11-20T16:1',
  late: false,
  channel: 'shopify',
  state: 'allocated',
  holdReason: null,
  count: 1,
  ...change,
});

describe('what keeps hands off an order', () => {
  test.each([
    [{ state: 'allocated', holdReason: null }, null],
    [{ state: 'packing', holdReason: 'fraud' }, 'hold'],
    [{ state: 'picking', holdReason: 'short' }, 'short'],
    [{ state: 'backordered', holdReason: null }, 'short'],
    [{ state: 'backordered', holdReason: 'payment' }, 'unpaid'],
    [{ state: 'new', holdReason: null }, 'unknown-item'],
    [{ state: 'new', holdReason: 'address' }, 'hold'],
  ] as const)('%o: %s', (order, block) => {
    expect(blockOf(order)).toBe(block);
  });

  test('an order is open until it has left, whatever its state is called', () => {
    expect(orderStates.filter((state) => !openStates.some((open) => open === state))).toEqual([
      'shipped',
      'closed',
      'cancelled',
    ]);
  });
});

describe('the backlog', () => {
  test('is told by when orders have to leave and where they came from; what is blocked stands apart', () => {
    const backlog = backlogOf(
      [
        count({ quarter: '2026-11-20T15:0', late: true, count: 2 }),
        count({ quarter: '2026-11-20T15:1', count: 3 }),
        count({ quarter: '2026-11-20T15:3', channel: 'tiktok', state: 'picked' }),
        count({ quarter: '2026-11-20T15:2', channel: 'tiktok', holdReason: 'payment', count: 4 }),
        count({ quarter: '2026-11-21T22:3', count: 5 }),
        count({ quarter: '2026-11-24T09:0', channel: 'web', state: 'backordered', count: 6 }),
        count({ quarter: '2027-01-01T09:0', channel: 'web', count: 7 }),
      ],
      'Europe/Paris',
      now,
    );

    expect(backlog).toEqual({
      open: 18,
      late: 2,
      dueToday: 6,
      blocked: [
        { block: 'hold', count: 0 },
        { block: 'short', count: 6 },
        { block: 'unpaid', count: 4 },
        { block: 'unknown-item', count: 0 },
      ],
      slots: [
        { kind: 'late', start: null, end: null, open: 2, blocked: 0 },
        { kind: 'hour', start: '2026-11-20T15:00:00.000Z', end: '2026-11-20T16:00:00.000Z', open: 4, blocked: 4 },
        { kind: 'hour', start: '2026-11-21T22:00:00.000Z', end: '2026-11-21T23:00:00.000Z', open: 5, blocked: 0 },
        { kind: 'day', start: '2026-11-23T23:00:00.000Z', end: '2026-11-24T23:00:00.000Z', open: 0, blocked: 6 },
        { kind: 'later', start: '2026-11-26T23:00:00.000Z', end: null, open: 7, blocked: 0 },
      ],
      channels: [
        { channel: 'shopify', open: 10, late: 2, blocked: 0 },
        { channel: 'web', open: 7, late: 0, blocked: 6 },
        { channel: 'tiktok', open: 1, late: 0, blocked: 4 },
      ],
      cells: [
        { slot: 0, channel: 'shopify', open: 2, blocked: 0 },
        { slot: 1, channel: 'shopify', open: 3, blocked: 0 },
        { slot: 1, channel: 'tiktok', open: 1, blocked: 4 },
        { slot: 2, channel: 'shopify', open: 5, blocked: 0 },
        { slot: 3, channel: 'web', open: 0, blocked: 6 },
        { slot: 4, channel: 'web', open: 7, blocked: 0 },
      ],
    });
  });

  test('is empty when everything has left', () => {
    expect(backlogOf([], 'UTC', now)).toMatchObject({
      open: 0,
      late: 0,
      dueToday: 0,
      slots: [],
      channels: [],
      cells: [],
    });
  });

  test('of orders that hands can work on is told by what is done next', () => {
    const counts = [
      count({ state: 'allocated', count: 5 }),
      count({ state: 'picking', count: 2 }),
      count({ state: 'picked', count: 3 }),
      count({ state: 'packing' }),
      count({ state: 'packed' }),
      count({ state: 'packing', holdReason: 'fraud', count: 9 }),
    ];

    expect(stagesOf(counts)).toEqual({ toPick: 5, picking: 2, toPack: 3, packing: 2 });
  });
});

describe('a bench is stuck', () => {
  const ago = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();

  test.each([
    ['when an order lies there and nothing was scanned for too long', 'pack', 30, STUCK_AFTER_MINUTES + 1, true],
    ['not while scans come', 'pick', 30, STUCK_AFTER_MINUTES - 1, false],
    ['not right after the order came, whatever was scanned before', 'pack', 1, null, false],
    ['when nothing was scanned at all since a walk began', 'batch', 90, null, true],
    ['not between two orders', 'idle', 90, 60, false],
  ] as const)('%s', (_name, mode, since, lastScan, stuck) => {
    const station = { mode, since: ago(since), lastScanAt: lastScan === null ? null : ago(lastScan) };
    expect(isStuck(station, now)).toBe(stuck);
  });
});
