import { AsyncLocalStorage } from 'node:async_hooks';
import type { Knex } from 'knex';
import type { Actor } from '../../shared/model/actor.ts';
import type { Database } from './database.ts';
import { insertRow } from './rows.ts';
import { isTransient, withStoreName } from './store-faults.ts';

declare const txBrand: unique symbol;
/** A transaction of a unit of work; only `runUnitOfWork` makes one, so no store can be called outside it. */
export type Tx = Knex.Transaction & { readonly [txBrand]: true };

/** One fact of the journal: past tense, about one subject, ids only, no personal data. */
export interface JournalEntry {
  readonly kind: string;
  readonly subject: string;
  readonly from?: string;
  readonly to?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** An effect outside the database, delivered by the outbox worker after the commit. */
export interface OutboxMessage {
  readonly topic: string;
  readonly key: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface UnitOfWork {
  readonly tx: Tx;
  readonly actor: Actor;
  /** Instant of this command, ISO-8601 UTC with milliseconds. */
  readonly now: string;
  readonly newId: () => string;
  record(entry: JournalEntry): void;
  /** Says that nothing was written after all; otherwise a unit of work without a journal row is a fault. */
  unchanged(): void;
  enqueue(message: OutboxMessage): void;
  emit(name: string, payload: Readonly<Record<string, unknown>>): void;
}

export interface Deps {
  readonly database: Database;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** Rung after a commit that left outbox messages or events behind. */
  readonly bell: { outbox(): void; events(): void };
}

interface Collected {
  readonly journal: JournalEntry[];
  readonly outbox: OutboxMessage[];
  readonly events: { name: string; payload: Readonly<Record<string, unknown>> }[];
  unchanged: boolean;
}

const running = new AsyncLocalStorage<true>();
const MAX_ATTEMPTS = 3;

/**
 * Runs one command as one transaction; state, journal, outbox and answer commit together or not at all.
 *
 * A repeat of the same `actor.commandId` returns the first answer and changes nothing, hence the answer must be JSON.
 * Runs again (at most three times) when the database asks for it, hence `work` must not touch anything but `tx`.
 */
export async function runUnitOfWork<T>(deps: Deps, actor: Actor, work: (uow: UnitOfWork) => Promise<T>): Promise<T> {
  if (running.getStore()) throw new Error('A unit of work was opened inside another: call the step, not the command.');
  return running.run(true, async () => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await runOnce(deps, actor, work);
      } catch (error) {
        const command = commandKey(actor);
        const earlier = command ? await findAnswer(deps, command) : undefined;
        if (earlier) return JSON.parse(earlier) as T; // the same command's own answer, stored as JSON by runOnce
        if (attempt >= MAX_ATTEMPTS || !isTransient(error)) throw withStoreName(error);
        await new Promise((resolve) => setTimeout(resolve, attempt * 15 + Math.random() * 15));
      }
    }
  });
}

async function runOnce<T>(deps: Deps, actor: Actor, work: (uow: UnitOfWork) => Promise<T>): Promise<T> {
  const collected: Collected = { journal: [], outbox: [], events: [], unchanged: false };
  const now = deps.clock().toISOString();
  const answer = await deps.database.write.transaction(async (trx) => {
    const tx = trx as Tx; // the one place where the brand is given
    const result = await work({
      tx,
      actor,
      now,
      newId: deps.newId,
      record: (entry) => void collected.journal.push(entry),
      unchanged: () => {
        collected.unchanged = true;
      },
      enqueue: (message) => void collected.outbox.push(message),
      emit: (name, payload) => void collected.events.push({ name, payload }),
    });
    await saveTraces(tx, { deps, actor, now, collected });
    const command = commandKey(actor);
    if (command) await insertRow(tx, 'inbox', { command_id: command, at: now, answer: JSON.stringify(result ?? null) });
    return result;
  });
  // Whoever wakes up opens units of work of its own: it must not inherit that this one is running.
  running.exit(() => {
    if (collected.outbox.length > 0) deps.bell.outbox();
    if (collected.events.length > 0) deps.bell.events();
  });
  return answer;
}

async function saveTraces(
  tx: Tx,
  traces: { deps: Deps; actor: Actor; now: string; collected: Collected },
): Promise<void> {
  const { deps, actor, now, collected } = traces;
  if (collected.journal.length === 0 && collected.unchanged) return;
  if (collected.journal.length === 0) throw new Error('A unit of work left no journal row.');
  const journal = collected.journal.map((entry) => ({
    id: deps.newId(),
    at: now,
    operator_id: actor.operatorId,
    station_id: actor.stationId,
    command_id: actor.commandId ?? null,
    kind: entry.kind,
    subject: entry.subject,
    from_state: entry.from ?? null,
    to_state: entry.to ?? null,
    data: JSON.stringify(entry.data ?? {}),
  }));
  await insertMany(tx, 'journal', journal);
  const messages = collected.outbox.map(({ topic, key, payload }) => ({
    id: deps.newId(),
    topic,
    key,
    payload: JSON.stringify(payload),
    state: 'pending',
    attempts: 0,
    due_at: now,
    created_at: now,
    version: 1,
  }));
  await insertMany(tx, 'outbox', messages);
  await insertMany(
    tx,
    'event',
    collected.events.map(({ name, payload }) => ({ at: now, name, payload: JSON.stringify(payload) })),
  );
}

/** Inserts many rows in statements small enough for SQLite's limit on variables. */
export async function insertMany(
  tx: Tx,
  table: string,
  rows: readonly Readonly<Record<string, string | number | null>>[],
): Promise<void> {
  const first = rows[0];
  if (!first) return;
  if (rows.length === 1) return insertRow(tx, table, first);
  // Both databases take 32,000 values a statement; SQLite no more than 500 rows.
  const size = Math.max(1, Math.min(400, Math.floor(30_000 / Object.keys(first).length)));
  for (let start = 0; start < rows.length; start += size) {
    await tx(table).insert(rows.slice(start, start + size));
  }
}

/** A key that another bench or another call used is another command. */
export function commandKey(actor: Actor): string | undefined {
  return actor.commandId && [actor.stationId ?? '', actor.call ?? '', actor.commandId].join(' ');
}

/** The answer that a command left, as JSON. */
export async function findAnswer(deps: Deps, commandId: string): Promise<string | undefined> {
  const row = await deps.database
    .read('inbox')
    .where({ command_id: commandId })
    .first('answer')
    .catch(() => undefined);
  return row?.answer;
}
