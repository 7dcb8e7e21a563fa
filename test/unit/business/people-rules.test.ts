import { describe, expect, test } from 'vitest';
import { endsSooner, holdEnd, holdStands } from '../../../main/orders/hold-rules.ts';
import { decideLot, type KnownLot, lotToTake } from '../../../main/packing/lot-rules.ts';
import {
  afterWrongPin,
  createPinDesk,
  mayBePin,
  minutesBlocked,
  readPinInput,
} from '../../../main/stations/pin-rules.ts';
import { hashPin, verifyPin } from '../../../main/stations/pin-service.ts';
import { classifyScan } from '../../../shared/barcode/classify-scan.ts';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';

const NOW = '2026-11-22T10:00:00.000Z';
const later = (minutes: number): string => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();

describe('a PIN', () => {
  const asked = { operatorId: 'o', name: 'Mia', purpose: 'sign-in', digits: '12', at: NOW } as const;
  const read = (raw: string, digits = '12') => readPinInput({ ...asked, digits }, classifyScan(raw, { now: NOW }));
  const card = (payload: string): string => encodeStationCode('command', payload);

  test.each([
    ['four digits typed at once', '4829', '12', { kind: 'try', pin: '4829' }],
    ['eight digits, though they look like a barcode', '96385074', '12', { kind: 'try', pin: '96385074' }],
    ['one card more', card('DIGIT-7'), '12', { kind: 'digits', digits: '127' }],
    ['a ninth card', card('DIGIT-7'), '12345678', { kind: 'digits', digits: '12345678' }],
    ['UNDO', card('UNDO'), '12', { kind: 'digits', digits: '1' }],
    ['UNDO with nothing', card('UNDO'), '', { kind: 'digits', digits: '' }],
    ['CONFIRM too early', card('CONFIRM'), '123', { kind: 'digits', digits: '123' }],
    ['CONFIRM', card('CONFIRM'), '1234', { kind: 'try', pin: '1234' }],
    ['CANCEL', card('CANCEL'), '12', { kind: 'leave' }],
    ['three digits', '123', '12', undefined],
    ['nine digits', '123456789', '12', undefined],
    ['an item', '9521234567899', '12', undefined],
    ['a badge', encodeStationCode('badge', 'ABC'), '12', undefined],
  ])('%s', (_what, raw, digits, expected) => {
    expect(read(raw, digits)).toEqual(expected);
  });

  test('the fifth wrong one in a row blocks for five minutes', () => {
    expect([0, 3, 4].map((failures) => afterWrongPin(failures, NOW))).toEqual([
      { failures: 1, blockedUntil: null },
      { failures: 4, blockedUntil: null },
      { failures: 0, blockedUntil: later(5) },
    ]);
  });

  test('the minutes of a block are counted up', () => {
    expect([null, NOW, later(0.1), later(4.5), later(5)].map((until) => minutesBlocked(until, NOW))).toEqual([
      0, 0, 1, 5, 5,
    ]);
  });

  test('is asked for at one bench alone, and for a minute', () => {
    let now = NOW;
    const desk = createPinDesk(() => new Date(now));
    desk.set('bench', asked);

    const first = [desk.asked('bench'), desk.asked('other')];
    now = later(1);
    expect([...first, desk.asked('bench')]).toEqual([asked, undefined, undefined]);
  });

  test('typed at the wrong moment is taken for one; the same digits from a scanner are a code', () => {
    expect([mayBePin('1234', 'typed'), mayBePin('1234', 'wedge'), mayBePin('12345678901', 'typed')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('is compared with its hash; two people with the same PIN have different hashes', async () => {
    const [one, other] = await Promise.all([hashPin('4829'), hashPin('4829')]);

    expect(one).not.toBe(other);
    expect(await Promise.all([verifyPin('4829', one), verifyPin('4820', one), verifyPin('4829', 'plain')])).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('a hold', () => {
  test.each([
    [null, true],
    [later(1), true],
    [NOW, false],
    [later(-1), false],
  ])('until %s stands: %s', (until, stands) => {
    expect(holdStands({ until }, NOW)).toBe(stands);
  });

  test.each([
    [null, null, false],
    [later(5), null, true],
    [null, later(5), false],
    [later(4), later(5), true],
    [later(5), later(5), false],
  ])('until %s ends sooner than one until %s: %s', (until, than, sooner) => {
    expect(endsSooner({ until }, { until: than })).toBe(sooner);
  });

  test('of two days ends after 48 hours', () => {
    expect(holdEnd(NOW, 2)).toBe('2026-11-24T10:00:00.000Z');
  });
});

describe('a lot', () => {
  const lot = (name: string, expiry: string | null, more: Partial<KnownLot> = {}): KnownLot => ({
    lot: name,
    expiry,
    blocked: false,
    left: 5,
    locations: ['A-01'],
    ...more,
  });
  const rule = { today: '2026-11-22', minDays: 30, rule: 'refuse' } as const;
  const lots = [lot('B', '2027-06-01'), lot('A', '2027-01-15'), lot('NONE', null)];

  test.each([
    ['the one that expires first', lots, undefined, 'A'],
    ['one without a date comes last', [lot('NONE', null), lot('B', '2027-06-01')], undefined, 'B'],
    ['a recalled one is left out', [lot('A', '2027-01-15', { blocked: true }), lot('B', '2027-06-01')], undefined, 'B'],
    ['an empty one is left out', [lot('A', '2027-01-15', { left: 0 }), lot('B', '2027-06-01')], undefined, 'B'],
    ['an expired one is left out', [lot('OLD', '2026-11-21'), lot('B', '2027-06-01')], undefined, 'B'],
    ['one that the rule refuses is left out', [lot('NEAR', '2026-12-01'), lot('B', '2027-06-01')], undefined, 'B'],
    ['only those in the bin', [lot('A', '2027-01-15', { locations: ['B-02'] }), lot('B', null)], 'A-01', 'B'],
    ['none in the bin', lots, 'Z-09', undefined],
  ] as const)('to take: %s', (_what, known, location, expected) => {
    expect(lotToTake(known, rule, location)?.lot).toBe(expected);
  });

  test.each([
    ['a known one', lots, { lot: 'A' }, rule, 'accepted'],
    ['an unknown one', lots, { lot: 'X' }, rule, 'pack.wrong-lot'],
    ['an unknown one where none is known', [], { lot: 'X' }, rule, 'accepted'],
    ['no lot told', lots, {}, rule, 'accepted'],
    ['a recalled one', [lot('A', null, { blocked: true })], { lot: 'A' }, rule, 'pack.lot-blocked'],
    ['expired by its code', lots, { lot: 'A', expiry: '2026-11-21' }, rule, 'pack.expired'],
    ['expired by the books', [lot('OLD', '2026-11-21')], { lot: 'OLD' }, rule, 'pack.expired'],
    ['the last day', [], { expiry: '2026-11-22' }, { ...rule, minDays: 0 }, 'accepted'],
    ['29 days left of 30', [], { expiry: '2026-12-21' }, rule, 'pack.near-expiry'],
    ['30 days left of 30', [], { expiry: '2026-12-22' }, rule, 'accepted'],
    ['29 days left where it only warns', [], { expiry: '2026-12-21' }, { ...rule, rule: 'warn' }, 'pack.expires-soon'],
  ] as const)('that is packed: %s', (_what, known, details, by, expected) => {
    const decision = decideLot(known, details, by);

    expect(decision.outcome === 'refused' ? decision.code : (decision.warning ?? 'accepted')).toBe(expected);
  });
});
