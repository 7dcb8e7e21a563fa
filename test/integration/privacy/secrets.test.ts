import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { channelConnectors } from '../../../main/app/channel-connectors.ts';
import { openShopWorld, type ShopWorld, toPlace } from '../../support/played-shops.ts';
import { stockUp } from '../../support/warehouse.ts';

const names = channelConnectors.map(({ name }) => name);
let dataDir: string;
let world: ShopWorld;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'packwright-secrets-'));
  world = await openShopWorld('sqlite', names, { dataDir });
  await stockUp(world, 2, 20);
});
afterEach(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

/** What was typed in as a secret, and the beginnings of the tokens that platforms gave for it. */
function secrets(): string[] {
  const typed = channelConnectors.flatMap(({ name, fields }) =>
    fields.filter(({ kind }) => kind === 'secret').map((field) => world.platform(name).account[field.name] ?? ''),
  );
  return [...new Set([...typed.filter((value) => value.length >= 6), 'Atza|'])];
}

async function files(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test('what signs in to a shop stands in no file of the station and in no answer to a screen', {
  timeout: 120_000,
}, async () => {
  const ids: string[] = [];
  for (const name of names) {
    const id = await world.connect(name);
    ids.push(id);
    world.platform(name).book.place(toPlace());
    await world.call('shops.check-shop', { id });
    await world.read(id);
    // A key that is refused and an answer that cannot be read are told and written down.
    for (const fault of ['sign-in', 'html'] as const) {
      world.platform(name).plan([fault, fault, fault]);
      await world.read(id).catch(() => undefined);
      world.platform(name).unplan();
      world.passTime(60);
    }
  }
  await world.settled();

  const answers = JSON.stringify([
    await world.call('shops.list-view', {}),
    await world.call('shops.kinds-view', {}),
    await world.call('shops.messages-view', {}),
    await Promise.all(ids.map((id) => world.call('shops.quarantine-view', { id }))),
  ]);
  const told = secrets();
  await world.close();
  const bytes = await Promise.all(
    (await files(dataDir)).map(async (path) => ({ path, text: (await readFile(path)).toString('latin1') })),
  );

  expect(told.length).toBeGreaterThan(8);
  expect(bytes.length).toBeGreaterThan(1);
  expect(told.filter((secret) => answers.includes(secret))).toEqual([]);
  expect(
    bytes.flatMap(({ path, text }) => told.filter((secret) => text.includes(secret)).map((one) => `${path}: ${one}`)),
  ).toEqual([]);
});
