import { access, constants, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkDatabaseFile, schemaOf, sqliteVersion } from '../db/backup.ts';
import { type Database, nameOf, openDatabase } from '../db/database.ts';
import { migrations } from '../db/migrate.ts';
import type { Secrets } from '../platform/platform.ts';
import { programVersion } from './create-station.ts';
import { describeError } from './describe-error.ts';
import { judgeDevices } from './doctor-devices.ts';
import { judgeKeys } from './doctor-keys.ts';
import { backupFolder, databaseBytes, freeBytesOf, listBackups } from './keeping.ts';
import { databaseOf, type LocalSettings, readLocalSettings } from './local-settings.ts';
import { invariantsOf } from './operations.ts';

/** One thing that was looked at. */
export interface Finding {
  readonly name: 'settings' | 'folder' | 'disk' | 'database' | 'schema' | 'business' | 'key' | 'backups' | 'devices';
  readonly status: 'good' | 'warning' | 'bad' | 'not-checked';
  readonly found: string;
  /** What to do about it. */
  readonly advice?: string;
}

export interface Diagnosis {
  /** False when anything is `bad`. */
  readonly ok: boolean;
  readonly versions: Readonly<Record<'packwright' | 'node' | 'system' | 'database', string>>;
  readonly paths: Readonly<Record<'data' | 'settings' | 'database' | 'backups' | 'log', string>>;
  readonly bytes: { readonly database: number | null; readonly free: number | null; readonly backups: number };
  readonly findings: readonly Finding[];
}

export interface DiagnosisRequest {
  readonly dataDir: string;
  readonly now: Date;
  /** Where this PC keeps its keys. */
  readonly secrets: Secrets;
  /** Recomputes what must hold for every order however many there are; minutes and gigabytes on a large database. */
  readonly thorough?: boolean;
}

const MB = 1_048_576;
const DISK_BAD = 200 * MB;
const DISK_WARNING = 2_048 * MB;
const BACKUP_LATE_MS = 48 * 3_600_000;
/** Below this the business rules are recomputed in seconds. */
const MANY_ORDERS = 50_000;
const OLDEST_POSTGRES = 130_000;

/** Looks at everything a station needs and says what is wrong; changes nothing, and works beside a running station. */
export async function diagnose(request: DiagnosisRequest): Promise<Diagnosis> {
  const { dataDir } = request;
  const findings: Finding[] = [];
  const settings = await readLocalSettings(dataDir).catch((error): undefined => {
    findings.push({ name: 'settings', status: 'bad', found: describeError(error) });
  });
  if (settings) findings.push({ name: 'settings', status: 'good', found: 'The settings file can be read.' });
  findings.push(await checkFolder(dataDir));
  const free = await freeBytesOf(dataDir).catch(() => null);
  findings.push(judgeDisk(free));
  const url = settings && databaseOf(dataDir, settings);
  const database = url ? await checkDatabase(url, request) : { findings: [], version: '', bytes: null };
  findings.push(...database.findings);
  const backups = await listBackups(dataDir);
  if (url && isFile(url)) findings.push(await judgeBackups(request, url));
  findings.push(...(await judgeDevices(dataDir)));
  return {
    ok: findings.every(({ status }) => status !== 'bad'),
    versions: {
      packwright: programVersion(),
      node: process.versions.node,
      system: `${process.platform} ${process.arch}`,
      database: database.version,
    },
    paths: pathsOf(dataDir, settings),
    bytes: { database: database.bytes, free, backups: backups.reduce((sum, { bytes }) => sum + bytes, 0) },
    findings,
  };
}

function pathsOf(dataDir: string, settings: LocalSettings | undefined): Diagnosis['paths'] {
  return {
    data: dataDir,
    settings: join(dataDir, 'settings.json'),
    database: settings ? nameOf(databaseOf(dataDir, settings)) : '',
    backups: backupFolder(dataDir),
    log: join(dataDir, 'logs', 'station.log'),
  };
}

const isFile = (url: string): boolean => !/^postgres(ql)?:/i.test(url);

async function checkFolder(dataDir: string): Promise<Finding> {
  const name = 'folder';
  try {
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return { name, status: 'good', found: 'The data folder can be read and written.' };
  } catch {
    const missing = (await stat(dataDir).catch(() => undefined)) === undefined;
    return missing
      ? { name, status: 'bad', found: `There is no folder ${dataDir}.`, advice: 'Name the data folder with --data.' }
      : { name, status: 'bad', found: `${dataDir} cannot be written.`, advice: 'Check its rights and its owner.' };
  }
}

function judgeDisk(free: number | null): Finding {
  const name = 'disk';
  if (free === null) return { name, status: 'not-checked', found: 'The disk of the data folder could not be asked.' };
  const found = `${Math.round(free / MB)} MB are free.`;
  const advice = 'Free some space: when the disk is full the station stops, and backups stop before that.';
  if (free < DISK_BAD) return { name, status: 'bad', found, advice };
  return free < DISK_WARNING ? { name, status: 'warning', found, advice } : { name, status: 'good', found };
}

interface DatabaseCheck {
  readonly findings: readonly Finding[];
  readonly version: string;
  readonly bytes: number | null;
}

async function checkDatabase(url: string, request: DiagnosisRequest): Promise<DatabaseCheck> {
  return isFile(url) ? checkSqlite(url, request) : checkPostgres(url, request);
}

