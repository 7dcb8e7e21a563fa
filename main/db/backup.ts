import { open, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type sqlite3 from 'sqlite3';
import { AppError } from '../../shared/errors.ts';

const driver = createRequire(import.meta.url)('sqlite3') as typeof sqlite3; // a CommonJS package

/** The driver's copier, which its types leave out. */
interface Copier {
  readonly completed: boolean;
  readonly remaining: number;
  readonly pageCount: number;
  step(pages: number, done: (error: Error | null) => void): void;
  finish(done: (error: Error | null) => void): void;
}
interface CopyingDatabase {
  backup(file: string, done: (error: Error | null) => void): Copier;
}

/** One connection of the driver with promises. */
interface Connection {
  readonly raw: sqlite3.Database;
  exec(sql: string): Promise<void>;
  rows(sql: string, values?: readonly (string | number)[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export interface CopyOptions {
  /** Ends the copy early; nothing is left of it. */
  readonly signal?: AbortSignal;
  /** Milliseconds of rest after every quarter of a megabyte, so that scans get the disk in between. */
  readonly restMs?: number;
  readonly onProgress?: (pagesDone: number, pages: number) => void;
}

/** A quarter of a megabyte: what a scan may have to wait behind. */
const STEP_PAGES = 64;
/** Somebody else's lock on the database lasts milliseconds; after this long it is not going away. */
const STALLED_MS = 30_000;

/**
 * Copies a SQLite database that may be at work into `target`, as of one moment; the target appears whole or not at all.
 *
 * The copy is written beside the target, checked page by page, brought to the disk and only then renamed. One read
 * transaction holds the moment: without it the copy would begin anew after every scan. Nobody is blocked meanwhile.
 *
 * Throws `backup.disk-full`, `backup.stopped`, or `database.corrupt` when what was copied does not hold together.
 */
export async function copyDatabase(source: string, target: string, options: CopyOptions = {}): Promise<void> {
  const part = partOf(target);
  try {
    await rm(part, { force: true });
    await copyPages(source, part, options);
    const problems = await checkDatabaseFile(part, options.signal);
    if (problems.length > 0)
      throw new AppError('device', 'database.corrupt', { database: source, reason: problems.join('; ') });
    await rename(part, target);
    await syncFolder(dirname(target));
  } catch (error) {
    await rm(part, { force: true });
    await rm(`${part}-journal`, { force: true });
    throw translated(error, source);
  }
}

/** The unfinished copy of this process; its number tells whether somebody still works on it. */
function partOf(target: string): string {
  return `${target}.${process.pid}.part`;
}

/** The process that writes an unfinished copy, undefined for any other name. */
export function writerOf(fileName: string): number | undefined {
  const pid = /\.([0-9]+)\.part(?:-journal)?$/.exec(fileName)?.[1];
  return pid === undefined ? undefined : Number(pid);
}

async function copyPages(source: string, part: string, options: CopyOptions): Promise<void> {
  const connection = await connect(source, driver.OPEN_READWRITE);
  try {
    await connection.exec('PRAGMA query_only = ON; BEGIN');
    await connection.rows('select count(*) from sqlite_master');
    const copier = await startCopier(connection, part);
    try {
      await stepThrough(copier, part, options);
    } finally {
      await new Promise<void>((resolve) => copier.finish(() => resolve()));
    }
    await connection.exec('COMMIT');
  } finally {
    await connection.close();
  }
  // As it is, the copy says that it has a write-ahead log beside it; a single file is one that can be carried off.
  const copy = await connect(part, driver.OPEN_READWRITE);
  try {
    await copy.exec('PRAGMA journal_mode = DELETE');
  } finally {
    await copy.close();
  }
}

function startCopier(connection: Connection, part: string): Promise<Copier> {
  return new Promise((resolve, reject) => {
    const copying = connection.raw as unknown as CopyingDatabase; // see CopyingDatabase
    const copier = copying.backup(part, (error) => (error ? reject(error) : resolve(copier)));
  });
}

async function stepThrough(copier: Copier, part: string, options: CopyOptions): Promise<void> {
  let moved = performance.now();
  let left = Number.POSITIVE_INFINITY;
  const file = await open(part, 'a');
  try {
    while (!copier.completed) {
      if (options.signal?.aborted) throw new AppError('rule', 'backup.stopped');
      await new Promise<void>((resolve, reject) =>
        copier.step(STEP_PAGES, (error) => (error ? reject(error) : resolve())),
      );
      // Little by little: a scan that commits behind a gigabyte of unwritten pages would wait for all of it.
      await file.datasync();
      if (copier.remaining < left) moved = performance.now();
      else if (performance.now() - moved > STALLED_MS) throw new AppError('conflict', 'database.busy');
      left = copier.remaining;
      options.onProgress?.(copier.pageCount - left, copier.pageCount);
      if (options.restMs) await new Promise((resolve) => setTimeout(resolve, options.restMs));
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * What SQLite's quick check finds wrong with a file, at most ten findings; empty when it is sound.
 *
 * Reads only, but for the half of a write that a power cut left, which is undone as by every opening. A file that is no
 * database is one finding.
 */
export async function checkDatabaseFile(file: string, signal?: AbortSignal): Promise<string[]> {
  try {
    return await quickCheck(file, driver.OPEN_READONLY, signal);
  } catch (error) {
    if (signal?.aborted) throw new AppError('rule', 'backup.stopped');
    if (/SQLITE_READONLY/.test(codeOf(error))) return quickCheck(file, driver.OPEN_READWRITE, signal);
    throw error;
  }
}

async function quickCheck(file: string, mode: number, signal?: AbortSignal): Promise<string[]> {
  const connection = await connect(file, mode);
  const interrupt = (): void => connection.raw.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    const rows = await connection.rows('PRAGMA quick_check(10)');
    return rows.map((row) => String(Object.values(row)[0])).filter((text) => text !== 'ok');
  } catch (error) {
    if (!signal?.aborted && isDamage(error)) return [error instanceof Error ? error.message : String(error)];
    throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    await connection.close();
  }
}

/** Names of the schema changes in a database file; undefined when it is not one of ours. Reads only. */
export async function schemaOf(file: string): Promise<string[] | undefined> {
  const connection = await connect(file, driver.OPEN_READONLY);
  try {
    const rows = await connection.rows('select name from knex_migrations order by id');
    return rows.map((row) => String(row.name));
  } catch {
    return undefined;
  } finally {
    await connection.close();
  }
}

/** Changes a database file that nobody else has open, all of it or nothing. */
export async function editDatabaseFile(
  file: string,
  edits: readonly { readonly sql: string; readonly values: readonly (string | number)[] }[],
): Promise<void> {
  const connection = await connect(file, driver.OPEN_READWRITE);
  try {
    await connection.exec('PRAGMA synchronous = FULL; BEGIN IMMEDIATE');
    for (const { sql, values } of edits) await connection.rows(sql, values);
    await connection.exec('COMMIT');
  } finally {
    await connection.close();
  }
}

/**
 * Makes sure that nobody works on a database file, and folds its write-ahead log into it.
 *
 * `in-use`: another connection is open, in whatever process. `damaged`: it cannot be read, its log stays beside it.
 */
export async function claimDatabaseFile(file: string): Promise<'free' | 'in-use' | 'damaged'> {
  const connection = await connect(file, driver.OPEN_READWRITE);
  try {
    // Taken before the first read, this asks for the whole file; every open connection holds a shared part of it.
    await connection.exec('PRAGMA busy_timeout = 300; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
    await connection.exec('PRAGMA journal_mode = DELETE');
    return 'free';
  } catch (error) {
    if (/SQLITE_(?:BUSY|LOCKED|PROTOCOL)/.test(codeOf(error))) return 'in-use';
    if (isDamage(error)) return 'damaged';
    throw error;
  } finally {
    await connection.close();
  }
}

export function sqliteVersion(): string {
  return driver.VERSION;
}

function connect(file: string, mode: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const raw = new driver.Database(file, mode, (error) => {
      if (error) {
        reject(error);
        return;
      }
      raw.configure('busyTimeout', 8_000);
      resolve({
        raw,
        exec: (sql) => new Promise((done, fail) => raw.exec(sql, (problem) => (problem ? fail(problem) : done()))),
        rows: (sql, values = []) =>
          new Promise((done, fail) =>
            raw.all(sql, [...values], (problem: Error | null, rows: Record<string, unknown>[]) =>
              problem ? fail(problem) : done(rows),
            ),
          ),
        close: () => new Promise((done) => raw.close(() => done())),
      });
    });
  });
}

/** A renamed file is only sure to be there after a power cut when its folder is written too; Windows needs no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32' || !(await stat(folder)).isDirectory()) return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function isDamage(error: unknown): boolean {
  return /^SQLITE_(?:NOTADB|CORRUPT)/.test(codeOf(error));
}

function translated(error: unknown, source: string): unknown {
  if (error instanceof AppError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (['SQLITE_FULL', 'ENOSPC', 'EDQUOT'].includes(codeOf(error)))
    return new AppError('device', 'backup.disk-full', {}, error);
  if (isDamage(error)) return new AppError('device', 'database.corrupt', { database: source, reason }, error);
  return new AppError('device', 'backup.failed', { reason }, error);
}
