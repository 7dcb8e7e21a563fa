import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type Bench, openBench, type RunningStation, startStation } from './support.ts';
import { enterDemo, goAs } from './walk.ts';

const PIN = '48291';

let browser: Browser;
let station: RunningStation;
let bench: Bench;

beforeAll(async () => {
  browser = await launchChromium();
  station = await startStation({ demo: true });
  bench = await openBench(browser, station.address, { locale: 'en-GB' });
  await enterDemo(bench);
});
afterAll(async () => {
  await browser?.close();
  await station?.remove();
});

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds on the screen as it is now. */
async function faults(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: bench.page }).withTags(tags).exclude('iframe').analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`));
}

test('an admin adds somebody and gives a PIN, and the badge opens the bench with it', async () => {
  const { page } = bench;
  await goAs(bench, { role: 'admin' });
  await page.evaluate(() => {
    location.hash = '#/settings';
  });
  await page.getByRole('button', { name: 'Add somebody' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Zoé Essai');
  await page.getByRole('radiogroup', { name: 'Language', exact: true }).getByText('Français').click();
  expect(await faults()).toEqual([]);
  await page.getByRole('region', { name: 'People' }).getByRole('button', { name: 'Save' }).click();

  await page.getByRole('button', { name: 'Change Zoé Essai' }).click();
  await page.getByLabel('New PIN, 4 to 8 figures').fill(PIN);
  await page.getByRole('button', { name: 'Set the PIN' }).click();
  await page
    .getByRole('row', { name: /Zoé Essai/ })
    .getByText('Badge and PIN')
    .waitFor();
  const { operators } = await bench.ask('stations.operators-view', {});
  const badge = operators.find(({ name }) => name === 'Zoé Essai')?.badge ?? '';

  await bench.scanner.scan(badge);
  await page.getByLabel(/^(Type the PIN of|Saisir le code de) Zoé Essai$/).waitFor();
  expect(await faults()).toEqual([]);
  await page.keyboard.type(`${PIN}`);
  await page.keyboard.press('Enter');

  await bench.atStep('choose');
  expect((await bench.ask('bench.view', {})).operator).toMatchObject({ name: 'Zoé Essai', language: 'fr' });
  // Nothing of the PIN outlives the page's answer.
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain(PIN);
});

test('the colours belong to the person and come with the badge', async () => {
  const { page } = bench;
  const shown = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
  await bench.ask('stations.set-theme', { theme: 'dark' });
  await page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'dark');
  await goAs(bench, { role: 'packer' });
  await page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'light');

  expect(await shown()).toBe('light');
});