async function checkSqlite(file: string, request: DiagnosisRequest): Promise<DatabaseCheck> {
  const version = `SQLite ${sqliteVersion()}`;
  const bytes = await databaseBytes(file).catch(() => null);
  if (bytes === null) {
    const found = `There is no database in ${dirname(file)} yet.`;
    const advice = 'The first start makes one. If there was one: is this the right data folder? See `restore latest`.';
    return { findings: [{ name: 'database', status: 'warning', found, advice }], version, bytes };
  }
  const problems = await checkDatabaseFile(file).catch((error) => [describeError(error)]);
  if (problems.length > 0) {
    const found = `The database is damaged: ${problems.join('; ')}`;
    return {
      findings: [{ name: 'database', status: 'bad', found, advice: await rescue(request.dataDir) }],
      version,
      bytes,
    };
  }
  const sound: Finding = { name: 'database', status: 'good', found: 'The database holds together (quick check).' };
  const schema = judgeSchema((await schemaOf(file)) ?? []);
  return { findings: [sound, schema, ...(await judgeContent(file, schema, request))], version, bytes };
}

async function rescue(dataDir: string): Promise<string> {
  const [newest] = await listBackups(dataDir);
  return newest
    ? `Stop the station and run "packwright restore latest" (backup of ${newest.at}); the damaged database is kept aside.`
    : 'Stop the station and restore a copy made by other means; Packwright has no backup of it.';
}

async function checkPostgres(url: string, request: DiagnosisRequest): Promise<DatabaseCheck> {
  let database: Database;
  try {
    database = await openDatabase(url);
  } catch (error) {
    return { findings: [{ name: 'database', status: 'bad', found: describeError(error) }], version: '', bytes: null };
  }
  try {
    const facts = await database.read.raw(
      "select current_setting('server_version') as version, current_setting('server_version_num')::int as number, pg_database_size(current_database()) as bytes",
    );
    const { version, number, bytes } = facts.rows[0];
    const names = await database
      .read('knex_migrations')
      .orderBy('id')
      .select('name')
      .catch(() => []);
    const schema = judgeSchema(names.map((row: { name: string }) => row.name));
    const findings = [judgePostgres(version, number), postgresBackups, schema];
    return {
      findings: [...findings, ...(await judgeContent(url, schema, request))],
      version: `PostgreSQL ${version}`,
      bytes,
    };
  } finally {
    await database.close();
  }
}

const postgresBackups: Finding = {
  name: 'backups',
  status: 'not-checked',
  found: 'Backups of a PostgreSQL server are made there by its administrator, with pg_dump for example.',
  advice: 'Ask when the last one was made and when it was last restored on trial.',
};

function judgePostgres(version: string, number: number): Finding {
  const found = `The server answers, PostgreSQL ${version}.`;
  if (number >= OLDEST_POSTGRES) return { name: 'database', status: 'good', found };
  return { name: 'database', status: 'warning', found, advice: 'Update the server to PostgreSQL 13 or newer.' };
}

function judgeSchema(names: readonly string[]): Finding {
  const name = 'schema';
  const known = new Set(migrations.map((migration) => migration.name));
  const newer = names.filter((one) => !known.has(one));
  if (newer.length > 0)
    return {
      name,
      status: 'bad',
      found: `The database was written by a newer version (${newer.join(', ')}).`,
      advice: 'Update this program.',
    };
  const missing = known.size - names.length;
  if (missing === 0) return { name, status: 'good', found: 'The database has the form this version knows.' };
  return {
    name,
    status: 'warning',
    found: `${missing} changes of form are missing.`,
    advice: 'The next start makes them.',
  };
}

async function judgeContent(url: string, schema: Finding, request: DiagnosisRequest): Promise<Finding[]> {
  if (schema.status !== 'good') return [];
  return [...(await judgeBusiness(url, request)), await judgeKeys(url, request)];
}

/** What must hold at every moment of a shift, recomputed from the rows. */
async function judgeBusiness(url: string, request: DiagnosisRequest): Promise<Finding[]> {
  const name = 'business';
  const database = await openDatabase(url);
  try {
    const many = await database.read('sales_order').offset(MANY_ORDERS).first('id');
    if (many && !request.thorough) {
      const found = `More than ${MANY_ORDERS} orders: their quantities were not recomputed.`;
      return [{ name, status: 'not-checked', found, advice: 'Add --thorough outside working hours.' }];
    }
    const results = await invariantsOf({ database });
    const broken = results.filter((one) => one.broken.length > 0);
    if (broken.length === 0)
      return [{ name, status: 'good', found: `${results.length} rules of orders, stock and labels hold.` }];
    const advice = 'Keep a backup of this moment and send it with the log to those who look after Packwright.';
    return broken.map((one) => ({
      name,
      status: 'bad' as const,
      found: `Broken: ${one.name} (${one.broken.slice(0, 5).join(', ')}).`,
      advice,
    }));
  } finally {
    await database.close();
  }
}

async function judgeBackups({ dataDir, now }: DiagnosisRequest, database: string): Promise<Finding> {
  const name = 'backups';
  const backups = await listBackups(dataDir);
  const [newest] = backups;
  const exists = (await stat(database).catch(() => undefined)) !== undefined;
  if (!newest)
    return exists
      ? { name, status: 'warning', found: 'There is no backup yet.', advice: 'Run "packwright backup".' }
      : { name, status: 'good', found: 'There is nothing to back up yet.' };
  const found = `Backups: ${backups.length}, the newest of ${newest.at}.`;
  if (now.getTime() - Date.parse(newest.at) <= BACKUP_LATE_MS) return { name, status: 'good', found };
  return { name, status: 'warning', found, advice: 'Run "packwright backup"; the log says why the daily one failed.' };
}
