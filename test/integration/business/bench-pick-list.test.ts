import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { brokenInvariants, comeIn, orderOf, stockUp } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

describe.each(databaseKinds)('pick lists on paper on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 3, 20);
    await comeIn(
      world,
      anOrder({ externalId: '1', lines: [{ sku: 'SKU-3' }, { sku: 'SKU-1', quantity: 2 }] }),
      anOrder({ externalId: '2', lines: [{ sku: 'SKU-1' }] }),
    );
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  /** What a reader and a scanner find on the list. */
  const list = async (name: string): Promise<{ text: string; codes: string[] }> => {
    const response = await world.request(`/documents/${name}.pdf`);
    expect(response.status).toBe(200);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const pages = await world.core.deps.documents.readBack(bytes, { dpi: 300, format: 'grey' });
    return {
      text: pages.map((page) => page.text.replace(/\s+/g, ' ')).join(' '),
      codes: pages.flatMap((page) => page.symbols.map((symbol) => symbol.text)),
    };
  };

  test('the list of an order shows its bins in walking order, and its code opens it: to pick, then to pack', async () => {
    const { id } = await orderOf(world, '#1');

    const { text, codes } = await list(`pick-list-order-${id}`);
    const opened = await world.scan(codes[0] ?? '');

    expect(text).toMatch(/A-01-1 2 SKU-1 Item SKU-1 #1 .*A-01-3 1 SKU-3/);
    expect(opened.verdict).toMatchObject({ code: 'pick.started', params: { number: '#1' } });
    const scans = ['tote:T-1', 'location:A-01-1', 'gtin:1', 'gtin:1', 'location:A-01-3', 'gtin:3'];
    for (const scan of scans) {
      const [what = '', value = ''] = scan.split(':');
      await world.scan(what === 'gtin' ? demoGtin(Number(value)) : encodeStationCode(what as 'tote', value)); // or location
    }
    expect((await world.scan(codes[0] ?? '')).verdict).toMatchObject({ code: 'pack.opened', params: { number: '#1' } });
  });

  test('the list of a walk names the place and tote of every order, and its code goes on with the walk', async () => {
    await world.command('BATCH');
    await world.scan(encodeStationCode('tote', 'T-1'));
    await world.scan(encodeStationCode('tote', 'T-2'));
    const code = (await world.view()).run?.code ?? '';

    const { text, codes } = await list(`pick-list-run-${code}`);

    expect(text).toContain('1. #1 T-1 3 units');
    expect(text).toMatch(/A-01-1 2 SKU-1 Item SKU-1 1\. #1 T-1 .*A-01-1 1 SKU-1 Item SKU-1 2\. #2 T-2 .*A-01-3/);
    expect(codes).toEqual([encodeStationCode('run', code)]);
    await world.command('CANCEL');
    expect((await world.scan(codes[0] ?? '')).verdict).toMatchObject({ code: 'pick.walk-resumed' });
  });

  test('there is no list of what is picked, of an order or walk that nobody knows, and none without a badge', async () => {
    const status = async (path: string): Promise<number> => (await world.request(`/documents/${path}.pdf`)).status;

    expect(await status('pick-list-order-none')).toBe(404);
    expect(await status('pick-list-run-NONE')).toBe(404);
    const { id } = await orderOf(world, '#2');
    await world.core.database.write('pick_task').where({ order_id: id }).update({ state: 'done', picked: 1 });
    expect(await status(`pick-list-order-${id}`)).toBe(422);
    await world.core.database.write('pick_task').where({ order_id: id }).update({ state: 'open', picked: 0 });
    await world.command('SIGN-OUT');
    expect(await status(`pick-list-order-${id}`)).toBe(403);
  });
});
