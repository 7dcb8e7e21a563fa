import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

// `npm test` builds before it runs anything.
const program = resolve('dist/main/cli.js');
const run = promisify(execFile);

describe.each(['shopify', 'tiktok_shop'])('a %s that is connected by command', (platform) => {
  let folder: string;
  let playing: ReturnType<typeof spawn>;
  let address: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'packwright-command-'));
    playing = spawn(process.execPath, [program, 'platform', platform, '--orders', '4']);
    const line = await new Promise<string>((done) => playing.stdout?.once('data', (chunk) => done(String(chunk))));
    const { config } = JSON.parse(line);
    address = config.baseUrl;
    await writeFile(join(folder, 'shop.json'), JSON.stringify(config));
  });
  afterEach(async () => {
    playing.kill('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  });

  const packwright = async (...words: string[]): Promise<string> => {
    const { stdout } = await run(process.execPath, [program, ...words, '--data', join(folder, 'data')]);
    return stdout.trim();
  };
  const json = async (...words: string[]) => JSON.parse(await packwright(...words));

  test('is read once, told of a parcel by outbox run, and equal on both sides', async () => {
    await packwright('channels', 'connect', platform, '--config', join(folder, 'shop.json'));
    const first = await json('channels', 'sync', platform, '--once');
    const again = await json('channels', 'sync', platform, '--once');
    const orders = await json('orders', '--json');
    const { number } = orders[0];
    const shipped = await json('order', 'ship', number, '--carrier', 'UPS', '--tracking', '1Z999AA10123456784');
    const waiting = await json('outbox', '--json');
    const told = await json('outbox', 'run', '--json');
    const report = await json('channels', 'reconcile', platform, '--json');

    expect([first.read, first.new, again.new]).toEqual([4, 4, 0]);
    expect(Object.keys(first)).toEqual(['read', 'new', 'changed', 'quarantined', 'cursor']);
    expect(orders[0]).toMatchObject({ externalId: expect.any(String), attribution: { evidence: expect.any(String) } });
    expect(shipped).toMatchObject({ order: number, state: 'shipped' });
    expect(waiting.messages).toMatchObject([{ topic: 'channel.ship', state: 'pending', subject: number }]);
    expect(told).toMatchObject({ topic: 'channel.ship', state: 'sent', subject: number });
    expect([report.differences, report.parcels]).toEqual([[], { theirs: 1, ours: 1, equal: 1 }]);
    const { acts } = (await (await fetch(`${address}/_state`)).json()) as { acts: { kind: string }[] };
    expect(acts.map(({ kind }) => kind)).toEqual(['ship']);
  }, 60_000);
});
