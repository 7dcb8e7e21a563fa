import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RawPrinter, startRawPrinter } from '../../main/devices/printer/simulated/raw-printer.ts';
import { type SimulatedScale, simulateScale } from '../../main/devices/simulated/scale-at-far-end.ts';
import { launchChromium } from '../support/chromium.ts';
import { type FarEnd, plug, ptysAvailable } from '../support/devices/pty.ts';
import { type Bench, openBench, type RunningStation, startStation } from './support.ts';
import { card, enterDemo, expected, goAs, openTote, packAll, pickNext } from './walk.ts';

let browser: Browser;
let station: RunningStation;
let bench: Bench;
let printer: RawPrinter;
let scaleEnd: FarEnd;
let scale: SimulatedScale;
let scannerEnd: FarEnd;

const chip = (kind: string): Locator => bench.page.locator(`[data-device="${kind}"]`);
const inState = (kind: string, state: string): Locator =>
  bench.page.locator(`[data-device="${kind}"][data-state="${state}"]`);
const form = (): Locator => bench.page.locator('[data-device-form]');
const button = (name: string): Locator => bench.page.getByRole('button', { name, exact: true });

async function openDevices(): Promise<void> {
  await bench.page.goto(`${new URL(station.address).origin}/#/devices`);
  await bench.page.getByRole('heading', { level: 1, name: /Devices|Appareils/ }).waitFor();
  await bench.page.waitForLoadState('networkidle');
}

async function choose(field: string, option: string | RegExp): Promise<void> {
  await form().getByRole('combobox', { name: field, exact: true }).click();
  await bench.page.getByRole('option', { name: option, exact: true }).click();
}

async function save(): Promise<void> {
  await form().getByRole('button', { name: 'Save' }).click();
  await form().waitFor({ state: 'detached' });
}

