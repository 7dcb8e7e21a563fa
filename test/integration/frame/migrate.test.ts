import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openCore } from '../../../main/app/core.ts';
import { openDatabase } from '../../../main/db/database.ts';
import { migrate, migrations } from '../../../main/db/migrate.ts';
import { describeOnEach, emptyDatabase } from '../../support/frame.ts';
import { bundlePrograms, type Programs } from '../../support/programs.ts';

const platform = {
  shell: 'cli' as const,
  secrets: { get: async () => undefined, set: async () => undefined, remove: async () => undefined },
  openExternal: async () => undefined,
};

let programs: Programs;
beforeAll(async () => {
  programs = await bundlePrograms({ child: 'test/support/child-database.ts' });
});
afterAll(() => programs?.remove());

describe('the list of changes', () => {
  test('names every file of the migrations folder, in order', async () => {
    const files = await readdir(resolve(import.meta.dirname, '../../../migrations'));

    expect(migrations.map((migration) => `${migration.name}.ts`)).toEqual(files.sort());
  });

  test('has one time per change', () => {
    const times = migrations.map((migration) => migration.name.split('_')[0]);

    expect(new Set(times).size).toBe(times.length);
    expect(times.every((time) => /^\d{14}$/.test(time ?? ''))).toBe(true);
  });
});

describeOnEach('bringing a database up to date', (kind) => {
  let empty: Awaited<ReturnType<typeof emptyDatabase>>;
  beforeEach(async () => {
    empty = await emptyDatabase(kind);
  });
  afterEach(() => empty?.remove());

  const migrated = async (): Promise<void> => {
    const database = await openDatabase(empty.url);
    await migrate(database);
    await database.close();
  };
  /** Everything that is in the database, in words that can be compared. */
  const content = async (): Promise<string> => {
    if (kind === 'sqlite')
      return createHash('sha256')
        .update(await readFile(empty.url))
        .digest('hex');
    const database = await openDatabase(empty.url);
    const tables = await database.read.raw("select tablename from pg_tables where schemaname = 'public' order by 1");
    const rows = [];
    for (const { tablename } of tables.rows) rows.push([tablename, await database.read(tablename)]);
    await database.close();
    return JSON.stringify(rows);
  };
  const makeNewer = async (): Promise<void> => {
    const database = await openDatabase(empty.url);
    await database
      .write('knex_migrations')
      .insert({ name: '20991231000000_future', batch: 9, migration_time: new Date() });
    await database.close();
  };

  test('carries what a shop of the first version has packed and labelled through every change', async () => {
    const { write, read, close } = await openDatabase(empty.url);
    const first = migrations.findIndex(({ name }) => name.endsWith('_fulfilment')) + 1;
    for (const { up } of migrations.slice(0, first)) await write.transaction(up);
    const at = '2026-01-02T03:04:05.678Z';
    const version = 1;
    await write('sales_order').insert({
      ...{ id: 'o', channel: 'web', external_id: '1', number: '#1', code: 'C', state: 'shipped', country: 'FR' },
      ...{ placed_at: at, ship_by: at, content_hash: '', created_at: at, version },
    });
    await write('parcel').insert({
      ...{ id: 'p', order_id: 'o', sequence: 1, sscc: '1', state: 'labelled', opened_at: at, version },
    });
    const paper = { media_type: 'application/pdf', sha256: '', bytes: Buffer.from('%PDF'), created_at: at };
    await write('document').insert({ id: 'd', kind: 'label', order_id: 'o', parcel_id: 'p', ...paper });
    await write('rma').insert({
      ...{ id: 'r', code: 'R', order_id: 'o', parcel_id: 'p', state: 'authorised', expires_on: '2026-02-01' },
      ...{ created_at: at, version },
    });
    await write('label').insert({
      ...{ id: 'l', parcel_id: 'p', kind: 'outbound', state: 'bought', carrier: 'GS1', service: 'Standard' },
      ...{ tracking_number: '1', scan_text: '1', document_id: 'd', rma_id: 'r', created_at: at, version },
    });
    await write('print_job').insert({
      ...{ id: 'j', document_id: 'd', printer: 'screen', state: 'printed', created_at: at, version },
    });
    for (const { up } of migrations.slice(first)) await write.transaction(up);

    const kept = [];
    for (const table of ['sales_order', 'parcel', 'document', 'rma', 'label', 'print_job'])
      kept.push((await read(table).select('id')).map(({ id }) => id).join());
    expect(kept).toEqual(['o', 'p', 'd', 'r', 'l', 'j']);
    expect(await read('label').first()).toMatchObject({ document_id: 'd', account_id: null, connector: '' });
    await close();
  });

  test('applies every change once', async () => {
    const database = await openDatabase(empty.url);
    const first = await migrate(database);
    const second = await migrate(database);
    await database.close();

    expect(first.applied).toEqual(migrations.map((migration) => migration.name));
    expect(second.applied).toEqual([]);
  });

  test('lets three processes start at once on an empty database', async () => {
    const runs = [1, 2, 3].map(() => programs.start('child', ['migrate', empty.url], { talk: true }));
    for (const run of runs) await run.said('ready');
    for (const run of runs) run.child.stdin?.write('go\n');
    const ends = await Promise.all(runs.map((run) => run.finished));

    expect(ends.map((end) => [end.code, end.stderr])).toEqual([
      [0, ''],
      [0, ''],
      [0, ''],
    ]);
    const applied = ends.flatMap((end) => JSON.parse(end.stdout.split('\n')[1] ?? '').applied);
    expect(applied.sort()).toEqual(migrations.map((migration) => migration.name));
  });

  test('leaves nothing behind when a change fails halfway', async () => {
    const database = await openDatabase(empty.url);
    // A table of ours is there already: the third change cannot be made.
    await database.write.schema.createTable('sales_order', (table) => void table.text('foreign'));

    await expect(migrate(database)).rejects.toThrow('already exists');
    expect(await database.read.schema.hasTable('journal')).toBe(false);

    await database.write.schema.dropTable('sales_order');
    expect((await migrate(database)).applied).toHaveLength(migrations.length);
    await database.close();
  });

  test('refuses a database of a newer version and leaves it as it was', async () => {
    await migrated();
    await makeNewer();
    const before = await content();

    const database = await openDatabase(empty.url);
    await expect(migrate(database)).rejects.toMatchObject({
      kind: 'rule',
      code: 'database.newer-version',
      details: { unknown: ['20991231000000_future'] },
    });
    await database.close();

    expect(await content()).toBe(before);
  });

  test('a station does not open on a database of a newer version, and leaves it as it was', async () => {
    await migrated();
    await makeNewer();
    const before = await content();
    const files = await readdir(empty.folder);

    const opening = openCore({ dataDir: empty.folder, platform, databaseUrl: empty.url });

    await expect(opening).rejects.toMatchObject({ code: 'database.newer-version' });
    expect(await content()).toBe(before);
    expect(await readdir(empty.folder)).toEqual(files);
  });
});

