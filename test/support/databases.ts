import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { openWorld, type World, type WorldOptions } from './world.ts';

export const databaseKinds = ['sqlite', 'postgres'] as const;
export type DatabaseKind = (typeof databaseKinds)[number];

/** Whether this run has a PostgreSQL server; tests say so when it has none. */
export function hasDatabase(kind: DatabaseKind): boolean {
  return kind === 'sqlite' || inject('postgresUrl') !== undefined;
}

/** An empty database of its own, or a copy of the PostgreSQL database `like`; `remove` drops it again. */
export async function freshDatabase(
  kind: DatabaseKind,
  like?: string,
): Promise<{ url?: string; remove(): Promise<void> }> {
  const admin = inject('postgresUrl');
  if (kind === 'sqlite' || !admin) return { remove: async () => undefined };
  const name = `packwright_${randomBytes(6).toString('hex')}`;
  await asAdmin(admin, `create database ${name}${like ? ` template ${new URL(like).pathname.slice(1)}` : ''}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return { url: url.toString(), remove: () => asAdmin(admin, `drop database if exists ${name} with (force)`) };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Databases of this test file that no station uses now: emptying one is much faster than making another. */
const idle: string[] = [];

async function emptyDatabase(kind: DatabaseKind): ReturnType<typeof freshDatabase> {
  const url = kind === 'postgres' ? (idle.pop() ?? (await freshDatabase(kind)).url) : undefined;
  if (!url) return { remove: async () => undefined };
  return {
    url,
    remove: async () => {
      await asAdmin(url, EMPTY);
      idle.push(url);
    },
  };
}

/**
 * Everything but the list of migrations; the journal's triggers forbid it to anyone but the administrator.
 * Few rows are deleted faster than thirty tables are truncated.
 */
const EMPTY = `do $$ declare name text; begin
  set local session_replication_role = replica;
  for name in select tablename from pg_tables where schemaname = current_schema() and tablename not like 'knex%'
  loop execute format('delete from %I', name); end loop;
end $$`;

afterAll(async () => {
  const admin = inject('postgresUrl');
  for (const url of idle.splice(0))
    await asAdmin(admin ?? url, `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`);
});

/** A whole station on a fresh database of the kind; closing it removes the database. */
export async function openWorldOn(kind: DatabaseKind, options: WorldOptions = {}): Promise<World> {
  const database = await emptyDatabase(kind);
  const world = await openWorld({ ...options, ...(database.url ? { databaseUrl: database.url } : {}) });
  return {
    ...world,
    close: async () => {
      await world.close();
      await database.remove();
    },
  };
}

/** A database that outlives its stations: `openWorld(place.options)` as often as wanted, several at a time. */
export async function lastingPlace(kind: DatabaseKind): Promise<{ options: WorldOptions; remove(): Promise<void> }> {
  const database = await emptyDatabase(kind);
  const dataDir = await mkdtemp(join(tmpdir(), 'packwright-place-'));
  return {
    options: { dataDir, ...(database.url ? { databaseUrl: database.url } : {}) },
    remove: async () => {
      await rm(dataDir, { recursive: true, force: true });
      await database.remove();
    },
  };
}
