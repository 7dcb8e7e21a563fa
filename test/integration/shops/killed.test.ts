import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

// `npm test` builds before it runs anything.
const program = resolve('dist/main/cli.js');
const run = promisify(execFile);

interface State {
  readonly orders: readonly { readonly packages: readonly { readonly tracking: string }[] }[];
  readonly requests: readonly string[];
}

/** What stands in the request that tells of a parcel. */
const telling = [
  ['shopify', 'fulfillmentCreate'],
  ['tiktok_shop', '/packages'],
  ['amazon', 'shipmentConfirmation'],
  ['woocommerce', 'meta_data'],
] as const;

describe.each(telling)('a station that dies while it tells %s', (name, words) => {
  let folder: string;
  let playing: ReturnType<typeof spawn>;
  let address: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'packwright-killed-'));
    playing = spawn(process.execPath, [program, 'platform', name, '--orders', '1']);
    const line = await new Promise<string>((done) => playing.stdout?.once('data', (chunk) => done(String(chunk))));
    const { config } = JSON.parse(line);
    address = config.baseUrl;
    await writeFile(join(folder, 'shop.json'), JSON.stringify(config));
  });
  afterEach(async () => {
    playing.kill('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  });

  const withData = (...asked: string[]): string[] => [program, ...asked, '--data', join(folder, 'data')];
  const packwright = async (...asked: string[]) => {
    const { stdout } = await run(process.execPath, withData(...asked));
    return stdout.trim();
  };
  const state = async (): Promise<State> => (await (await fetch(`${address}/_state`)).json()) as State;
  const parcels = async () =>
    (await state()).orders.flatMap(({ packages }) => packages.map(({ tracking }) => tracking));

  test('after the platform took the parcel and before it was written down: it is told once', async () => {
    await packwright('channels', 'connect', name, '--config', join(folder, 'shop.json'));
    const synced = await packwright('channels', 'sync', name, '--once', '--since', '2020-01-01');
    const [{ number }] = JSON.parse(await packwright('orders', '--json'));
    await packwright('order', 'ship', number, '--carrier', 'UPS', '--tracking', '1Z999AA10123456784');
    await fetch(`${address}/_faults`, { method: 'POST', body: JSON.stringify([{ on: words, fault: 'hang-after' }]) });
    const dying = spawn(process.execPath, withData('outbox', 'run'));
    for (let turn = 0; turn < 300 && (await parcels()).length === 0; turn++) await wait(100);
    dying.kill('SIGKILL');
    await new Promise((gone) => dying.once('exit', gone));
    const afterDeath = await parcels();

    for (let turn = 0; turn < 20 && (await packwright('outbox', '--json')).includes('"pending"'); turn++) {
      await packwright('outbox', 'run');
      await wait(2_000);
    }

    expect(JSON.parse(synced)).toMatchObject({ new: 1 });
    expect(afterDeath).toEqual(['1Z999AA10123456784']);
    expect(await parcels()).toEqual(['1Z999AA10123456784']);
  }, 120_000);
});
