import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_CODE, TEST_TEXT } from '../../shared/scanner/test-code.ts';
import { launchChromium } from '../support/chromium.ts';
import { type FarEnd, plug, ptysAvailable } from '../support/devices/pty.ts';
import { until } from '../support/devices/until.ts';
import { type Bench, openBench, type RunningStation, startStation } from './support.ts';
import { card, enterDemo, expected } from './walk.ts';

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
  expect(bench?.complaints).toEqual([]);
  await browser?.close();
  await station?.remove();
});

const cli = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, [resolve('dist/main/cli.js'), ...args, '--data', station.dataDir]);
const verdictOn = (page: Page) => page.locator('[data-verdict]').first().getAttribute('data-verdict');

/** Notes that the page has played since, so that a silent refusal is seen. */
async function listen(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const heard = window as unknown as { heard: number }; // a counter of this test
    heard.heard = 0;
    const Real = OscillatorNode;
    window.OscillatorNode = class extends Real {
      override start(when?: number): void {
        heard.heard += 1;
        super.start(when);
      }
    };
  });
  return () => page.evaluate(() => (window as unknown as { heard: number }).heard);
}

describe.skipIf(!ptysAvailable)('a scanner on a port of a running station', () => {
  let far: FarEnd;

  beforeAll(async () => {
    far = await plug('e2e-scanner');
    await cli('devices', 'add', 'scanner', '--path', far.path, '--ack', 'datalogic');
    await until(() => far.received().includes('E'), 'the open line');
  });
  afterAll(() => far.unplug());

  test('moves the bench on the screen, with its sound, from whichever screen it was on', async () => {
    const notes = await listen(bench.page);
    await bench.page.goto(`${new URL(station.address).origin}/#/orders`);
    await bench.page.getByRole('heading', { name: 'Orders' }).waitFor();

    far.send(`${card('NEXT')}\r\n`);

    await bench.atStep('tote');
    expect(await bench.page.evaluate(() => location.hash)).toBe('#/bench');
    await expect.poll(() => verdictOn(bench.page)).toBe('pick.started');
    expect(await notes()).toBeGreaterThan(0);
    await until(() => far.received().includes('B'), 'its beep');
  });

  test('shows a refusal until it is acknowledged at the screen, and is off meanwhile', async () => {
    const notes = await listen(bench.page);
    far.received();
    far.send('NO-SUCH-TOTE\r\n');

    await expect.poll(() => bench.page.locator('[data-tone="bad"]').count()).toBe(1);
    let said = '';
    await until(() => {
      said += far.received();
      return said === 'FD';
    }, 'the long beep and the switching off');
    expect(await notes()).toBeGreaterThan(0);
    await bench.page.getByRole('button', { name: 'Confirm' }).click();
    await until(() => far.received() === 'E', 'on again');
    await expect.poll(() => bench.page.locator('[data-tone="bad"]').count()).toBe(0);
  });

  test('is shown by both windows of the bench, and by no other bench', async () => {
    const { station: here } = await bench.ask('stations.session-view', {});
    const window2 = await openBench(browser, await station.addressFor(here.name));
    const other = await openBench(browser, await station.addressFor('Bench 2'));
    await window2.atStep('tote');
    await other.page.getByRole('heading', { name: /badge/ }).waitFor();
    const notes = [await listen(bench.page), await listen(window2.page), await listen(other.page)] as const;

    far.send(`${(await expected(bench, 'tote')).text}\r\n`);

    await Promise.all([bench.atStep('location'), window2.atStep('location')]);
    await expect.poll(() => verdictOn(window2.page)).toBe(await verdictOn(bench.page));
    expect(await other.page.locator('[data-verdict]').count()).toBe(0);
    await expect.poll(async () => (await notes[0]()) > 0 && (await notes[1]()) > 0).toBe(true);
    expect(await notes[2]()).toBe(0);
    await Promise.all([window2.close(), other.close()]);
  });

  test('a code that its cable cut off is a refusal on the screen', async () => {
    far.send('95212');
    await new Promise((done) => setTimeout(done, 300));
    await far.unplug();
    await expect.poll(() => verdictOn(bench.page)).toBe('scanner.code-cut-off');
    far = await plug('e2e-scanner');
    await until(() => far.received().includes('E'), 'the line again');
  });

  test('the test code, over the cable, says that nothing is to be set', async () => {
    await bench.page.goto(`${new URL(station.address).origin}/#/scanner-setup`);
    await bench.page.getByRole('heading', { name: 'Check a keyboard scanner' }).waitFor();
    far.send(`]C0${TEST_CODE}\r\n`);
    await bench.page.getByText('This scanner is set up right').waitFor();
    expect(await bench.page.evaluate(() => location.hash)).toBe('#/scanner-setup');
  });
});

