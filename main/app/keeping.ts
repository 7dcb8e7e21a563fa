import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { copyDatabase, writerOf } from '../db/backup.ts';
import { nameOf } from '../db/database.ts';
import type { Core } from './core.ts';
import { databaseOf, readLocalSettings } from './local-settings.ts';
import type { Report } from './router.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MB = 1_048_576;

/** How long a backup is kept. */
const KEPT_MS = 14 * DAY_MS;
/** So many stay however old they are: a station that was off for a month still has its last backups. */
const KEPT_AT_LEAST = 3;
/** A start makes none when the last one is younger than this. */
const YOUNG_MS = 6 * HOUR_MS;
/** Five megabytes a second: a scan seldom meets the disk at work. */
const REST_BESIDE_WORK_MS = 40;
/** Somebody waits for the command, and a station may be at work all the same. */
const REST_WHEN_ASKED_MS = 4;
/** The screens come first. */
const AFTER_START_MS = 15_000;
/** A backup leaves this much of the disk to the work itself. */
const RESERVE_BYTES = 512 * MB;

export interface BackupFile {
  readonly file: string;
  /** ISO instant of the moment it holds. */
  readonly at: string;
  readonly bytes: number;
}

export interface BackupMade extends BackupFile {
  readonly outcome: 'made';
  /** Older ones that went. */
  readonly removed: readonly string[];
}

export type BackupOutcome =
  | BackupMade
  | { readonly outcome: 'young-enough' | 'under-way'; readonly newest?: BackupFile };

export interface BackupRequest {
  readonly dataDir: string;
  /** Path of the SQLite file. */
  readonly database: string;
  readonly now: Date;
  /** Makes none when the newest is younger; always makes one when absent. */
  readonly onlyWhenOlderThanMs?: number;
  readonly signal?: AbortSignal;
  /** Milliseconds of rest after every quarter of a megabyte; short for somebody who waits, long beside work. */
  readonly restMs: number;
  readonly onProgress?: (done: number, total: number) => void;
  /** Free bytes on the disk of a folder; asked of the system unless handed in. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

export function backupFolder(dataDir: string): string {
  return join(dataDir, 'backups');
}

/** A name that sorts by time and that Windows takes: `packwright-2026-11-22T17-30-00-123Z.sqlite`. */
export function stampedName(prefix: string, at: Date): string {
  return `${prefix}-${at.toISOString().replace(/[:.]/g, '-')}.sqlite`;
}

const NAME = /^packwright-([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2})-([0-9]{2})-([0-9]{2})-([0-9]{3})Z\.sqlite$/;

/** Whole backups of a data folder, the newest first; what is unfinished has another name and is never among them. */
export async function listBackups(dataDir: string): Promise<BackupFile[]> {
  const folder = backupFolder(dataDir);
  const names = (await readdir(folder).catch(() => [])).filter((name) => NAME.test(name));
  const files = await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      const { size } = await stat(file);
      return { file, at: name.replace(NAME, '$1T$2:$3:$4.$5Z'), bytes: size };
    }),
  );
  return files.sort((a, b) => (a.at < b.at ? 1 : -1));
}

/**
 * Makes a backup of a SQLite database while it is worked on, then removes those that have served.
 *
 * Throws `backup.no-database`, `backup.no-room`, `backup.disk-full`, `backup.stopped`, and `database.corrupt` when the
 * database itself does not hold together: then no backup is made of it and none is removed.
 */
export async function makeBackup(request: BackupRequest): Promise<BackupOutcome> {
  const { dataDir, database, now } = request;
  const folder = backupFolder(dataDir);
  await databaseBytes(database);
  await mkdir(folder, { recursive: true });
  const underWay = await sweepUnfinished(folder);
  const [newest] = await listBackups(dataDir);
  if (request.onlyWhenOlderThanMs !== undefined) {
    // A clock that was put back makes the newest one lie ahead: then its age says nothing.
    const age = newest ? now.getTime() - Date.parse(newest.at) : Number.POSITIVE_INFINITY;
    if (newest && age >= 0 && age < request.onlyWhenOlderThanMs) return { outcome: 'young-enough', newest };
    if (underWay) return { outcome: 'under-way', ...(newest ? { newest } : {}) };
  }
  const removed = await makeRoom(request, folder);
  const file = join(folder, stampedName('packwright', now));
  const { signal, onProgress, restMs } = request;
  await copyDatabase(database, file, {
    restMs,
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress } : {}),
  });
  removed.push(...(await removeServed(dataDir, now)));
  return { outcome: 'made', file, at: now.toISOString(), bytes: (await stat(file)).size, removed };
}

/** A backup whenever asked for, of the database that the settings of this data folder name. */
export async function backupNow(
  dataDir: string,
  onProgress?: (done: number, total: number) => void,
): Promise<BackupOutcome> {
  const database = await ownDatabaseOf(dataDir);
  return makeBackup({
    dataDir,
    database,
    now: new Date(),
    restMs: REST_WHEN_ASKED_MS,
    ...(onProgress ? { onProgress } : {}),
  });
}

