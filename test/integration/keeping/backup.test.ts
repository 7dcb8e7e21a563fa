import { mkdir, readdir, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openCore } from '../../../main/app/core.ts';
import { backupFolder, backupNow, listBackups, makeBackup, startKeeping } from '../../../main/app/keeping.ts';
import { checkDatabaseFile, writerOf } from '../../../main/db/backup.ts';
import type { AppError } from '../../../shared/errors.ts';
import { until } from '../../support/devices/until.ts';
import { bundlePrograms, type Programs } from '../../support/programs.ts';
import { openWorld } from '../../support/world.ts';
import { type KeptData, keptData } from './kept-data.ts';

const NOON = new Date('2026-11-22T12:00:00.000Z');
const HOUR_MS = 3_600_000;
const later = (hours: number): Date => new Date(NOON.getTime() + hours * HOUR_MS);

let data: KeptData;
beforeEach(async () => {
  data = await keptData();
});
afterEach(() => data?.remove());

const backup = (options: Partial<Parameters<typeof makeBackup>[0]> = {}) =>
  makeBackup({ dataDir: data.dataDir, database: data.file, now: NOON, restMs: 1, ...options });
const names = async (): Promise<string[]> => (await readdir(backupFolder(data.dataDir))).sort();

describe('a backup', () => {
  test('is one sound file that holds what the database held', async () => {
    await data.note('before');

    const made = await backup();
    await data.note('after');

    expect(made).toMatchObject({ outcome: 'made', at: NOON.toISOString(), removed: [] });
    expect(await names()).toEqual(['packwright-2026-11-22T12-00-00-000Z.sqlite']);
    const [newest] = await listBackups(data.dataDir);
    expect(await checkDatabaseFile(newest?.file ?? '')).toEqual([]);
    expect(await data.notes(newest?.file)).toEqual(['before']);
    expect(await data.notes()).toEqual(['after', 'before']);
  });

  test('holds one moment although work goes on while it is made, and holds up nobody', async () => {
    await data.grow(40);
    const database = await data.open();
    let done = 0;
    let copying = true;
    const making = backup().finally(() => {
      copying = false;
    });
    for (let order = 0; copying; order += 1) {
      await database.write.transaction(async (trx) => {
        await trx('setting').insert({ key: `note:a${order}`, value: '1', version: 1 });
        await trx('setting').insert({ key: `note:b${order}`, value: '1', version: 1 });
      });
      done += 1;
    }
    await making;
    await database.close();

    const [newest] = await listBackups(data.dataDir);
    const notes = await data.notes(newest?.file);
    const letters = (letter: string): string[] =>
      notes.filter((note) => note.startsWith(letter)).map((note) => note.slice(1));
    expect(letters('a')).toEqual(letters('b'));
    expect(done).toBeGreaterThan(20);
  });

  test('is not made again while the last one is young, and is whenever asked for', async () => {
    await backup();

    expect(await backup({ now: later(5), onlyWhenOlderThanMs: 6 * HOUR_MS })).toMatchObject({
      outcome: 'young-enough',
      newest: { at: NOON.toISOString() },
    });
    expect(await backup({ now: later(7), onlyWhenOlderThanMs: 6 * HOUR_MS })).toMatchObject({ outcome: 'made' });
    expect(await backup({ now: later(7.1) })).toMatchObject({ outcome: 'made' });
    // The clock was put back: nobody knows how old the newest is.
    expect(await backup({ now: later(-48), onlyWhenOlderThanMs: 6 * HOUR_MS })).toMatchObject({ outcome: 'made' });
  });

  test('goes after fourteen days, but three stay however old they are', async () => {
    for (const day of [0, 1, 2, 3]) await backup({ now: later(24 * day) });

    await backup({ now: later(24 * 15.5) });
    expect((await listBackups(data.dataDir)).map(({ at }) => at.slice(0, 10))).toEqual([
      '2026-12-08',
      '2026-11-25',
      '2026-11-24',
    ]);

    await backup({ now: later(24 * 60) });
    expect(await listBackups(data.dataDir)).toHaveLength(3);
  });

  test('never takes the last of the disk: old ones go first, then it is refused with words', async () => {
    for (const day of [0, 1, 2, 3]) await backup({ now: later(24 * day) });
    const { size } = await stat(data.file);
    const reserve = 512 * 1_048_576;

    const made = await backup({ now: later(96), freeBytes: async () => reserve + size / 2 });
    expect(made).toMatchObject({ outcome: 'made', removed: [expect.stringContaining('2026-11-22')] });
    const before = await names();
    await expect(backup({ now: later(120), freeBytes: async () => 1_048_576 })).rejects.toMatchObject({
      kind: 'device',
      code: 'backup.no-room',
      details: { freeMb: 1, reserveMb: 512 },
    });
    expect(await names()).toEqual(before);
  });

  test('is not made of a damaged database, and the good ones stay', async () => {
    await data.grow(1);
    await backup();
    await truncate(data.file, (await stat(data.file)).size - 40_960);

    await expect(backup({ now: later(24) })).rejects.toMatchObject({
      code: 'database.corrupt',
      details: { database: data.file },
    });
    expect(await names()).toEqual(['packwright-2026-11-22T12-00-00-000Z.sqlite']);
  });

  test('of nothing, or of a server’s data, is refused with words', async () => {
    await expect(backup({ database: join(data.dataDir, 'none.sqlite') })).rejects.toMatchObject({
      code: 'backup.no-database',
    });
    await writeFile(
      join(data.dataDir, 'settings.json'),
      JSON.stringify({ database: { url: 'postgres://packer:secret@warehouse/packwright' } }),
    );
    await expect(backupNow(data.dataDir)).rejects.toMatchObject({
      code: 'backup.postgres',
      details: { database: 'postgres://packer:***@warehouse/packwright' },
    });
  });

  test('that was stopped leaves nothing', async () => {
    await data.grow(20);
    const stopping = new AbortController();

    const making = backup({ signal: stopping.signal, onProgress: (done) => done > 1_000 && stopping.abort() });

    await expect(making).rejects.toMatchObject({ code: 'backup.stopped' });
    expect(await names()).toEqual([]);
  });
});

