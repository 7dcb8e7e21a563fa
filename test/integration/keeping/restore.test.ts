import { copyFile, link, mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openCore } from '../../../main/app/core.ts';
import { describeError } from '../../../main/app/describe-error.ts';
import { backupFolder, backupNow, listBackups, makeBackup } from '../../../main/app/keeping.ts';
import { restoreNow } from '../../../main/app/restore.ts';
import { checkDatabaseFile, writerOf } from '../../../main/db/backup.ts';
import { bundlePrograms, type Programs } from '../../support/programs.ts';
import { type KeptData, keptData } from './kept-data.ts';

const platform = {
  shell: 'cli' as const,
  secrets: { get: async () => undefined, set: async () => undefined, remove: async () => undefined },
  openExternal: async () => undefined,
};

let data: KeptData;
beforeEach(async () => {
  data = await keptData();
});
afterEach(() => data?.remove());

const filesBeside = async (): Promise<string[]> =>
  (await readdir(data.dataDir)).filter((name) => name.startsWith('packwright')).sort();

/** Overwrites the pages in the middle of the database: it opens, and does not hold together. */
async function damage(file: string): Promise<void> {
  const { size } = await stat(file);
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(size - 8_192, 0xa5), 0, size - 8_192, 8_192);
  await handle.close();
}

describe('restoring the latest backup', () => {
  test('brings its state back and keeps the replaced database aside', async () => {
    await data.note('kept');
    await backupNow(data.dataDir);
    await data.note('lost');

    const restored = await restoreNow(data.dataDir, 'latest');

    expect(await data.notes()).toEqual(['kept']);
    expect(await data.notes(restored.replaced)).toEqual(['kept', 'lost']);
    expect(restored.replaced).toMatch(/backups.replaced-.*\.sqlite$/);
    expect(await listBackups(data.dataDir)).toHaveLength(1);
    expect(await filesBeside()).toEqual(['packwright.sqlite']);
  });

  test('gives a station that works on it', async () => {
    await backupNow(data.dataDir);
    await restoreNow(data.dataDir, 'latest');

    const core = await openCore({ dataDir: data.dataDir, platform });
    await core.close();
    expect(await checkDatabaseFile(data.file)).toEqual([]);
  });

  test('never gives a parcel number out twice, and the journal says that time was turned back', async () => {
    const take = async (next: number): Promise<void> => {
      const database = await data.open();
      await database
        .write('number_range')
        .insert({ name: 'sscc:0952', next, last: 99_999_999 })
        .onConflict('name')
        .merge();
      await database.close();
    };
    await take(100);
    await backupNow(data.dataDir);
    await take(4_000);

    await restoreNow(data.dataDir, 'latest');

    const database = await data.open();
    expect(await database.read('number_range').first()).toMatchObject({ next: 100_100, last: 99_999_999 });
    expect(await database.read('journal').where({ kind: 'database.restored' })).toHaveLength(1);
    await database.close();
  });

  test('makes a database where there is none', async () => {
    await data.note('kept');
    const made = await backupNow(data.dataDir);
    const fresh = await keptData();
    await mkdir(backupFolder(fresh.dataDir));
    const file = made.outcome === 'made' ? made.file : '';
    await link(file, join(backupFolder(fresh.dataDir), 'packwright-2026-11-22T12-00-00-000Z.sqlite'));
    await rm(fresh.file);

    expect(await restoreNow(fresh.dataDir, 'latest')).not.toHaveProperty('replaced');
    expect(await fresh.notes()).toEqual(['kept']);
    await fresh.remove();
  });
});

