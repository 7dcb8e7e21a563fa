import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { openDatabase } from '../../main/db/database.ts';
import { migrate } from '../../main/db/migrate.ts';
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

let template: ReturnType<typeof makeTemplate> | undefined;

/** PostgreSQL copies a database with today's schema faster than it migrates an empty one. */
async function migratedDatabase(kind: DatabaseKind): ReturnType<typeof freshDatabase> {
  if (kind === 'sqlite') return freshDatabase(kind);
  template ??= makeTemplate();
  return freshDatabase(kind, (await template).url);
}

async function makeTemplate(): ReturnType<typeof freshDatabase> {
  const made = await freshDatabase('postgres');
  if (!made.url) return made;
  const database = await openDatabase(made.url);
  await migrate(database);
  await database.close();
  return made;
}

afterAll(async () => (await template)?.remove());

/** A whole station on a fresh database of the kind; closing it removes the database. */
export async function openWorldOn(kind: DatabaseKind, options: WorldOptions = {}): Promise<World> {
  const database = await migratedDatabase(kind);
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
  const database = await migratedDatabase(kind);
  const dataDir = await mkdtemp(join(tmpdir(), 'packwright-place-'));
  return {
    options: { dataDir, ...(database.url ? { databaseUrl: database.url } : {}) },
    remove: async () => {
      await rm(dataDir, { recursive: true, force: true });
      await database.remove();
    },
  };
}
