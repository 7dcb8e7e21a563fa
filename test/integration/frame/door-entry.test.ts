import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorldOn } from '../../support/databases.ts';
import { describeOnEach } from '../../support/frame.ts';
import type { Envelope, RequestOptions, World } from '../../support/world.ts';

describeOnEach('the door', (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorldOn(kind);
  });
  afterAll(() => world?.close());

  const post = async (path: string, init: RequestOptions = {}): Promise<{ status: number; body: Envelope }> => {
    const headers = { 'content-type': 'application/json', ...init.headers };
    const response = await world.request(path, { method: 'POST', body: '{}', ...init, headers });
    return { status: response.status, body: (await response.json()) as Envelope };
  };
  const refusal = (status: number, code: string, details: object = {}) => ({
    status,
    body: { ok: false, error: { code, details } },
  });

  describe('refuses strangers', () => {
    test.each([
      ['no token', null],
      ['an empty token', 'Bearer '],
      ['another scheme', 'Basic cGFja2VyOnBhY2tlcg=='],
      ['a token with a quote', "Bearer ' or 1=1 --aaaaaaaaaaaaaaaaaaa"],
    ])('a call with %s', async (_what, authorization) => {
      expect(await post('/api/bench.view', { headers: { authorization } })).toMatchObject(
        refusal(403, 'session.missing'),
      );
    });

    test('a call with a token that was never given', async () => {
      expect(await post('/api/bench.view', { headers: { authorization: `Bearer ${'x'.repeat(43)}` } })).toMatchObject(
        refusal(403, 'session.unknown'),
      );
    });

    const paths = [
      '/',
      '/assets/app.js',
      '/api/openapi.json',
      '/api/events',
      '/documents/codes.pdf',
      `/images/${'0'.repeat(64)}`,
    ];
    const hosts = ['evil.example', '127.0.0.1.evil.example', '127.0.0.1:9999', 'localhost', '', null];
    test.each(paths.flatMap((path) => hosts.map((host) => [path, host])))(
      '%s asked of the host %s',
      async (path, host) => {
        const response = await world.request(path ?? '', { headers: { host: host ?? null } });

        expect(response.status).toBe(403);
        expect(await response.json()).toMatchObject({ error: { code: 'door.foreign-host' } });
      },
    );

    test.each(['http://evil.example', 'null', 'http://127.0.0.1:9999', 'https://127.0.0.1', 'http://127.0.0.1/', ''])(
      'a page whose origin is %s, though it had a token',
      async (origin) => {
        for (const path of ['/api/bench.view', '/api/uploads', '/api/stations.open-session'])
          expect(await post(path, { headers: { origin } })).toMatchObject(refusal(403, 'door.foreign-origin'));
      },
    );

    test('and lets its own page in', async () => {
      expect(await post('/api/bench.view', { headers: { origin: 'http://127.0.0.1' } })).toMatchObject({ status: 200 });
    });

    test('a preflight gets no leave', async () => {
      const response = await world.request('/api/bench.scan', {
        method: 'OPTIONS',
        headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST', authorization: null },
      });

      expect(response.status).toBe(403);
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    });

    test('every answer carries the headers that keep pages apart, refusals too', async () => {
      const answers = [
        await world.request('/api/openapi.json'),
        await world.request('/api/nonsense', { method: 'POST', body: '{}' }),
        await world.request('/api/openapi.json', { headers: { host: 'evil.example' } }),
        await world.request('/documents/none.pdf'),
      ];

      for (const { headers } of answers) {
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('referrer-policy')).toBe('no-referrer');
        expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
        expect(headers.get('cache-control')).toBe('no-store');
      }
    });
  });

  describe('refuses what it cannot use', () => {
    test.each([
      ['with its length told', { 'content-length': String(256 * 1024 + 10) }],
      ['without its length', {}],
    ])('a body over the limit, %s', async (_what, headers) => {
      const body = JSON.stringify({ raw: 'x'.repeat(256 * 1024) });

      expect(await post('/api/bench.scan', { body, headers })).toMatchObject(
        refusal(400, 'door.body-too-large', { limit: 256 * 1024 }),
      );
    });

    test.each(['{', 'raw=1', '{"raw":"1"', 'undefined', '\u0000'])('a body that is no JSON: %j', async (body) => {
      expect(await post('/api/bench.scan', { body })).toMatchObject(refusal(400, 'door.not-json'));
    });

    test.each(['nonsense', 'bench.nonsense', 'constructor', '__proto__', 'toString', 'hasOwnProperty'])(
      'a call that there is not: %s',
      async (name) => {
        expect(await post(`/api/${name}`)).toMatchObject(refusal(404, 'door.unknown-call', { name }));
      },
    );

    test('a call asked for by GET, which changes nothing', async () => {
      const before = await world.core.database.read('journal').count({ count: '*' }).first();
      const response = await world.request('/api/stations.sign-out');

      expect([response.status, await response.json()]).toMatchObject([404, { error: { code: 'door.unknown-call' } }]);
      expect(await world.core.database.read('journal').count({ count: '*' }).first()).toEqual(before);
    });

    test.each([
      ['bench.scan', { raw: '' }, 'raw'],
      ['bench.scan', {}, 'raw'],
      ['bench.scan', { raw: 'x'.repeat(4097) }, 'raw'],
      ['bench.scan', { raw: 'x', source: 'telepathy' }, 'source'],
      ['stations.sign-in', { operatorId: 7 }, 'operatorId'],
      ['stations.put-on-simulated-scale', { mg: -1 }, 'mg'],
      ['stations.put-on-simulated-scale', { mg: 1.5 }, 'mg'],
      ['printing.jobs-view', { limit: 1000 }, 'limit'],
      ['stations.open-session', { launchToken: 'short' }, 'launchToken'],
      ['stations.open-session', { launchToken: 'x'.repeat(32), station: 'x'.repeat(41) }, 'station'],
    ])('%s with %j, and names the field', async (name, input, field) => {
      expect(await post(`/api/${name}`, { body: JSON.stringify(input) })).toMatchObject(
        refusal(400, 'door.bad-input', { name, issues: [{ field }] }),
      );
    });

    test.each(['[]', '7', '"text"', 'null'])('an input that is no object: %s', async (body) => {
      expect(await post('/api/bench.scan', { body })).toMatchObject(refusal(400, 'door.bad-input'));
    });

    test.each(['short', 'with space and more', 'x'.repeat(65), 'über-schlüssel'])(
      'the idempotency key %s',
      async (key) => {
        const headers = { 'idempotency-key': encodeURI(key) === key ? key : 'a/b/c/d/e/f' };
        expect(await post('/api/bench.view', { headers })).toMatchObject(refusal(400, 'door.bad-idempotency-key'));
      },
    );
  });

  describe('asks who stands at the bench', () => {
    let bench: World;
    beforeAll(async () => {
      bench = await world.bench('Roles');
    });

    test('nobody signed in may not look at orders', async () => {
      expect(await bench.ask('orders.list-view', {})).toMatchObject(refusal(403, 'badge.needed', { needs: 'packer' }));
    });

    test('a packer may look at orders and not save the settings', async () => {
      await bench.signIn('packer');
      const { settings, version } = await bench.call('stations.settings-view', {});

      expect(await bench.ask('orders.list-view', {})).toMatchObject({ status: 200 });
      expect(await bench.ask('stations.save-settings', { settings, expectedVersion: version })).toMatchObject(
        refusal(403, 'permission.supervisor-needed', { needs: 'admin' }),
      );
    });

    test('whoever signs out may no longer look', async () => {
      await bench.call('stations.sign-out', {});

      expect(await bench.ask('orders.list-view', {})).toMatchObject(refusal(403, 'badge.needed'));
    });

    test('a badge at one bench opens nothing at another', async () => {
      await bench.signIn('admin');
      const other = await world.bench('Other');

      expect(await other.ask('stations.settings-view', {})).toMatchObject(refusal(403, 'badge.needed'));
    });

    test('an actor written into the input is not heard', async () => {
      const other = await world.bench('Other');

      expect(await other.ask('orders.list-view', { actor: { role: 'admin' }, role: 'admin' })).toMatchObject(
        refusal(403, 'badge.needed'),
      );
    });
  });

  describe('gives out only what the contract names', () => {
    test('whoever signs in by name does not learn the badge', async () => {
      const bench = await world.bench('Secrets');
      const { operators } = await bench.call('stations.session-view', {});
      const { body } = await bench.ask('stations.sign-in', { operatorId: operators[0]?.id });

      const names = ['id', 'language', 'name', 'role'];
      expect(Object.keys((body as { output: { operator: object } }).output.operator).sort()).toEqual(names);
      expect(Object.keys(operators[0] ?? {}).sort()).toEqual(names);
    });

    test('badges are on the list of codes for supervisors only', async () => {
      const bench = await world.bench('Secrets');
      await bench.signIn('packer');
      const forPacker = await bench.call('stations.codes-view', {});
      await bench.signIn('supervisor');
      const forSupervisor = await bench.call('stations.codes-view', {});

      expect(forPacker.codes.filter((code) => code.group === 'badge')).toEqual([]);
      expect(forSupervisor.codes.filter((code) => code.group === 'badge')).toHaveLength(4);
    });

    test('only hashes of tokens lie in the database', async () => {
      const token = await world.station.createLaunchToken();
      const rows = await world.core.database.read('launch_token').select('token_hash');

      expect(rows.map((row) => row.token_hash)).not.toContain(token);
      expect(rows.every((row) => /^[0-9a-f]{64}$/.test(row.token_hash))).toBe(true);
    });
  });

  describe('answers a repeated command once', () => {
    test('with the first answer, though the state moved on', async () => {
      const bench = await world.bench('Repeats');
      const headers = { 'idempotency-key': randomUUID() };
      const { operators } = await bench.call('stations.session-view', {});
      const [first, second] = operators;
      const once = await bench.ask('stations.sign-in', { operatorId: first?.id }, headers);
      await bench.call('stations.sign-in', { operatorId: second?.id ?? '' });
      const again = await bench.ask('stations.sign-in', { operatorId: first?.id }, headers);

      expect(again).toEqual(once);
      expect((await bench.call('stations.session-view', {})).operator?.id).toBe(second?.id);
    });

    test('and does not answer one call with the answer of another', async () => {
      const bench = await world.bench('Mixed up');
      const headers = { 'idempotency-key': randomUUID() };
      const { operators } = await bench.call('stations.session-view', {});
      await bench.ask('stations.sign-in', { operatorId: operators[0]?.id }, headers);

      expect(await bench.ask('stations.sign-out', {}, headers)).toMatchObject({ status: 200 });
      expect((await bench.call('stations.session-view', {})).operator).toBeNull();
    });

    test('and keeps the keys of two benches apart', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const [one, two] = [await world.bench('One'), await world.bench('Two')];
      const { operators } = await one.call('stations.session-view', {});
      await one.ask('stations.sign-in', { operatorId: operators[0]?.id }, headers);
      await two.ask('stations.sign-in', { operatorId: operators[1]?.id }, headers);

      expect((await two.call('stations.session-view', {})).operator?.id).toBe(operators[1]?.id);
    });
  });

  describe('opens to a launch token', () => {
    const openWith = (launchToken: string): Promise<{ status: number; body: Envelope }> =>
      post('/api/stations.open-session', { body: JSON.stringify({ launchToken }), headers: { authorization: null } });

    test('once', async () => {
      const token = await world.station.createLaunchToken();

      expect(await openWith(token)).toMatchObject({ status: 200, body: { ok: true } });
      expect(await openWith(token)).toMatchObject(refusal(403, 'session.launch-token-refused'));
    });

    test('to one of two that come at the same moment', async () => {
      const token = await world.station.createLaunchToken();
      const answers = await Promise.all([openWith(token), openWith(token), openWith(token)]);

      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 403, 403]);
    });

    test('not to one that was never given', async () => {
      expect(await openWith('x'.repeat(43))).toMatchObject(refusal(403, 'session.launch-token-refused'));
    });

    test('not after ten minutes', async () => {
      const token = await world.station.createLaunchToken();
      world.passTime(11);

      expect(await openWith(token)).toMatchObject(refusal(403, 'session.launch-token-refused'));
    });

    test('for a fortnight', async () => {
      const bench = await world.bench('Long gone');
      world.passTime(13 * 24 * 60);
      expect(await bench.ask('bench.view', {})).toMatchObject({ status: 200 });
      world.passTime(24 * 60 + 1);

      expect(await bench.ask('bench.view', {})).toMatchObject(refusal(403, 'session.unknown'));
    });
  });
});
