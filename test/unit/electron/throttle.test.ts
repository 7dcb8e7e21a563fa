import { expect, test } from 'vitest';
import { createThrottle } from '../../../main/electron/throttle.ts';

test('a page that crashes now and then is back at once', () => {
  const throttle = createThrottle({ limit: 2, perMs: 1000 });
  expect([0, 600, 1100, 2000].map((at) => throttle.wait(at))).toEqual([0, 0, 0, 0]);
});

test('a page that crashes at once each time is loaded no more often than the limit allows', () => {
  const throttle = createThrottle({ limit: 2, perMs: 1000 });
  expect([0, 10, 20, 30].map((at) => throttle.wait(at))).toEqual([0, 0, 980, 980]);
});

test('after the waiting the page may fail again without being given up', () => {
  const throttle = createThrottle({ limit: 1, perMs: 1000 });
  expect([0, 1, 2].map((at) => throttle.wait(at))).toEqual([0, 999, 1998]);
});
