import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeError } from '../../../main/app/describe-error.ts';
import { type Served, type ServeOptions, serveStation } from '../../../main/web/serve.ts';
import { freshDatabase } from '../../support/databases.ts';
import { describeOnEach, eventually } from '../../support/frame.ts';

interface Heard {
  readonly status: number | undefined;
  readonly body: string;
}

/** One request as no browser would send it: any host, any path, any header. */
function ask(
  port: number,
  options: { path?: string; method?: string; headers?: object; body?: string | Buffer } = {},
): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const { path = '/', method = 'GET', headers = {}, body } = options;
    const sent = request(
      { host: '127.0.0.1', port, path, method, headers: { ...headers } },
      (answer: IncomingMessage) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.once('end', () => resolve({ status: answer.statusCode, body: text }));
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}

/** The bytes that come back for these bytes. */
function say(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk;
      // A connection that is kept alive does not end by itself.
      if (answer.includes('\r\n\r\n')) socket.end();
    });
    socket.once('close', () => resolve(answer));
    socket.once('error', reject);
  });
}

describeOnEach('the web shell', (kind) => {
  let folder: string;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let served: Served | undefined;
  const lines: string[] = [];
  beforeEach(async () => {
    lines.length = 0;
    folder = await mkdtemp(join(tmpdir(), 'packwright-web-'));
    database = await freshDatabase(kind);
    await mkdir(join(folder, 'data'));
    await mkdir(join(folder, 'renderer'));
    await writeFile(join(folder, 'renderer', 'index.html'), '<!doctype html><title>Packwright</title>');
    if (database.url)
      await writeFile(join(folder, 'data', 'settings.json'), JSON.stringify({ database: { url: database.url } }));
  });
  afterEach(async () => {
    await served?.close();
    served = undefined;
    await database?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const serve = async (change: Partial<ServeOptions> = {}): Promise<{ port: number; token: string }> => {
    served = await serveStation({
      dataDir: join(folder, 'data'),
      rendererDir: join(folder, 'renderer'),
      port: 0,
      demo: false,
      noOpen: true,
      extraOrigins: [],
      print: (line) => void lines.push(line),
      ...change,
    });
    const address = new URL(served.address);
    return { port: Number(address.port), token: new URLSearchParams(address.hash.slice(1)).get('launch') ?? '' };
  };
  const json = { 'content-type': 'application/json' };
  const openSession = async (port: number, launchToken: string): Promise<string> => {
    const opened = await ask(port, {
      method: 'POST',
      path: '/api/stations.open-session',
      headers: json,
      body: JSON.stringify({ launchToken }),
    });
    return JSON.parse(opened.body).output.sessionToken;
  };

  test('prints one address that opens the station in a browser once', async () => {
    const { port, token } = await serve();
    const page = await ask(port);
    const session = await openSession(port, token);
    const view = await ask(port, {
      method: 'POST',
      path: '/api/bench.view',
      headers: { ...json, authorization: `Bearer ${session}` },
    });

    expect(lines).toEqual([`Packwright is ready: http://127.0.0.1:${port}/#launch=${token}`]);
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining('Packwright') });
    expect(JSON.parse(view.body)).toMatchObject({ ok: true, output: { step: 'badge' } });
    await expect(openSession(port, token)).rejects.toThrow();
  });

  test('fills the demo warehouse before it prints the address', async () => {
    const { port, token } = await serve({ demo: true });
    const session = await openSession(port, token);
    const view = await ask(port, {
      method: 'POST',
      path: '/api/stations.session-view',
      headers: { ...json, authorization: `Bearer ${session}` },
    });

    expect(lines).toEqual(['Filling the demo warehouse …', expect.stringMatching(/#launch=[\w-]{43}$/)]);
    expect(JSON.parse(view.body).output).toMatchObject({ demo: true, empty: false });
  });

  test('takes the first free port from 4870 on when none is named', async () => {
    const { port } = await serve({ port: undefined as never });

    expect(port).toBeGreaterThanOrEqual(4870);
    expect(port).toBeLessThan(65_536);
  });

  describe('answers only to its own name', () => {
    test.each(['127.0.0.1', 'localhost'])('%s is its name', async (name) => {
      const { port } = await serve();

      expect(await ask(port, { headers: { host: `${name}:${port}` } })).toMatchObject({ status: 200 });
    });

    test.each(['evil.example', 'evil.example:80', '127.0.0.1', 'localhost:1', '[::1]:4870', '127.0.0.1:@evil.example'])(
      '%s is not',
      async (host) => {
        const { port } = await serve();
        const answer = await ask(port, { headers: { host } });

        expect([400, 403]).toContain(answer.status);
        expect(answer.body).not.toContain('<!doctype');
      },
    );

    test.each([
      ['no host at all', 'GET / HTTP/1.0\r\n\r\n'],
      ['no host in HTTP 1.1', 'GET / HTTP/1.1\r\n\r\n'],
      ['two hosts', 'GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: evil.example\r\n\r\n'],
      ['another host in the address', 'GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n'],
      ['the scheme of the desktop window', 'GET packwright://station/api/openapi.json HTTP/1.0\r\n\r\n'],
      ['the scheme of the desktop window and an empty host', 'GET packwright://station/ HTTP/1.1\r\nHost:\r\n\r\n'],
      ['noise', '\u0000\u0001\u0002\r\n\r\n'],
    ])('%s is refused', async (what, text) => {
      const { port } = await serve();
      const answer = await say(port, text.replace('PORT', String(port)));

      expect(answer).toMatch(/^(?:HTTP\/1\.1 (?:400|403) |$)/);
      expect(answer, what).not.toContain('openapi');
    });

    test('a foreign origin is refused, the origins of the settings are not', async () => {
      const { port } = await serve({ extraOrigins: ['http://127.0.0.1:5173'] });
      const from = (origin: string) => ask(port, { path: '/api/openapi.json', headers: { origin } });

      expect((await from('http://evil.example')).status).toBe(403);
      expect((await from('null')).status).toBe(403);
      expect((await from('http://127.0.0.1:5173')).status).toBe(200);
      expect((await from(`http://localhost:${port}`)).status).toBe(200);
    });
  });

  test.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/..\\secret.txt',
    '//etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
  ])('leads nowhere by the path %s', async (path) => {
    await writeFile(join(folder, 'secret.txt'), 'nobody outside may read this');
    const { port } = await serve();
    const answer = await say(port, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);

    expect(answer).toMatch(/^HTTP\/1\.1 [24]/);
    expect(answer).not.toContain('nobody outside');
    expect(answer).not.toContain('root:');
  });

  test.each([
    ['of a told length', {}],
    ['in chunks', { 'transfer-encoding': 'chunked' }],
  ])('refuses a body over the limit %s and lives on', async (_how, headers) => {
    const { port, token } = await serve();
    const authorization = `Bearer ${await openSession(port, token)}`;
    const body = JSON.stringify({ raw: 'x'.repeat(400_000) });
    const refused = await ask(port, {
      method: 'POST',
      path: '/api/bench.scan',
      headers: { ...json, authorization, ...headers },
      body,
    });

    expect(refused.status).toBe(400);
    expect(JSON.parse(refused.body)).toMatchObject({ error: { code: 'door.body-too-large' } });
    expect((await ask(port)).status).toBe(200);
  });

  test('takes a file of several megabytes', async () => {
    const { port, token } = await serve();
    const authorization = `Bearer ${await openSession(port, token)}`;
    const sent = await ask(port, {
      method: 'POST',
      path: '/api/uploads',
      headers: { authorization },
      body: Buffer.alloc(5_000_000, 'x'),
    });

    expect(JSON.parse(sent.body)).toMatchObject({ ok: true, output: { uploadId: expect.any(String) } });
  });

  test('sends events as they happen, and ends them when it closes', async () => {
    const { port, token } = await serve();
    const authorization = `Bearer ${await openSession(port, token)}`;
    const call = (name: string, input = {}) =>
      ask(port, {
        method: 'POST',
        path: `/api/${name}`,
        headers: { ...json, authorization },
        body: JSON.stringify(input),
      });
    const { ticket } = JSON.parse((await call('stations.open-events')).body).output;
    let heard = '';
    let over = false;
    const stream = request({ host: '127.0.0.1', port, path: `/api/events?ticket=${ticket}` }, (answer) => {
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        heard += chunk;
      });
      answer.once('close', () => {
        over = true;
      });
    });
    stream.on('error', () => undefined);
    stream.end();
    const { operators } = JSON.parse((await call('stations.session-view')).body).output;
    await eventually(
      () => heard,
      (text) => text.includes('retry:'),
    );
    await call('stations.sign-in', { operatorId: operators[0].id });
    await eventually(
      () => heard,
      (text) => text.includes('event: stations.session-changed'),
    );

    await served?.close();
    served = undefined;
    await eventually(
      () => over,
      (closed) => closed,
    );
  });

  test('frees port and data when it closes: the next one takes both', async () => {
    const { port } = await serve();
    const idle = connect(port, '127.0.0.1');
    idle.on('error', () => undefined);
    await served?.close();
    await serve({ port });

    expect((await ask(port)).status).toBe(200);
    idle.destroy();
  });

  test('may be closed twice', async () => {
    await serve();
    await served?.close();

    await expect(served?.close()).resolves.toBeUndefined();
  });

  test('says in words that the port is taken, and leaves the data free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number }; // an address of TCP
    const error: unknown = await serve({ port }).catch((fault: unknown) => fault);
    other.close();

    expect(error).toMatchObject({ kind: 'device', code: 'web.port-taken', details: { port, host: '127.0.0.1' } });
    expect(describeError(error)).toContain(`Port ${port} on 127.0.0.1 is used by another program.`);
    await serve({ port });
    expect((await ask(port)).status).toBe(200);
  });

  test('says in words that it cannot listen there', async () => {
    const error: unknown = await serve({ host: '192.0.2.1' }).catch((fault: unknown) => fault);

    expect(error).toMatchObject({ kind: 'device', code: 'web.cannot-listen', details: { host: '192.0.2.1' } });
  });

  test('bound to every address answers on each of them by its own name', async () => {
    const { port } = await serve({ host: '0.0.0.0' });

    expect(lines[0]).toContain(`http://127.0.0.1:${port}/`);
    expect((await ask(port, { headers: { host: `127.0.0.1:${port}` } })).status).toBe(200);
    expect((await ask(port, { headers: { host: `evil.example:${port}` } })).status).toBe(403);
  });
});
