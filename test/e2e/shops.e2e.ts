import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallOutput } from '../../shared/contract/index.ts';
import { launchChromium } from '../support/chromium.ts';
import { playByCommand } from '../support/played-by-command.ts';
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

  /** An order of this shop that nothing keeps back and no hand has touched. */
  async function anOrderOf(connector: string): Promise<CallOutput<'orders.order-view'>> {
    const { shops } = await bench.ask('shops.list-view', {});
    const id = shops.find((one) => one.connector === connector)?.id;
    const { orders } = await bench.ask('orders.list-view', { states: ['ready', 'allocated'], limit: 500 });
    for (const { id: order, hold } of orders) {
      const view = await bench.ask('orders.order-view', { order });
      if (!hold && view.source?.shopId === id) return view;
    }
    throw new Error(`no order of ${connector} waits to be packed`);
  }

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

  test('are connected by the form; a wrong secret is named, and the right one is read with', {
    timeout: 60_000,
  }, async () => {
    const played = await playByCommand('woocommerce', 4);
    const config: Record<string, string> = JSON.parse(await readFile(played.config, 'utf8'));
    const { page } = bench;
    await page.getByRole('combobox', { name: 'Kind of shop' }).click();
    await page.getByRole('option', { name: /^WooCommerce/ }).click();
    await page.getByRole('button', { name: 'Connect this shop' }).click();
    const form = page.getByRole('form', { name: /^Connect WooCommerce/ });
    await form.getByLabel('Name here').fill('Woo');
    await form.getByLabel('Address of the service').fill(config.baseUrl ?? '');
    await form.getByLabel('Consumer key').fill(config.consumerKey ?? '');
    await form.getByLabel('Consumer secret').fill('not the secret');
    await form.getByRole('button', { name: 'Save' }).click();
    const woo = page.locator('[data-shop="woocommerce"]');
    await woo.getByRole('button', { name: 'Check the connection' }).click();
    await woo.locator('[data-code="shop.check.bad-key"]').waitFor();
    await woo.getByRole('button', { name: 'Change' }).click();
    const change = page.getByRole('form', { name: /Woo/ });
    await change.getByLabel('Consumer secret').fill(config.consumerSecret ?? '');
    await change.getByRole('button', { name: 'Save' }).click();
    await woo.locator('[data-code="shop.check.bad-key"]').waitFor({ state: 'detached' });
    await woo.getByRole('button', { name: 'Read now' }).click();
    // The station may have read it by itself a moment before.
    await woo.getByText(/New: (4|0) · changed: 0 · set aside: 0/).waitFor();
    const { shops } = await bench.ask('shops.list-view', {});
    const id = shops.find(({ connector }) => connector === 'woocommerce')?.id ?? '';
    const { orders } = await bench.ask('shops.reconcile', { id });
    expect(orders).toEqual({ theirs: 4, ours: 4, equal: 4 });
    await played.close();
  });

  test('are not connected while a field is missing, which is marked', async () => {
    await bench.page.getByRole('combobox', { name: 'Kind of shop' }).click();
    await bench.page.getByRole('option', { name: /^Shopify/ }).click();
    await bench.page.getByRole('button', { name: 'Connect this shop' }).click();
    const form = bench.page.getByRole('form', { name: /^Connect Shopify/ });
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('This is needed').first().waitFor();
  });

  test('hear of a parcel that was labelled elsewhere, and of what came back', async () => {
    const { page } = bench;
    const order = await anOrderOf('shopify');
    await page.goto(`${new URL(station.address).origin}/#/orders/${order.id}`);
    await page.getByRole('button', { name: 'Sent elsewhere' }).click();
    const away = page.getByRole('form', { name: 'Sent elsewhere' });
    await away.getByLabel('Carrier').fill('UPS');
    await away.getByLabel('Tracking number').fill('1Z999AA10123456784');
    await away.getByRole('button', { name: 'Mark as sent' }).click();
    await page.getByRole('button', { name: 'Goods are back' }).click();
    const back = page.getByRole('form', { name: 'Goods are back' });
    await back
      .getByLabel(new RegExp(`^${order.lines[0]?.sku}: units back \\(of\\s\\d+\\)`))
      .first()
      .waitFor();
    await back.getByLabel('Pay the buyer back').check();
    const { violations } = await new AxeBuilder({ page }).withTags(tags).exclude('iframe').analyze();
    expect(
      violations.flatMap(({ id: rule, nodes }) => nodes.map(({ target }) => `${rule} ${target.join(' ')}`)),
    ).toEqual([]);
    await back.getByRole('button', { name: 'Tell the shop' }).click();
    await page.getByText('The shop hears that the buyer is to be paid back.').waitFor();
    await page.getByText(/^Goods back: \d+ × /).waitFor();
    await page.getByText(/^To be paid back: \d+ × /).waitFor();
  });
});
