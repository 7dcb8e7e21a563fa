import { afterEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../main/db/database.ts';
import { openEventBell } from '../../../main/db/event-bell.ts';
import { freshDatabase, hasDatabase } from '../../support/databases.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function twoBells(): Promise<{ ring(): void; heard: () => number; cut(): Promise<void> }> {
  const { url, remove } = await freshDatabase('postgres');
  closing.push(remove);
  const database = await openDatabase(url ?? '');
  closing.push(() => database.close());
  let rings = 0;
  const here = openEventBell(database, () => undefined);
  const there = openEventBell(database, () => {
    rings += 1;
  });
  closing.push(here.close, there.close);
  await expect.poll(() => rings).toBeGreaterThan(0);
  rings = 0;
  const cut = async (): Promise<void> =>
    void (await database.write.raw(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%'",
    ));
  return { ring: here.ring, heard: () => rings, cut };
}

describe.skipIf(!hasDatabase('postgres'))('the bell between stations on one PostgreSQL', () => {
  test('is heard by the other station long before its next look', async () => {
    const bells = await twoBells();

    bells.ring();

    await expect.poll(bells.heard, { timeout: 900, interval: 10 }).toBe(1);
  });

  test('is heard again after its connection was cut', async () => {
    const bells = await twoBells();
    await bells.cut();

    await expect.poll(bells.heard).toBeGreaterThan(0);
    const before = bells.heard();
    bells.ring();

    await expect.poll(bells.heard).toBeGreaterThan(before);
  });
});
