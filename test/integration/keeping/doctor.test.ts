import { open, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { openCore } from '../../../main/app/core.ts';
import { type Diagnosis, diagnose } from '../../../main/app/doctor.ts';
import { backupNow } from '../../../main/app/keeping.ts';
import { openDatabase } from '../../../main/db/database.ts';
import { migrate } from '../../../main/db/migrate.ts';
import { createFileSecrets } from '../../../main/web/file-secrets.ts';
import { freshDatabase } from '../../support/databases.ts';
import { bundlePrograms, type Programs } from '../../support/programs.ts';
import { type KeptData, keptData } from './kept-data.ts';

let data: KeptData;
beforeEach(async () => {
  data = await keptData();
});
afterEach(() => data?.remove());

const look = (now = new Date()): Promise<Diagnosis> =>
  diagnose({ dataDir: data.dataDir, now, secrets: createFileSecrets(data.dataDir) });
const statusOf = ({ findings }: Diagnosis): Record<string, string> =>
  Object.fromEntries(findings.map(({ name, status }) => [name, status]));
const finding = (diagnosis: Diagnosis, name: string) => diagnosis.findings.find((one) => one.name === name);

describe('the doctor', () => {
  test('finds a healthy station healthy, and names versions and paths', async () => {
    await backupNow(data.dataDir);

    const diagnosis = await look();

    expect(diagnosis).toMatchObject({
      ok: true,
      versions: { node: process.versions.node, database: expect.stringMatching(/^SQLite 3\./) },
      paths: { data: data.dataDir, database: data.file, log: join(data.dataDir, 'logs', 'station.log') },
    });
    expect(statusOf(diagnosis)).toMatchObject({
      settings: 'good',
      folder: 'good',
      database: 'good',
      schema: 'good',
      business: 'good',
      backups: 'good',
    });
    expect(diagnosis.bytes.database).toBeGreaterThan(0);
  });

  test('says that this PC has not the key of what lies sealed, and what to do', async () => {
    const { dataDir } = data;
    const platform = {
      shell: 'cli',
      secrets: createFileSecrets(dataDir),
      openExternal: async () => undefined,
    } as const;
    await (await openCore({ dataDir, platform })).close();
    const whole = finding(await look(), 'key');
    await writeFile(join(dataDir, 'secrets.json'), '{}');
    const without = await look();
    await rm(join(dataDir, 'secrets.json'));

    expect(whole?.status).toBe('good');
    expect([without.ok, finding(without, 'key')]).toMatchObject([
      false,
      { status: 'bad', advice: expect.stringContaining('keys join') },
    ]);
    expect(finding(await look(), 'key')?.status).toBe('not-checked');
  });

  test('misses a backup, and misses it again when the last one is old', async () => {
    expect(finding(await look(), 'backups')).toMatchObject({ status: 'warning', advice: 'Run "packwright backup".' });
    await backupNow(data.dataDir);

    expect(finding(await look(new Date(Date.now() + 72 * 3_600_000)), 'backups')).toMatchObject({ status: 'warning' });
  });

  test('names a damaged database and the backup that would help', async () => {
    await data.grow(1);
    const made = await backupNow(data.dataDir);
    const { size } = await stat(data.file);
    const file = await open(data.file, 'r+');
    await file.write(Buffer.alloc(size - 8_192, 0xa5), 0, size - 8_192, 8_192);
    await file.close();

    const diagnosis = await look();

    expect(diagnosis.ok).toBe(false);
    expect(finding(diagnosis, 'database')).toMatchObject({
      status: 'bad',
      advice: expect.stringContaining(made.outcome === 'made' ? made.at : 'never'),
    });
  });

  test('finds what the rows of orders and stock contradict', async () => {
    const database = await data.open();
    await database
      .write('item')
      .insert({ id: 'i1', sku: 'A', title: 'A', weight_mg: 1, length_mm: 1, width_mm: 1, height_mm: 1, version: 1 });
    await database
      .write('location')
      .insert({ id: 'b1', code: 'B-1', aisle: 'A', bay: '1', level: '1', walk_key: 'A', version: 1 });
    await database
      .write('stock_level')
      .insert({ item_id: 'i1', location_id: 'b1', on_hand: 5, allocated: 0, version: 1 });
    await database.close();

    expect(finding(await look(), 'business')).toMatchObject({
      status: 'bad',
      found: expect.stringContaining('i1 in b1'),
    });
  });

  test('says that a broken settings file is broken, and goes on', async () => {
    await writeFile(join(data.dataDir, 'settings.json'), '{ "database": ');

    expect(statusOf(await look())).toMatchObject({ settings: 'bad', folder: 'good' });
  });

  test('does not make a database where there is none', async () => {
    await rm(data.file);

    expect(finding(await look(), 'database')).toMatchObject({ status: 'warning' });
    await expect(stat(data.file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('leaves an older form alone and says that the next start changes it', async () => {
    const database = await data.open();
    await database.write('knex_migrations').where({ name: '20261122093000_fulfilment' }).delete();
    await database.close();

    const diagnosis = await look();

    expect(statusOf(diagnosis)).toMatchObject({ schema: 'warning', database: 'good' });
    expect(finding(diagnosis, 'business')).toBeUndefined();
  });
});

describe('the doctor of a shared server', () => {
  const at = (url: string): Promise<void> =>
    writeFile(join(data.dataDir, 'settings.json'), JSON.stringify({ database: { url } }));

  test('says whether it answers, its version, and whose business its backups are', async ({ skip }) => {
    skip(inject('postgresUrl') === undefined, 'no PostgreSQL server here');
    const server = await freshDatabase('postgres');
    const database = await openDatabase(server.url ?? '');
    await migrate(database);
    await database.close();
    await at(server.url ?? '');

    const diagnosis = await look();

    expect(diagnosis).toMatchObject({ ok: true, versions: { database: expect.stringMatching(/^PostgreSQL \d+/) } });
    expect(statusOf(diagnosis)).toMatchObject({
      database: 'good',
      schema: 'good',
      business: 'good',
      backups: 'not-checked',
    });
    expect(finding(diagnosis, 'backups')?.found).toContain('pg_dump');
    await server.remove();
  });

  test('says that it does not, without the password', async () => {
    await at('postgres://packer:secret@127.0.0.1:1/packwright');

    const diagnosis = await look();

    expect(diagnosis.ok).toBe(false);
    expect(finding(diagnosis, 'database')).toMatchObject({
      status: 'bad',
      found: expect.stringContaining('cannot be reached'),
    });
    expect(JSON.stringify(diagnosis)).not.toContain('secret');
  });
});

describe('the command', () => {
  let programs: Programs;
  beforeAll(async () => {
    programs = await bundlePrograms({ cli: 'main/cli/main.ts' });
  });
  afterAll(() => programs?.remove());

  test('prints lines or JSON, and fails when something is bad', async () => {
    const run = (...args: string[]) => programs.start('cli', ['doctor', '--data', data.dataDir, ...args]).finished;

    expect(await run()).toMatchObject({ code: 0, stdout: expect.stringContaining('✓ The database holds together') });
    await writeFile(join(data.dataDir, 'settings.json'), 'nonsense');
    const bad = await run('--json');
    expect(bad).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(bad.stdout)).toMatchObject({ ok: false });
  });

  test('of a backup says what it made, and why it made none', async () => {
    const good = await programs.start('cli', ['backup', '--data', data.dataDir]).finished;
    expect(JSON.parse(good.stdout)).toMatchObject({ outcome: 'made' });
    const none = await programs.start('cli', ['backup', '--data', join(data.dataDir, 'elsewhere')]).finished;
    expect(none).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('There is no database') });
  });
});
