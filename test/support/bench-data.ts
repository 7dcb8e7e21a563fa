import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { openDatabase } from '../../main/db/database.ts';
import { migrate } from '../../main/db/migrate.ts';

/** Folder of a station whose database holds `orders` shipped orders of history; made once, then kept under `.cache`. */
export async function historyFolder(orders: number): Promise<string> {
  const folder = join('.cache', 'bench', `history-${orders}-v3`);
  if ((await stat(join(folder, 'ready')).catch(() => undefined)) !== undefined) return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const database = await openDatabase(join(folder, 'packwright.sqlite'));
  await migrate(database);
  await fillHistory(database.write, orders);
  await database.write.raw('PRAGMA wal_checkpoint(TRUNCATE)');
  await database.write.raw('ANALYZE');
  await database.close();
  await mkdir(join(folder, 'ready'));
  return folder;
}

/** Rows as a year of work leaves them: two lines an order, one parcel, its units, label and journal. */
async function fillHistory(knex: Knex, orders: number): Promise<void> {
  await knex.raw('PRAGMA synchronous = OFF');
  await knex.raw(
    "insert into item (id, sku, title, weight_mg, length_mm, width_mm, height_mm, version) with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000) select 'hi' || i, 'HIST-' || i, 'Past item ' || i, 250000, 100, 80, 60, 1 from n",
  );
  const series = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${orders})`;
  const key = "printf('00000000-0000-7000-8000-%012d', i)";
  const at = "strftime('%Y-%m-%dT%H:%M:%fZ', 1730000000 + i, 'unixepoch')";
  const statements = [
    `insert into sales_order (id, channel, shop, external_id, number, code, state, priority, placed_at, ship_by, country, content_hash, created_at, version)
      ${series} select 'o' || ${key}, 'shopify', '', 'H' || i, '#H' || i, 'H' || i, 'shipped', 0, ${at}, ${at}, 'FR', 'x', ${at}, 5 from n`,
    `insert into order_line (id, order_id, line_no, sku, item_id, title, ordered, cancelled, allocated, picked, packed, shipped)
      ${series} select 'l1' || ${key}, 'o' || ${key}, 1, 'HIST-' || (1 + i % 2000), 'hi' || (1 + i % 2000), 'Past item', 1, 0, 1, 1, 1, 1 from n`,
    `insert into order_line (id, order_id, line_no, sku, item_id, title, ordered, cancelled, allocated, picked, packed, shipped)
      ${series} select 'l2' || ${key}, 'o' || ${key}, 2, 'HIST-' || (1 + (i * 7) % 2000), 'hi' || (1 + (i * 7) % 2000), 'Past item', 1, 0, 1, 1, 1, 1 from n`,
    `insert into parcel (id, order_id, sequence, sscc, state, opened_at, label_confirmed_at, version)
      ${series} select 'p' || ${key}, 'o' || ${key}, 1, printf('0%017d', i), 'labelled', ${at}, ${at}, 6 from n`,
    `insert into parcel_unit (id, parcel_id, order_line_id, item_id, quantity, code, at)
      ${series} select 'u1' || ${key}, 'p' || ${key}, 'l1' || ${key}, 'hi' || (1 + i % 2000), 1, '09521000000012', ${at} from n`,
    `insert into parcel_unit (id, parcel_id, order_line_id, item_id, quantity, code, at)
      ${series} select 'u2' || ${key}, 'p' || ${key}, 'l2' || ${key}, 'hi' || (1 + (i * 7) % 2000), 1, '09521000000012', ${at} from n`,
    `insert into journal (id, at, kind, subject, data) ${series} select 'a' || ${key}, ${at}, 'order.imported', 'o' || ${key}, '{}' from n`,
    `insert into journal (id, at, kind, subject, data) ${series} select 'b' || ${key}, ${at}, 'unit.packed', 'p' || ${key}, '{"sku":"HIST","quantity":1}' from n`,
    `insert into journal (id, at, kind, subject, data) ${series} select 'c' || ${key}, ${at}, 'order.shipped', 'o' || ${key}, '{}' from n`,
    `insert into inbox (command_id, at, answer) ${series} select 'k' || ${key}, ${at}, '{"tone":"good","code":"pack.item-packed"}' from n where i % 2 = 0`,
  ];
  for (const statement of statements) await knex.raw(statement);
  await knex.raw('PRAGMA synchronous = FULL');
}
