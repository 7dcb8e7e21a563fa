import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { ptysAvailable } from '../support/devices/pty.ts';
import { lookAtDevices } from './device-looks.ts';
import { type Bench, openBench, type RunningStation, startStation } from './support.ts';
import { tour } from './tour.ts';
import {
  answered,
  card,
  enterDemo,
  expected,
  goAs,
  openTote,
  packAll,
  pickNext,
  readFirst,
  weighAndLabel,
} from './walk.ts';

const folder = resolve(import.meta.dirname, '../../screenshots');
const readmePicture = process.env.PACKWRIGHT_README_SCREENSHOT;

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** What a set of pictures shows: which language, which colours, on which screen, with or without the demo's panel. */
interface Look {
  readonly name: string;
  readonly language: 'en' | 'fr';
  readonly colorScheme: 'light' | 'dark';
  readonly viewport: { width: number; height: number };
  readonly panel: boolean;
  /** Lists and forms as well as the bench. */
  readonly office: boolean;
}

const desk = { width: 1280, height: 800 };
const wide = { width: 1920, height: 1080 };
const looks: readonly Look[] = [
  { name: 'en-light', language: 'en', colorScheme: 'light', viewport: desk, panel: true, office: true },
  { name: 'fr-light', language: 'fr', colorScheme: 'light', viewport: desk, panel: true, office: true },
  { name: 'en-dark', language: 'en', colorScheme: 'dark', viewport: desk, panel: false, office: true },
  { name: 'fr-dark', language: 'fr', colorScheme: 'dark', viewport: desk, panel: false, office: true },
  { name: 'en-light-wide', language: 'en', colorScheme: 'light', viewport: wide, panel: false, office: false },
  { name: 'fr-dark-wide', language: 'fr', colorScheme: 'dark', viewport: wide, panel: true, office: false },
];

