import { expect, test } from 'vitest';
import { accountToken } from '../../../main/carriers/carrier-token.ts';
import { AppError } from '../../../shared/errors.ts';

const HOUR_S = 3_600;
const refusal = (): AppError => new AppError('remote', 'carrier.sign-in-refused');

/** Gives `one`, `two`, …; only those of `good` are taken. */
function aService(good: readonly string[]) {
  const given: string[] = [];
  let now = Date.parse('2026-11-23T09:00:00.000Z');
  const token = accountToken(
    () => new Date(now),
    async () => {
      const text = ['one', 'two', 'three'][given.length] ?? 'more';
      given.push(text);
      return { text, seconds: HOUR_S };
    },
  );
  const ask = (): Promise<string> =>
    token.during(async (text) => {
      if (!good.includes(text)) throw refusal();
      return text;
    });
  return {
    given,
    ask,
    token,
    advance: (ms: number) => {
      now += ms;
    },
  };
}

test('callers that ask at the same time share one token', async () => {
  const { ask, given } = aService(['one']);
  expect(await Promise.all([ask(), ask(), ask()])).toEqual(['one', 'one', 'one']);
  expect(given).toEqual(['one']);
});

test('a token is renewed a minute before it ends', async () => {
  const { ask, given, advance } = aService(['one', 'two']);
  await ask();
  advance(HOUR_S * 1_000 - 60_001);
  expect(await ask()).toBe('one');
  advance(2);
  expect(await ask()).toBe('two');
  expect(given).toEqual(['one', 'two']);
});

test('a token that was taken back early is asked for once more', async () => {
  const good = ['one'];
  const { ask, given } = aService(good);
  await ask();
  good.splice(0, 1, 'two');
  expect(await Promise.all([ask(), ask()])).toEqual(['two', 'two']);
  expect(given).toEqual(['one', 'two']);
});

test('credentials that are refused with a fresh token are not tried again', async () => {
  const { ask, given } = aService([]);
  await expect(ask()).rejects.toMatchObject({ code: 'carrier.sign-in-refused' });
  expect(given).toEqual(['one']);
});

test('what went wrong after signing in is not repeated: it may have happened', async () => {
  const { token } = aService(['one']);
  let times = 0;
  const failing = token.during(async () => {
    times += 1;
    throw new AppError('remote', 'carrier.timeout');
  });
  await expect(failing).rejects.toMatchObject({ code: 'carrier.timeout' });
  expect(times).toBe(1);
});
