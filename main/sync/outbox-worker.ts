import { AppError } from '../../shared/errors.ts';
import { onWake } from '../db/on-wake.ts';
import type { Handle } from '../db/rows.ts';
import type { Deps } from '../db/unit-of-work.ts';
import { isGone, retireOwner } from './outbox-owner.ts';

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
  readonly last_error: string | null;
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
const MAX_DELAY_SECONDS = 900;
/** Clocks of two stations may differ by so much. */
const CLOCK_SKEW_MS = 300_000;
const BATCH = 10;
const MAX_ATTEMPTS = 12;

/** Seconds until the next try: 2, 4, 8 … capped at 15 minutes, plus up to a fifth so that benches do not march in step. */
export function delayBeforeAttempt(attempts: number, random: number): number {
  const seconds = Math.min(MAX_DELAY_SECONDS, 2 ** attempts);
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
 *
 * What a worker of this PC had taken when its process ended is taken back at once: after a power cut nobody waits for a
 * lease. `owner` is from `newOwner`.
 */
export function startOutboxWorker(deps: Deps, topics: ReadonlyMap<string, TopicHandler>, owner: string): OutboxWorker {
  let hasTakenBack = false;
  const worker = onWake(TICK_MS, async (closed) => {
    if (!hasTakenBack) await takeBack(deps, [...topics.keys()]);
    hasTakenBack = true;
    while (!closed()) {
      const rows = await claim(deps, [...topics.keys()], owner);
      if (rows.length === 0) return;
      for (const row of rows) await (closed() ? release(deps, row) : deliver(deps, topics, row));
    }
  });
  return {
    wake: worker.wake,
    async drain() {
      worker.wake();
      await worker.idle();
    },
    async close() {
      await worker.close();
      retireOwner(owner);
    },
  };
}

/** Ends the leases of workers that will not come back. */
async function takeBack(deps: Deps, topics: readonly string[]): Promise<void> {
  const { database } = deps;
  const owners: { owner: string | null }[] = await database
    .read('outbox')
    .where({ state: 'sending' })
    .whereIn('topic', [...topics])
    .distinct('lease_owner as owner');
  const gone = owners.flatMap(({ owner }) => (owner !== null && isGone(owner) ? [owner] : []));
  if (gone.length === 0) return;
  await database
    .write('outbox')
    .where({ state: 'sending' })
    .whereIn('lease_owner', gone)
    .update({ lease_until: new Date(0).toISOString() });
}

/**
 * Messages that are due, and those that a station which is gone had taken.
 *
 * What lies further ahead than any wait or lease can was written before the clock was put back.
 */
async function claim(deps: Deps, topics: readonly string[], owner: string): Promise<OutboxRow[]> {
  const { database } = deps;
  const inMs = (ms: number): string => new Date(deps.clock().getTime() + ms).toISOString();
  // The next millisecond: what is due now is outside the range.
  const now = inMs(1);
  const leaseUntil = inMs(LEASE_MS);
  const latestLease = inMs(LEASE_MS + CLOCK_SKEW_MS);
  const latestDue = inMs(MAX_DELAY_SECONDS * 1_200 + CLOCK_SKEW_MS);
  const candidates = (handle: Handle) =>
    handle<OutboxRow>('outbox')
      .whereIn('topic', topics)
      .where((due) =>
        due
          .where((fresh) => fresh.where({ state: 'pending' }).whereNotBetween('due_at', [now, latestDue]))
          .orWhere((stale) => stale.where({ state: 'sending' }).whereNotBetween('lease_until', [now, latestLease])),
      )
      .orderBy(['due_at', 'id'])
      .limit(BATCH);
  // Looked at before it is locked: an idle worker must not keep taking SQLite's only write lock.
  if (database.dialect === 'sqlite' && (await candidates(database.read).first('id')) === undefined) return [];
  return database.write.transaction(async (tx) => {
    const query = candidates(tx).select('*');
    const rows: OutboxRow[] = await (database.dialect === 'postgres' ? query.forUpdate().skipLocked() : query);
    if (rows.length === 0) return [];
    await tx('outbox')
      .whereIn(
        'id',
        rows.map((row) => row.id),
      )
      .update({ state: 'sending', lease_until: leaseUntil, lease_owner: owner, version: tx.raw('version + 1') });
    // A message that was being sent when its station went counts as tried: it may be what ended the station.
    return rows.map((row) => ({
      ...row,
      attempts: row.attempts + (row.state === 'sending' ? 1 : 0),
      version: row.version + 1,
    }));
  });
}

async function deliver(deps: Deps, topics: ReadonlyMap<string, TopicHandler>, row: OutboxRow): Promise<void> {
  const handler = topics.get(row.topic);
  if (!handler) return;
  let fault: unknown;
  try {
    if (row.attempts >= MAX_ATTEMPTS) throw new Error(`given up: ${row.last_error ?? 'no attempt came to an end'}`);
    await handler({ id: row.id, key: row.key, payload: JSON.parse(row.payload) });
  } catch (error) {
    fault = error ?? new Error('unknown fault');
  }
  await settle(deps, row, fault);
}

async function settle(deps: Deps, row: OutboxRow, fault: unknown): Promise<void> {
  const attempts = row.attempts + 1;
  if (fault === undefined) return note(deps, row, { attempts, state: 'sent', last_error: null });
  const retry = isPassing(fault) && attempts < MAX_ATTEMPTS;
  const dueAt = new Date(deps.clock().getTime() + delayBeforeAttempt(attempts, Math.random())).toISOString();
  const reason = fault instanceof Error ? fault.message : String(fault);
  return note(deps, row, {
    attempts,
    state: retry ? 'pending' : 'parked',
    due_at: dueAt,
    last_error: reason.slice(0, 2000),
  });
}

/** Gives back what was taken and not begun. */
function release(deps: Deps, row: OutboxRow): Promise<void> {
  return note(deps, row, { attempts: row.attempts, state: 'pending' });
}

/** Only over the claim that was made: when its lease had ended, another station's word counts. */
async function note(
  deps: Deps,
  row: OutboxRow,
  change: Readonly<Record<string, string | number | null>>,
): Promise<void> {
  await deps.database
    .write('outbox')
    .where({ id: row.id, state: 'sending', version: row.version })
    .update({ ...change, lease_until: null, lease_owner: null, version: row.version + 1 });
}
