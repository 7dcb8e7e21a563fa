import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorldOn } from '../../support/databases.ts';
import { describeOnEach } from '../../support/frame.ts';
import type { World } from '../../support/world.ts';

const PAGE = '<!doctype html><style nonce="__CSP_NONCE__"></style><script src="/assets/app.js"></script>';
const SECRET = 'nobody outside may read this';

describeOnEach('the files behind the door', (kind) => {
  let world: World;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'packwright-files-'));
    const rendererDir = join(folder, 'renderer');
    await mkdir(join(rendererDir, 'assets'), { recursive: true });
    await mkdir(join(folder, 'renderer-old'));
    await writeFile(join(rendererDir, 'index.html'), PAGE);
    await writeFile(join(rendererDir, 'assets', 'app.js'), 'export {};');
    await writeFile(join(rendererDir, 'icon.svg'), '<svg/>');
    await writeFile(join(folder, 'secret.txt'), SECRET);
    await writeFile(join(folder, 'renderer-old', 'secret.txt'), SECRET);
    world = await openWorldOn(kind, { rendererDir });
  });
  afterAll(async () => {
    await world?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const get = (path: string, headers: Record<string, string | null> = {}) => world.request(path, { headers });

  describe('the page', () => {
    test('comes without a token, and is never kept', async () => {
      const response = await get('/', { authorization: null });

      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-store');
    });

    test('carries a fresh nonce at each load, in the page and in its policy', async () => {
      const nonces = [];
      for (let load = 0; load < 3; load += 1) {
        const response = await get('/');
        const [, nonce = ''] = /nonce="([^"]+)"/.exec(await response.text()) ?? [];
        expect(response.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`);
        nonces.push(nonce);
      }

      expect(new Set(nonces).size).toBe(3);
      expect(nonces.every((nonce) => Buffer.from(nonce, 'base64').length === 16)).toBe(true);
    });

    test('may run no script but its own, and be framed by nobody', async () => {
      const policy = (await get('/')).headers.get('content-security-policy') ?? '';
      const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]));

      expect(rules.get('script-src')).toBe("'self'");
      expect(rules.get('default-src')).toBe("'self'");
      expect(rules.get('object-src')).toBe("'none'");
      expect(rules.get('base-uri')).toBe("'none'");
      expect(rules.get('form-action')).toBe("'none'");
      expect(rules.get('frame-ancestors')).toBe("'none'");
      expect(policy).not.toContain('unsafe');
    });

    test.each(['/orders', '/orders/123', '/index.html', '/bench?x=1'])(
      'answers %s, which is a screen',
      async (path) => {
        const response = await get(path);

        expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('/assets/app.js')]);
      },
    );

    test('answers HEAD without a body', async () => {
      const response = await world.request('/', { method: 'HEAD' });

      expect([response.status, await response.text()]).toEqual([200, '']);
    });
  });

  test.each([
    ['/assets/app.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable', 'export {};'],
    ['/icon.svg', 'image/svg+xml', 'no-cache', '<svg/>'],
  ])('%s comes with its type', async (path, type, cache, text) => {
    const response = await get(path, { authorization: null });

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('cache-control')).toBe(cache);
    expect(response.headers.get('content-length')).toBe(String(text.length));
    expect(await response.text()).toBe(text);
  });

  test.each([
    '/..%2fsecret.txt',
    '/..%2f..%2f..%2f..%2fetc%2fpasswd',
    '/%2e%2e%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/..%252fsecret.txt',
    '/..%2frenderer-old%2fsecret.txt',
    '/%2fetc%2fpasswd',
    '//etc/passwd',
    '/secret.txt%00.js',
    '/..%2fsecret.txt%00.svg',
    '/images/..%2f..%2fsecret.txt',
    '/documents/..%2f..%2fsecret.txt',
    '/documents/..%2fsecret.pdf',
    '/%E0%A4%A',
    '/%',
    '/%ff%fe.js',
  ])('%s leads nowhere', async (path) => {
    const response = await get(path);
    const text = await response.text();

    expect(response.status).toBeLessThan(500);
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('root:');
    if (response.status === 200) expect(text).toContain('/assets/app.js');
  });

  test('the path of another folder of this PC leads nowhere', async () => {
    const response = await get(`/${encodeURIComponent(join(folder, 'secret.txt'))}`);

    expect(response.status).toBe(404);
  });

  test.each(['/assets/none.js', '/favicon.ico', '/icon.svg/more.png'])('%s is not there', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('%s changes nothing', async (method) => {
    expect((await world.request('/', { method })).status).toBe(404);
  });

  describe('pictures of goods', () => {
    const bytes = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const hash = createHash('sha256').update(bytes).digest('hex');
    beforeAll(() => world.core.database.write('image').insert({ hash, media_type: 'image/svg+xml', bytes }));

    test('come by the hash of their bytes, in a sandbox where a script of theirs does not run', async () => {
      const response = await get(`/images/${hash}`, { authorization: null });

      expect(response.status).toBe(200);
      expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
      expect(response.headers.get('content-type')).toBe('image/svg+xml');
      expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*sandbox$/);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    });

    test('are unknown by another hash', async () => {
      const response = await get(`/images/${'0'.repeat(64)}`);

      expect([response.status, await response.json()]).toMatchObject([404, { error: { code: 'image.unknown' } }]);
    });
  });

  describe('documents', () => {
    beforeAll(async () => {
      await world.signIn();
      await world.fill({ orders: 1, units: 4 });
      for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
      await world.finishParcel();
    });
    const labelId = async (): Promise<string> => {
      const order = await world.call('orders.order-view', { order: '#B0' });
      return order.documents.find((document) => document.kind === 'label')?.id ?? '';
    };

    test('come as PDF, never kept, to whoever has a session', async () => {
      const response = await get(`/documents/${await labelId()}.pdf`);
      const bytes = Buffer.from(await response.arrayBuffer());

      expect(response.headers.get('content-type')).toBe('application/pdf');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('content-disposition')).toBe('inline');
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    });

    test.each([
      [null, 'session.missing'],
      [`Bearer ${'x'.repeat(43)}`, 'session.unknown'],
    ])('stay closed to the token %s', async (authorization, code) => {
      const response = await get(`/documents/${await labelId()}.pdf`, { authorization });

      expect([response.status, await response.json()]).toMatchObject([403, { error: { code } }]);
    });

    test.each(['/documents/none.pdf', "/documents/' or 1=1 --.pdf", '/documents/a/b.pdf'])(
      '%s is unknown',
      async (path) => {
        const response = await get(path);

        expect([response.status, await response.json()]).toMatchObject([404, { error: { code: 'document.unknown' } }]);
      },
    );

    test('the sheet of codes needs somebody signed in', async () => {
      const empty = await world.bench('Nobody here');
      const refused = await empty.request('/documents/codes.pdf');
      const given = await get('/documents/codes.pdf');

      expect([refused.status, await refused.json()]).toMatchObject([403, { error: { code: 'badge.needed' } }]);
      expect(
        Buffer.from(await given.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    });
  });
});

describeOnEach('a station whose page was never built', (kind) => {
  test('says so instead of answering nothing', async () => {
    const world = await openWorldOn(kind);
    const response = await world.request('/');
    const body = await response.json();
    await world.close();

    expect([response.status, body]).toMatchObject([503, { error: { kind: 'device', code: 'door.renderer-missing' } }]);
  });
});
