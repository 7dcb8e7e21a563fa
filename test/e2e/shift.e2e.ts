import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDemo } from '../../main/app/demo.ts';
import { invariantsOf } from '../../main/app/operations.ts';
import { type Doorway, workShift } from '../../main/app/simulated-packer.ts';
import { listOperators } from '../../main/stations/stations-views.ts';
import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Bench, openBench, openDataHere, type RunningStation, startStation } from './support.ts';

/** A few dozen prove the way; more may be asked for to watch a whole day. */
const ORDERS = Number(process.env.PACKWRIGHT_SHIFT_ORDERS ?? 40);

let browser: Browser;
let station: RunningStation;
let bench: Bench;
let badges: { packer: string; supervisor: string };

beforeAll(async () => {
  browser = await launchChromium();
  station = await startStation();
  badges = await openWarehouse(station.dataDir);
  bench = await openBench(browser, station.address, { locale: 'fr-FR' });
  await bench.page.evaluate(() => {
    const touched: string[] = [];
    Object.assign(window, { touched });
    for (const kind of ['pointerdown', 'mousedown', 'click', 'touchstart', 'wheel'])
      addEventListener(kind, (event) => void (event.isTrusted && touched.push(kind)), { capture: true });
  });
  await bench.atStep('badge');
});
afterAll(async () => {
  await browser?.close();
  await station?.remove();
});

test('a shift in French by scans alone, with power cuts and an office that meddles', async () => {
  const office = await openBench(browser, await station.addressFor('Bureau'));
  await office.atStep('badge');
  await office.scanner.scan(encodeStationCode('badge', badges.supervisor));
  await office.atStep('choose');
  let over = false;
  const meddling = meddle(office, () => over);
  const badge = encodeStationCode('badge', badges.packer);
  const counts = await workShift(throughTheScreen(bench), { badge, seed: 5 });
  over = true;
  const changed = await meddling;
  // What the office let go while the queue was empty already.
  const rest = await workShift(throughTheScreen(bench), { badge, seed: 6 });

  expect([...counts.faults, ...rest.faults]).toEqual([]);
  expect(await bench.page.evaluate(() => Reflect.get(window, 'touched'))).toEqual([]);
  expect(await bench.page.evaluate(() => document.documentElement.lang)).toBe('fr');
  // A browser writes down each request that met a station which was away.
  const away =
    /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED|503 \(Service Unavailable\)/;
  expect(bench.complaints.filter((line) => !away.test(line))).toEqual([]);
  expect(changed).toBeGreaterThan(2);
  await station.stop();
  const core = await openDataHere(station.dataDir);
  const broken = (await invariantsOf(core)).filter((check) => check.broken.length > 0);
  const left = await core.database
    .read('sales_order')
    .whereIn('state', ['allocated', 'picking', 'picked', 'packing', 'packed'])
    .whereNotIn('id', core.database.read('order_hold').select('order_id'))
    .select('number', 'state');
  await core.close();
  expect(broken).toEqual([]);
  expect(left).toEqual([]);
}, 1_800_000);

const PUT = 'stations.put-on-simulated-scale';

/** A packer whose every scan is typed into the page by a keyboard scanner, and who believes only what the page heard. */
function throughTheScreen(at: Bench): Doorway {
  let onPan: { input: object; since: number } | undefined;
  const ask = (name: string, input: object) => outlasting(() => at.ask(name as 'bench.view', input as never)); // a name of the contract with its input
  return {
    async call(name, input) {
      if (name === 'bench.scan') return scanThrough(at, (input as { raw: string }).raw); // the contract's own input
      const output = await ask(name, input);
      if (name === PUT) onPan = { input, since: Date.now() };
      // Nothing came of it (a hold, a power cut): lifted and put down again, as hands do.
      if (name === 'bench.view' && output.step === 'weigh' && onPan && Date.now() - onPan.since > 1_500) {
        await ask(PUT, { mg: 0 });
        await ask(PUT, onPan.input);
        onPan.since = Date.now();
      }
      return { ok: true, output };
    },
  };
}

/** Types a scan and gives what the page heard for it, once the page shows it. */
async function scanThrough(at: Bench, raw: string): Promise<unknown> {
  const heard = at.page.waitForResponse(
    async (response) =>
      response.url().endsWith('/api/bench.scan') &&
      response.status() < 500 &&
      response.request().postDataJSON().raw === raw,
    { timeout: 60_000 },
  );
  await at.scanner.scan(raw, { gap: 4, pause: 20 });
  const answer = await (await heard).json();
  if (answer.ok) await shown(at, answer.output.verdict.code);
  return answer;
}

/** The verdict stands on the screen. */
async function shown(at: Bench, code: string): Promise<void> {
  await at.page.locator(`[data-verdict="${code}"]`).first().waitFor({ state: 'attached' });
}

/** The page's own fetch fails while the station is away; it is asked again. */
async function outlasting<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Power cuts, holds and releases while the packer works; gives how often something happened. */
async function meddle(office: Bench, isOver: () => boolean): Promise<number> {
  let done = 0;
  while (!isOver()) {
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    if (isOver()) return done;
    if (done % 3 === 2) {
      await station.stop();
      await station.restart();
    } else {
      await holdSomething(office, done);
    }
    done += 1;
  }
  return done;
}

/** Holds an order that is worked on or waits, and lets the one before go. */
async function holdSomething(office: Bench, turn: number): Promise<void> {
  await outlasting(async () => {
    const { orders } = await office.ask('orders.list-view', { states: ['packing', 'picked', 'allocated'], limit: 5 });
    const order = orders[turn % Math.max(1, orders.length)];
    if (!order) return;
    await office.ask('orders.set-hold', { orderId: order.id, reason: 'address', detail: 'Appeler le client' });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await office.ask('orders.release-hold', { orderId: order.id });
  }).catch(() => undefined);
}

/** The demo warehouse; badges of a packer who reads French and of a supervisor. */
async function openWarehouse(dataDir: string): Promise<typeof badges> {
  const core = await openDataHere(dataDir);
  await loadDemo(core, { orders: ORDERS, seed: 3 });
  const operators = await listOperators(core.database);
  await core.close();
  const badgeOf = (role: string, language: string): string =>
    operators.find((operator) => operator.role === role && operator.language === language)?.badge_code ??
    operators.find((operator) => operator.role === role)?.badge_code ??
    '';
  return { packer: badgeOf('packer', 'fr'), supervisor: badgeOf('supervisor', 'fr') };
}
