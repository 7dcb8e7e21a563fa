import { simulateScale } from '../../main/devices/simulated/scale-at-far-end.ts';
import { plug } from '../support/devices/pty.ts';
import type { Bench } from './support.ts';
import type { Look } from './tour.ts';
import { goAs } from './walk.ts';

const line = { baud: 9_600, dataBits: 8, parity: 'none', stopBits: 1, dtr: true } as const;
let plugged = 0;

/** Real devices under the screen: being set up, well, pulled, and looked at. They are removed again at the end. */
export async function lookAtDevices(bench: Bench, origin: string, look: Look): Promise<void> {
  const { page } = bench;
  const language = (await page.evaluate(() => document.documentElement.lang)) === 'fr' ? 'fr' : 'en';
  plugged += 1;
  const scaleEnd = await plug(`look-scale-${plugged}`);
  const scannerEnd = await plug(`look-scanner-${plugged}`);
  const scale = simulateScale(scaleEnd, 'toledo-8217');
  const inState = (kind: string, state: string) =>
    page.locator(`[data-device="${kind}"][data-state="${state}"]`).waitFor();
  await goAs(bench, { role: 'admin', language });
  await page.goto(`${origin}/#/devices`);
  await page.waitForLoadState('networkidle');
  await look('devices-none');
  await page.getByRole('button', { name: /^(Add a scale|Ajouter une balance)$/ }).click();
  await look('devices-form');
  await page.getByRole('button', { name: /^(Close|Fermer)$/ }).click();
  const added = [
    await bench.ask('devices.add', {
      kind: 'scale',
      protocol: 'toledo-8217',
      address: { kind: 'serial', path: scaleEnd.path, line },
      settings: { unit: 'kg' },
    }),
    await bench.ask('devices.add', {
      kind: 'scanner',
      address: { kind: 'serial', path: scannerEnd.path, line },
      settings: { scanEnd: 'any' },
    }),
  ];
  scale.put(1_250_000);
  await inState('scale', 'ready');
  await inState('scanner', 'ready');
  await look('devices-ready');
  await scaleEnd.unplug();
  await inState('scale', 'absent');
  await look('devices-pulled');
  await page.goto(`${origin}/#/bench`);
  await page.locator('[data-device="scale"]').click();
  await look('devices-details');
  scale.stop();
  await scannerEnd.unplug();
  for (const { deviceId } of added) await bench.ask('devices.remove', { deviceId });
  await goAs(bench, { role: 'packer', language });
}
