import { createRequire } from 'node:module';
import type { Knex } from 'knex';
import type { Database, Statement } from 'sqlite3';

const require = createRequire(import.meta.url);

/** The parts of knex's dialect that change here; knex exports its dialect classes without types. */
interface QueryObject {
  readonly sql: string;
  readonly bindings: readonly unknown[];
  readonly method?: string;
  readonly returning?: unknown;
  response?: unknown;
  context?: unknown;
}
interface Dialect {
  transaction(...args: unknown[]): unknown;
  _query(connection: Database, query: QueryObject): Promise<QueryObject>;
  destroyRawConnection(connection: Database): Promise<void>;
}
interface DialectTransaction {
  readonly readOnly?: boolean;
  query(connection: unknown, sql: string): unknown;
}

const KEPT = /^\s*(select|insert|update|delete|with|begin|commit)\b/i;
/** Longer texts are inserts of many rows, each with another number of them: they do not come again. */
const LONGEST_KEPT = 4_000;
/** More different statements than the station has; a longer list means texts that never come again. */
const MOST_KEPT = 300;

/** Prepared statements of one connection, the least recently used first. */
type Prepared = Map<string, Promise<Statement>>;

/**
 * knex's SQLite dialect with two differences.
 *
 * Transactions that may write begin IMMEDIATE: one that reads first and writes later fails at once with SQLITE_BUSY_SNAPSHOT when
 * another process wrote meanwhile, whatever the busy timeout. And statements stay prepared: the driver otherwise makes
 * three trips to its thread for each (prepare, step, finalise), which is most of what a scan waits for.
 */
export function sqliteClient(): typeof Knex.Client {
  const SqliteClient = require('knex/lib/dialects/sqlite3/index.js') as new (config: unknown) => Dialect;
  const SqliteTransaction = require('knex/lib/dialects/sqlite3/execution/sqlite-transaction.js') as new (
    ...args: unknown[]
  ) => DialectTransaction;
  class ImmediateTransaction extends SqliteTransaction {
    begin(connection: unknown): unknown {
      return this.query(connection, this.readOnly ? 'BEGIN;' : 'BEGIN IMMEDIATE;');
    }
  }
  const prepared = new WeakMap<Database, Prepared>();
  class StationSqliteClient extends SqliteClient {
    override transaction(...args: unknown[]): unknown {
      return new ImmediateTransaction(this, ...args);
    }
    override async _query(connection: Database, query: QueryObject): Promise<QueryObject> {
      if (query.sql.length > LONGEST_KEPT || !KEPT.test(query.sql)) return super._query(connection, query);
      const known = prepared.get(connection) ?? new Map<string, Promise<Statement>>();
      prepared.set(connection, known);
      return runPrepared(await keep(connection, known, query.sql), query);
    }
    override async destroyRawConnection(connection: Database): Promise<void> {
      for (const statement of prepared.get(connection)?.values() ?? []) await finalise(statement);
      prepared.delete(connection);
      await super.destroyRawConnection(connection);
    }
  }
  return StationSqliteClient as unknown as typeof Knex.Client; // knex wants its own class type, which it does not export whole
}

function keep(connection: Database, known: Prepared, sql: string): Promise<Statement> {
  const kept = known.get(sql);
  known.delete(sql);
  const statement = kept ?? prepare(connection, sql);
  known.set(sql, statement);
  if (!kept) statement.catch(() => known.delete(sql));
  const [oldest] = known.keys();
  if (known.size > MOST_KEPT && oldest !== undefined) {
    void finalise(known.get(oldest));
    known.delete(oldest);
  }
  return statement;
}

function prepare(connection: Database, sql: string): Promise<Statement> {
  return new Promise((resolve, reject) => {
    const statement = connection.prepare(sql, (error: Error | null) => (error ? reject(error) : resolve(statement)));
  });
}

async function finalise(statement: Promise<Statement> | undefined): Promise<void> {
  // A statement that could not be prepared needs no end.
  const open = await statement?.catch(() => undefined);
  if (open) await new Promise<void>((resolve) => open.finalize(() => resolve()));
}

/** Same choice of `run` and `all` as knex makes. */
function runPrepared(statement: Statement, query: QueryObject): Promise<QueryObject> {
  const writes =
    query.method === 'counter' ||
    query.method === 'del' ||
    ((query.method === 'insert' || query.method === 'update') && !query.returning);
  return new Promise((resolve, reject) => {
    const done = function (this: unknown, error: Error | null, response?: unknown): void {
      if (error) {
        reject(error);
        return;
      }
      query.response = response;
      query.context = this;
      resolve(query);
    };
    if (writes) statement.run(query.bindings, done);
    else statement.all(query.bindings, done);
  });
}
