import { createHmac } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databaseKinds, hasDatabase } from '../../support/databases.ts';
import { openShopWorld, type ShopWorld, toPlace } from '../../support/played-shops.ts';
import { brokenInvariants, stockUp } from '../../support/warehouse.ts';

describe.each(databaseKinds)('what comes by itself on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: ShopWorld;
  let shop: string;
  beforeEach(async () => {
    world = await openShopWorld(kind, ['shopify']);
    await stockUp(world, 2, 20);
    shop = await world.connect('shopify', { relaySecret: 'a secret of the relay' });
    await world.call('shops.set-active', { id: shop, active: true });
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const numbers = async (): Promise<string[]> =>
    (await world.call('orders.list-view', {})).orders.map(({ number }) => number).sort();
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
    world.request(`/relay/${shop}`, { method: 'POST', body, headers: { authorization: null, ...headers } });
  const relayed = (body: string, secret = 'a secret of the relay', at = world.core.deps.clock()) => {
    const timestamp = String(Math.floor(at.getTime() / 1_000));
    const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    return post(body, { 'x-packwright-timestamp': timestamp, 'x-packwright-signature': signature });
  };

  describe('a webhook', () => {
    test('of the platform has its order read at once; the same one twice is one order', async () => {
      const platform = world.platform('shopify');
      const order = platform.book.place(toPlace(undefined, { number: '#77' }));
      const hook = platform.webhook?.(order.id);

      const first = await post(hook?.rawBody ?? '', hook?.headers ?? {});
      const again = await post(hook?.rawBody ?? '', hook?.headers ?? {});

      expect([first.status, again.status]).toEqual([200, 200]);
      // The next poll is minutes away: nothing else can have brought it.
      expect(await numbers()).toEqual(['#77']);
    });

    test('that nobody signed, or another body than was signed, is not believed', async () => {
      const platform = world.platform('shopify');
      const order = platform.book.place(toPlace());
      const hook = platform.webhook?.(order.id);
      const requests = platform.requests().length;

      const unsigned = await post(hook?.rawBody ?? '', {});
      const changed = await post(`${hook?.rawBody} `, hook?.headers ?? {});

      expect([unsigned.status, changed.status]).toEqual([403, 403]);
      expect(platform.requests().length).toBe(requests);
    });

    test('passed on by a relay of the seller is believed by the relay’s own signature, for five minutes', async () => {
      const { id } = world.platform('shopify').book.place(toPlace(undefined, { number: '#78' }));
      const body = JSON.stringify({ id: 'n1', externalIds: [`gid://shopify/Order/${id}`] });

      const wrong = await relayed(body, 'another secret');
      const old = await relayed(body, undefined, new Date(world.core.deps.clock().getTime() - 6 * 60_000));
      const right = await relayed(body);

      expect([wrong.status, old.status, right.status]).toEqual([403, 403, 200]);
      expect(await numbers()).toEqual(['#78']);
    });
  });

  describe('a watched folder', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'packwright-drop-'));
      await world.call('shops.set-drop-folder', { folder });
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    const aFile = (ids: readonly string[]): string =>
      [
        'order_id,placed_at,sku,quantity,name,street1,postcode,city,country',
        ...ids.map((id) => `${id},2026-11-20T10:00:00Z,SKU-1,1,Inès Modèle,1 quai,13002,Marseille,FR`),
      ].join('\n');
    const until = async (holds: () => Promise<boolean>): Promise<void> => {
      for (const end = Date.now() + 20_000; !(await holds()) && Date.now() < end; ) await wait(100);
    };
    const state = async () => (await world.call('shops.list-view', {})).dropFolder;

    test('gives its orders once, also when the file is dropped twice', async () => {
      await writeFile(join(folder, 'a.csv'), aFile(['A1', 'A2']));
      await copyFile(join(folder, 'a.csv'), join(folder, 'b.csv'));

      await until(async () => (await readdir(join(folder, 'done')).catch(() => [])).length === 2);

      expect(await numbers()).toEqual(['A1', 'A2']);
      expect((await state()).fault).toBeNull();
      expect((await readdir(folder)).sort()).toEqual(['done']);
    });

    test('moves a file that cannot be read aside, with the reason beside it', async () => {
      await writeFile(join(folder, 'wrong.csv'), 'this,is\nno,orders\n');

      await until(async () => (await readdir(join(folder, 'failed')).catch(() => [])).length === 2);

      const [file = '', notes = ''] = (await readdir(join(folder, 'failed'))).sort();
      expect([file.endsWith('wrong.csv'), notes.endsWith('.set-aside.txt')]).toEqual([true, true]);
      expect(await readFile(join(folder, 'failed', notes), 'utf8')).toMatch(/import\./);
      expect((await state()).fault).not.toBeNull();
    });

    test('that goes away is told, and read again when it is back', async () => {
      await rm(folder, { recursive: true });
      await until(async () => (await state()).fault !== null);
      const gone = (await state()).fault?.code;
      await mkdir(folder);
      await writeFile(join(folder, 'late.csv'), aFile(['L1']));

      await until(async () => (await numbers()).length === 1);

      expect([gone, await numbers()]).toEqual(['drop.folder-missing', ['L1']]);
    });
  });
});
