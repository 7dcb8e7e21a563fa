import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EventFeed, type FeedEvent, openEventFeed, pruneEvents } from '../../../main/db/event-feed.ts';
import { describeOnEach, eventually, type Frame, openFrame } from '../../support/frame.ts';

describeOnEach('the event feed', (kind) => {
  let frame: Frame;
  const feeds: EventFeed[] = [];
  beforeEach(async () => {
    frame = await openFrame(kind);
  });
  afterEach(async () => {
    for (const feed of feeds.splice(0)) await feed.close();
    await frame?.close();
  });

  const open = async (database = frame.database): Promise<EventFeed> => {
    const feed = await openEventFeed(database);
    feeds.push(feed);
    return feed;
  };
  /** On PostgreSQL a row waits for every older transaction of the whole server, other tests' included. */
  const settled = async (): Promise<void> => {
    if (kind === 'sqlite') return;
    const waiting = () =>
      frame.database.read('event').whereRaw('tx_id >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint');
    await eventually(waiting, (rows) => rows.length === 0);
  };
  /** Subscribes and keeps what comes. */
  const listen = async (feed: EventFeed, lastId?: string): Promise<FeedEvent[]> => {
    const seen: FeedEvent[] = [];
    await feed.subscribe(lastId, (event) => void seen.push(event));
    return seen;
  };
  const numbers = (events: readonly FeedEvent[]): unknown[] =>
    events.map((event) => (event.payload as { n: number }).n); // the payload that these tests emit
  const emitMany = async (count: number): Promise<void> => {
    const rows = Array.from({ length: count }, (_, n) => ({
      at: '2026-11-22T08:00:00.000Z',
      name: 'test.many',
      payload: `{"n":${n}}`,
    }));
    await frame.database.write.batchInsert('event', rows, 200);
  };

  test('tells a subscriber what is committed from then on, in order, once each', async () => {
    await frame.emit({ n: 0 });
    await settled();
    const feed = await open();
    const seen = await listen(feed);
    for (const n of [1, 2, 3]) await frame.emit({ n });
    feed.wake();
    feed.wake();

    await eventually(
      () => seen.length,
      (length) => length >= 3,
    );
    expect(numbers(seen)).toEqual([1, 2, 3]);
    expect(seen.map((event) => event.name)).toEqual(['test.happened', 'test.happened', 'test.happened']);
    expect(new Set(seen.map((event) => event.id)).size).toBe(3);
  });

  test('resumes after the last id that a subscriber saw, also after a restart', async () => {
    const feed = await open();
    const seen = await listen(feed);
    for (const n of [1, 2, 3, 4]) await frame.emit({ n });
    feed.wake();
    await eventually(
      () => seen.length,
      (length) => length >= 4,
    );
    await feed.close();

    await settled();
    const resumed = await listen(await open(await frame.another()), seen[1]?.id);

    expect(numbers(resumed)).toEqual([3, 4]);
  });

  test('gives a subscriber who was away for long everything, not only one page', async () => {
    await frame.emit({ n: -1 });
    await settled();
    const feed = await open();
    const first = await listen(feed, '0.0');
    await emitMany(1_300);
    await settled();

    const resumed = await listen(feed, first[0]?.id);

    expect(numbers(resumed)).toEqual(Array.from({ length: 1_300 }, (_, n) => n));
  });

  test('repeats nothing that catching up has told already', async () => {
    const feed = await open();
    await frame.emit({ n: 1 });
    await frame.emit({ n: 2 });
    await settled();
    // The feed itself has not looked yet when the subscriber catches up from the table.
    const resumed = await listen(feed, '0.0');
    feed.wake();
    await frame.emit({ n: 3 });
    feed.wake();

    await eventually(
      () => numbers(resumed),
      (seen) => seen.includes(3),
    );
    expect(numbers(resumed)).toEqual([1, 2, 3]);
  });

  test('loses and repeats nothing for subscribers who come while benches write', async () => {
    const feed = await open();
    await frame.emit({ n: 0 });
    const all: FeedEvent[][] = [];
    const write = async (): Promise<void> => {
      for (let n = 1; n <= 60; n += 1) {
        await frame.emit({ n });
        feed.wake();
      }
    };
    const subscribe = async (): Promise<void> => {
      for (let turn = 0; turn < 12; turn += 1) {
        all.push(await listen(feed, '0.0'));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await Promise.all([write(), subscribe()]);
    feed.wake();

    const whole = Array.from({ length: 61 }, (_, n) => n);
    for (const seen of all) {
      await eventually(
        () => numbers(seen).at(-1),
        (last) => last === 60,
      );
      expect(numbers(seen)).toEqual(whole);
    }
  });

  test('goes on from now for an id that it cannot know', async () => {
    await frame.emit({ n: 1 });
    await settled();
    const feed = await open();
    const fromNonsense = await listen(feed, 'nonsense');
    // A restored copy of the database is behind the id that a browser kept.
    const fromFuture = await listen(feed, '9999999.9999999');
    await frame.emit({ n: 2 });
    feed.wake();

    await eventually(
      () => fromFuture.length + fromNonsense.length,
      (count) => count >= 2,
    );
    expect([numbers(fromNonsense), numbers(fromFuture)]).toEqual([[2], [2]]);
  });

  test('hears what another process wrote, without a bell', async () => {
    const seen = await listen(await open());
    await frame.emit({ n: 7 }, await frame.another());

    await eventually(
      () => seen.length,
      (length) => length > 0,
    );
    expect(numbers(seen)).toEqual([7]);
  });

  test('passes readings on without keeping them', async () => {
    const feed = await open();
    const seen = await listen(feed);
    feed.pass('stations.scale-reading', { mg: 1_250_000 });

    expect(seen).toEqual([{ id: '', name: 'stations.scale-reading', payload: { mg: 1_250_000 } }]);
    expect(await frame.database.read('event')).toEqual([]);
  });

  test('tells nothing to whoever has left', async () => {
    const feed = await open();
    const left: FeedEvent[] = [];
    const stop = await feed.subscribe(undefined, (event) => void left.push(event));
    const stayed = await listen(feed);
    stop();
    await frame.emit({ n: 1 });
    feed.wake();

    await eventually(
      () => stayed.length,
      (length) => length > 0,
    );
    expect(left).toEqual([]);
  });

  test('goes on after old events were forgotten', async () => {
    const feed = await open();
    const seen = await listen(feed);
    await frame.emit({ n: 1 });
    frame.time.now += 3_600_000;
    await frame.emit({ n: 2 });
    feed.wake();
    await eventually(
      () => seen.length,
      (length) => length >= 2,
    );
    const [first] = seen;

    await pruneEvents(frame.database, new Date(frame.time.now - 1_000).toISOString());
    expect(await frame.database.read('event').select('payload')).toEqual([{ payload: '{"n":2}' }]);
    await pruneEvents(frame.database, new Date(frame.time.now + 1_000).toISOString());
    expect(await frame.database.read('event')).toEqual([]);

    const late = await listen(feed, first?.id);
    await frame.emit({ n: 3 });
    feed.wake();
    await eventually(
      () => seen.length,
      (length) => length >= 3,
    );
    expect([numbers(seen), numbers(late)]).toEqual([[1, 2, 3], [3]]);
  });

  if (kind === 'sqlite') return;

  test('leaves out nothing of a slow transaction that a faster one overtook', async () => {
    const feed = await open();
    const seen = await listen(feed);
    const slow = await frame.database.write.transaction();
    await slow('event').insert({ at: '2026-11-22T08:00:00.000Z', name: 'test.slow', payload: '{"n":1}' });
    await frame.emit({ n: 2 });
    feed.wake();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await slow.commit();
    feed.wake();

    await eventually(
      () => seen.length,
      (length) => length >= 2,
    );
    expect(numbers(seen)).toEqual([1, 2]);
  });

  test('leaves out nothing of a transaction that was open when the station started', async () => {
    const slow = await frame.database.write.transaction();
    await slow('event').insert({ at: '2026-11-22T08:00:00.000Z', name: 'test.slow', payload: '{"n":1}' });
    await frame.emit({ n: 2 });
    const seen = await listen(await open());
    await slow.commit();

    await eventually(
      () => numbers(seen),
      (told) => told.includes(1),
    );
  });

  test('leaves no gap among many writers of which some are slow and some give up', async () => {
    const feed = await open();
    const seen = await listen(feed);
    const committed: number[] = [];
    const writer = async (n: number): Promise<void> => {
      const trx = await frame.database.write.transaction();
      await trx('event').insert({ at: '2026-11-22T08:00:00.000Z', name: 'test.many', payload: `{"n":${n}}` });
      await new Promise((resolve) => setTimeout(resolve, (n * 37) % 60));
      if (n % 7 === 0) return void (await trx.rollback());
      await trx.commit();
      committed.push(n);
      feed.wake();
    };
    await Promise.all(
      [0, 1, 2, 3].map(async (lane) => {
        for (let n = lane; n < 60; n += 4) await writer(n);
      }),
    );

    await eventually(
      () => seen.length,
      (length) => length >= committed.length,
    );
    expect(numbers(seen).sort((a, b) => Number(a) - Number(b))).toEqual(committed.sort((a, b) => a - b));
  });

  test('reads on by itself when the server had ended its connection', async () => {
    const feed = await open();
    const seen = await listen(feed);
    const other = await frame.another();
    await other.write.raw(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await frame.emit({ n: 1 }, other);

    await eventually(
      () => numbers(seen),
      (told) => told.includes(1),
    );
  });
});