describe.each(looks)('screens in $name', (look) => {
  let station: RunningStation;
  let bench: Bench;
  let count = 0;

  async function shoot(name: string): Promise<void> {
    await bench.page.waitForTimeout(150);
    count += 1;
    await bench.page.screenshot({ path: join(folder, look.name, `${String(count).padStart(2, '0')}-${name}.png`) });
  }

  async function show(screen: string): Promise<void> {
    await bench.page.goto(`${new URL(station.address).origin}/#/${screen}`);
    await bench.page.waitForLoadState('networkidle');
    await shoot(screen.startsWith('orders/') ? 'order' : screen);
  }

  beforeAll(async () => {
    await mkdir(join(folder, look.name), { recursive: true });
    station = await startStation();
    const { colorScheme, viewport } = look;
    const locale = look.language === 'en' ? 'en-GB' : 'fr-FR';
    bench = await openBench(browser, station.address, { colorScheme, viewport, locale });
  });
  afterAll(async () => {
    await bench?.close();
    await station?.remove();
  });

  test('before the first order', async () => {
    const own = bench.page.getByRole('button', { name: /your own files|vos fichiers/ });
    await own.waitFor();
    await shoot('first-start');
    await own.click();
    await shoot('own-files');
    await bench.page.getByRole('button', { name: /^(Back|Retour)$/ }).click();
    await bench.page.getByRole('button', { name: /demo warehouse|démonstration/ }).click();
    await bench.atStep('badge');
    if (!look.panel) await bench.page.getByRole('button', { name: /^(Hide|Masquer)/ }).click();
    await shoot('sign-in');
    await bench.scanner.scan('PWBNOBODY0');
    await answered(bench);
    await shoot('sign-in-refused');
    await enterDemo(bench, { language: look.language });
    await shoot('idle');
  });

  test('an order picked', async () => {
    await bench.scanner.scan(card('NEXT'));
    await bench.atStep('tote');
    await shoot('pick-tote');
    await bench.scanner.scan(card('HELP'));
    await answered(bench);
    await shoot('pick-help');
    await bench.scanner.scan((await expected(bench, 'tote')).text);
    await bench.atStep('location');
    await shoot('pick-location');
    await bench.scanner.scan('5012345678900');
    await answered(bench);
    await shoot('pick-refused');
    await bench.scanner.scan((await expected(bench, 'location')).text);
    await bench.atStep('item');
    await shoot('pick-item');
    await bench.scanner.scan(card('CANCEL'));
    await bench.atStep('choose');
    const tote = await pickNext(bench);
    await shoot('pick-done');
    await openTote(bench, tote);
  });

  test('an order packed', async () => {
    await shoot('pack');
    await scanWrongItem(bench);
    await shoot('pack-wrong-item');
    await bench.scanner.scan('NOTHING-LIKE-IT');
    await answered(bench);
    await shoot('pack-unknown-code');
    await bench.scanner.scan((await expected(bench, 'item')).text);
    await answered(bench);
    await shoot('pack-good');
    await packAll(bench, async () => {
      await bench.atStep('carton');
      await shoot('carton');
    });
    await bench.atStep('weigh');
    await shoot('weigh');
    const { weighing } = await bench.ask('bench.view', {});
    await bench.ask('stations.put-on-simulated-scale', { mg: (weighing?.expectedMg ?? 0) + 700_000 });
    await bench.page.locator('[data-verdict="weigh.out-of-tolerance"]').waitFor();
    await shoot('weigh-refused');
    await bench.ask('stations.put-on-simulated-scale', { mg: 0 });
    await bench.ask('stations.put-on-simulated-scale', { mg: null });
    await bench.atStep('scan-label');
    await shoot('label');
    const { labels } = await bench.ask('bench.view', {});
    await bench.scanner.scan(`]C100${labels.find(({ kind }) => kind === 'return')?.trackingNumber}`);
    await answered(bench);
    await shoot('label-wrong');
    await bench.scanner.scan((await expected(bench, 'label')).text);
    await bench.atStep('choose');
    await shoot('done');
    await bench.ask('stations.put-on-simulated-scale', { mg: 0 });
  });

  test('walks, the lane, instructions, a weight let pass, a count', async () => {
    await tour(bench, shoot);
  });

  test.runIf(look.office)('the office', async () => {
    const { orders } = await bench.ask('orders.list-view', { states: ['shipped', 'packed'] });
    for (const screen of [
      'orders',
      `orders/${orders[0]?.id}`,
      'stock',
      'catalogue',
      'imports',
      'stations',
      'settings',
      'shipping',
    ]) {
      await show(screen);
    }
  });

  test.runIf(look.office && ptysAvailable)('devices on ports', async () => {
    await lookAtDevices(bench, new URL(station.address).origin, shoot);
  });

  test('what a supervisor watches', async () => {
    const language = look.language;
    await goAs(bench, { role: 'supervisor', language });
    await show('throughput');
    await bench.page
      .locator('input[type="radio"][value="tables"]')
      .evaluate((radio: HTMLInputElement) => radio.click());
    await shoot('throughput-tables');
    await show('bench');
    await goAs(bench, { role: 'packer', language });
  });

  test('a station that does not answer, and a page without a session', async () => {
    await show('bench');
    await station.stop();
    await bench.scanner.scan(card('NEXT'));
    await bench.page.getByTestId('scan-kept').waitFor();
    await shoot('scan-kept');
    await bench.page.evaluate(() => sessionStorage.clear());
    await station.restart();
    await bench.page
      .getByRole('heading', { level: 1 })
      .filter({ hasText: /session/ })
      .waitFor();
    await shoot('session-over');
  });
});

async function scanWrongItem(bench: Bench): Promise<void> {
  const { lines } = await bench.ask('bench.view', {});
  const { items } = await bench.ask('stock.items-view', { limit: 200 });
  const mine = lines.map(({ sku }) => sku);
  const other = items.find(({ sku, gtins }) => !mine.includes(sku) && gtins.some(({ quantity }) => quantity === 1));
  await bench.scanner.scan(other?.gtins.find(({ quantity }) => quantity === 1)?.code.replace(/^0/, '') ?? '');
  await answered(bench);
}

/** The one picture of the README: an order of several lines being packed. */
describe.runIf(readmePicture)('the picture of the README', () => {
  test('shows the bench', async () => {
    const station = await startStation();
    const bench = await openBench(browser, station.address);
    try {
      await enterDemo(bench);
      let tote = await pickNext(bench);
      for (let tries = 0; tries < 6 && (await unitsIn(bench, tote)) < 3; tries += 1) {
        await packAll(bench);
        await weighAndLabel(bench);
        tote = await pickNext(bench);
      }
      await bench.scanner.scan((await expected(bench, 'item')).text);
      await answered(bench);
      await readFirst(bench);
      await mkdir(dirname(readmePicture ?? ''), { recursive: true });
      await bench.page.screenshot({ path: readmePicture ?? '' });
    } finally {
      await bench.close();
      await station.remove();
    }
  });
});

/** Opens a tote at the bench and counts what is to be packed. */
async function unitsIn(bench: Bench, tote: string): Promise<number> {
  return (await openTote(bench, tote)).parcel?.unitsToPack ?? 0;
}
