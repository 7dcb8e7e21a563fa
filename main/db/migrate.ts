import type { Knex } from 'knex';
import * as frame from '../../migrations/20261122090000_frame.ts';
import * as catalogueAndStock from '../../migrations/20261122091000_catalogue_and_stock.ts';
import * as orders from '../../migrations/20261122092000_orders.ts';
import * as fulfilment from '../../migrations/20261122093000_fulfilment.ts';
import * as benchDepth from '../../migrations/20261122100000_bench_depth.ts';
import * as devices from '../../migrations/20261122110000_devices.ts';
import * as printing from '../../migrations/20261122120000_printing.ts';
import * as shipping from '../../migrations/20261123100000_shipping.ts';
import * as channels from '../../migrations/20261124100000_channels.ts';
import * as sentElsewhere from '../../migrations/20261125090000_sent_elsewhere.ts';
import { AppError } from '../../shared/errors.ts';
import type { Database } from './database.ts';
import { nameOf } from './database.ts';
import type { Handle } from './rows.ts';

interface Migration {
  readonly name: string;
  readonly up: (knex: Knex) => Promise<void>;
  readonly down: (knex: Knex) => Promise<void>;
}

/** Every change of the schema in order; listed by hand so that the bundle holds them (a test compares with the folder). */
export const migrations: readonly Migration[] = [
  { name: '20261122090000_frame', ...frame },
  { name: '20261122091000_catalogue_and_stock', ...catalogueAndStock },
  { name: '20261122092000_orders', ...orders },
  { name: '20261122093000_fulfilment', ...fulfilment },
  { name: '20261122100000_bench_depth', ...benchDepth },
  { name: '20261122110000_devices', ...devices },
  { name: '20261122120000_printing', ...printing },
  { name: '20261123100000_shipping', ...shipping },
  { name: '20261124100000_channels', ...channels },
  { name: '20261125090000_sent_elsewhere', ...sentElsewhere },
];

const source: Knex.MigrationSource<Migration> = {
  getMigrations: async () => [...migrations],
  getMigrationName: (migration) => migration.name,
  getMigration: async (migration) => ({ up: migration.up, down: migration.down }),
};

/** Any number that nobody else uses on the same server: "PACK" in ASCII. */
const POSTGRES_LOCK = 1_346_454_347;
/** SQLite waits eight seconds for its write lock by itself; a station that migrates for longer than all of these hangs. */
const ATTEMPTS = 40;

/**
 * Brings the schema up to date, all of it or nothing. Of several stations that start at once, one does and the rest wait.
 *
 * A database that knows changes this program does not know is of a newer version: it is refused and not touched.
 */
export async function migrate(database: Database): Promise<{ applied: readonly string[] }> {
  await refuseNewer(database, database.write);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await migrateAlone(database);
    } catch (error) {
      const busy = error instanceof Error && error.message.includes('SQLITE_BUSY');
      if (!busy || attempt >= ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** knex's own lock fails when its table is made twice at once and stays when a process is killed; a transaction does neither. */
function migrateAlone(database: Database): Promise<{ applied: readonly string[] }> {
  return database.write.transaction(async (trx) => {
    if (database.dialect === 'postgres') await trx.raw('select pg_advisory_xact_lock(?)', [POSTGRES_LOCK]);
    // Somebody newer may have been faster while this one waited.
    await refuseNewer(database, trx);
    const [, applied] = await trx.migrate.latest({ migrationSource: source });
    return { applied };
  });
}

async function refuseNewer(database: Database, handle: Handle): Promise<void> {
  if (!(await handle.schema.hasTable('knex_migrations'))) return;
  const rows: { name: string }[] = await handle('knex_migrations').select('name');
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = rows.map((row) => row.name).filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new AppError('rule', 'database.newer-version', { database: nameOf(database.url), unknown });
}