describe('the page that checks a keyboard scanner', () => {
  const open = async (): Promise<void> => {
    await bench.page.goto(`${new URL(station.address).origin}/#/bench`);
    await bench.page.goto(`${new URL(station.address).origin}/#/scanner-setup`);
    await bench.page.getByRole('heading', { name: 'Check a keyboard scanner' }).waitFor();
  };
  const tone = () => bench.page.locator('main [data-tone]').first().getAttribute('data-tone');
  const findings = () =>
    bench.page
      .locator('[data-finding]')
      .evaluateAll((items) =>
        items.map((item) => [item.getAttribute('data-finding'), item.getAttribute('data-weight')]),
      );

  test('is green when the scanner is right', async () => {
    await open();
    await bench.scanner.scan(`]C0${TEST_CODE}`);
    await expect.poll(tone).toBe('right');
    expect(await findings()).toEqual([
      ['no-prefix', 'told'],
      ['aim-on', 'told'],
    ]);
    await bench.page.getByText(']C0AaZz09-._/] [GS]').waitFor();
  });

  test('names a lost GS, a slow scanner and another code, one scan after the other', async () => {
    await bench.scanner.scan(TEST_TEXT);
    await expect.poll(findings).toContainEqual(['gs-lost', 'wrong']);
    await bench.scanner.scan(TEST_CODE, { gap: 150 });
    await expect.poll(findings).toContainEqual(['too-slow', 'wrong']);
    await bench.scanner.scan('4006381333931');
    await expect.poll(findings).toContainEqual(['other-code', 'wrong']);
    await expect.poll(tone).toBe('wrong');
  });

  test('leaves Tab and Enter to a person between scans', async () => {
    await bench.page.waitForTimeout(1_600);
    await bench.page.keyboard.press('Tab');
    expect(await bench.page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  });

  test('a card of the station leads back to the bench and is carried out', async () => {
    await bench.scanner.scan(card('HELP'));
    await expect.poll(() => bench.page.evaluate(() => location.hash)).toBe('#/bench');
  });

  const pictures = process.env.PACKWRIGHT_SCANNER_PICTURES;
  test.skipIf(pictures === undefined)(
    'has its pictures taken',
    async () => {
      await mkdir(pictures ?? '', { recursive: true });
      for (const language of ['en', 'fr'] as const)
        for (const colorScheme of ['light', 'dark'] as const) {
          const shown = await openBench(browser, await station.addressFor('Bench 3'), {
            colorScheme,
            locale: `${language}-FR`,
          });
          const { operators } = await shown.ask('stations.session-view', {});
          const operator = operators.find((one) => one.language === language);
          await shown.ask('stations.sign-in', { operatorId: operator?.id ?? '' });
          await shown.page.goto(`${new URL(station.address).origin}/#/scanner-setup`);
          const shoot = async (name: string) => {
            await shown.page.waitForTimeout(300);
            await shown.page.screenshot({ path: join(pictures ?? '', `${language}-${colorScheme}-${name}.png`) });
          };
          await shown.page.locator('[data-tone="waiting"]').waitFor();
          await shoot('waiting');
          await shown.scanner.scan(`]C0${TEST_CODE}`);
          await shoot('right');
          await shown.scanner.scan(TEST_TEXT, { gap: 150 });
          await shoot('wrong');
          await shown.close();
        }
    },
    120_000,
  );
});
