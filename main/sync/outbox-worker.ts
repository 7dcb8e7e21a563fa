import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import { onWake } from '../db/on-wake.ts';
import type { Handle } from '../db/rows.ts';
import type { Deps } from '../db/unit-of-work.ts';
import { type HeldMessages, holdMessages } from './outbox-leases.ts';
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
  readonly created_at: string;
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
/** A shop that is down over a long weekend hears of its parcels on Tuesday. */
const PATIENCE_MS = 3 * 24 * 3_600_000;

export interface WorkerOptions {
  /** From `newOwner`. */
  readonly owner: string;
  /**
   * So many messages are delivered at once, those of one key one after the other in their order. 1: all in order, and a
   * message that keeps failing is given up after twelve tries.
   */
  readonly lanes?: number;
  /** How long a message stays taken when its station says nothing more; renewed while it is under way. */
  readonly leaseMs?: number;
  /** How often it looks without being woken, ms. */
  readonly tickMs?: number;
  /** What became of a message. */
  readonly onSettled?: (settled: SettledMessage) => void;
}

export interface SettledMessage {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly state: 'sent' | 'pending' | 'parked';
  readonly reason: string | null;
}

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

/** To a shop nothing is told blindly twice: whatever it did not plainly refuse is tried again. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  return ['conflict', 'device'].includes(error.kind) || (error.kind === 'remote' && !error.code.endsWith('.refused'));
}

/**
 * Takes due messages by a conditional update with a lease (several stations share one table), hands each to the handler
 * of its topic, and notes what became of it. A handler must cope with a message that comes twice.
 *
 * What a worker of this PC had taken when its process ended is taken back at once: after a power cut nobody waits for a
 * lease.
 */
export function startOutboxWorker(
  deps: Deps,
  topics: ReadonlyMap<string, TopicHandler>,
  options: WorkerOptions,
): OutboxWorker {
  const { owner } = options;
  const names = [...topics.keys()];
  let hasTakenBack = false;
  const held = holdMessages(deps, options.leaseMs ?? LEASE_MS);
  const worker = onWake(options.tickMs ?? TICK_MS, async (closed) => {
    if (!hasTakenBack) await takeBack(deps, names);
    hasTakenBack = true;
    const work = { deps, topics, options, closed, held };
    await ((options.lanes ?? 1) > 1 ? deliverSideBySide(work) : deliverInOrder(work));
  });
  return {
    wake: worker.wake,
    async drain() {
      worker.wake();
      await worker.idle();
    },
    async close() {
      await worker.close();
      await held.close();
      retireOwner(owner);
    },
  };
}

interface Work {
  readonly deps: Deps;
  readonly topics: ReadonlyMap<string, TopicHandler>;
  readonly options: WorkerOptions;
  readonly closed: () => boolean;
  readonly held: HeldMessages;
}

async function deliverInOrder(work: Work): Promise<void> {
  const { deps, closed } = work;
  while (!closed()) {
    const rows = await claim(work, BATCH);
    if (rows.length === 0) return;
    try {
      for (const row of rows) await (closed() ? release(deps, row) : deliver(work, row));
    } finally {
      work.held.drop(rows);
    }
  }
}

