import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import knexModule from 'knex';
import { importFile } from '../../main/app/imports.ts';
import { systemActor } from '../../shared/model/actor.ts';
import { shopifyColumns, shopifyExportRows } from '../support/shopify-export.ts';
import { openWorld } from '../support/world.ts';

const ROWS = 100_000;
/** The columns that an order really needs; the other fifty stay in the file. */
const STORED = shopifyColumns.filter((column) =>
  /^(Name|Id|Created at|Currency|Total|Tags|Source|Notes|Shipping (?!Province Name)|Lineitem (quantity|name|price|sku))/.test(
    column,
  ),
);

/**
 * 100,000 rows of a Shopify export into a station, beside the same file parsed by the CSV library alone and its rows
 * batch-inserted raw into one table of the same driver.
 */
export async function run(): Promise<{ ok: boolean } & Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), 'packwright-bench-'));
  const file = join(folder, 'orders.csv');
  try {
    await pipeline(Readable.from(shopifyExportRows(ROWS, 7)), createWriteStream(file));
    const station = await importIntoStation(file, join(folder, 'station'));
    const rawSeconds = await importRaw(file, join(folder, 'raw.sqlite'));
    const ratio = station.seconds / rawSeconds;
    const ok = ratio <= 6 && station.rssGrowthMb <= 150 && station.rejected === 0;
    return {
      ok,
      bar: '<= 6 x raw, RSS growth <= 150 MB',
      rows: ROWS,
      rowsPerSecond: Math.round(ROWS / station.seconds),
      seconds: round(station.seconds),
      rawSeconds: round(rawSeconds),
      ratio: round(ratio),
      rssGrowthMb: station.rssGrowthMb,
      orders: station.orders,
      rejected: station.rejected,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function importIntoStation(
  file: string,
  dataDir: string,
): Promise<{ seconds: number; rssGrowthMb: number; orders: number; rejected: number }> {
  const world = await openWorld({ dataDir });
  try {
    global.gc?.();
    const before = process.memoryUsage().rss;
    let peak = before;
    const sampler = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 50);
    const started = performance.now();
    const summary = await importFile(world.core, systemActor, { path: file, fileName: 'orders.csv', kind: 'orders' });
    const seconds = (performance.now() - started) / 1000;
    clearInterval(sampler);
    return {
      seconds,
      rssGrowthMb: Math.round((peak - before) / 1_048_576),
      orders: summary.imported,
      rejected: summary.rejectedCount,
    };
  } finally {
    await world.close();
  }
}

async function importRaw(file: string, filename: string): Promise<number> {
  const knex = knexModule({ client: 'sqlite3', connection: { filename }, useNullAsDefault: true });
  try {
    await knex.raw('PRAGMA journal_mode = WAL');
    await knex.raw('PRAGMA synchronous = FULL');
    await knex.schema.createTable('raw_order', (table) => {
      for (const column of STORED) table.text(column);
    });
    const started = performance.now();
    await knex.transaction(async (trx) => {
      let batch: Record<string, string>[] = [];
      for await (const row of createReadStream(file).pipe(parse({ columns: true, bom: true }))) {
        batch.push(Object.fromEntries(STORED.map((column) => [column, row[column]])));
        if (batch.length < 200) continue;
        await trx.batchInsert('raw_order', batch, 200);
        batch = [];
      }
      if (batch.length > 0) await trx.batchInsert('raw_order', batch, 200);
    });
    return (performance.now() - started) / 1000;
  } finally {
    await knex.destroy();
  }
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