describe('a restore is refused with words and changes nothing', () => {
  test('while a station works on the data', async () => {
    await backupNow(data.dataDir);
    const core = await openCore({ dataDir: data.dataDir, platform });

    const refused = await restoreNow(data.dataDir, 'latest').catch((error) => error);

    expect(refused).toMatchObject({ kind: 'conflict', code: 'restore.station-running' });
    expect(describeError(refused)).toContain('Stop every Packwright on this data');
    await core.database.write('setting').insert({ key: 'note:still-working', value: '1', version: 1 });
    await core.close();
    expect(await data.notes()).toEqual(['still-working']);
    expect((await readdir(backupFolder(data.dataDir))).filter((name) => name.startsWith('replaced'))).toEqual([]);
  });

  test('from a backup that is damaged', async () => {
    await data.note('kept');
    await data.grow(1);
    const made = await makeBackup({ dataDir: data.dataDir, database: data.file, now: new Date(), restMs: 1 });
    await damage(made.outcome === 'made' ? made.file : '');

    await expect(restoreNow(data.dataDir, 'latest')).rejects.toMatchObject({ code: 'backup.damaged' });
    expect(await data.notes()).toEqual(['kept']);
    expect(await filesBeside()).toEqual(['packwright.sqlite']);
  });

  test('from a file that is no backup, another program’s, a newer version’s, or not there', async () => {
    await data.note('kept');
    const text = join(data.dataDir, 'notes.txt');
    await writeFile(text, 'order,sku\n'.repeat(500));
    const newer = await keptData();
    const database = await newer.open();
    await database.write('knex_migrations').insert({ name: '29990101000000_tomorrow', batch: 2, migration_time: '' });
    await database.close();
    const foreign = await keptData();
    const other = await foreign.open();
    await other.write.raw('delete from knex_migrations');
    await other.close();

    await expect(restoreNow(data.dataDir, text)).rejects.toMatchObject({ code: 'backup.damaged' });
    await expect(restoreNow(data.dataDir, foreign.file)).rejects.toMatchObject({ code: 'restore.not-ours' });
    await expect(restoreNow(data.dataDir, newer.file)).rejects.toMatchObject({ code: 'restore.newer-version' });
    await expect(restoreNow(data.dataDir, join(data.dataDir, 'none'))).rejects.toMatchObject({
      code: 'restore.file-missing',
    });
    await expect(restoreNow(data.dataDir, 'latest')).rejects.toMatchObject({ code: 'restore.no-backup' });
    expect(await data.notes()).toEqual(['kept']);
    await newer.remove();
    await foreign.remove();
  });
});

describe('a damaged database', () => {
  test('is named, the newest backup is offered, and restoring it brings the station back', async () => {
    await data.note('kept');
    const made = await backupNow(data.dataDir);
    await damage(data.file);

    const core = openCore({ dataDir: data.dataDir, platform });
    const refused = await core.then(
      () => undefined,
      (error) => error,
    );
    expect(refused).toMatchObject({
      code: 'database.corrupt',
      details: { database: data.file, newestBackupAt: made.outcome === 'made' ? made.at : '' },
    });
    expect(describeError(refused)).toContain('packwright restore latest');

    const restored = await restoreNow(data.dataDir, 'latest');
    expect(await data.notes()).toEqual(['kept']);
    expect(await checkDatabaseFile(restored.replaced ?? '')).not.toEqual([]);
  });

  test('leaves its log with it: nothing of it comes into the restored one', async () => {
    await data.note('kept');
    await backupNow(data.dataDir);
    const database = await data.open();
    await database.write('setting').insert({ key: 'note:in-the-log', value: '1', version: 1 });
    await copyFile(`${data.file}-wal`, join(data.dataDir, 'log'));
    await database.close();
    await writeFile(data.file, 'no longer a database'.repeat(1_000));
    await copyFile(join(data.dataDir, 'log'), `${data.file}-wal`);

    const restored = await restoreNow(data.dataDir, 'latest');

    expect(await data.notes()).toEqual(['kept']);
    expect((await stat(`${restored.replaced}-wal`)).size).toBeGreaterThan(0);
  });
});

describe('a restore whose process is killed', () => {
  let programs: Programs;
  beforeAll(async () => {
    programs = await bundlePrograms({ cli: 'main/cli/main.ts' });
  });
  afterAll(() => programs?.remove());

  test('leaves the old database or the new one, never none and never half of one', async () => {
    await data.grow(15);
    await data.note('old');
    await makeBackup({ dataDir: data.dataDir, database: data.file, now: new Date(), restMs: 1 });
    await data.note('since');
    const seen = new Set<string>();
    let halves = 0;
    for (const patience of [0, 40, 90, 160, 250, 400, 700]) {
      const run = programs.start('cli', ['restore', 'latest', '--data', data.dataDir]);
      await untilCopying(run.child.pid);
      await new Promise((resolve) => setTimeout(resolve, patience));
      run.child.kill('SIGKILL');
      await run.finished;
      if ((await filesBeside()).some((name) => name.includes('.restoring'))) halves += 1;
      expect(await checkDatabaseFile(data.file)).toEqual([]);
      seen.add((await data.notes()).join());
    }
    expect(halves).toBeGreaterThan(0);
    for (const state of seen) expect(['old', 'old,since']).toContain(state);

    const last = programs.start('cli', ['restore', 'latest', '--data', data.dataDir]);
    expect(await last.finished).toMatchObject({ code: 0, stderr: '' });
    expect(await data.notes()).toEqual(['old']);
    expect(await filesBeside()).toEqual(['packwright.sqlite']);
  });

  async function untilCopying(pid: number | undefined): Promise<void> {
    for (let turn = 0; turn < 1_000; turn += 1) {
      if ((await filesBeside()).some((name) => writerOf(name) === pid)) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
});