/** Path of this PC's own database. Throws `backup.postgres` when the data lies on a server. */
export async function ownDatabaseOf(dataDir: string): Promise<string> {
  const database = databaseOf(dataDir, await readLocalSettings(dataDir));
  if (/^postgres(ql)?:/i.test(database)) throw new AppError('rule', 'backup.postgres', { database: nameOf(database) });
  return database;
}

/** Removes copies whose process was killed; true when another process writes one right now. */
export async function sweepUnfinished(folder: string): Promise<boolean> {
  let underWay = false;
  for (const name of await readdir(folder)) {
    const writer = writerOf(name);
    if (writer === undefined) continue;
    const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: 0 }));
    if (isRunning(writer) && Date.now() - mtimeMs < DAY_MS) underWay = true;
    else await rm(join(folder, name), { force: true });
  }
  return underWay;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process answers with EPERM: it lives.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Backups never fill the disk: the oldest go before their time when a new one needs the room, or none is made. */
async function makeRoom(request: BackupRequest, folder: string): Promise<string[]> {
  const { database, dataDir, freeBytes = freeBytesOf } = request;
  const needed = (await databaseBytes(database)) + RESERVE_BYTES;
  const removable = (await listBackups(dataDir)).slice(KEPT_AT_LEAST - 1).reverse();
  const free = await freeBytes(folder);
  const enough = countUntil(removable, needed - free);
  if (enough === undefined) {
    const mb = (bytes: number): number => Math.round(bytes / MB);
    const facts = { neededMb: mb(needed - RESERVE_BYTES), freeMb: mb(free), reserveMb: mb(RESERVE_BYTES) };
    throw new AppError('device', 'backup.no-room', { folder, ...facts });
  }
  for (const { file } of removable.slice(0, enough)) await rm(file, { force: true });
  return removable.slice(0, enough).map(({ file }) => file);
}

/** How many of the files make up `bytes`; undefined when all of them do not. */
function countUntil(files: readonly BackupFile[], bytes: number): number | undefined {
  let missing = bytes;
  let count = 0;
  for (const file of files) {
    if (missing <= 0) break;
    missing -= file.bytes;
    count += 1;
  }
  return missing <= 0 ? count : undefined;
}

async function removeServed(dataDir: string, now: Date): Promise<string[]> {
  const old = (await listBackups(dataDir))
    .slice(KEPT_AT_LEAST)
    .filter(({ at }) => now.getTime() - Date.parse(at) > KEPT_MS);
  for (const { file } of old) await rm(file, { force: true });
  return old.map(({ file }) => file);
}

/** Bytes of a SQLite database with what still stands in its log. */
export async function databaseBytes(database: string): Promise<number> {
  const { size } = await stat(database).catch((cause) => {
    throw new AppError('not-found', 'backup.no-database', { database }, cause);
  });
  const log = await stat(`${database}-wal`).catch(() => undefined);
  return size + (log?.size ?? 0);
}

/** Free bytes for this user on the disk of a folder. */
export async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/**
 * Backs up in the background: soon after the start unless the last one is young, then every day.
 *
 * What goes wrong is reported and tried again an hour later. Returns what stops it and waits for its end.
 */
export function startKeeping(core: Core, report: Report, afterStartMs = AFTER_START_MS): () => Promise<void> {
  if (core.database.dialect !== 'sqlite') return async () => undefined;
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const run = (onlyWhenOlderThanMs: number): void => {
    running = running.then(async () => {
      if (stopping.signal.aborted) return;
      const { dataDir, database, deps } = core;
      await makeBackup({
        dataDir,
        database: database.url,
        now: deps.clock(),
        onlyWhenOlderThanMs,
        restMs: REST_BESIDE_WORK_MS,
        signal: stopping.signal,
      }).catch((error) => {
        if (!stopping.signal.aborted) report(asAppError(error), 'backup');
      });
    });
  };
  const first = setTimeout(() => run(YOUNG_MS), afterStartMs).unref();
  const daily = setInterval(() => run(DAY_MS), HOUR_MS).unref();
  return async () => {
    clearTimeout(first);
    clearInterval(daily);
    stopping.abort();
    await running;
  };
}

function asAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('bug', 'station.unexpected', {}, error);
}

/** Throws `error` again; one about a damaged database names the newest backup beside it. */
export async function offerNewestBackup(
  error: unknown,
  at: { readonly dataDir: string; readonly database: string },
): Promise<never> {
  const damage = asDamage(error, at.database);
  if (damage === undefined) throw error;
  const [newest] = await listBackups(at.dataDir);
  if (newest === undefined) throw damage;
  const offered = { ...damage.details, newestBackup: basename(newest.file), newestBackupAt: newest.at };
  throw new AppError(damage.kind, damage.code, offered, damage.cause);
}

function asDamage(error: unknown, database: string): AppError | undefined {
  if (error instanceof AppError) return error.code === 'database.corrupt' ? error : undefined;
  if (!(error instanceof Error) || !/SQLITE_(?:CORRUPT|NOTADB)/.test(error.message)) return undefined;
  return new AppError(
    'device',
    'database.corrupt',
    { database, reason: error.message.split(' - ').at(-1) ?? '' },
    error,
  );
}
