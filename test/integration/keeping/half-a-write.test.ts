import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type sqlite3 from 'sqlite3';
import { expect, test } from 'vitest';
import { checkDatabaseFile } from '../../../main/db/backup.ts';

const driver = createRequire(import.meta.url)('sqlite3') as typeof sqlite3; // a CommonJS package

test('the half of a write that a power cut left is undone by the check, and is no damage', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'packwright-half-'));
  const [file, left] = [join(folder, 'whole.sqlite'), join(folder, 'left.sqlite')];
  const raw = new driver.Database(file);
  const exec = (sql: string) =>
    new Promise<void>((done, fail) => raw.exec(sql, (error) => (error ? fail(error) : done())));
  await exec('pragma journal_mode = delete; create table t (a); insert into t values (1)');
  await exec(
    'pragma cache_size = 2; begin; with recursive n(i) as (select 1 union all select i + 1 from n where i < 500) insert into t select randomblob(1000) from n',
  );
  await copyFile(file, left);
  await copyFile(`${file}-journal`, `${left}-journal`);
  await exec('rollback');
  await new Promise((done) => raw.close(done));
  expect((await readFile(`${left}-journal`)).length).toBeGreaterThan(512);

  expect(await checkDatabaseFile(left)).toEqual([]);
  await expect(readFile(`${left}-journal`)).rejects.toMatchObject({ code: 'ENOENT' });
  await rm(folder, { recursive: true });
});
