import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, describe } from 'vitest';
import { type Database, openDatabase } from '../../main/db/database.ts';
import { migrate } from '../../main/db/migrate.ts';
import { type Deps, runUnitOfWork } from '../../main/db/unit-of-work.ts';
import { systemActor } from '../../shared/model/actor.ts';
import { type DatabaseKind, databaseKinds, freshDatabase, hasDatabase } from './databases.ts';
import { PATIENCE_MS } from './patience.ts';

/** A migrated database of its own without anything that runs on it. */
export interface Frame {
  readonly database: Database;
  readonly url: string;
  readonly deps: Deps;
  /** How often each bell rang. */
  readonly rung: { outbox: number; events: number };
  /** The instant that `deps.clock` tells; tests turn it. */
  readonly time: { now: number };
  /** The same data through connections of its own, as another process has them. */
  another(): Promise<Database>;
  /** Leaves an event behind, as every command does. */
  emit(payload: Readonly<Record<string, unknown>>, through?: Database): Promise<void>;
  close(): Promise<void>;
}

/** The same tests on both databases; where there is no PostgreSQL server its half shows as skipped. */
export function describeOnEach(title: string, tests: (kind: DatabaseKind) => void): void {
  for (const kind of databaseKinds)
    describe.skipIf(!hasDatabase(kind))(`${title} on ${kind}`, () => {
      afterAll(forgetTemplate);
      tests(kind);
    });
}

let template: Promise<{ url?: string; remove(): Promise<void> }> | undefined;

/** A migrated PostgreSQL database to copy: that takes a tenth of the time of migrating another one. */
function migratedTemplate(): NonNullable<typeof template> {
  template ??= freshDatabase('postgres').then(async (fresh) => {
    const database = await openDatabase(fresh.url ?? '');
    await migrate(database);
    await database.close();
    return fresh;
  });
  return template;
}

async function forgetTemplate(): Promise<void> {
  await (await template)?.remove();
  template = undefined;
}

/** The address of an empty database of the kind that nobody has opened yet. */
export async function emptyDatabase(
  kind: DatabaseKind,
  like?: string,
): Promise<{ url: string; folder: string; remove(): Promise<void> }> {
  const fresh = await freshDatabase(kind, like);
  const folder = await mkdtemp(join(tmpdir(), 'packwright-frame-'));
  return {
    url: fresh.url ?? join(folder, 'packwright.sqlite'),
    folder,
    remove: async () => {
      await fresh.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A migrated database of the kind with the deps of a unit of work. */
export async function openFrame(kind: DatabaseKind): Promise<Frame> {
  const { url, remove } = await emptyDatabase(kind, kind === 'postgres' ? (await migratedTemplate()).url : undefined);
  const database = await openDatabase(url);
  await migrate(database);
  const others: Database[] = [];
  const rung = { outbox: 0, events: 0 };
  const time = { now: Date.parse('2026-11-22T08:00:00.000Z') };
  const depsOn = (on: Database): Deps => ({
    database: on,
    clock: () => new Date(time.now),
    newId: uuidv7,
    bell: {
      outbox: () => {
        rung.outbox += 1;
      },
      events: () => {
        rung.events += 1;
      },
    },
  });
  const deps = depsOn(database);
  return {
    database,
    url,
    deps,
    rung,
    time,
    async another() {
      const other = await openDatabase(url);
      others.push(other);
      return other;
    },
    emit: (payload, through = database) =>
      runUnitOfWork(depsOn(through), systemActor, async (uow) => {
        uow.record({ kind: 'test.happened', subject: 'test' });
        uow.emit('test.happened', payload);
      }),
    async close() {
      await Promise.all([...others, database].map((open) => open.close()));
      await remove();
    },
  };
}

/** Looks again until `ready` says yes; says what it saw last when that never comes. */
export async function eventually<T>(
  look: () => T | Promise<T>,
  ready: (seen: T) => boolean,
  limitMs = PATIENCE_MS,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (ready(seen)) return seen;
    if (Date.now() > end) throw new Error(`waited ${limitMs} ms in vain; last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
