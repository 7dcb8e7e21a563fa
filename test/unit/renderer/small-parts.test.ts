import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../../main/stations/settings-rules.ts';
import { expectedScans } from '../../../renderer/screens/bench/expected-scans.ts';
import { wrongSettings } from '../../../renderer/screens/settings/settings-form.ts';
import { delayBefore } from '../../../renderer/station/back-off.ts';
import { newCommandId } from '../../../renderer/station/door.ts';
import { readLaunchFragment } from '../../../renderer/station/launch-fragment.ts';
import { createOwnEcho, createStaleQueries } from '../../../renderer/station/stale-queries.ts';
import { formatWeight, slackUntil } from '../../../renderer/ui/format.ts';
import { parseRoute, routeHref } from '../../../renderer/ui/router.ts';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import type { Expected } from '../../../shared/contract/bench.ts';
import type { CallName } from '../../../shared/contract/index.ts';
import type { SharedSettings } from '../../../shared/contract/stations.ts';

describe('the address that the station prints', () => {
  test('carries the token, another bench and the wish for the demo', () => {
    expect(readLaunchFragment('#launch=abc&station=Bench%202&demo=1')).toEqual({
      token: 'abc',
      station: 'Bench 2',
      demo: true,
    });
  });

  test('is not confused with the fragment of a screen', () => {
    expect(readLaunchFragment('#/orders/42')).toBeUndefined();
  });
});

describe('routes', () => {
  test('lead to a screen and back to the same fragment', () => {
    expect(parseRoute('#/orders/o%2F1')).toEqual({ screen: 'orders', id: 'o/1' });
    expect(routeHref({ screen: 'orders', id: 'o/1' })).toBe('#/orders/o%2F1');
  });

  test('lead to the bench when nobody knows them', () => {
    expect(parseRoute('#/nowhere')).toEqual({ screen: 'bench' });
    expect(parseRoute('')).toEqual({ screen: 'bench' });
  });
});

describe('weights', () => {
  test('are grams below a kilogram and kilograms from there on', () => {
    expect([formatWeight(740_000, 'en'), formatWeight(1_250_000, 'en')]).toEqual(['740 g', '1.250 kg']);
    expect(formatWeight(1_250_000, 'fr')).toBe('1,250 kg');
  });
});

describe('the time until the hand-over', () => {
  const now = Date.parse('2026-11-22T10:00:00.000Z');

  test('is soon within two hours and late afterwards', () => {
    expect(slackUntil('2026-11-22T11:59:00.000Z', now)).toMatchObject({ urgency: 'soon', hours: 1, minutes: 59 });
    expect(slackUntil('2026-11-22T09:45:00.000Z', now)).toMatchObject({ urgency: 'late', late: true, minutes: 15 });
    expect(slackUntil('2026-11-24T12:00:00.000Z', now)).toMatchObject({ urgency: 'ample', days: 2, hours: 2 });
  });
});

test('a command id is a UUID that no other act has', () => {
  const ids = Array.from({ length: 500 }, newCommandId);
  expect(new Set(ids).size).toBe(500);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('a lost station is asked again after half a second, then more slowly, then every five seconds for ever', () => {
  expect([0, 1, 2, 3, 4, 400].map(delayBefore)).toEqual([500, 1_000, 2_000, 5_000, 5_000, 5_000]);
});

describe('events', () => {
  test('that come together ask for each answer once, and an import does not ask at every row', () => {
    const timers: { work: () => void; at: number }[] = [];
    const asked: (readonly CallName[])[] = [];
    let now = 1_000;
    const makeOld = createStaleQueries({
      invalidate: (calls) => asked.push(calls),
      setTimer: (work, milliseconds) => timers.push({ work, at: now + milliseconds }),
      now: () => now,
    });
    for (let row = 0; row < 300; row += 1) makeOld(['orders.list-view', 'bench.view']);
    expect(timers).toHaveLength(1);
    timers[0]?.work();
    expect(asked).toEqual([['orders.list-view', 'bench.view']]);
    now = 1_100;
    makeOld(['bench.view']);
    expect(timers[1]?.at).toBe(1_400);
  });
});

test('the echo of own scans waits until the scanner pauses, and is heard once then', () => {
  const timers: { work: () => void; wait: number }[] = [];
  let fresh = 200;
  let passed = 0;
  const hear = createOwnEcho({
    freshFor: () => fresh,
    pass: () => {
      passed += 1;
    },
    setTimer: (work, wait) => timers.push({ work, wait }),
  });
  hear();
  hear();
  expect(timers.map(({ wait }) => wait)).toEqual([200]);
  fresh = 150;
  timers[0]?.work();
  expect([passed, timers[1]?.wait]).toEqual([0, 150]);
  fresh = 0;
  timers[1]?.work();
  expect(passed).toBe(1);
});

test('the simulated scanner offers each code once and leaves out what the header has', () => {
  const card = (payload: string): Expected => {
    const text = encodeStationCode('command', payload);
    return { kind: 'command', text, title: payload };
  };
  const expects = [card('NEXT'), card('HELP'), card('SIGN-OUT'), card('NEXT'), card('LANGUAGE')];
  expect(expectedScans(expects).map(({ title }) => title)).toEqual(['NEXT']);
});

test('the settings form names the fields that the contract does not take', () => {
  const settings: SharedSettings = {
    ...defaultSettings,
    companyName: 'Atelier',
    street: '',
    postcode: '',
    city: '',
    country: 'France',
    vatNumber: '',
    gs1Prefix: '12',
    defaultLanguage: 'fr',
    labelDpi: 203,
    labelMedia: '4x6',
    handlingHours: Number.NaN,
    returnLabelInBox: true,
    returnWindowDays: 30,
    withdrawalUrl: '',
    weighing: 'off',
    signIn: 'tap',
  };
  expect([...wrongSettings(settings)]).toEqual(['country', 'gs1Prefix', 'handlingHours']);
});
