import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { receiveUpload } from '../../../main/app/uploads.ts';
import { anOrder } from '../../support/builders.ts';
import { openWorldOn } from '../../support/databases.ts';
import { describeOnEach } from '../../support/frame.ts';
import { shopifyCsv, shopifyRows } from '../../support/shopify-export.ts';
import type { Envelope, RequestOptions, World } from '../../support/world.ts';

const orders = shopifyCsv(
  ['1001', '1002', '1003'].flatMap((externalId) =>
    shopifyRows(anOrder({ externalId, lines: [{ sku: 'MUG' }, { sku: 'TEE', quantity: 2 }] })),
  ),
);

describeOnEach('a file sent by a browser', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
  });
  afterEach(() => world?.close());

  const send = async (body: RequestOptions['body'], headers = {}): Promise<{ status: number; body: Envelope }> => {
    const response = await world.request('/api/uploads', { method: 'POST', headers, ...(body ? { body } : {}) });
    return { status: response.status, body: (await response.json()) as Envelope };
  };
  const upload = async (body: RequestOptions['body']): Promise<string> => {
    const { body: answer } = await send(body);
    if (!answer.ok) throw new Error(answer.error.code);
    return (answer.output as { uploadId: string }).uploadId;
  };
  const uploads = (): Promise<string[]> => readdir(join(world.core.dataDir, 'uploads')).catch(() => []);
  const importIt = (uploadId: string, fileName = 'orders_export.csv', headers = {}) =>
    world.ask('orders.import-upload', { uploadId, fileName, kind: 'orders' }, headers);

  test('goes in as orders, and the same file again changes nothing', async () => {
    await world.signIn('supervisor');
    const first = await world.call('orders.import-upload', {
      uploadId: await upload(orders),
      fileName: 'orders_export.csv',
      kind: 'orders',
    });
    const second = await importIt(await upload(orders));

    expect(first).toMatchObject({ imported: 3, updated: 0, unchanged: 0, rejected: [], rejectedCount: 0 });
    expect(second.body).toMatchObject({ output: { imported: 0, updated: 0, unchanged: 3, rejectedCount: 0 } });
    expect((await world.call('orders.list-view', {})).orders.map((order) => order.number).sort()).toEqual([
      '#1001',
      '#1002',
      '#1003',
    ]);
    expect(await uploads()).toEqual([]);
  });

  test('is stored whole whatever the pieces it comes in', async () => {
    await world.signIn('supervisor');
    const bytes = new TextEncoder().encode(orders);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.subarray(at, at + 7));
        controller.close();
      },
    });

    expect((await importIt(await upload(body))).body).toMatchObject({ output: { imported: 3 } });
  });

  test('may be the first thing that happens, before anybody has a badge', async () => {
    expect(await importIt(await upload(orders))).toMatchObject({ status: 200 });
    expect(await importIt(await upload(orders))).toMatchObject({
      status: 403,
      body: { error: { code: 'badge.needed' } },
    });
  });

  test('needs a supervisor once there are orders', async () => {
    await world.importOrders([anOrder({ externalId: '1', lines: [{ sku: 'MUG' }] })]);
    await world.signIn('packer');

    expect(await importIt(await upload(orders))).toMatchObject({
      status: 403,
      body: { error: { code: 'permission.supervisor-needed' } },
    });
  });

  test('gives a repeat of the same command the first answer', async () => {
    await world.signIn('supervisor');
    const uploadId = await upload(orders);
    const headers = { 'idempotency-key': randomUUID() };
    const [first, meanwhile] = await Promise.all([
      importIt(uploadId, 'orders.csv', headers),
      importIt(uploadId, 'orders.csv', headers),
    ]);
    const later = await importIt(uploadId, 'orders.csv', headers);

    expect(first.body).toMatchObject({ ok: true, output: { imported: 3 } });
    expect(meanwhile).toEqual(first);
    expect(later).toEqual(first);
    expect((await world.call('orders.import-runs-view', {})).runs).toHaveLength(1);
  });

  test.each(['../../settings.json', '..', '/etc/passwd', 'x'.repeat(36), '00000000-0000-0000-0000-000000000000'])(
    'cannot be named %s',
    async (uploadId) => {
      await world.signIn('supervisor');
      await writeFile(join(world.core.dataDir, 'settings.json'), '{}');

      expect(await importIt(uploadId)).toMatchObject({
        status: 404,
        body: { error: { code: 'import.file-missing', details: { fileName: 'orders_export.csv' } } },
      });
      expect(await readdir(world.core.dataDir)).toContain('settings.json');
    },
  );

  test('is named in faults by its last name only', async () => {
    await world.signIn('supervisor');
    const answer = await importIt(await upload('a,b\n1,2\n'), '/home/zoe/Downloads/orders.csv');

    expect(answer).toMatchObject({
      status: 400,
      body: { error: { kind: 'validation', code: 'import.unknown-format', details: { fileName: 'orders.csv' } } },
    });
    expect(JSON.stringify(answer.body)).not.toContain('zoe');
    expect(await uploads()).toEqual([]);
  });

  test('that is empty is said to be empty', async () => {
    await world.signIn('supervisor');

    expect(await send('')).toMatchObject({ status: 200 });
    expect(await importIt(await upload(''))).toMatchObject({
      status: 400,
      body: { error: { code: 'import.empty-file', details: { fileName: 'orders_export.csv' } } },
    });
  });

  test.each([
    [{ authorization: null }, 'session.missing'],
    [{ authorization: `Bearer ${'x'.repeat(43)}` }, 'session.unknown'],
    [{ origin: 'http://evil.example' }, 'door.foreign-origin'],
  ])('is refused with %j and leaves nothing', async (headers, code) => {
    expect(await send(orders, headers)).toMatchObject({ status: 403, body: { error: { code } } });
    expect(await uploads()).toEqual([]);
  });

  test('that says it is too large is refused before it is read', async () => {
    expect(await send(orders, { 'content-length': String(2 ** 30 + 1) })).toMatchObject({
      status: 400,
      body: { error: { code: 'door.body-too-large', details: { limit: 2 ** 30 } } },
    });
    expect(await uploads()).toEqual([]);
  });

  test('that breaks off leaves nothing', async () => {
    let piece = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        piece += 1;
        if (piece > 3) controller.error(new Error('the browser went away'));
        else controller.enqueue(new Uint8Array(1000));
      },
    });

    expect((await send(body)).status).toBe(500);
    expect(await uploads()).toEqual([]);
  });
});

describe('receiving a file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'packwright-upload-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A body that keeps coming as long as somebody reads. */
  const endless = (): { body: ReadableStream<Uint8Array>; given(): number } => {
    let given = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 1000;
        controller.enqueue(new Uint8Array(1000));
      },
    });
    return { body, given: () => given };
  };

  test('stops at the limit, whatever length was told, and keeps nothing', async () => {
    const { body, given } = endless();

    await expect(receiveUpload(folder, body, 100_000)).rejects.toMatchObject({
      kind: 'validation',
      code: 'door.body-too-large',
      details: { limit: 100_000 },
    });
    expect(await readdir(folder)).toEqual([]);
    expect(given()).toBeLessThan(1_000_000);
  });
});
