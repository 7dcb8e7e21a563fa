import { copyFile, link, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { AppError } from '../../shared/errors.ts';
import {
  checkDatabaseFile,
  claimDatabaseFile,
  copyDatabase,
  editDatabaseFile,
  schemaOf,
  syncFolder,
} from '../db/backup.ts';
import { migrations } from '../db/migrate.ts';
import {
  backupFolder,
  databaseBytes,
  freeBytesOf,
  listBackups,
  ownDatabaseOf,
  stampedName,
  sweepUnfinished,
} from './keeping.ts';

/** One PC prints fewer labels than this in a fortnight. */
const MOST_NUMBERS_SINCE = 100_000;

export interface RestoreRequest {
  readonly dataDir: string;
  /** Path of the SQLite file. */
  readonly database: string;
  /** Path of a backup, or `latest`. */
  readonly from: string;
  readonly now: Date;
}

export interface Restored {
  readonly from: string;
  /** Where the database that was replaced lies now; absent when there was none. */
  readonly replaced?: string;
}

/**
 * Puts a backup in the place of a database nobody works on.
 *
 * The backup is copied and checked first; the replaced database is kept beside the backups. At every moment there is
 * either the old or the new database, whatever breaks off. Throws `restore.no-backup`, `restore.file-missing`,
 * `restore.not-ours`, `restore.newer-version`, `restore.station-running`, `backup.damaged`, `restore.no-room`.
 */
export async function restoreBackup(request: RestoreRequest): Promise<Restored> {
  const { database, now } = request;
  const from = await choose(request);
  const fresh = `${database}.restoring`;
  // What a restore that was killed left behind; its journal would be read into the next copy.
  await sweepUnfinished(dirname(database));
  await discard(fresh);
  await haveRoom(from, dirname(database));
  try {
    await copyChecked(from, fresh);
    await amend(fresh, from, now);
    const replaced = await putInPlace(
      fresh,
      database,
      join(backupFolder(request.dataDir), stampedName('replaced', now)),
    );
    return { from, ...(replaced === undefined ? {} : { replaced }) };
  } finally {
    await discard(fresh);
  }
}

async function discard(fresh: string): Promise<void> {
  await rm(fresh, { force: true });
  await rm(`${fresh}-journal`, { force: true });
}

/** `restoreBackup` on the database that the settings of this data folder name. */
export async function restoreNow(dataDir: string, from: string): Promise<Restored> {
  return restoreBackup({ dataDir, database: await ownDatabaseOf(dataDir), from, now: new Date() });
}

async function choose({ dataDir, from }: RestoreRequest): Promise<string> {
  if (from !== 'latest') {
    if (!(await exists(from))) throw new AppError('not-found', 'restore.file-missing', { file: from });
    return from;
  }
  const [newest] = await listBackups(dataDir);
  if (newest === undefined) throw new AppError('not-found', 'restore.no-backup', { folder: backupFolder(dataDir) });
  return newest.file;
}

async function haveRoom(from: string, folder: string): Promise<void> {
  const needed = await databaseBytes(from);
  const free = await freeBytesOf(folder);
  if (free > needed) return;
  const mb = (bytes: number): number => Math.ceil(bytes / 1_048_576);
  throw new AppError('device', 'restore.no-room', { folder, neededMb: mb(needed), freeMb: mb(free) });
}

async function copyChecked(from: string, fresh: string): Promise<void> {
  const problems = await checkDatabaseFile(from);
  if (problems.length > 0) throw new AppError('device', 'backup.damaged', { file: from, reason: problems.join('; ') });
  const schema = await schemaOf(from);
  if (schema === undefined || schema.length === 0) throw new AppError('validation', 'restore.not-ours', { file: from });
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = schema.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new AppError('rule', 'restore.newer-version', { file: from, unknown });
  await copyDatabase(from, fresh);
}

/**
 * What the backup cannot know: parcels that left since it was made carry numbers it would give out again.
 *
 * Every range jumps ahead by a tenth of what is left of it, at most by more than one PC prints in the fourteen days
 * that a backup is kept; the journal says that time was turned back.
 */
async function amend(fresh: string, from: string, now: Date): Promise<void> {
  await editDatabaseFile(fresh, [
    { sql: 'update number_range set next = next + min(?, (last - next) / 10)', values: [MOST_NUMBERS_SINCE] },
    {
      sql: "insert into journal (id, at, kind, subject, data) values (?, ?, 'database.restored', 'database', ?)",
      values: [uuidv7(), now.toISOString(), JSON.stringify({ from: basename(from) })],
    },
  ]);
}

/** Swaps the files; undone when a station opened the old one in between. */
async function putInPlace(fresh: string, database: string, aside: string): Promise<string | undefined> {
  if (!(await exists(database))) {
    await rename(fresh, database);
    await syncFolder(dirname(database));
    return undefined;
  }
  const claim = await claimDatabaseFile(database);
  if (claim === 'in-use') throw new AppError('conflict', 'restore.station-running', { database });
  await keepAside(database, aside);
  // A log that the damaged database left behind would be read into the new one.
  if (claim === 'damaged') await moveLog(database, aside);
  await rename(fresh, database);
  await syncFolder(dirname(database));
  if (claim === 'free' && (await claimDatabaseFile(aside)) === 'in-use') {
    await rename(aside, database);
    throw new AppError('conflict', 'restore.station-running', { database });
  }
  return aside;
}

/** A second name for the same file, so that the first one is never without a database; a copy where that cannot be. */
async function keepAside(database: string, aside: string): Promise<void> {
  await link(database, aside).catch(() => copyFile(database, aside));
  await syncFolder(dirname(aside));
}

async function moveLog(database: string, aside: string): Promise<void> {
  for (const suffix of ['-wal', '-journal']) {
    if (await exists(database + suffix)) await rename(database + suffix, aside + suffix);
  }
  await rm(`${database}-shm`, { force: true });
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}
