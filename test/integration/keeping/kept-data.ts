import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../../main/db/database.ts';
import { migrate } from '../../../main/db/migrate.ts';

/** A data folder with a database of its own, for tests of backups. */
export interface KeptData {
  readonly dataDir: string;
  readonly file: string;
  /** Opens the database as a station does; the caller closes it. */
  open(): Promise<Database>;
  /** Adds one setting, so that states of the database can be told apart. */
  note(key: string): Promise<void>;
  notes(file?: string): Promise<string[]>;
  /** Adds about so many megabytes. */
  grow(megabytes: number): Promise<void>;
  remove(): Promise<void>;
}

export async function keptData(): Promise<KeptData> {
  const dataDir = await mkdtemp(join(tmpdir(), 'packwright-keeping-'));
  const file = join(dataDir, 'packwright.sqlite');
  const within = async <T>(path: string, work: (database: Database) => Promise<T>): Promise<T> => {
    const database = await openDatabase(path);
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  };
  await within(file, migrate);
  return {
    dataDir,
    file,
    open: () => openDatabase(file),
    note: (key) =>
      within(file, (database) => database.write('setting').insert({ key: `note:${key}`, value: '1', version: 1 })),
    notes: (path = file) =>
      within(path, async (database) => {
        const rows: { key: string }[] = await database.read('setting').where('key', 'like', 'note:%').orderBy('key');
        return rows.map(({ key }) => key.slice(5));
      }),
    grow: (megabytes) =>
      within(file, async (database) => {
        await database.write.raw(
          `insert into setting (key, value, version) with recursive n(i) as (select 1 union all select i + 1 from n where i < ${megabytes * 10}) select 'bulk:' || i, hex(randomblob(50000)), 1 from n`,
        );
      }),
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
}
