import { AppError } from '../../shared/errors.ts';
import type { Deps } from '../db/unit-of-work.ts';

/** What a feature does with one message; an `AppError('remote')` that may pass is tried again later. */
export type TopicHandler = (message: {
  readonly id: string;
  readonly key: string;
  readonly payload: unknown;
}) => Promise<void>;

interface OutboxRow {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly payload: string;
  readonly state: string;
  readonly attempts: number;
  readonly version: number;
}

export interface OutboxWorker {
  wake(): void;
  /** Delivers everything that is due and comes back when nothing is left. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

const LEASE_MS = 60_000;
const TICK_MS = 2_000;
const BATCH = 10;
const MAX_ATTEMPTS = 12;

/** Seconds until the next try: 2, 4, 8 … capped at 15 minutes, plus up to a fifth so that benches do not march in step. */
export function delayBeforeAttempt(attempts: number, random: number): number {
  const seconds = Math.min(900, 2 ** attempts);
  return Math.round(seconds * (1 + random * 0.2) * 1000);
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  if (error.kind === 'conflict' || error.kind === 'device') return true;
  return error.kind === 'remote' && /\.(unreachable|throttled|timeout)$/.test(error.code);
}

/**
 * Takes due messages by a conditional update with a lease (several stations share one table), hands each to the handler
 * of its topic, and notes what became of it. A handler must cope with a message that comes twice.
 */
export function startOutboxWorker(deps: Deps, topics: ReadonlyMap<string, TopicHandler>, owner: string): OutboxWorker {
  let closed = false;
  let working: Promise<void> | undefined;
  let again = false;

  const claim = async (): Promise<OutboxRow[]> => {
    const now = deps.clock().toISOString();
    const leaseUntil = new Date(deps.clock().getTime() + LEASE_MS).toISOString();
    const candidates = (): ReturnType<typeof deps.database.write> =>
      deps.database
        .write('outbox')
        .whereIn('topic', [...topics.keys()])
        .where((due) =>
          due
            .where((fresh) => fresh.where({ state: 'pending' }).where('due_at', '<=', now))
            .orWhere((stale) => stale.where({ state: 'sending' }).where('lease_until', '<', now)),
        )
        .orderBy('due_at')
        .limit(BATCH);
    if (deps.database.dialect === 'sqlite' && (await candidates().first('id')) === undefined) return [];
    return deps.database.write.transaction(async (tx) => {
      const query = candidates().transacting(tx).select<OutboxRow[]>('*');
      const rows: OutboxRow[] =
        deps.database.dialect === 'postgres' ? await query.forUpdate().skipLocked() : await query;
      if (rows.length > 0) {
        await tx('outbox')
          .whereIn(
            'id',
            rows.map((row) => row.id),
          )
          .update({ state: 'sending', lease_until: leaseUntil, lease_owner: owner });
      }
      return rows;
    });
  };

  const settle = async (row: OutboxRow, error: unknown): Promise<void> => {
    const attempts = row.attempts + 1;
    const done = { attempts, lease_until: null, lease_owner: null, version: row.version + 1 };
    if (error === undefined) {
      await deps.database
        .write('outbox')
        .where({ id: row.id })
        .update({ ...done, state: 'sent', last_error: null });
      return;
    }
    const retry = isPassing(error) && attempts < MAX_ATTEMPTS;
    const dueAt = new Date(deps.clock().getTime() + delayBeforeAttempt(attempts, Math.random())).toISOString();
    const reason = error instanceof Error ? error.message : String(error);
    await deps.database
      .write('outbox')
      .where({ id: row.id })
      .update({ ...done, state: retry ? 'pending' : 'parked', due_at: dueAt, last_error: reason.slice(0, 2000) });
  };

  const deliver = async (row: OutboxRow): Promise<void> => {
    const handler = topics.get(row.topic);
    if (!handler) return;
    let fault: unknown;
    try {
      await handler({ id: row.id, key: row.key, payload: JSON.parse(row.payload) });
    } catch (error) {
      fault = error ?? new Error('unknown fault');
    }
    await settle(row, fault);
  };

  const workOn = async (): Promise<void> => {
    do {
      again = false;
      for (let rows = await claim(); rows.length > 0 && !closed; rows = await claim()) {
        for (const row of rows) await deliver(row);
      }
    } while (again && !closed);
  };
  const wake = (): void => {
    if (closed) return;
    again = true;
    // A database that is away for a moment leaves the messages where they are; the next tick tries again.
    working ??= workOn()
      .catch(() => undefined)
      .finally(() => {
        working = undefined;
      });
  };
  const timer = setInterval(wake, TICK_MS);
  timer.unref();
  return {
    wake,
    async drain() {
      wake();
      while (working) await working;
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await working;
    },
  };
}
