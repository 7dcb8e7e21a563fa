import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orderDefaults } from '../../../main/channels/channel.ts';
import { toImported } from '../../../main/shops/imported-order-service.ts';
import { readFrom, spreadOver, waitAfterFaults, wantedNow } from '../../../main/shops/reading-rules.ts';

const now = '2026-11-23T12:00:00.000Z';
const usual = { now, since: null, overlapSeconds: 300, days: 60 };

describe('a reading begins', () => {
  test('a week back the first time, its overlap before the cursor afterwards', () => {
    expect(readFrom(null, usual)).toBe('2026-11-16T12:00:00.000Z');
    expect(readFrom('2026-11-23T11:50:00.000Z', usual)).toBe('2026-11-23T11:45:00.000Z');
  });

  test('where somebody said, and never further back than the shop answers for', () => {
    expect(readFrom('2026-11-23T11:50:00.000Z', { ...usual, since: '2026-11-01T00:00:00.000Z' })).toBe(
      '2026-11-01T00:00:00.000Z',
    );
    expect(readFrom('2025-01-01T00:00:00.000Z', usual)).toBe('2026-09-24T12:00:00.000Z');
    expect(readFrom(null, { ...usual, since: '2020-01-01T00:00:00.000Z' })).toBe('2026-09-24T12:00:00.000Z');
  });
});

describe('a shop that fails is asked again', () => {
  test.each([
    [1, 60, 5],
    [2, 60, 10],
    [5, 60, 80],
    [30, 60, 900],
    [1, 600, 50],
  ])('after fault %d in a row of a shop read every %d s: in %d s', (faults, poll, seconds) => {
    expect(waitAfterFaults(faults, poll)).toBe(seconds);
  });

  test('never later for having failed less, within a quarter of an hour', () => {
    fc.assert(
      fc.property(fc.nat({ max: 100 }), fc.integer({ min: 1, max: 3_600 }), (faults, poll) => {
        const wait = waitAfterFaults(faults, poll);
        expect(wait).toBeLessThanOrEqual(waitAfterFaults(faults + 1, poll));
        expect(wait).toBeGreaterThanOrEqual(5);
        expect(wait).toBeLessThanOrEqual(900);
      }),
    );
  });
});

describe('units wanted of a line', () => {
  const known = { wanted: 5, shipped: 2 };

  test('are what is left and what left, once the shop has heard of everything', () => {
    expect(wantedNow(3, known, true)).toBe(5);
    expect(wantedNow(1, known, true)).toBe(3);
  });

  test('stay while the shop may or may not have heard of what left', () => {
    for (const remaining of [3, 4, 5]) expect(wantedNow(remaining, known, false)).toBe(5);
  });

  test('change when what is left cannot come from what left', () => {
    expect(wantedNow(2, known, false)).toBe(4);
    expect(wantedNow(7, known, false)).toBe(7);
  });
});

describe('units of lines that a shop tells by one id', () => {
  test('are counted once: what left fills the lines up in their order', () => {
    const lines = [
      { ordered: 3, remaining: 2 },
      { ordered: 2, remaining: 2 },
    ];

    expect(spreadOver(5, lines)).toEqual([3, 2]);
    expect(spreadOver(4, lines)).toEqual([2, 2]);
    expect(spreadOver(3, lines)).toEqual([2, 1]);
    expect(spreadOver(7, lines)).toEqual([5, 2]);
  });

  test('are as many as are wanted, whatever the shop says of each', () => {
    const line = fc.record({ ordered: fc.nat({ max: 9 }), remaining: fc.nat({ max: 9 }) });
    fc.assert(
      fc.property(fc.nat({ max: 40 }), fc.array(line, { minLength: 1, maxLength: 4 }), (total, lines) => {
        const units = spreadOver(total, lines);
        expect(units.reduce((sum, one) => sum + one, 0)).toBe(total);
        expect(units.every((one) => one >= 0)).toBe(true);
      }),
    );
  });
});

describe('an order whose gift has the id of what was bought', () => {
  const line = { externalLineIds: ['23'], sku: 'SKU 23', barcode: null, title: 'Tea', variant: null };
  const gift = { gift: false, giftMessage: null, unitPriceMinor: 900 };

  test('is five units in all after one of them has left, not six', () => {
    const order = {
      ...orderDefaults,
      ...{ channel: 'wechat_shop' as const, externalId: '1', externalNumber: '1', placedAt: now, shipBy: null },
      ...{ updatedAt: now, sourceTimes: { placedAt: now, updatedAt: now, shipBy: null } },
      ...{
        payState: 'paid' as const,
        shipState: 'partly-shipped' as const,
        address: null,
        addressState: 'masked' as const,
      },
      lines: [
        { ...line, ...gift, quantityOrdered: 3, quantityToPack: 2 },
        { ...line, ...gift, gift: true, quantityOrdered: 2, quantityToPack: 2 },
      ],
      packages: [],
      attribution: { channel: 'wechat' as const, evidence: 'channel', settled: true, marketplaceOrderId: null },
    };
    const known = { state: 'picking' as const, lines: [{ key: '23', sku: 'SKU 23', wanted: 5, shipped: 1 }] };
    const units = (allTold: boolean) =>
      toImported(order, { channel: 'wechat', key: 'shop' }, { ...known, allTold })?.lines.map(
        ({ quantity }) => quantity,
      );

    expect([units(true), units(false)]).toEqual([
      [3, 2],
      [3, 2],
    ]);
  });
});