describe('a running station', () => {
  const platform = {
    shell: 'cli' as const,
    secrets: { get: async () => undefined, set: async () => undefined, remove: async () => undefined },
    openExternal: async () => undefined,
  };

  test('backs itself up after its start, once, and says what went wrong', async () => {
    const core = await openCore({ dataDir: data.dataDir, platform });
    const reported: AppError[] = [];
    const stop = startKeeping(core, (error) => void reported.push(error), 10);
    const first = await until(async () => (await listBackups(data.dataDir))[0], 'the first backup');
    await stop();
    await startKeeping(core, (error) => void reported.push(error), 10)();

    expect(await checkDatabaseFile(first.file)).toEqual([]);
    expect(await listBackups(data.dataDir)).toHaveLength(1);
    expect(reported).toEqual([]);
    await core.close();
  });

  test('that closes in the middle of a backup leaves no half of one', async () => {
    await data.grow(30);
    const core = await openCore({ dataDir: data.dataDir, platform });
    const reported: AppError[] = [];
    const stop = startKeeping(core, (error) => void reported.push(error), 0);
    await until(async () => (await names().catch(() => [])).some((name) => name.endsWith('.part')), 'the copy');
    await stop();
    await core.close();

    expect(await names()).toEqual([]);
    expect(reported).toEqual([]);
  });

  test('works on by scans while its backup is made', async () => {
    const world = await openWorld();
    await world.fill({ orders: 2, units: 6 });
    await world.signIn();
    const making = backupNow(world.core.dataDir);
    const gtins = await world.pickNextOrder();
    for (const gtin of gtins) await world.scan(gtin);
    await world.finishParcel();

    expect(await making).toMatchObject({ outcome: 'made' });
    await world.close();
  });
});

describe('a backup whose process is killed', () => {
  let programs: Programs;
  beforeAll(async () => {
    programs = await bundlePrograms({ cli: 'main/cli/main.ts' });
  });
  afterAll(() => programs?.remove());

  test('is never offered, whenever the kill comes, and the next one sweeps its rest away', async () => {
    await data.grow(30);
    let halves = 0;
    for (const patience of [0, 30, 80, 150, 300, 600]) {
      const run = programs.start('cli', ['backup', '--data', data.dataDir]);
      await waitForPart(run.child.pid, patience);
      run.child.kill('SIGKILL');
      await run.finished;
      const left = await names();
      halves += left.filter((name) => name.includes('.part')).length;
      for (const { file } of await listBackups(data.dataDir)) expect(await checkDatabaseFile(file)).toEqual([]);
    }
    expect(halves).toBeGreaterThan(0);

    const run = programs.start('cli', ['backup', '--data', data.dataDir]);
    expect(await run.finished).toMatchObject({ code: 0, stderr: '' });
    expect((await names()).filter((name) => !/^packwright-[^.]*\.sqlite$/.test(name))).toEqual([]);
    expect(await data.notes()).toEqual([]);
  });

  test('and a copy that a living process writes is left to it', async () => {
    await mkdir(backupFolder(data.dataDir), { recursive: true });
    const mine = join(backupFolder(data.dataDir), `packwright-x.sqlite.${process.pid}.part`);
    await writeFile(mine, 'half');

    expect(await backup({ onlyWhenOlderThanMs: HOUR_MS })).toEqual({ outcome: 'under-way' });
    expect(await readFile(mine, 'utf8')).toBe('half');
    const longAgo = new Date(Date.now() - 30 * HOUR_MS);
    await utimes(mine, longAgo, longAgo);
    expect(await backup({ onlyWhenOlderThanMs: HOUR_MS })).toMatchObject({ outcome: 'made' });
    expect(await names()).not.toContain(basename(mine));
  });

  async function waitForPart(pid: number | undefined, patience: number): Promise<void> {
    for (let turn = 0; turn < 400; turn += 1) {
      if ((await names().catch(() => [])).some((name) => writerOf(name) === pid)) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await new Promise((resolve) => setTimeout(resolve, patience));
  }
});