describe('a file that is no database', () => {
  let empty: Awaited<ReturnType<typeof emptyDatabase>>;
  beforeEach(async () => {
    empty = await emptyDatabase('sqlite');
  });
  afterEach(() => empty?.remove());

  test.each([
    ['a text', Buffer.from('order,sku\n1,A\n'.repeat(400))],
    ['noise', Buffer.alloc(10_000, 0xa5)],
    ['a database cut off in its first page', Buffer.from(`SQLite format 3\u0000${'x'.repeat(200)}`)],
  ])('is named and left as it was: %s', async (_what, bytes) => {
    await writeFile(empty.url, bytes);

    const opening = openCore({ dataDir: empty.folder, platform });

    await expect(opening).rejects.toMatchObject({
      kind: 'device',
      code: 'database.corrupt',
      details: { database: empty.url },
    });
    expect(await readFile(empty.url)).toEqual(bytes);
  });

  test('a database damaged in the middle is named when it is opened', async () => {
    const database = await openDatabase(empty.url);
    await migrate(database);
    await database.close();
    const bytes = await readFile(empty.url);
    bytes.fill(0xa5, 100, bytes.length);
    await writeFile(empty.url, bytes);

    await expect(openCore({ dataDir: empty.folder, platform })).rejects.toMatchObject({
      kind: 'device',
      code: 'database.corrupt',
      details: { database: empty.url },
    });
    expect(await readFile(empty.url)).toEqual(bytes);
  });

  test('a folder in its place is named', async () => {
    await mkdir(empty.url);

    await expect(openCore({ dataDir: empty.folder, platform })).rejects.toMatchObject({
      kind: 'device',
      code: 'database.unreachable',
      details: { database: empty.url },
    });
  });

  test('a data folder that cannot be made is named', async () => {
    await writeFile(empty.url, 'a file');

    await expect(openCore({ dataDir: resolve(empty.url, 'inside'), platform })).rejects.toMatchObject({
      code: 'data.folder-not-writable',
      details: { folder: resolve(empty.url, 'inside') },
    });
    expect(dirname(empty.url)).toBe(empty.folder);
  });

  test('a PostgreSQL server that is not there is named without its password', async () => {
    const url = 'postgres://packer:s3cret@127.0.0.1:1/packwright';

    const error = await openDatabase(url).catch((refused: unknown) => refused);

    expect(error).toMatchObject({
      code: 'database.unreachable',
      details: { database: 'postgres://packer:***@127.0.0.1:1/packwright' },
    });
    expect(JSON.stringify(error)).not.toContain('s3cret');
  });
});
