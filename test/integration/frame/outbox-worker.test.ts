import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Deps, runUnitOfWork } from '../../../main/db/unit-of-work.ts';
import {
  type OutboxWorker,
  startOutboxWorker,
  type TopicHandler,
  type WorkerOptions,
} from '../../../main/sync/outbox-worker.ts';
import { AppError } from '../../../shared/errors.ts';
import { systemActor } from '../../../shared/model/actor.ts';
import { describeOnEach, eventually, type Frame, openFrame } from '../../support/frame.ts';

describeOnEach('the outbox worker', (kind) => {
  let frame: Frame;
  const workers: OutboxWorker[] = [];
  beforeEach(async () => {
    frame = await openFrame(kind);
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.close();
    await frame?.close();
  });

  const start = (
    handler: TopicHandler,
    owner = 'bench-1:1',
    deps: Deps = frame.deps,
    more: Partial<WorkerOptions> = {},
  ): OutboxWorker => {
    const worker = startOutboxWorker(deps, new Map([['test.tell', handler]]), { owner, ...more });
    workers.push(worker);
    return worker;
  };
  const enqueue = (keys: readonly string[], topic = 'test.tell', deps: Deps = frame.deps): Promise<void> =>
    runUnitOfWork(deps, systemActor, async (uow) => {
      for (const key of keys) uow.enqueue({ topic, key, payload: { key } });
      uow.record({ kind: 'test.asked', subject: 'test' });
    });
  const messages = (): Promise<
    { key: string; state: string; attempts: number; due_at: string; last_error: string | null }[]
  > => frame.database.read('outbox').orderBy('key').select('key', 'state', 'attempts', 'due_at', 'last_error');
  const keys = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `m${String(index).padStart(3, '0')}`);
  /** Seconds from now to the moment at which the only message is due. */
  const waits = async (): Promise<number> => (Date.parse((await messages())[0]?.due_at ?? '') - frame.time.now) / 1000;

  test('hands each message to the handler of its topic and notes that it is sent', async () => {
    const seen: unknown[] = [];
    const worker = start(async ({ key, payload }) => void seen.push([key, payload]));
    await enqueue(keys(25));
    await worker.drain();

    expect(seen).toEqual(keys(25).map((key) => [key, { key }]));
    expect(new Set((await messages()).map((message) => message.state))).toEqual(new Set(['sent']));
  });

  test('leaves messages of a topic that nobody handles where they are', async () => {
    const worker = start(async () => undefined);
    await enqueue(['other'], 'test.unknown');
    await worker.drain();

    expect(await messages()).toMatchObject([{ key: 'other', state: 'pending', attempts: 0 }]);
  });

  test('takes up at once what a process of this PC had begun when it was ended, and waits for other PCs', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const owners = [
      `${hostname()}:${pid}:0a1b2c3d`,
      `another-pc:${pid}:0a1b2c3d`,
      `${hostname()}:${process.ppid}:0a1b2c3d`,
    ];
    await enqueue(keys(3));
    for (const [index, owner] of owners.entries())
      await frame.database
        .write('outbox')
        .where({ key: keys(3)[index] })
        .update({
          state: 'sending',
          lease_owner: owner,
          lease_until: new Date(frame.time.now + 60_000).toISOString(),
        });
    const seen: string[] = [];
    await start(async ({ key }) => void seen.push(key)).drain();

    expect(seen).toEqual(keys(1));
  });

  test('is woken by the commit that left the message', async () => {
    const seen: string[] = [];
    let worker: OutboxWorker | undefined;
    const deps: Deps = { ...frame.deps, bell: { outbox: () => worker?.wake(), events: () => undefined } };
    worker = start(async ({ key }) => void seen.push(key), 'bench-1:1', deps, { tickMs: 3_600_000 });
    await enqueue(['at-once'], 'test.tell', deps);

    await eventually(
      () => seen,
      (told) => told.length > 0,
    );
    expect(seen).toEqual(['at-once']);
  });

  test('delivers once each where two stations share the table', async () => {
    const other = await frame.another();
    const seen: string[] = [];
    const handle: TopicHandler = async ({ key }) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      seen.push(key);
    };
    const first = start(handle, 'bench-1:1');
    const second = start(handle, 'bench-2:1', { ...frame.deps, database: other });
    await enqueue(keys(120));
    await Promise.all([first.drain(), second.drain()]);

    expect(seen.sort()).toEqual(keys(120));
    expect((await messages()).every((message) => message.state === 'sent' && message.attempts === 1)).toBe(true);
  });

  test('takes over what a station left undone, once its lease has ended', async () => {
    await enqueue(['left']);
    await frame.database.write('outbox').update({
      state: 'sending',
      lease_owner: 'bench-9:1',
      lease_until: new Date(frame.time.now + 60_000).toISOString(),
    });
    const seen: string[] = [];
    const worker = start(async ({ key }) => void seen.push(key));

    frame.time.now += 59_000;
    await worker.drain();
    expect(seen).toEqual([]);

    frame.time.now += 2_000;
    await worker.drain();
    expect(seen).toEqual(['left']);
    expect(await messages()).toMatchObject([{ state: 'sent' }]);
  });

  test('keeps what another station made of a message after our lease had ended', async () => {
    let finish: (error?: Error) => void = () => undefined;
    const slow = start(
      () => new Promise((resolve, reject) => (finish = (error) => (error ? reject(error) : resolve()))),
    );
    await enqueue(['slow']);
    slow.wake();
    await eventually(messages, ([message]) => message?.state === 'sending');
    frame.time.now += 61_000;
    await start(async () => undefined, 'bench-2:1', { ...frame.deps, database: await frame.another() }).drain();
    expect(await messages()).toMatchObject([{ state: 'sent' }]);

    finish(new AppError('remote', 'carrier.unreachable'));
    await slow.drain();

    expect(await messages()).toMatchObject([{ state: 'sent' }]);
  });

  test('keeps a message for as long as it takes: no other station delivers it at the same time', async () => {
    const clock = () => new Date();
    const other = { ...frame.deps, clock, database: await frame.another() };
    let begun = 0;
    const handler: TopicHandler = async () => {
      begun += 1;
      await new Promise((resolve) => setTimeout(resolve, 2_400));
    };
    const slow = start(handler, 'bench-1:1', { ...frame.deps, clock }, { leaseMs: 900 });
    const idle = start(handler, 'bench-2:1', other, { leaseMs: 900 });
    await enqueue(['slow'], 'test.tell', { ...frame.deps, clock });
    slow.wake();
    await eventually(messages, ([message]) => message?.state === 'sending');
    await eventually(
      async () => {
        await idle.drain();
        return messages();
      },
      ([message]) => message?.state === 'sent',
    );

    expect(begun).toBe(1);
    expect(await messages()).toMatchObject([{ state: 'sent', attempts: 1 }]);
  });

  test('delivers what came while a slow one of another key is under way, and does not wait for it', async () => {
    let finish: () => void = () => undefined;
    const handler: TopicHandler = async ({ key }) => {
      if (key === 'slow')
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
    };
    const worker = start(handler, 'bench-1:1', frame.deps, { lanes: 2 });
    await enqueue(['slow']);
    worker.wake();
    await eventually(messages, ([message]) => message?.state === 'sending');
    await enqueue(['quick']);
    worker.wake();
    const meanwhile = await eventually(messages, ([quick]) => quick?.state === 'sent');
    finish();
    await worker.drain();

    expect(meanwhile.map(({ key, state }) => [key, state])).toEqual([
      ['quick', 'sent'],
      ['slow', 'sending'],
    ]);
  });

  test('does not deliver beside itself what is under way, even after the PC has slept', async () => {
    const seen: string[] = [];
    let finish: () => void = () => undefined;
    const handler: TopicHandler = async ({ key }) => {
      seen.push(key);
      if (key === 'slow')
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
      else frame.time.now += 61_000;
    };
    const worker = start(handler, 'bench-1:1', frame.deps, { lanes: 2 });
    await enqueue(['slow', 'first', 'second']);
    worker.wake();
    await eventually(messages, (rows) => rows.filter(({ state }) => state === 'sent').length === 2);
    finish();
    await worker.drain();

    expect(seen).toEqual(['slow', 'first', 'second']);
    expect((await messages()).map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
  });

  test.each([
    new AppError('remote', 'carrier.unreachable'),
    new AppError('remote', 'carrier.throttled'),
    new AppError('remote', 'carrier.timeout'),
    new AppError('device', 'printer.no-paper'),
    new AppError('conflict', 'parcel.changed-elsewhere'),
  ])('tries again after a fault that may pass: %s', async (error) => {
    let tries = 0;
    const worker = start(async () => {
      tries += 1;
      if (tries < 3) throw error;
    });
    await enqueue(['one']);
    await worker.drain();
    expect(await messages()).toMatchObject([{ state: 'pending', attempts: 1, last_error: error.message }]);
    const firstWait = await waits();
    await worker.drain();
    expect(tries).toBe(1);

    frame.time.now += firstWait * 1000;
    await worker.drain();
    const secondWait = await waits();
    frame.time.now += secondWait * 1000;
    await worker.drain();

    expect(secondWait).toBeGreaterThan(firstWait);
    expect(await messages()).toMatchObject([{ state: 'sent', attempts: 3, last_error: null }]);
  });

  test('stops trying after twelve times and says why', async () => {
    let tries = 0;
    const worker = start(async () => {
      tries += 1;
      throw new AppError('remote', 'carrier.unreachable');
    });
    await enqueue(['one']);
    for (let turn = 0; turn < 15; turn += 1) {
      await worker.drain();
      frame.time.now += 1_200_000;
    }

    expect(tries).toBe(12);
    expect(await messages()).toMatchObject([{ state: 'parked', attempts: 12, last_error: 'carrier.unreachable {}' }]);
  });

  test('stops handing out what ended its station again and again', async () => {
    await enqueue(['deadly']);
    let handed = 0;
    const worker = start(async () => {
      handed += 1;
    });
    await frame.database
      .write('outbox')
      .update({ attempts: 11, state: 'sending', lease_until: '2026-11-22T07:00:00.000Z' });
    await worker.drain();

    expect(handed).toBe(0);
    expect(await messages()).toMatchObject([{ state: 'parked', last_error: 'given up: no attempt came to an end' }]);
  });

  test.each([
    new AppError('remote', 'carrier.rejected', { reason: 'no such street' }),
    new AppError('validation', 'label.bad-model'),
    new TypeError('undefined is not a function'),
  ])('parks at once what no second try can heal: %s', async (error) => {
    const worker = start(async () => {
      throw error;
    });
    await enqueue(['one']);
    await worker.drain();

    expect(await messages()).toMatchObject([{ state: 'parked', attempts: 1, last_error: error.message }]);
  });

  test('goes on with the next message after one that fails', async () => {
    const seen: string[] = [];
    const worker = start(async ({ key }) => {
      if (key === 'm001') throw new Error('broken');
      seen.push(key);
    });
    await enqueue(keys(3));
    await worker.drain();

    expect(seen).toEqual(['m000', 'm002']);
  });

  test('a handler may open units of work and leave messages of its own', async () => {
    const seen: string[] = [];
    const worker = start(async ({ key }) => {
      seen.push(key);
      if (key === 'first') await enqueue(['second']);
    });
    await enqueue(['first']);
    await worker.drain();

    expect(seen).toEqual(['first', 'second']);
  });

  test('leaves nothing half-taken behind when the station closes', async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      const worker = start(async () => undefined);
      await enqueue([`t${turn}`]);
      worker.wake();
      if (turn % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
      await worker.close();
    }

    expect((await messages()).filter((message) => message.state === 'sending')).toEqual([]);
  });

  test('never sleeps over a message that came while it finished the one before', async () => {
    const seen: string[] = [];
    const worker = start(async ({ key }) => void seen.push(key));
    for (const key of keys(60)) {
      await enqueue([key]);
      await worker.drain();
      expect(seen).toContain(key);
    }
  });
});
