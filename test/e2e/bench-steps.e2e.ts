import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type Bench, openBench, type RunningStation, startStation } from './support.ts';
import { tour } from './tour.ts';
import { enterDemo } from './walk.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let browser: Browser;
let station: RunningStation;

beforeAll(async () => {
  browser = await launchChromium();
  station = await startStation({ demo: true });
});
afterAll(async () => {
  await browser?.close();
  await station?.remove();
});

async function axeFaults({ page }: Bench): Promise<string[]> {
  const axe = new AxeBuilder({ page }).exclude('iframe');
  axe.options({ runOnly: { type: 'tag', values: tags }, rules: { 'color-contrast-enhanced': { enabled: true } } });
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`));
}

/** What a packer in gloves at arm's length could not read, touch or see without scrolling. */
async function faultsAtArmsLength({ page }: Bench): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const root = document.documentElement;
    if (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth) faults.push('the page scrolls');
    const own = [...document.querySelectorAll<HTMLElement>('main *')].filter(
      (element) => !element.closest('aside, svg'),
    );
    for (const element of own) {
      const words = element.children.length === 0 ? (element.textContent ?? '').trim() : '';
      if (words !== '' && Number.parseFloat(getComputedStyle(element).fontSize) < 24)
        faults.push(`small words: ${words}`);
      const box = element.getBoundingClientRect();
      const touched = element.matches('button, a') && box.width > 0;
      if (touched && (box.height < 75.5 || box.width < 75.5)) faults.push(`small target: ${element.textContent}`);
    }
    const quantity = document.querySelector('[data-testid="quantity"]');
    if (quantity && Number.parseFloat(getComputedStyle(quantity).fontSize) < 72) faults.push('small quantity');
    const place = document.querySelector('[data-step] > section');
    const focus = place?.getBoundingClientRect();
    const share = focus ? (focus.width * focus.height) / (innerWidth * innerHeight) : 1;
    // The verdict of three lines takes its part; without it the picture has more than a third.
    if (share < (document.querySelector('[data-tone="bad"]') ? 0.3 : 1 / 3))
      faults.push(`the picture has ${share.toFixed(2)}`);
    return faults;
  });
}

describe.each([
  ['English by day', 'en', 'light', 'Steps 1'],
  ['French by night', 'fr', 'dark', 'Steps 2'],
] as const)('%s, every step of the bench', (_name, language, colorScheme, name) => {
  let bench: Bench;

  beforeAll(async () => {
    const locale = language === 'en' ? 'en-GB' : 'fr-FR';
    bench = await openBench(browser, await station.addressFor(name), { locale, colorScheme });
    await enterDemo(bench, { language });
    await bench.page.getByRole('button', { name: /^(Hide|Masquer)/ }).click();
  });
  afterAll(() => bench?.close());

  test('can be read, touched and heard of by everybody, and says all in words', async () => {
    const found: Record<string, string[]> = {};
    await tour(bench, async (step) => {
      await bench.page.waitForTimeout(100);
      const untold =
        /\b(code|step|help|bench|command|carton|run|floor|reason|instruction|explain|weigh)\.[a-z][\w.-]+/g;
      const words = (await bench.page.locator('main').innerText()).match(untold) ?? [];
      found[step] = [...(await axeFaults(bench)), ...(await faultsAtArmsLength(bench)), ...words];
    });
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((step) => [step, []])));
    expect(Object.keys(found)).toEqual(
      expect.arrayContaining(['walk-put-to-tote', 'lane', 'move', 'hold-reason', 'weigh-refused', 'override', 'count']),
    );
  }, 180_000);

  test('the browser had nothing to complain about', () => {
    expect(bench.complaints).toEqual([]);
  });
});
