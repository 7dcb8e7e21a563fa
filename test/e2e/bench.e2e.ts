import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type Bench, openBench, type RunningStation, startStation } from './support.ts';
import { answered, card, enterDemo, expected, openTote, packAll, pickNext, weighAndLabel } from './walk.ts';

let browser: Browser;
let station: RunningStation;
let bench: Bench;

beforeAll(async () => {
  browser = await launchChromium();
  station = await startStation();
  bench = await openBench(browser, station.address);
});
afterAll(async () => {
  await browser?.close();
  await station?.remove();
});

const banner = () => bench.page.locator('[data-verdict]');

describe('a newcomer', () => {
  test('chooses the demo, scans a badge and stands at the queue', async () => {
    await enterDemo(bench);
    await expect.poll(() => banner().getAttribute('data-verdict')).toBe('signed-in.welcome');
    expect(await bench.page.getByRole('list', { name: 'Due first' }).getByRole('listitem').count()).toBeGreaterThan(3);
  });

  test('leaves no token in the address', () => {
    expect(bench.page.url()).not.toContain('launch');
  });
});

describe('one order, by scans alone', () => {
  let tote: string;

  test('is picked into a tote', async () => {
    tote = await pickNext(bench);
    expect(await banner().getAttribute('data-verdict')).toBe('pick.order-done');
  });

  test('opens at the bench by its tote, with the item’s picture on the screen', async () => {
    await openTote(bench, tote);
    const picture = bench.page.getByRole('region', { name: 'Current item' });
    const box = await picture.boundingBox();
    expect(box && (box.width * box.height) / (980 * 724)).toBeGreaterThan(1 / 3);
    expect(await picture.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  });

  test('refuses a wrong item for good: Enter does not close it, a good scan does', async () => {
    const { lines } = await bench.ask('bench.view', {});
    const mine = lines.map(({ sku }) => sku);
    const { items } = await bench.ask('stock.items-view', { limit: 200 });
    const other = items.find(({ sku, gtins }) => !mine.includes(sku) && gtins.some(({ quantity }) => quantity === 1));
    const code = other?.gtins.find(({ quantity }) => quantity === 1)?.code.replace(/^0/, '') ?? '';

    await bench.scanner.scan(code);
    await expect.poll(() => banner().getAttribute('data-verdict')).toBe('pack.wrong-item');
    expect(await banner().innerText()).toContain(other?.title);
    for (const key of ['Enter', 'Escape', 'Space']) await bench.page.keyboard.press(key);
    await bench.page.waitForTimeout(300);
    expect(await banner().getAttribute('data-verdict')).toBe('pack.wrong-item');

    await bench.page.reload();
    await bench.atStep('pack-item');
    await expect.poll(() => banner().getAttribute('data-verdict')).toBe('pack.wrong-item');

    await bench.scanner.scan((await expected(bench, 'item')).text);
    await expect.poll(() => banner().getAttribute('data-tone')).not.toBe('bad');
  });

  test('is packed, weighed and labelled', async () => {
    await packAll(bench);
    await weighAndLabel(bench);
    await expect.poll(() => banner().getAttribute('data-verdict')).toBe('label.confirmed');
  });

  test('left its papers in the simulated printer', async () => {
    const printer = bench.page.getByRole('region', { name: 'Printer' });
    await expect.poll(() => printer.locator('[data-print]').count()).toBeGreaterThanOrEqual(2);
    const [opened] = await Promise.all([
      bench.page.context().waitForEvent('page'),
      printer.getByRole('button', { name: 'Open' }).first().click(),
    ]);
    await opened.close();
  });
});

describe('a packer in French', () => {
  test('switches the language by a card, and back', async () => {
    await bench.scanner.scan(card('LANGUAGE'));
    await bench.page.getByRole('heading', { name: 'Les plus urgentes' }).waitFor();
    expect(await bench.page.locator('html').getAttribute('lang')).toBe('fr');
    await bench.scanner.scan(card('LANGUAGE'));
    await bench.page.getByRole('heading', { name: 'Due first' }).waitFor();
  });
});

describe('fast scanning', () => {
  test('keeps twelve scans made at once in order and answers each', async () => {
    const scans = Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? 'NOTHING-1' : card('HELP')));
    await Promise.all(scans.map((text) => bench.scanner.scan(text, { gap: 2 })));
    await answered(bench);
    expect(await bench.page.getByTestId('scan-kept').count()).toBe(0);
    await expect.poll(() => banner().getAttribute('data-verdict')).toBe('order.unknown');
    await bench.scanner.scan(card('CONFIRM'));
    await expect.poll(() => banner().getAttribute('data-verdict')).toBe('latched.cleared');
  });
});

test('the browser had nothing to complain about', () => {
  expect(bench.complaints).toEqual([]);
});
