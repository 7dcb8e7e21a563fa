import type { Knex } from 'knex';
import knexModule from 'knex';
import pg from 'pg';
import { AppError } from '../../shared/errors.ts';
import { PersonalSeal } from './personal-seal.ts';
import { sqliteClient } from './sqlite-client.ts';

export type Dialect = 'sqlite' | 'postgres';

/** An open database: `write` runs units of work, `read` answers views and never sees a half-done command. */
export interface Database {
  readonly dialect: Dialect;
  readonly url: string;
  readonly write: Knex;
  readonly read: Knex;
  /** Seals and opens what is personal; has its key once the core is open. */
  readonly personal: PersonalSeal;
  close(): Promise<void>;
}

// int8 as number: sequences and counts stay far below 2^53 here.
pg.types.setTypeParser(20, Number);

interface RawSqlite {
  run(sql: string, done: (error: Error | null) => void): void;
  close(done: () => void): void;
}

const PRAGMAS = [
  'PRAGMA journal_mode = WAL',
  'PRAGMA synchronous = FULL',
  'PRAGMA foreign_keys = ON',
  'PRAGMA busy_timeout = 8000',
  'PRAGMA temp_store = MEMORY',
  'PRAGMA cache_size = -16000',
];

// knex prints its warnings on stdout, which belongs to the commands' JSON; each of them also fails a query by name.
const silent = { warn: () => undefined, error: () => undefined, deprecate: () => undefined, debug: () => undefined };

function prepareConnection(pragmas: readonly string[]) {
  return (connection: RawSqlite, done: (error: Error | null, connection: RawSqlite) => void): void => {
    const [first, ...rest] = pragmas;
    if (!first) {
      done(null, connection);
      return;
    }
    connection.run(first, (error) => {
      // The pool forgets a connection that could not be prepared; left open it would keep the file from being replaced.
      if (error) connection.close(() => done(error, connection));
      else prepareConnection(rest)(connection, done);
    });
  };
}

function openSqlite(filename: string): Database {
  const personal = new PersonalSeal();
  const shared = {
    log: silent,
    useNullAsDefault: true,
    acquireConnectionTimeout: 15_000,
    connection: { filename },
  };
  const write = knexModule({
    ...shared,
    client: sqliteClient(),
    pool: { min: 1, max: 1, afterCreate: prepareConnection(PRAGMAS) },
  });
  const read = knexModule({
    ...shared,
    client: sqliteClient(),
    pool: { min: 1, max: 1, afterCreate: prepareConnection([...PRAGMAS, 'PRAGMA query_only = ON']) },
  });
  for (const handle of [write, read]) handle.userParams = { personal };
  return {
    dialect: 'sqlite',
    url: filename,
    personal,
    write,
    read,
    // One after the other: of two that close at once neither is the last, and the log stays beside the file.
    async close() {
      await read.destroy();
      await write.destroy();
    },
  };
}

function openPostgres(url: string): Database {
  const personal = new PersonalSeal();
  const pool = knexModule({
    client: 'pg',
    log: silent,
    connection: url,
    pool: { min: 1, max: 8 },
    acquireConnectionTimeout: 10_000,
  });
  pool.userParams = { personal };
  return { dialect: 'postgres', url, personal, write: pool, read: pool, close: () => pool.destroy() };
}

/**
 * Opens the database named by `url`: `postgres://…`, or the path of a SQLite file.
 *
 * Throws `database.unreachable` with the address (never the password) when it cannot be reached.
 */
export async function openDatabase(url: string): Promise<Database> {
  const database = /^postgres(ql)?:/i.test(url) ? openPostgres(url) : openSqlite(url);
  try {
    await database.write.raw('select 1');
    return database;
  } catch (cause) {
    await database.close().catch(() => undefined);
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (/SQLITE_NOTADB|SQLITE_CORRUPT|malformed|not a database/.test(reason)) {
      throw new AppError('device', 'database.corrupt', { database: nameOf(url), reason }, cause);
    }
    throw new AppError('device', 'database.unreachable', { database: nameOf(url), reason }, cause);
  }
}

/** The address without its password, for messages. */
export function nameOf(url: string): string {
  return url.replace(/\/\/([^:/@]+):[^@]*@/, '//$1:***@');
}
