import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backupFolder, makeBackup } from '../../../main/app/keeping.ts';
import { checkDatabaseFile } from '../../../main/db/backup.ts';
import { openDatabase } from '../../../main/db/database.ts';
import { migrate } from '../../../main/db/migrate.ts';
import { runUnitOfWork } from '../../../main/db/unit-of-work.ts';
import { systemActor } from '../../../shared/model/actor.ts';
import { type KeptData, keptData } from './kept-data.ts';

const run = promisify(execFile);

describe('a disk that becomes full', () => {
  let data: KeptData;
  let isMounted = false;
  beforeEach(async () => {
    data = await keptData();
    await mkdir(backupFolder(data.dataDir));
    // A file system of four megabytes; only an administrator of the machine may make one.
    isMounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', backupFolder(data.dataDir)]).then(
      () => true,
      () => false,
    );
  });
  afterEach(async () => {
    if (isMounted) await run('umount', [backupFolder(data.dataDir)]);
    await data.remove();
  });

  test('stops the backup with words, leaves no half of it, and the next one succeeds', async ({ skip }) => {
    skip(!isMounted, 'skipped: this user may not mount a small file system');
    await data.grow(8);
    const backup = (): ReturnType<typeof makeBackup> =>
      makeBackup({
        dataDir: data.dataDir,
        database: data.file,
        now: new Date(),
        restMs: 1,
        freeBytes: async () => Number.MAX_SAFE_INTEGER,
      });

    await expect(backup()).rejects.toMatchObject({ kind: 'device', code: 'backup.disk-full' });
    expect(await readdir(backupFolder(data.dataDir))).toEqual([]);
    expect(await checkDatabaseFile(data.file)).toEqual([]);
    await run('mount', ['-o', 'remount,size=64m', backupFolder(data.dataDir)]);
    expect(await backup()).toMatchObject({ outcome: 'made' });
  });

  test('stops the work with words, half of no command stays, and work goes on when there is room', async ({ skip }) => {
    skip(!isMounted, 'skipped: this user may not mount a small file system');
    const database = await openDatabase(join(backupFolder(data.dataDir), 'packwright.sqlite'));
    await migrate(database);
    const bell = { outbox: () => undefined, events: () => undefined };
    const deps = { database, clock: () => new Date(), newId: uuidv7, bell };
    const work = (order: number): Promise<void> =>
      runUnitOfWork(deps, systemActor, async ({ tx, record }) => {
        await tx('setting').insert({ key: `order-${order}`, value: 'x'.repeat(200_000), version: 1 });
        record({ kind: 'test.worked', subject: String(order) });
      });
    let done = 0;
    const fill = async (): Promise<void> => {
      for (; done < 200; done += 1) await work(done);
    };

    await expect(fill()).rejects.toMatchObject({ kind: 'device', code: 'database.disk-full' });
    expect(await database.read('setting').where('key', 'like', 'order-%')).toHaveLength(done);
    expect(await database.read('journal').where({ kind: 'test.worked' })).toHaveLength(done);
    await run('mount', ['-o', 'remount,size=64m', backupFolder(data.dataDir)]);
    await work(done);
    expect(await database.read('journal').where({ kind: 'test.worked' })).toHaveLength(done + 1);
    await database.close();
  });
});