/** What axe finds, and targets that a glove misses. */
async function faults(): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await new AxeBuilder({ page: bench.page }).withTags(tags).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`));
  const small = await bench.page
    .locator('main button, main a, main input:not([type=checkbox], [type=hidden]), [data-device]')
    .evaluateAll((elements) =>
      elements
        .map((element) => ({ text: element.textContent ?? '', box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.height < 47.5 || box.width < 47.5))
        .map(({ text, box }) => `small: ${text} ${Math.round(box.width)}×${Math.round(box.height)}`),
    );
  return [...found, ...small];
}

describe.skipIf(!ptysAvailable)('devices set up on the screen', () => {
  beforeAll(async () => {
    [browser, station, printer, scaleEnd, scannerEnd] = await Promise.all([
      launchChromium(),
      startStation({ demo: true }),
      startRawPrinter({ answersStatus: true }),
      plug('e2e-scale'),
      plug('e2e-scanner'),
    ]);
    scale = simulateScale(scaleEnd, 'toledo-8217');
    bench = await openBench(browser, station.address);
    await enterDemo(bench);
    await goAs(bench, { role: 'admin', language: 'en' });
  });
  afterAll(async () => {
    scale?.stop();
    await browser?.close();
    await station?.remove();
    await scaleEnd?.unplug();
    await scannerEnd?.unplug();
    await printer?.close();
  });

  test('nothing stands under the screen while nothing is set up', async () => {
    await openDevices();
    expect(await bench.page.locator('[data-device]').count()).toBe(0);
    await button('Add a scale').waitFor();
    expect(await faults()).toEqual([]);
  });

  test('what is on this port? is asked and told, and what was found fills the form', async () => {
    await button('Add a scanner').click();
    await form().getByRole('combobox', { name: 'Port', exact: true }).fill(scaleEnd.path);
    await form().getByRole('button', { name: 'What is on this port?' }).click();
    await form().getByText('Listening and asking …').waitFor();
    const best = form().locator('[data-finding]').first();
    await best.waitFor({ timeout: 90_000 });
    expect(await best.getAttribute('data-finding')).toBe('toledo-8217');
    expect(await faults()).toEqual([]);
    await best.getByRole('button', { name: 'Use this' }).click();
    await bench.page.locator('[data-device-form="scale"]').waitFor();
    expect(await form().getByRole('combobox', { name: 'Protocol', exact: true }).inputValue()).toMatch(/Toledo 8217/);
    await form().getByRole('button', { name: 'Close' }).click();
  }, 120_000);

  test('an admin adds a scale on a typed port; the form asks for the unit that this scale does not say', async () => {
    await button('Add a scale').click();
    await form().getByRole('combobox', { name: 'Port', exact: true }).fill(scaleEnd.path);
    await choose('Protocol', /Toledo 8217/);
    expect(await form().getByRole('combobox', { name: 'Preset', exact: true }).inputValue()).toBe('9600 7E1');
    await choose('Speed, baud', '19200');
    expect(await form().getByRole('combobox', { name: 'Preset', exact: true }).inputValue()).toBe('As set by hand');
    await choose('Preset', '9600 8N1');
    await form().getByRole('button', { name: 'Save' }).click();
    await form().getByText('One field needs another value.').waitFor();
    expect(await faults()).toEqual([]);
    await choose('Unit', 'kg');
    await save();
    await inState('scale', 'ready').waitFor();
  });

  test('its weight is live under every screen, and the demo’s scale is gone', async () => {
    scale.put(1_250_000);
    await chip('scale').getByText('1.250 kg').waitFor();
    await bench.page.goto(`${new URL(station.address).origin}/#/bench`);
    await chip('scale').getByText('1.250 kg').waitFor();
    expect(await chip('scale').locator('[data-live="true"]').count()).toBe(1);
    expect(await bench.page.getByRole('region', { name: 'Scale', exact: true }).count()).toBe(0);
    await bench.page.getByRole('complementary').waitFor();
  });

  test('adds a scanner, and a label printer by its address', async () => {
    await openDevices();
    await button('Add a scanner').click();
    await form().getByRole('combobox', { name: 'Port', exact: true }).fill(scannerEnd.path);
    await save();
    await inState('scanner', 'ready').waitFor();

    await button('Add a printer').click();
    await choose('Plugged in by', 'Network address');
    await form().getByRole('textbox', { name: 'Network name or address' }).fill('127.0.0.1');
    await form().getByRole('textbox', { name: 'Port number' }).fill(String(printer.port));
    await save();
    await inState('printer', 'ready').waitFor();
    expect(await faults()).toEqual([]);
  });

  test('the test label comes out of that printer', async () => {
    const shown = bench.page.locator('[data-device-card="printer"]');
    await shown.getByRole('button', { name: 'Test print' }).click();
    await shown.getByRole('button', { name: 'Print the calibration label' }).click();
    await expect.poll(() => printer.papers.length).toBe(1);
    expect(Buffer.from(printer.papers[0] ?? []).toString('latin1')).toContain('^XA');
    await shown.locator('[data-test-print="printed"]').waitFor();
    expect(await faults()).toEqual([]);
  });

  test('a label waits while its roll is empty, with words for it, and comes by itself afterwards', async () => {
    printer.set({ paperOut: true });
    await bench.page.goto(`${new URL(station.address).origin}/#/bench`);
    await bench.atStep('choose');
    await openTote(bench, await pickNext(bench));
    await packAll(bench);
    await bench.atStep('weigh');
    const { weighing } = await bench.ask('bench.view', {});
    scale.put(0);
    await chip('scale').getByText('0 g', { exact: true }).waitFor();
    scale.put(weighing?.expectedMg ?? 0);
    await bench.atStep('scan-label');
    await bench.page.locator('[data-print-state="queued"]').getByText('Label: waits for the printer').waitFor();
    await bench.page.locator('[data-device="printer"][data-code="printer.media-empty"]').waitFor();
    expect(await faults()).toEqual([]);

    const before = printer.papers.length;
    printer.set({});
    await inState('printer', 'ready').waitFor();
    await expect.poll(() => printer.papers.length).toBeGreaterThan(before);
    // Label, return label and slip at least; a parcel that crosses a border has papers for customs besides.
    const open = async () =>
      (await bench.ask('bench.view', {})).prints.flatMap(({ kind, state }) => (state === 'printed' ? [] : [kind]));
    await expect.poll(open).toEqual([]);
    await bench.page.locator('[data-print-state]').waitFor({ state: 'detached' });
  });

  test('broken off in the middle, the label is asked about: YES and NO stand beside the question', async () => {
    printer.set({ hangUpAfter: 400 });
    await bench.scanner.scan(card('REPRINT'));
    await bench.scanner.scan(card('REASON-LABEL-TORN'));
    const question = bench.page.locator('[data-print-state="unknown"]');
    await question.getByText('Label: did it come out?').waitFor();
    expect(await faults()).toEqual([]);
    expect(await bench.page.getByRole('main').getByRole('button', { name: 'Yes', exact: true }).count()).toBe(1);
    printer.set({});
    const before = printer.papers.length;
    await bench.scanner.scan(card('NO'));
    await question.waitFor({ state: 'detached' });
    await expect.poll(() => printer.papers.length).toBeGreaterThan(before);
    await bench.scanner.scan((await expected(bench, 'label')).text);
    await bench.atStep('choose');
  });

  test('support sees what the scale sends', async () => {
    scale.put(1_250_000);
    await openDevices();
    const shown = bench.page.locator('[data-device-card="scale"]');
    await shown.getByRole('button', { name: 'What it sends' }).click();
    await shown.getByRole('cell', { name: '.01.250.' }).first().waitFor();
    expect(await faults()).toEqual([]);
    await shown.getByRole('button', { name: 'What it sends' }).click();
  });

  test('a pulled scale is told in words, nothing moves and no focus is taken', async () => {
    await bench.page.goto(`${new URL(station.address).origin}/#/bench`);
    await bench.page.locator('[data-bench="idle"]').waitFor();
    const place = await bench.page.locator('main').boundingBox();
    const focus = await bench.page.evaluate(() => document.activeElement?.tagName);
    await scaleEnd.unplug();
    await chip('scale').getByText('Its cable was pulled').waitFor();
    expect(await chip('scale').innerText()).toContain('Plug it in again');
    expect(await bench.page.locator('main').boundingBox()).toEqual(place);
    expect(await bench.page.evaluate(() => document.activeElement?.tagName)).toBe(focus);
    expect(await faults()).toEqual([]);
  });

  test('pressed, it tells since when; a scan goes on and its Enter presses nothing', async () => {
    await chip('scale').click();
    const details = bench.page.locator('[id^="device-"]');
    await details.getByText(/since \d\d:\d\d/).waitFor();
    expect(await faults()).toEqual([]);
    await bench.page.keyboard.press('Enter');
    expect(await details.isVisible()).toBe(true);
    await chip('scale').click();
    await details.waitFor({ state: 'detached' });
  });

  test('in French as well, also when nobody is signed in', async () => {
    await goAs(bench, { role: 'packer', language: 'fr' });
    await chip('scale').getByText('Son câble a été débranché').waitFor();
    await openDevices();
    await bench.page.getByText('Un administrateur').first().waitFor();
    expect(await button('Ajouter une balance').count()).toBe(0);
    expect(await faults()).toEqual([]);
    await bench.ask('stations.sign-out', {});
    await bench.atStep('badge');
    expect(await chip('scale').innerText()).toMatch(/cable was pulled|câble a été débranché/);
  });

  test('plugged in again it heals without a press', async () => {
    scale.stop();
    scaleEnd = await plug('e2e-scale');
    scale = simulateScale(scaleEnd, 'toledo-8217');
    await inState('scale', 'ready').waitFor();
    scale.put(500_000);
    await chip('scale').getByText('500 g').waitFor();
  });

  test('an admin removes it in two presses, and the demo’s scale is back', async () => {
    await goAs(bench, { role: 'admin', language: 'en' });
    await openDevices();
    const shown = bench.page.locator('[data-device-card="scale"]');
    await shown.getByRole('button', { name: /^Remove/ }).click();
    await shown.getByRole('button', { name: 'No, keep it' }).click();
    await shown.getByRole('button', { name: /^Remove/ }).click();
    await shown.getByRole('button', { name: 'Yes, remove it' }).click();
    await shown.waitFor({ state: 'detached' });
    await bench.page.goto(`${new URL(station.address).origin}/#/bench`);
    await bench.page.getByRole('region', { name: 'Scale', exact: true }).waitFor();
  });

  test('the browser had nothing to complain about', () => {
    expect(bench.complaints).toEqual([]);
  });
});