/** One that is slow holds up nothing but what has its own key. */
async function deliverSideBySide(work: Work): Promise<void> {
  const lanes = work.options.lanes ?? 1;
  const underWay = new Set<Promise<void>>();
  try {
    while (!work.closed()) {
      const rows = underWay.size < lanes ? await claim(work, lanes - underWay.size) : [];
      for (const row of rows) {
        const one: Promise<void> = deliver(work, row).finally(() => {
          work.held.drop([row]);
          underWay.delete(one);
        });
        underWay.add(one);
      }
      if (rows.length > 0 && underWay.size < lanes) continue;
      if (underWay.size === 0) return;
      // What is left behind meanwhile does not wait for the slowest either.
      await Promise.race([...underWay, wait(TICK_MS, undefined, { ref: false })]);
    }
  } finally {
    await Promise.allSettled(underWay);
  }
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
 * What lies further ahead than any wait or lease can was written before the clock was put back. What is under way here is
 * never taken once more, whatever became of its lease: the PC may have slept.
 */
async function claim({ deps, topics: handlers, options, held }: Work, limit: number): Promise<OutboxRow[]> {
  const { database } = deps;
  const topics = [...handlers.keys()];
  const inOrder = (options.lanes ?? 1) > 1;
  const inMs = (ms: number): string => new Date(deps.clock().getTime() + ms).toISOString();
  // The next millisecond: what is due now is outside the range.
  const now = inMs(1);
  const leaseMs = options.leaseMs ?? LEASE_MS;
  const leaseUntil = inMs(leaseMs);
  const latestLease = inMs(leaseMs + CLOCK_SKEW_MS);
  const underWay = held.ids();
  const latestDue = inMs(MAX_DELAY_SECONDS * 1_200 + CLOCK_SKEW_MS);
  const candidates = (handle: Handle) =>
    handle<OutboxRow>('outbox')
      .whereIn('topic', topics)
      .where((due) =>
        due
          .where((fresh) => fresh.where({ state: 'pending' }).whereNotBetween('due_at', [now, latestDue]))
          .orWhere((stale) => stale.where({ state: 'sending' }).whereNotBetween('lease_until', [now, latestLease])),
      )
      .modify((query) => {
        if (inOrder) query.whereNotExists(earlierOfKey(handle, topics));
        if (underWay.length > 0) query.whereNotIn('id', underWay);
      })
      .orderBy(['due_at', 'id'])
      .limit(limit);
  // Looked at before it is locked: an idle worker must not keep taking SQLite's only write lock.
  if (database.dialect === 'sqlite' && (await candidates(database.read).first('id')) === undefined) return [];
  const claimed = await database.write.transaction(async (tx) => {
    const query = candidates(tx).select('*');
    const rows: OutboxRow[] = await (database.dialect === 'postgres' ? query.forUpdate().skipLocked() : query);
    if (rows.length === 0) return [];
    await tx('outbox')
      .whereIn(
        'id',
        rows.map((row) => row.id),
      )
      .update({
        state: 'sending',
        lease_until: leaseUntil,
        lease_owner: options.owner,
        version: tx.raw('version + 1'),
      });
    // A message that was being sent when its station went counts as tried: it may be what ended the station.
    return rows.map((row) => ({
      ...row,
      attempts: row.attempts + (row.state === 'sending' ? 1 : 0),
      version: row.version + 1,
    }));
  });
  held.hold(claimed);
  return claimed;
}

/** A correction never overtakes the shipment that it corrects. */
function earlierOfKey(handle: Handle, topics: readonly string[]): ReturnType<Handle> {
  return handle('outbox as earlier')
    .whereIn('earlier.topic', [...topics])
    .whereIn('earlier.state', ['pending', 'sending'])
    .whereRaw('earlier.key = outbox.key and earlier.id < outbox.id')
    .select('earlier.id');
}

async function deliver(work: Work, row: OutboxRow): Promise<void> {
  const { deps, topics, options } = work;
  const patient = (options.lanes ?? 1) > 1;
  const handler = topics.get(row.topic);
  if (!handler) return;
  let fault: unknown;
  try {
    if (!patient && row.attempts >= MAX_ATTEMPTS)
      throw new Error(`given up: ${row.last_error ?? 'no attempt came to an end'}`);
    await handler({ id: row.id, key: row.key, payload: JSON.parse(row.payload) });
  } catch (error) {
    fault = error ?? new Error('unknown fault');
  }
  const change = decide(deps, row, { fault, patient });
  await note(deps, row, change);
  const { id, topic, key } = row;
  options.onSettled?.({ id, topic, key, state: change.state, reason: change.last_error });
}

type Change = { readonly attempts: number; readonly last_error: string | null } & (
  | { readonly state: 'sent' }
  | { readonly state: 'pending' | 'parked'; readonly due_at: string }
);

function decide(deps: Deps, row: OutboxRow, { fault, patient }: { fault: unknown; patient: boolean }): Change {
  const attempts = row.attempts + 1;
  if (fault === undefined) return { attempts, state: 'sent', last_error: null };
  const now = deps.clock().getTime();
  const young = now - Date.parse(row.created_at) < PATIENCE_MS;
  const retry = patient ? mayPass(fault) && young : isPassing(fault) && attempts < MAX_ATTEMPTS;
  const told = fault instanceof AppError ? fault.details.retryAfterMs : undefined;
  const pause = patient && typeof told === 'number' ? Math.min(told, MAX_DELAY_SECONDS * 1_000) : 0;
  const dueAt = new Date(now + Math.max(pause, delayBeforeAttempt(attempts, Math.random()))).toISOString();
  const reason = fault instanceof Error ? fault.message : String(fault);
  return { attempts, state: retry ? 'pending' : 'parked', due_at: dueAt, last_error: reason.slice(0, 2000) };
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
