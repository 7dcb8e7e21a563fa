import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { type OutboxState, outboxMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import type { Database } from '../db/database.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';

/** One message of the outbox, for people. `key` is what it is about: an order, a parcel, a shop. */
export interface StoredMessage {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly state: OutboxState;
  readonly attempts: number;
  readonly dueAt: string;
  readonly createdAt: string;
  /** What the last try failed with, as it was written down; null before. */
  readonly lastError: string | null;
}

const COLUMNS = {
  id: 'id',
  topic: 'topic',
  key: 'key',
  state: 'state',
  attempts: 'attempts',
  dueAt: 'due_at',
  createdAt: 'created_at',
  lastError: 'last_error',
} as const;

export const OPEN_STATES: readonly OutboxState[] = ['pending', 'sending', 'unknown'];

/** Messages in these states, the oldest first. */
export async function listMessages(
  database: Database,
  asked: { readonly states: readonly OutboxState[]; readonly limit: number },
): Promise<StoredMessage[]> {
  return database
    .read('outbox')
    .whereIn('state', [...asked.states])
    .orderBy(['created_at', 'id'])
    .limit(asked.limit)
    .select(COLUMNS);
}

/** How many are given up, and how many are under way. */
export async function countMessages(database: Database): Promise<{ parked: number; open: number }> {
  const rows: { state: OutboxState; count: number | string }[] = await database
    .read('outbox')
    .whereIn('state', ['parked', ...OPEN_STATES])
    .groupBy('state')
    .select('state')
    .count('* as count');
  const of = (states: readonly OutboxState[]): number =>
    rows.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + Number(count), 0);
  return { parked: of(['parked']), open: of(OPEN_STATES) };
}

/** What was written down of a fault: our code, and the other side's own words where it had any. */
export function readReason(lastError: string | null): { readonly code: string; readonly text: string } | null {
  if (lastError === null) return null;
  const [, code = '', rest = ''] = /^([a-z][\w-]*\.[\w-]+) (\{.*\})$/s.exec(lastError) ?? [];
  if (code === '') return { code: 'outbox.fault', text: lastError.slice(0, 300) };
  try {
    const { code: theirs, text, message } = JSON.parse(rest) as Record<string, unknown>; // AppError writes its details
    const words = [theirs, text ?? message].filter((one) => typeof one === 'string' && one !== '');
    return { code, text: words.join(': ').slice(0, 300) };
  } catch {
    return { code, text: '' };
  }
}

/** Command: a message that was given up is tried again from the beginning. Error: `outbox.not-parked`. */
export async function retryMessage(deps: Deps, actor: Actor, id: string): Promise<void> {
  await move(deps, actor, { id, to: 'pending', kind: 'outbox.retried' });
  deps.bell.outbox();
}

/** Command: a message that was given up stays so: somebody did it by hand on the other side. Error: `outbox.not-parked`. */
export async function dropMessage(deps: Deps, actor: Actor, id: string): Promise<void> {
  await move(deps, actor, { id, to: 'dropped', kind: 'outbox.dropped' });
}

async function move(
  deps: Deps,
  actor: Actor,
  { id, to, kind }: { readonly id: string; readonly to: OutboxState; readonly kind: string },
): Promise<void> {
  await runUnitOfWork(deps, actor, async (uow) => {
    const row = await uow.tx('outbox').where({ id }).first('id', 'state', 'topic', 'key', 'version');
    if (!row) throw new AppError('not-found', 'outbox.unknown-message', { id });
    if (row.state !== 'parked') throw new AppError('rule', 'outbox.not-parked', { id, state: row.state });
    await moveParked(uow, row, { to, kind });
    return null;
  });
}

interface ParkedRow {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly version: number;
}

async function moveParked(
  uow: UnitOfWork,
  { id, topic, key, version }: ParkedRow,
  { to, kind }: { readonly to: OutboxState; readonly kind: string },
): Promise<void> {
  const state = transition(outboxMachine, 'parked', to);
  const fresh = to === 'pending' ? { attempts: 0, due_at: uow.now, created_at: uow.now } : {};
  const changed = await uow
    .tx('outbox')
    .where({ id, version })
    .update({ state, ...fresh, version: version + 1 });
  if (changed !== 1) throw new AppError('conflict', 'outbox.not-parked', { id });
  uow.record({ kind, subject: key, data: { topic, message: id } });
  uow.emit('shops.changed', {});
}

/** Step: what was given up about this subject is tried again, because what stood in its way is gone. */
export async function retryParked(
  uow: UnitOfWork,
  about: { readonly topic: string; readonly key: string },
): Promise<void> {
  const rows: ParkedRow[] = await uow
    .tx('outbox')
    .where({ ...about, state: 'parked' })
    .orderBy('id')
    .select('id', 'topic', 'key', 'version');
  for (const row of rows) await moveParked(uow, row, { to: 'pending', kind: 'outbox.retried' });
}
