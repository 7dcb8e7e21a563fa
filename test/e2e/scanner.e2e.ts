import type { Browser } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type Bench, openBench, type RunningStation, startStation } from './support.ts';
import { answered, card, enterDemo, signIn } from './walk.ts';

let browser: Browser;
let station: RunningStation;
let bench: Bench;

beforeAll(async () => {
  browser = await launchChromium();
  station = await startStation();
  bench = await openBench(browser, station.address);
  await enterDemo(bench, { role: 'supervisor' });
});
afterAll(async () => {
  await browser?.close();
  await station?.remove();
});

const verdict = () => bench.page.locator('[data-verdict]').first().getAttribute('data-verdict');

describe('a scan while a button has the focus', () => {
  test('does not press the button with its Enter', async () => {
    const pick = bench.page.getByRole('button', { name: 'Pick the most urgent order' });
    await pick.focus();
    await bench.scanner.scan('NOT-AN-ORDER');
    await expect.poll(verdict).toBe('order.unknown');
    expect(await bench.ask('bench.view', {})).toMatchObject({ mode: 'idle' });
  });

  test('does not move the focus with its Tab nor press with its blanks', async () => {
    const pick = bench.page.getByRole('button', { name: 'Pick the most urgent order' });
    await pick.focus();
    await bench.scanner.scan('NOT AN ORDER', { end: 'Tab' });
    await answered(bench);
    expect(await pick.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(await bench.ask('bench.view', {})).toMatchObject({ mode: 'idle' });
  });

  test('leaves Enter to a person', async () => {
    await bench.page.getByRole('button', { name: 'Pick the most urgent order' }).focus();
    await bench.page.keyboard.press('Enter');
    await bench.atStep('tote');
    await bench.scanner.scan(card('CANCEL'));
    await bench.atStep('choose');
  });
});

describe('typing', () => {
  test('slowly outside a field is no scan', async () => {
    await bench.scanner.scan(card('CONFIRM'));
    await expect.poll(verdict).toBe('latched.cleared');
    await bench.scanner.scan('SLOW HANDS', { gap: 150 });
    await bench.page.waitForTimeout(300);
    expect(await verdict()).toBe('latched.cleared');
  });
});

test('a focus that moves inside a scan neither splits the code nor leaves its rest in a field', async () => {
  const field = bench.page.getByRole('textbox', { name: 'Any code' });
  await field.fill('');
  await field.evaluate((input) => {
    const move = (event: KeyboardEvent): void => {
      if (event.key !== '6') return;
      window.removeEventListener('keyup', move);
      input.focus();
    };
    input.blur();
    window.addEventListener('keyup', move);
  });
  await bench.scanner.scan('8901086261410');
  await expect.poll(() => bench.page.getByText('8901086261410').count()).toBeGreaterThan(0);
  expect(await field.inputValue()).toBe('');
});

describe('a scan into the search of the orders', () => {
  beforeEach(async () => {
    await bench.page.getByRole('link', { name: 'Orders' }).click();
    await bench.page.getByRole('searchbox').fill('');
  });

  test('stays there, whatever its speed', async () => {
    await bench.page.getByRole('searchbox').focus();
    await bench.scanner.scan('NOT-AN-ORDER');
    expect(await bench.page.getByRole('searchbox').inputValue()).toBe('NOT-AN-ORDER');
    await bench.page.getByText('No order fits these filters.').waitFor();
  });

  test('goes to the bench when it is a command', async () => {
    await bench.page.getByRole('searchbox').focus();
    await bench.scanner.scan(card('HELP'));
    await bench.page.getByRole('heading', { name: 'Due first' }).waitFor();
    await answered(bench);
  });

  test('opens the bench when no field has the focus', async () => {
    await bench.page.getByRole('heading', { name: 'Orders' }).click();
    await bench.scanner.scan('NOT-AN-ORDER');
    await bench.page.getByRole('heading', { name: 'Due first' }).waitFor();
    await expect.poll(verdict).toBe('order.unknown');
  });
});

test('a command scanned into a field of the bench is carried out, and the field is as it was', async () => {
  await bench.page.getByRole('link', { name: 'Bench', exact: true }).click();
  const field = bench.page.getByRole('textbox', { name: 'Any code' });
  await field.fill('half typed');
  await bench.scanner.scan(card('CONFIRM'));
  await expect.poll(verdict).toBe('latched.cleared');
  expect(await field.inputValue()).toBe('half typed');
  await field.fill('');
});

describe('a station that stops answering', () => {
  test('gets the scan as soon as it answers again, once and in order', async () => {
    await station.stop();
    await bench.scanner.scan(card('NEXT'));
    await bench.page.getByTestId('scan-kept').waitFor();
    await bench.scanner.scan(card('CANCEL'));
    await expect.poll(() => bench.page.getByTestId('scan-kept').innerText()).toContain('2 scans');
    await station.restart();
    await answered(bench);
    await bench.page.getByTestId('scan-kept').waitFor({ state: 'detached' });
    await expect.poll(verdict).toBe('pick.left');
  });

  test('is followed again by events', async () => {
    const other = await openBench(browser, await station.addressFor('Bench 2'));
    await signIn(other);
    await bench.page.getByRole('link', { name: 'Stations' }).click();
    await bench.page.getByRole('cell', { name: 'Bench 2' }).waitFor();
    await other.scanner.scan(card('NEXT'));
    await bench.page
      .getByRole('row', { name: /Bench 2/ })
      .getByText('Picking')
      .waitFor();
    await other.close();
  });
});

test('a reload keeps the session and what was not answered', async () => {
  await bench.page.goto(`${new URL(station.address).origin}/#/bench`);
  await bench.page.reload();
  await bench.page.getByRole('heading', { name: 'Due first' }).waitFor();
});

test('an address that was used before says how to get a new one', async () => {
  const stranger = await openBench(browser, station.address);
  await stranger.page.getByRole('heading', { name: 'This address was used before' }).waitFor();
  expect(await stranger.page.locator('main').innerText()).toContain(`packwright -- open --port ${station.port}`);
  await stranger.close();
});
