import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventStream } from '../../../main/app/event-stream.ts';
import { markAsDemo } from '../../../main/stations/settings-service.ts';
import { readSettings } from '../../../main/stations/settings-store.ts';
import { openWorldOn } from '../../support/databases.ts';
import { describeOnEach, eventually } from '../../support/frame.ts';
import type { World } from '../../support/world.ts';

interface Sent {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: unknown;
}

/** What an EventSource would make of the text. */
function readFrames(text: string): Sent[] {
  return text.split('\n\n').flatMap((frame) => {
    const field = (name: string): string | undefined =>
      frame
        .split('\n')
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2);
    const data = field('data');
    return data === undefined ? [] : [{ id: field('id'), event: field('event'), data: JSON.parse(data) as unknown }];
  });
}

interface Stream {
  readonly response: Response;
  text(): string;
  sent(): Sent[];
  /** Without what passes by and is not kept: readings, and that a device came. */
  kept(): Sent[];
  readonly ended: Promise<void>;
  cancel(): Promise<void>;
}

describeOnEach('the event stream', (kind) => {
  let world: World;
  let closed: boolean;
  beforeEach(async () => {
    closed = false;
    world = await openWorldOn(kind);
  });
  afterEach(async () => {
    if (!closed) await world?.close();
  });

  const ticket = async (): Promise<string> => (await world.call('stations.open-events', {})).ticket;
  const open = async (options: { query?: string; headers?: Record<string, string> } = {}): Promise<Stream> => {
    const headers = { authorization: null, ...options.headers };
    const response = await world.request(`/api/events?ticket=${await ticket()}${options.query ?? ''}`, { headers });
    const reader = response.body?.getReader();
    let text = '';
    const read = async (): Promise<void> => {
      for (;;) {
        const chunk = await reader?.read();
        if (!chunk || chunk.done) return;
        text += Buffer.from(chunk.value).toString();
      }
    };
    return {
      response,
      text: () => text,
      sent: () => readFrames(text),
      kept: () => readFrames(text).filter(({ id }) => id !== undefined),
      ended: read(),
      cancel: async () => reader?.cancel(),
    };
  };

  test('opens to a ticket once', async () => {
    const given = await ticket();
    const first = await world.request(`/api/events?ticket=${given}`, { headers: { authorization: null } });
    const second = await world.request(`/api/events?ticket=${given}`, { headers: { authorization: null } });
    await first.body?.cancel();

    expect(first.status).toBe(200);
    expect([second.status, await second.json()]).toMatchObject([403, { error: { code: 'session.ticket-refused' } }]);
  });

  test.each(['', '?ticket=', '?ticket=nonsense'])('stays closed without one: %s', async (query) => {
    const response = await world.request(`/api/events${query}`);

    expect([response.status, await response.json()]).toMatchObject([
      403,
      { error: { code: 'session.ticket-refused' } },
    ]);
  });

  test('stays closed to a ticket of half a minute ago', async () => {
    const given = await ticket();
    world.passTime(0.6);

    expect((await world.request(`/api/events?ticket=${given}`)).status).toBe(403);
  });

  test('speaks as an EventSource wants it', async () => {
    const stream = await open();
    await world.signIn();
    await eventually(stream.kept, (sent) => sent.length > 0);
    await stream.cancel();

    expect(stream.response.status).toBe(200);
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
    expect(stream.response.headers.get('cache-control')).toBe('no-store');
    expect(stream.text()).toMatch(/^retry: \d+\n/);
    const [first] = stream.kept();
    expect(first).toMatchObject({ id: expect.stringMatching(/^\d+\.\d+$/), event: 'stations.session-changed' });
    expect(first?.data).toMatchObject({ stationId: expect.any(String) });
  });

  test.each(['header', 'address'] as const)('resumes after the last id given in the %s', async (where) => {
    const stream = await open();
    await world.signIn('packer');
    await world.signIn('supervisor');
    const signIns = (sent: ReturnType<typeof stream.sent>) =>
      sent.filter(({ event }) => event === 'stations.session-changed');
    await eventually(stream.sent, (sent) => signIns(sent).length === 2);
    await stream.cancel();
    const all = stream.kept();
    const id = all[0]?.id ?? '';

    const resumed = await open(where === 'header' ? { headers: { 'last-event-id': id } } : { query: `&last=${id}` });
    await eventually(resumed.kept, (sent) => sent.length >= all.length - 1);
    await resumed.cancel();

    expect(resumed.kept()).toEqual(all.slice(1));
  });

  test('brings what happened while nobody listened, also after the station was closed and opened', async () => {
    const stream = await open();
    await world.signIn('packer');
    const [first] = await eventually(stream.kept, (sent) => sent.length >= 1);
    await stream.cancel();
    await world.call('stations.sign-out', {});

    const resumed = await open({ headers: { 'last-event-id': first?.id ?? '' } });
    await eventually(resumed.sent, (sent) => sent.some((event) => event.event === 'stations.session-changed'));
    await resumed.cancel();
  });

  test('passes the scale on as it reads, without an id and without keeping it', async () => {
    const { settings } = await readSettings(world.core.database);
    await markAsDemo(world.core.deps, settings);
    const stream = await open();
    await world.call('stations.put-on-simulated-scale', { mg: 1_250_000 });
    const readings = () => stream.sent().filter((sent) => sent.event === 'stations.scale-reading');
    await eventually(readings, (seen) => seen.some(({ data }) => (data as { state: string }).state === 'stable'));
    await stream.cancel();

    expect(readings().every((reading) => reading.id === undefined)).toBe(true);
    expect(readings().at(-1)?.data).toMatchObject({ state: 'stable', mg: 1_250_000 });
    expect(await world.core.database.read('event').where('name', 'like', '%scale%')).toEqual([]);
    expect(await world.core.database.read('journal').where('kind', 'like', '%scale%')).toEqual([]);
  });

  test('goes to every browser that listens', async () => {
    const streams = [await open(), await open(), await open()];
    await world.signIn();
    for (const stream of streams) {
      await eventually(stream.kept, (sent) => sent.length > 0);
      await stream.cancel();
    }
  });

  test('ends for everybody when the station closes', async () => {
    const streams = [await open(), await open()];
    closed = true;
    await world.close();

    await Promise.all(streams.map((stream) => stream.ended));
  });

  test('of a browser that goes away leaves nothing behind', async () => {
    const stream = await open();
    await expect(stream.cancel()).resolves.toBeUndefined();
    await world.signIn();

    expect((await world.ask('bench.view', {})).status).toBe(200);
  });

  test('of a browser whose connection breaks leaves nothing behind', async () => {
    const broken = new AbortController();
    const response = await world.request(`/api/events?ticket=${await ticket()}`, { signal: broken.signal });
    broken.abort();
    await world.signIn();
    await response.body?.cancel().catch(() => undefined);

    expect((await world.ask('bench.view', {})).status).toBe(200);
  });

  test('of a browser that reads nothing is cut instead of filling memory', async () => {
    const { feed } = world.core;
    let ended = 0;
    const { body } = eventStream(feed, undefined, () => {
      ended += 1;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (let done = 0; done < 5_000; done += 1) feed.pass('stations.progress', { task: 'import', done, total: 5_000 });
    expect(ended).toBe(1);

    let chunks = 0;
    for await (const _ of body) chunks += 1;
    expect(chunks).toBeLessThan(2_500);
  });
});
