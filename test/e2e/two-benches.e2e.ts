import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type Bench, openBench, type RunningStation, startStation } from './support.ts';
import { answered, enterDemo, expected, packAll, pickNext, readFirst, signIn, weighAndLabel } from './walk.ts';

let browser: Browser;
let station: RunningStation;
let first: Bench;
let second: Bench;

beforeAll(async () => {
  browser = await launchChromium();
  station = await startStation({ demo: true });
  first = await openBench(browser, station.address);
  await enterDemo(first);
  second = await openBench(browser, await station.addressFor('Bench 2'), { locale: 'fr-FR' });
  await signIn(second, { language: 'fr' });
});
afterAll(async () => {
  await browser?.close();
  await station?.remove();
});

const verdictOf = (bench: Bench) => bench.page.locator('[data-verdict]').first().getAttribute('data-verdict');

test('two benches scan the same tote: one packs it, the other is told so', async () => {
  const tote = await pickNext(first);
  await Promise.all([first.scanner.scan(tote), second.scanner.scan(tote)]);
  await Promise.all([answered(first), answered(second)]);

  const modes = await Promise.all([first, second].map(async (bench) => (await bench.ask('bench.view', {})).mode));
  expect(modes.toSorted()).toEqual(['idle', 'pack']);
  const loser = modes[0] === 'idle' ? first : second;
  await expect.poll(() => verdictOf(loser)).toBe('order.claimed-elsewhere');
});

test('two windows of one bench scan the last piece at once: it is packed once', async () => {
  const view = await first.ask('bench.view', {});
  const winner = view.mode === 'pack' ? first : second;
  await readFirst(winner);
  const twin = await openBench(browser, await station.addressFor(winner === first ? view.station.name : 'Bench 2'));
  await twin.atStep('pack-item');
  const before = await winner.ask('bench.view', {});
  const item = (await expected(winner, 'item')).text;
  await Promise.all([winner.scanner.scan(item), twin.scanner.scan(item)]);
  await Promise.all([answered(winner), answered(twin)]);

  const after = await winner.ask('bench.view', {});
  const packed = (lines: typeof after.lines) => lines.reduce((sum, line) => sum + line.packed, 0);
  const asked = packed(after.lines) - packed(before.lines);
  expect(asked).toBeGreaterThanOrEqual(1);
  for (const line of after.lines) expect(line.packed).toBeLessThanOrEqual(line.picked);
  await twin.close();

  await packAll(winner);
  await weighAndLabel(winner);
  expect(await verdictOf(winner)).toBe('label.confirmed');
});

test('neither browser had anything to complain about', () => {
  const refused = /status of (409|503)/;
  expect([...first.complaints, ...second.complaints].filter((line) => !refused.test(line))).toEqual([]);
});
