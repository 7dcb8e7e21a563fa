import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../main/db/database.ts';
import { sealOld } from '../../../main/orders/seal-old-service.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { brokenInvariants, stockUp } from '../../support/warehouse.ts';
import type { World } from '../../support/world.ts';

const SIGNS = ['ophelie.inventee@example.com', 'Inventee', '199887766', 'Rue Imaginaire', 'Ring twice at Zut'];

describe.each(databaseKinds)('what is personal lies sealed on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 2, 20);
    await world.signIn('admin');
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const personal = (externalId: string) => {
    const order = anOrder({ externalId, lines: [{ sku: 'SKU-1' }] });
    const named = {
      name: 'Ophelie Inventee',
      street1: '9 Rue Imaginaire',
      email: SIGNS[0] ?? '',
      phone: '+33199887766',
    };
    return { ...order, address: { ...order.address, ...named }, note: SIGNS[4] ?? null };
  };

  const tables = async (): Promise<string[]> => {
    const { read, dialect } = world.core.database;
    const rows: { name: string }[] =
      dialect === 'sqlite'
        ? await read('sqlite_master').where({ type: 'table' }).select('name')
        : await read('information_schema.tables').where({ table_schema: 'public' }).select('table_name as name');
    return rows.map(({ name }) => name);
  };

  /** Tables whose rows hold one of the signs as text, papers aside. */
  const tellers = async (signs: readonly string[]): Promise<string[]> => {
    const found: string[] = [];
    for (const table of await tables()) {
      const rows: object[] = await world.core.database.read(table).select('*');
      const text = JSON.stringify(rows, (_, value) => (value?.type === 'Buffer' ? null : value)).toLowerCase();
      found.push(...signs.filter((sign) => text.includes(sign.toLowerCase())).map((sign) => `${table}: ${sign}`));
    }
    return found;
  };

  test('in every table, after an order was taken, packed and labelled; the packer still reads the note', async () => {
    await world.importOrders([personal('1')]);
    await world.settled();
    const codes = await world.pickNextOrder();
    const scene = await world.call('orders.order-view', { order: '#1' });
    for (const code of codes) await world.scan(code);
    await world.finishParcel();
    await world.settled();

    expect([scene.note, scene.address?.email]).toEqual([SIGNS[4], SIGNS[0]]);
    expect(await tellers(SIGNS)).toEqual([]);
  });

  test('once what an older version left open was sealed, and a second turn finds nothing', async () => {
    await world.importOrders([personal('1'), personal('2')]);
    const { write, read, personal: seal } = world.core.database;
    for (const { order_id, data } of await read('order_private').select('order_id', 'data'))
      await write('order_private')
        .where({ order_id })
        .update({ data: seal.open(order_id, data) });
    const open = await tellers(SIGNS.slice(0, 1));
    const before = await world.call('orders.order-view', { order: '#1' });

    const turns = [await sealOld(world.core.deps), await sealOld(world.core.deps)];

    expect([open.length, turns]).toEqual([1, [2, 0]]);
    expect(await tellers(SIGNS)).toEqual([]);
    expect((await world.call('orders.order-view', { order: '#1' })).address).toEqual(before.address);
  });

  test('and opens for its own order only', async () => {
    await world.importOrders([personal('1'), personal('2')]);
    const { read, personal: seal } = world.core.database;
    const [one, other] = await read('order_private').select('order_id', 'data');

    expect(() => seal.open(other.order_id, one.data)).toThrow(expect.objectContaining({ code: 'vault.damaged' }));
  });

  test('a PC without the key reads and writes nothing personal, and finds the key that was typed since', async () => {
    await world.importOrders([personal('1')]);
    const row = await world.core.database.read('order_private').first('order_id', 'data');
    const other = await openDatabase(world.core.database.url);
    let typed = false;
    const key = async (): Promise<Buffer> => {
      if (!typed) throw new Error('no key at this PC');
      return world.core.deps.vault.personalKey();
    };
    await other.personal.load(key);
    const missing = expect.objectContaining({ kind: 'device', code: 'vault.key-missing' });
    expect(() => other.personal.open(row.order_id, row.data)).toThrow(missing);
    expect(() => other.personal.seal(row.order_id, '{}')).toThrow(missing);
    typed = true;

    await expect.poll(() => opens(() => other.personal.open(row.order_id, row.data)), { timeout: 5000 }).toBe(true);
    await other.close();
  });
});

function opens(attempt: () => string): boolean {
  try {
    return attempt().includes('Inventee');
  } catch {
    return false;
  }
}
