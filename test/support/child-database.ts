import { createInterface } from 'node:readline';
import { v7 as uuidv7 } from 'uuid';
import { openDatabase } from '../../main/db/database.ts';
import { migrate } from '../../main/db/migrate.ts';
import { runUnitOfWork } from '../../main/db/unit-of-work.ts';
import { systemActor } from '../../shared/model/actor.ts';

/**
 * A process of its own on a database, for tests: `migrate URL`, or `count URL TIMES` (raises a counter by units of work).
 * Says `ready`, works when it gets a line, prints what came of it as JSON.
 */
const [act = '', url = '', times = '0'] = process.argv.slice(2);

async function count(): Promise<{ done: number }> {
  const database = await openDatabase(url);
  const bell = { outbox: () => undefined, events: () => undefined };
  const deps = { database, clock: () => new Date(), newId: uuidv7, bell };
  for (let done = 0; done < Number(times); done += 1) {
    await runUnitOfWork(deps, systemActor, async (uow) => {
      const row = await uow.tx('setting').where({ key: 'counter' }).forUpdate().first();
      await uow
        .tx('setting')
        .where({ key: 'counter' })
        .update({ value: String(Number(row.value) + 1) });
      uow.record({ kind: 'test.counted', subject: 'counter' });
    });
  }
  await database.close();
  return { done: Number(times) };
}

async function migrateHere(): Promise<{ applied: readonly string[] }> {
  const database = await openDatabase(url);
  try {
    return await migrate(database);
  } finally {
    await database.close();
  }
}

process.stdout.write('ready\n');
createInterface({ input: process.stdin }).once('line', async () => {
  const result = act === 'migrate' ? await migrateHere() : await count();
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exit(0);
});
