import type { Knex } from 'knex';
import * as frame from '../../migrations/20261122090000_frame.ts';
import * as catalogueAndStock from '../../migrations/20261122091000_catalogue_and_stock.ts';
import * as orders from '../../migrations/20261122092000_orders.ts';
import * as fulfilment from '../../migrations/20261122093000_fulfilment.ts';
import { AppError } from '../../shared/errors.ts';
import type { Database } from './database.ts';
import { nameOf } from './database.ts';

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
];

const source: Knex.MigrationSource<Migration> = {
  getMigrations: async () => [...migrations],
  getMigrationName: (migration) => migration.name,
  getMigration: async (migration) => ({ up: migration.up, down: migration.down }),
};

/**
 * Brings the schema up to date.
 *
 * A database that knows changes this program does not know is of a newer version: it is refused and not touched.
 */
export async function migrate(database: Database): Promise<{ applied: readonly string[] }> {
  const unknown = await unknownChanges(database);
  if (unknown.length > 0) {
    throw new AppError('rule', 'database.newer-version', { database: nameOf(database.url), unknown });
  }
  return withMigrationLock(database, async () => {
    const [, applied] = await database.write.migrate.latest({ migrationSource: source });
    return { applied };
  });
}

async function unknownChanges(database: Database): Promise<string[]> {
  if (!(await database.write.schema.hasTable('knex_migrations'))) return [];
  const rows: { name: string }[] = await database.write('knex_migrations').select('name');
  const known = new Set(migrations.map((migration) => migration.name));
  return rows.map((row) => row.name).filter((name) => !known.has(name));
}

/** Two stations may start at once: the second waits for knex's own lock instead of failing on it. */
async function withMigrationLock<T>(database: Database, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const busy =
        error instanceof Error &&
        /MigrationLocked|already locked|SQLITE_BUSY|already exists|duplicate key/.test(
          `${error.name} ${error.message}`,
        );
      if (!busy || attempt >= 40) throw error;
      if (attempt === 39) await database.write.migrate.forceFreeMigrationsLock({ migrationSource: source });
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
