import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type Bench, openBench, type RunningStation, startStation } from './support.ts';
import { answered, card, enterDemo, expected, goAs, openTote, packAll, pickNext } from './walk.ts';

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

/** What axe finds on the screen as it is now; on bench screens text must have 7:1 and targets 20 mm. */
async function faultsOf({ page }: Bench, kind: 'bench' | 'list' = 'list'): Promise<string[]> {
  const axe = new AxeBuilder({ page }).withTags(tags).exclude('iframe');
  if (kind === 'bench')
    axe.options({ runOnly: { type: 'tag', values: tags }, rules: { 'color-contrast-enhanced': { enabled: true } } });
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
  );
}

/** Buttons and links of the bench that are smaller than a gloved finger needs. */
async function smallTargets({ page }: Bench): Promise<string[]> {
  return page.locator('header a, header button, main button, main a').evaluateAll((elements) =>
    elements
      .map((element) => ({ text: element.textContent ?? '', box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 75.5 || box.width < 75.5))
      .map(({ text, box }) => `${text} ${Math.round(box.width)}×${Math.round(box.height)}`),
  );
}

describe.each([
  ['English', 'en', 'light', 'Bench 1'],
  ['French', 'fr', 'dark', 'Bench 2'],
] as const)('in %s', (_name, language, colorScheme, name) => {
  let bench: Bench;

  beforeAll(async () => {
    const address = name === 'Bench 1' ? station.address : await station.addressFor(name);
    bench = await openBench(browser, address, { locale: language === 'en' ? 'en-GB' : 'fr-FR', colorScheme });
  });

  if (name === 'Bench 1') {
    test('the first start can be used by everybody', async () => {
      await bench.page.getByRole('button', { name: 'Begin with your own files' }).waitFor();
      expect(await faultsOf(bench)).toEqual([]);
    });
  }

  test('the sign-in can be used by everybody', async () => {
    const demo = bench.page.getByRole('button', { name: 'demo warehouse' });
    if (await demo.isVisible()) await demo.click();
    await bench.atStep('badge');
    expect(await faultsOf(bench, 'bench')).toEqual([]);
    await enterDemo(bench, { language });
  });

  test('every step of the bench can be used by everybody', async () => {
    const steps: Record<string, string[]> = {};
    const look = async (step: string) => {
      steps[step] = [...(await faultsOf(bench, 'bench')), ...(await smallTargets(bench))];
    };
    await look('choose');
    await bench.scanner.scan(card('NEXT'));
    await bench.atStep('tote');
    await look('tote');
    await bench.scanner.scan((await expected(bench, 'tote')).text);
    await bench.atStep('location');
    await look('location');
    await bench.scanner.scan((await expected(bench, 'location')).text);
    await bench.atStep('item');
    await look('item');
    await bench.scanner.scan('5012345678900');
    await bench.page.locator('[data-tone="bad"]').waitFor();
    await look('refused');
    await bench.scanner.scan(card('CANCEL'));
    await bench.atStep('choose');
    const tote = await pickNext(bench);
    await openTote(bench, tote);
    await look('pack-item');
    await packAll(bench, async () => {
      await bench.atStep('carton');
      await look('carton');
    });
    await bench.atStep('weigh');
    await look('weigh');
    await bench.ask('stations.put-on-simulated-scale', { mg: null });
    await bench.atStep('scan-label');
    await look('scan-label');
    await bench.scanner.scan((await expected(bench, 'label')).text);
    await bench.atStep('choose');
    expect(steps).toEqual(Object.fromEntries(Object.keys(steps).map((step) => [step, []])));
  });

  test.each(['orders', 'shipping', 'stock', 'catalogue', 'imports', 'stations', 'devices', 'settings'])(
    '%s can be used by everybody',
    async (screen) => {
      await bench.page.goto(`${new URL(station.address).origin}/#/${screen}`);
      await bench.page.getByRole('heading', { level: 1 }).waitFor();
      await bench.page.waitForLoadState('networkidle');
      expect(await faultsOf(bench)).toEqual([]);
    },
  );

  test('the page of an order shows what happened to it and can be used by everybody', async () => {
    const { orders } = await bench.ask('orders.list-view', { states: ['shipped', 'packed'] });
    await bench.page.goto(`${new URL(station.address).origin}/#/orders/${orders[0]?.id}`);
    await bench.page.locator('[data-label="outbound"]').waitFor();
    expect(await bench.page.getByText(/^(Packed|Emballé) 1 × |^(Packed|Emballé) \d+ × /).count()).toBeGreaterThan(0);
    expect(await faultsOf(bench)).toEqual([]);
  });

  describe('the supervisor’s view', () => {
    let desk: Bench;
    const open = (screen: string) => desk.page.goto(`${new URL(station.address).origin}/#/${screen}`);

    beforeAll(async () => {
      const locale = language === 'en' ? 'en-GB' : 'fr-FR';
      desk = await openBench(browser, await station.addressFor(`Desk ${language}`), { locale, colorScheme });
    });
    afterAll(() => desk?.close());

    test('tells a packer who may see it, and shows no way to it', async () => {
      await goAs(desk, { role: 'packer', language });
      await open('throughput');
      await desk.page
        .getByText(/This needs a supervisor|Il faut un responsable/)
        .first()
        .waitFor();

      expect(await desk.page.locator('header a[href="#/orders"]').count()).toBe(1);
      expect(await desk.page.locator('header a[href="#/throughput"]').count()).toBe(0);
      expect(await faultsOf(desk)).toEqual([]);
      // A refused call is a line of the browser's console.
      expect(desk.complaints.filter((line) => !line.includes('403'))).toEqual([]);
      desk.complaints.length = 0;
    });

    test('can be used by everybody, as drawings and as tables, by keyboard', async () => {
      await open('bench');
      await goAs(desk, { role: 'supervisor', language });
      await desk.page.locator('header a[href="#/throughput"]').click();
      await desk.page.locator('table caption').first().waitFor({ state: 'attached' });
      const faults = { drawings: await faultsOf(desk) };
      const tables = await desk.page.locator('caption').count();
      await desk.page.locator('input[type="radio"][value="charts"]').focus();
      await desk.page.keyboard.press('ArrowRight');
      await desk.page.locator('section table').first().waitFor();

      expect({ ...faults, tables: await faultsOf(desk) }).toEqual({ drawings: [], tables: [] });
      expect(tables).toBe(4);
      expect(await desk.page.locator('thead').count()).toBe(4);
      expect(await desk.page.locator('main').innerText()).not.toMatch(
        /\b(throughput|code|mode|order-state)\.[a-z]|undefined|NaN/,
      );
    });

    test('follows the work at another bench by itself', async () => {
      await desk.page.locator('main').getByText('Bench').first().waitFor();
      await bench.ask('bench.scan', { raw: card('NEXT') });
      const { order } = await bench.ask('bench.view', {});
      const tile = desk.page.locator('main li').filter({ hasText: name });
      await tile.locator(`a[href="#/orders/${order?.id}"]`).first().waitFor();
      await bench.ask('bench.scan', { raw: card('CANCEL') });

      expect(desk.complaints).toEqual([]);
    });
  });

  test('no text is left without words or in the other language', async () => {
    await answered(bench);
    expect(await bench.page.locator('html').getAttribute('lang')).toBe(language);
    expect(await bench.page.locator('body').innerText()).not.toMatch(/\b(code|journal|nav|order-state)\.[a-z]/);
  });

  test('the browser had nothing to complain about', () => {
    expect(bench.complaints).toEqual([]);
  });
});
