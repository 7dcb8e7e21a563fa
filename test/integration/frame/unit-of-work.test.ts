import { afterEach, beforeEach, expect, test } from 'vitest';
import { runUnitOfWork } from '../../../main/db/unit-of-work.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Actor, systemActor } from '../../../shared/model/actor.ts';
import { describeOnEach, type Frame, openFrame } from '../../support/frame.ts';

const mia: Actor = { operatorId: 'mia', stationId: 'bench-1', role: 'packer' };

/** An error as the two drivers give it. */
const fault = (code: string): Error => Object.assign(new Error(code), { code });

describeOnEach('a unit of work', (kind) => {
  let frame: Frame;
  beforeEach(async () => {
    frame = await openFrame(kind);
  });
  afterEach(() => frame?.close());

  const addStation = (actor: Actor, name: string, after: () => void = () => undefined): Promise<{ name: string }> =>
    runUnitOfWork(frame.deps, actor, async (uow) => {
      await uow.tx('station').insert({ id: uow.newId(), name, created_at: uow.now });
      uow.record({ kind: 'station.added', subject: name, from: 'none', to: 'there', data: { name } });
      uow.enqueue({ topic: 'test.tell', key: name, payload: { name } });
      uow.emit('test.added', { name });
      after();
      return { name };
    });
  const stationNames = async (): Promise<string[]> =>
    (await frame.database.read('station').orderBy('name').select('name')).map((row) => row.name);

  test('commits state, journal, outbox, event and answer together, and rings the bells after that', async () => {
    const answer = await addStation({ ...mia, commandId: 'command-1' }, 'Bench A');

    expect(answer).toEqual({ name: 'Bench A' });
    expect(await stationNames()).toEqual(['Bench A']);
    expect(await frame.database.read('journal').first()).toMatchObject({
      at: '2026-11-22T08:00:00.000Z',
      operator_id: 'mia',
      station_id: 'bench-1',
      command_id: 'command-1',
      kind: 'station.added',
      subject: 'Bench A',
      from_state: 'none',
      to_state: 'there',
      data: '{"name":"Bench A"}',
    });
    expect(await frame.database.read('outbox').first()).toMatchObject({
      topic: 'test.tell',
      key: 'Bench A',
      state: 'pending',
      attempts: 0,
    });
    expect(await frame.database.read('event').first('name', 'payload')).toEqual({
      name: 'test.added',
      payload: '{"name":"Bench A"}',
    });
    expect(await frame.database.read('inbox').first('command_id', 'answer')).toEqual({
      command_id: 'bench-1  command-1',
      answer: '{"name":"Bench A"}',
    });
    expect(frame.rung).toEqual({ outbox: 1, events: 1 });
  });

  test('leaves nothing of anything when the work throws, and rings no bell', async () => {
    const failing = addStation({ ...mia, commandId: 'command-1' }, 'Bench A', () => {
      throw new AppError('rule', 'test.refused', { why: 'because' });
    });

    await expect(failing).rejects.toMatchObject({ kind: 'rule', code: 'test.refused', details: { why: 'because' } });
    for (const table of ['station', 'journal', 'outbox', 'event', 'inbox'])
      expect(await frame.database.read(table)).toEqual([]);
    expect(frame.rung).toEqual({ outbox: 0, events: 0 });
  });

  test('opened inside another throws at once instead of waiting for itself', async () => {
    const nested = runUnitOfWork(frame.deps, mia, async (uow) => {
      uow.record({ kind: 'test.outer', subject: 'outer' });
      await runUnitOfWork(frame.deps, mia, async () => undefined);
    });

    await expect(nested).rejects.toThrow('opened inside another');
    expect(await frame.database.read('journal')).toEqual([]);
  });

  test('may be opened by whoever a bell wakes', async () => {
    let woken: Promise<unknown> | undefined;
    const deps = {
      ...frame.deps,
      bell: {
        outbox: () => undefined,
        events: () => {
          woken = addStation(mia, 'Woken');
        },
      },
    };
    await runUnitOfWork(deps, mia, async (uow) => {
      uow.record({ kind: 'test.happened', subject: 'x' });
      uow.emit('test.happened', {});
    });

    await expect(woken).resolves.toEqual({ name: 'Woken' });
  });

  test('that leaves no journal row is a fault and changes nothing', async () => {
    const silent = runUnitOfWork(frame.deps, mia, async (uow) => {
      await uow.tx('station').insert({ id: 'x', name: 'Silent', created_at: uow.now });
    });

    await expect(silent).rejects.toThrow('left no journal row');
    expect(await stationNames()).toEqual([]);
  });

  test('may say that nothing was to be written', async () => {
    await expect(
      runUnitOfWork(frame.deps, mia, async (uow) => {
        uow.unchanged();
        return 'as it was';
      }),
    ).resolves.toBe('as it was');
    expect(await frame.database.read('journal')).toEqual([]);
  });

  test.each(['40001', '40P01', 'SQLITE_BUSY'])('runs again when the database says %s', async (code) => {
    let runs = 0;
    const answer = await addStation(mia, 'Bench A', () => {
      runs += 1;
      if (runs < 3) throw fault(code);
    });

    expect(answer).toEqual({ name: 'Bench A' });
    expect(runs).toBe(3);
    expect(await frame.database.read('journal')).toHaveLength(1);
    expect(await frame.database.read('outbox')).toHaveLength(1);
  });

  test('gives up after three times with words for the packer', async () => {
    let runs = 0;
    const busy = addStation(mia, 'Bench A', () => {
      runs += 1;
      throw fault('40P01');
    });

    await expect(busy).rejects.toMatchObject({ kind: 'conflict', code: 'database.busy' });
    expect(runs).toBe(3);
    expect(await stationNames()).toEqual([]);
  });

  test.each([
    ['SQLITE_FULL', 'database.disk-full'],
    ['53100', 'database.disk-full'],
    ['SQLITE_READONLY', 'database.not-writable'],
    ['SQLITE_IOERR', 'database.not-writable'],
    ['SQLITE_CORRUPT', 'database.corrupt'],
  ])('gives the fault %s the name %s', async (code, name) => {
    const failing = addStation(mia, 'Bench A', () => {
      throw fault(code);
    });

    await expect(failing).rejects.toMatchObject({ kind: 'device', code: name });
  });

  test('answers a repeat of the same command with the first answer though the state moved on', async () => {
    const once: Actor = { ...mia, commandId: 'command-1' };
    const count = (): Promise<number> =>
      runUnitOfWork(frame.deps, once, async (uow) => {
        const row = await uow.tx('journal').count({ count: '*' }).first();
        uow.record({ kind: 'test.counted', subject: 'journal' });
        return Number(row?.count ?? 0);
      });
    expect(await count()).toBe(0);
    await addStation(mia, 'Bench A');

    expect(await count()).toBe(0);
    expect(await frame.database.read('journal').where({ kind: 'test.counted' })).toHaveLength(1);
  });

  test('answers a repeat with the first answer even when the work is no longer possible', async () => {
    const once: Actor = { ...mia, commandId: 'command-1' };
    await addStation(once, 'Bench A');

    // The name is unique: done a second time, the insert itself fails.
    await expect(addStation(once, 'Bench A')).resolves.toEqual({ name: 'Bench A' });
    expect(await stationNames()).toEqual(['Bench A']);
    expect(frame.rung).toEqual({ outbox: 1, events: 1 });
  });

  test('answers a repeat whose answer was empty', async () => {
    const once: Actor = { ...mia, commandId: 'command-1' };
    let runs = 0;
    const act = (): Promise<null> =>
      runUnitOfWork(frame.deps, once, async (uow) => {
        runs += 1;
        uow.record({ kind: 'test.happened', subject: String(runs) });
        return null;
      });
    await act();

    await expect(act()).resolves.toBeNull();
    expect(await frame.database.read('journal')).toHaveLength(1);
  });

  test('does the same command once when it comes eight times at the same moment', async () => {
    const once: Actor = { ...mia, commandId: 'command-1' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => addStation(once, 'Bench A')));

    expect(answers).toEqual(Array.from({ length: 8 }, () => ({ name: 'Bench A' })));
    expect(await stationNames()).toEqual(['Bench A']);
    expect(await frame.database.read('journal')).toHaveLength(1);
    expect(await frame.database.read('outbox')).toHaveLength(1);
  });

  test('is seen by views only when it is whole', async () => {
    const seen: number[] = [];
    await runUnitOfWork(frame.deps, systemActor, async (uow) => {
      await uow.tx('station').insert({ id: 'x', name: 'Half', created_at: uow.now });
      uow.record({ kind: 'station.added', subject: 'x' });
      seen.push((await stationNames()).length);
    });
    seen.push((await stationNames()).length);

    expect(seen).toEqual([0, 1]);
  });

  test('refuses a write through the read handle', async () => {
    if (kind === 'postgres') return; // one pool serves both there: the architecture test watches who holds it
    await expect(
      frame.database.read('station').insert({ id: 'x', name: 'Sneaked', created_at: 'now' }),
    ).rejects.toThrow(/readonly/i);
  });

  test('keeps forty commands of two processes apart', async () => {
    const other = await frame.another();
    const raise = (database: Frame['database']): Promise<unknown> =>
      runUnitOfWork({ ...frame.deps, database }, systemActor, async (uow) => {
        const row = await uow.tx('setting').where({ key: 'counter' }).first();
        // Every command must see the one before it: read, then write what was read plus one, as stores do by version.
        if (!row) await uow.tx('setting').insert({ key: 'counter', value: '1', version: 1 });
        else {
          const changed = await uow
            .tx('setting')
            .where({ key: 'counter', version: row.version })
            .update({ value: String(Number(row.value) + 1), version: row.version + 1 });
          if (changed !== 1) throw fault('40001');
        }
        uow.record({ kind: 'test.counted', subject: 'counter' });
      });
    await raise(frame.database);
    let refused = 0;
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        raise(index % 2 === 0 ? frame.database : other).catch(() => {
          refused += 1;
        }),
      ),
    );

    const row = await frame.database.read('setting').where({ key: 'counter' }).first();
    const journal = await frame.database.read('journal');
    expect(Number(row.value)).toBe(41 - refused);
    expect(journal).toHaveLength(41 - refused);
    if (kind === 'sqlite') expect(refused).toBe(0);
  });
});
