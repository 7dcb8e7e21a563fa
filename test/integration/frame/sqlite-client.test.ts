import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../main/db/database.ts';
import { runUnitOfWork } from '../../../main/db/unit-of-work.ts';
import { systemActor } from '../../../shared/model/actor.ts';
import { describeOnEach, eventually, type Frame, openFrame } from '../../support/frame.ts';
import { bundlePrograms, type Programs } from '../../support/programs.ts';

describe('statements that SQLite keeps prepared', () => {
  let frame: Frame;
  let database: Database;
  beforeEach(async () => {
    frame = await openFrame('sqlite');
    ({ database } = frame);
    await database.write.schema.createTable('piece', (table) => {
      table.text('id').primary();
      table.integer('count').notNullable();
    });
  });
  afterEach(() => frame?.close());

  const insert = (id: string, count: number | null): Promise<unknown> =>
    database.write.raw('insert into piece (id, count) values (?, ?)', [id, count]);
  const pieces = (): Promise<{ id: string; count: number }[]> => database.write('piece').orderBy('id').select('*');

  test('work again after a constraint refused their values', async () => {
    await insert('a', 1);
    await expect(insert('a', 2)).rejects.toThrow('SQLITE_CONSTRAINT');
    await expect(insert('b', null)).rejects.toThrow('SQLITE_CONSTRAINT');
    await insert('c', 3);

    expect(await pieces()).toEqual([
      { id: 'a', count: 1 },
      { id: 'c', count: 3 },
    ]);
  });

  test('keep no value of the time before', async () => {
    await insert('a', 1);
    await expect(database.write.raw('insert into piece (id, count) values (?, ?)', ['b'])).rejects.toThrow();

    expect(await pieces()).toEqual([{ id: 'a', count: 1 }]);
  });

  test('see a column that came after they were prepared', async () => {
    await insert('a', 1);
    expect(await pieces()).toEqual([{ id: 'a', count: 1 }]);
    await database.write.schema.alterTable('piece', (table) => void table.text('colour').defaultTo('red'));

    expect(await pieces()).toEqual([{ id: 'a', count: 1, colour: 'red' }]);
  });

  test('see a column that another process added', async () => {
    await insert('a', 1);
    expect(await database.read('piece').select('*')).toEqual([{ id: 'a', count: 1 }]);
    const other = await frame.another();
    await other.write.schema.alterTable('piece', (table) => void table.text('colour').defaultTo('red'));

    expect(await database.read('piece').select('*')).toEqual([{ id: 'a', count: 1, colour: 'red' }]);
    expect(await pieces()).toEqual([{ id: 'a', count: 1, colour: 'red' }]);
  });

  test('that cannot be prepared fail each time with the reason, and heal with the schema', async () => {
    const look = (): Promise<unknown> => database.write.raw('select * from missing');
    await expect(look()).rejects.toThrow('no such table: missing');
    await expect(look()).rejects.toThrow('no such table: missing');
    await database.write.schema.createTable('missing', (table) => void table.text('id'));

    await expect(look()).resolves.toEqual([]);
  });

  test('may be a thousand different ones, one after the other and all at once', async () => {
    await insert('a', 1);
    for (let number = 0; number < 700; number += 1)
      expect(await database.write.raw(`select ${number} + count as sum from piece`)).toEqual([{ sum: number + 1 }]);
    const answers = await database.write.transaction((tx) =>
      Promise.all(
        Array.from({ length: 1_000 }, (_, number) => tx.raw(`select ${number} * count as product from piece`)),
      ),
    );

    expect(answers.map(([row]) => row.product)).toEqual(Array.from({ length: 1_000 }, (_, number) => number));
    await insert('b', 2);
    expect(await pieces()).toHaveLength(2);
  });

  test('the same one may run many times at once', async () => {
    await database.write.transaction((tx) =>
      Promise.all(
        Array.from({ length: 50 }, (_, number) =>
          tx.raw('insert into piece (id, count) values (?, ?)', [String(number), number]),
        ),
      ),
    );
    const counts = await Promise.all(
      Array.from({ length: 50 }, (_, number) =>
        database
          .read('piece')
          .where({ id: String(number) })
          .first(),
      ),
    );

    expect(counts.map((row) => row.count)).toEqual(Array.from({ length: 50 }, (_, number) => number));
  });

  test('answer like the driver: rows, one row, changed rows, returned rows', async () => {
    await insert('a', 1);
    await insert('b', 1);

    expect(await database.write('piece').where({ count: 1 }).update({ count: 2 })).toBe(2);
    expect(await database.write('piece').where({ id: 'a' }).first()).toEqual({ id: 'a', count: 2 });
    expect(await database.write('piece').insert({ id: 'c', count: 5 }).returning('id')).toEqual([{ id: 'c' }]);
    expect(await database.write('piece').where({ id: 'b' }).delete()).toBe(1);
    expect(await database.write('piece').count({ count: '*' }).first()).toEqual({ count: 2 });
    expect(await database.write('piece').pluck('id')).toEqual(['a', 'c']);
  });

  test('a transaction that fails in the middle leaves the connection usable', async () => {
    const failing = database.write.transaction(async (tx) => {
      await tx('piece').insert({ id: 'a', count: 1 });
      await tx('piece').insert({ id: 'a', count: 2 });
    });
    await expect(failing).rejects.toThrow('SQLITE_CONSTRAINT');
    await insert('b', 2);

    expect(await pieces()).toEqual([{ id: 'b', count: 2 }]);
  });

  test('a transaction waits for another process that writes, and does not fail on what it wrote', async () => {
    const other = await openDatabase(frame.url);
    const holder = await other.write.transaction();
    await holder('piece').insert({ id: 'theirs', count: 1 });
    const ours = database.write.transaction(async (tx) => {
      const rows = await tx('piece').select('id');
      await tx('piece').insert({ id: 'ours', count: rows.length });
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await holder.commit();
    await ours;
    await other.close();

    expect(await pieces()).toEqual([
      { id: 'ours', count: 1 },
      { id: 'theirs', count: 1 },
    ]);
  });

  test('a database that stays locked ends the command with words, and works again afterwards', async () => {
    const other = await openDatabase(frame.url);
    const holder = await other.write.transaction();
    await database.write.raw('PRAGMA busy_timeout = 50');
    const add = (name: string): Promise<void> =>
      runUnitOfWork(frame.deps, systemActor, async (uow) => {
        await uow.tx('piece').insert({ id: name, count: 1 });
        uow.record({ kind: 'test.added', subject: name });
      });
    await expect(add('locked')).rejects.toMatchObject({ kind: 'conflict', code: 'database.busy' });
    await holder.rollback();
    await other.close();
    await add('free');

    expect(await pieces()).toEqual([{ id: 'free', count: 1 }]);
  });

  test('are ended with the connection: the file is whole and free', async () => {
    const other = await openDatabase(frame.url);
    for (let number = 0; number < 400; number += 1) await other.write.raw(`select ${number} from piece`);
    await other.write('piece').insert({ id: 'last', count: 1 });
    await other.close();

    await expect(other.write.raw('select 1')).rejects.toThrow();
    expect(await pieces()).toEqual([{ id: 'last', count: 1 }]);
  });
});

describeOnEach('processes on the same data', (kind) => {
  let frame: Frame;
  let programs: Programs;
  beforeAll(async () => {
    programs = await bundlePrograms({ child: 'test/support/child-database.ts' });
  });
  afterAll(() => programs?.remove());
  beforeEach(async () => {
    frame = await openFrame(kind);
    await frame.database.write('setting').insert({ key: 'counter', value: '0', version: 1 });
  });
  afterEach(() => frame?.close());

  test('write at the same time and lose nothing', async () => {
    const runs = [1, 2].map(() => programs.start('child', ['count', frame.url, '150'], { talk: true }));
    for (const run of runs) await run.said('ready');
    for (const run of runs) run.child.stdin?.write('go\n');
    const ends = await Promise.all(runs.map((run) => run.finished));

    expect(ends.map((end) => [end.code, end.stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(await frame.database.read('setting').where({ key: 'counter' }).first('value')).toEqual({ value: '300' });
    expect(await frame.database.read('journal').count({ count: '*' }).first()).toEqual({ count: 300 });
  });

  test('one that is killed while it writes leaves whole commands only', async () => {
    const run = programs.start('child', ['count', frame.url, '100000'], { talk: true });
    await run.said('ready');
    run.child.stdin?.write('go\n');
    const counted = async () => (await frame.database.read('setting').where({ key: 'counter' }).first('value'))?.value;
    await eventually(counted, (value) => Number(value) > 20);
    run.child.kill('SIGKILL');
    await run.finished;

    const { value } = await frame.database.read('setting').where({ key: 'counter' }).first();
    const journal = await frame.database.read('journal').count({ count: '*' }).first();
    expect(Number(value)).toBeGreaterThan(0);
    expect(Number(journal?.count)).toBe(Number(value));
  });
});
