import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { openWorld, type World, type WorldOptions } from './world.ts';

export const databaseKinds = ['sqlite', 'postgres'] as const;
export type DatabaseKind = (typeof databaseKinds)[number];

/** Whether this run has a PostgreSQL server; tests say so when it has none. */
export function hasDatabase(kind: DatabaseKind): boolean {
  return kind === 'sqlite' || inject('postgresUrl') !== undefined;
}

/** An empty database of its own; `remove` drops it again. */
export async function freshDatabase(kind: DatabaseKind): Promise<{ url?: string; remove(): Promise<void> }> {
  const admin = inject('postgresUrl');
  if (kind === 'sqlite' || !admin) return { remove: async () => undefined };
  const name = `packwright_${randomBytes(6).toString('hex')}`;
  await asAdmin(admin, `create database ${name}`);
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

/** A whole station on a fresh database of the kind; closing it removes the database. */
export async function openWorldOn(kind: DatabaseKind, options: WorldOptions = {}): Promise<World> {
  const database = await freshDatabase(kind);
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
  const database = await freshDatabase(kind);
  const dataDir = await mkdtemp(join(tmpdir(), 'packwright-place-'));
  return {
    options: { dataDir, ...(database.url ? { databaseUrl: database.url } : {}) },
    remove: async () => {
      await rm(dataDir, { recursive: true, force: true });
      await database.remove();
    },
  };
}
