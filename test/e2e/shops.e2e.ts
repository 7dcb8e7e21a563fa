import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type Bench, openBench, type RunningStation, startStation } from './support.ts';
import { enterDemo, goAs } from './walk.ts';

let browser: Browser;
let station: RunningStation;

beforeAll(async () => {
  browser = await launchChromium();
  station = await startStation();
});
afterAll(async () => {
  await browser?.close();
  await station?.remove();
});

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

describe('the shops of the demo warehouse', () => {
  let bench: Bench;
  const shop = () => bench.page.locator('[data-shop="shopify"]');

  beforeAll(async () => {
    bench = await openBench(browser, station.address);
    await enterDemo(bench);
    await goAs(bench, { role: 'admin' });
    await bench.page.goto(`${new URL(station.address).origin}/#/shops`);
    await shop().waitFor();
  });

  test('can be used by everybody', async () => {
    const { violations } = await new AxeBuilder({ page: bench.page }).withTags(tags).exclude('iframe').analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`))).toEqual([]);
  });

  test('are read when somebody asks', async () => {
    await shop().getByRole('button', { name: 'Read now' }).click();
    await shop()
      .getByText(/New: \d+ · changed: \d+ · set aside: 0/)
      .waitFor();
    await shop().locator('[data-state="reading"]').waitFor();
  });

  test('are paused and go on', async () => {
    await shop().getByRole('button', { name: 'Pause' }).click();
    await shop().locator('[data-state="paused"]').waitFor();
    await shop().getByRole('button', { name: 'Go on reading' }).click();
    await shop().locator('[data-state="reading"]').waitFor();
  });

  test('say in words what a check finds', async () => {
    await shop().getByRole('button', { name: 'Check the connection' }).click();
    await shop().locator('[data-code^="shop.check."]').first().waitFor();
  });

  test('are not connected while a field is missing, which is marked', async () => {
    await bench.page.getByRole('combobox', { name: 'Kind of shop' }).click();
    await bench.page.getByRole('option', { name: /^Shopify/ }).click();
    await bench.page.getByRole('button', { name: 'Connect this shop' }).click();
    const form = bench.page.getByRole('form', { name: /^Connect Shopify/ });
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('This is needed').first().waitFor();
  });
});
