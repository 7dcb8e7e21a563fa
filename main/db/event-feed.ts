import type { Knex } from 'knex';
import type { Database } from './database.ts';

/** One event as a subscriber gets it; `id` resumes the stream after it, and is empty for passing readings. */
export interface FeedEvent {
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
}

export interface EventFeed {
  /** Calls `listener` with everything after `lastId` (or from now on). Returns what ends it. */
  subscribe(lastId: string | undefined, listener: (event: FeedEvent) => void): Promise<() => void>;
  /** Sends a reading that is not kept (scale, progress). */
  pass(name: string, payload: unknown): void;
  /** Looks for new events now instead of at the next tick. */
  wake(): void;
  close(): Promise<void>;
}

interface EventRow {
  readonly seq: number;
  readonly tx_id?: number;
  readonly name: string;
  readonly payload: string;
}

interface Position {
  readonly txId: number;
  readonly seq: number;
}

const PAGE = 500;
const TICK_MS = 1_000;

const idOf = (row: EventRow): string => `${row.tx_id ?? 0}.${row.seq}`;

function positionOf(id: string): Position | undefined {
  const match = /^(\d+)\.(\d+)$/.exec(id);
  return match ? { txId: Number(match[1]), seq: Number(match[2]) } : undefined;
}

/** Rows after a position. On PostgreSQL only those that no open transaction can still come before. */
function rowsAfter(database: Database, position: Position): Knex.QueryBuilder<EventRow, EventRow[]> {
  const query = database.read<EventRow, EventRow[]>('event');
  if (database.dialect === 'sqlite') {
    return query.where('seq', '>', position.seq).orderBy('seq').limit(PAGE).select('seq', 'name', 'payload');
  }
  return query
    .whereRaw('(tx_id, seq) > (?, ?)', [position.txId, position.seq])
    .whereRaw('tx_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint')
    .orderBy([{ column: 'tx_id' }, { column: 'seq' }])
    .limit(PAGE)
    .select('seq', 'tx_id', 'name', 'payload');
}

async function lastPosition(database: Database): Promise<Position> {
  const order =
    database.dialect === 'sqlite'
      ? [{ column: 'seq', order: 'desc' }]
      : [
          { column: 'tx_id', order: 'desc' },
          { column: 'seq', order: 'desc' },
        ];
  const row = await database.read<EventRow>('event').orderBy(order).first();
  return { txId: row?.tx_id ?? 0, seq: row?.seq ?? 0 };
}

/**
 * Reads the `event` table by cursor and hands rows to every subscriber, once each, in commit order.
 *
 * The table is the truth, so a station restarted or another process on the same data loses nothing; bells only hasten it.
 */
export async function openEventFeed(database: Database): Promise<EventFeed> {
  const listeners = new Set<(event: FeedEvent) => void>();
  let position = await lastPosition(database);
  let closed = false;
  let reading: Promise<void> | undefined;
  let again = false;

  const readOn = async (): Promise<void> => {
    do {
      again = false;
      for (;;) {
        const rows = await rowsAfter(database, position);
        for (const row of rows) {
          position = { txId: row.tx_id ?? 0, seq: row.seq };
          const event = { id: idOf(row), name: row.name, payload: JSON.parse(row.payload) as unknown };
          for (const listener of listeners) listener(event);
        }
        if (rows.length < PAGE) break;
      }
    } while (again && !closed);
  };
  const wake = (): void => {
    if (closed) return;
    again = true;
    reading ??= readOn()
      // The database may be away for a moment; the next tick reads on from the same position.
      .catch(() => undefined)
      .finally(() => {
        reading = undefined;
      });
  };
  const timer = setInterval(wake, TICK_MS);
  timer.unref();

  return {
    wake,
    pass: (name, payload) => {
      for (const listener of listeners) listener({ id: '', name, payload });
    },
    async subscribe(lastId, listener) {
      const from = lastId ? positionOf(lastId) : undefined;
      const held: FeedEvent[] = [];
      let live = false;
      const deliver = (event: FeedEvent): void => void (live ? listener(event) : held.push(event));
      listeners.add(deliver);
      const seen = new Set<string>();
      if (from) {
        for (const row of await rowsAfter(database, from)) {
          seen.add(idOf(row));
          listener({ id: idOf(row), name: row.name, payload: JSON.parse(row.payload) as unknown });
        }
      }
      live = true;
      for (const event of held) if (!seen.has(event.id)) listener(event);
      return () => void listeners.delete(deliver);
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await reading;
    },
  };
}

/** Forgets events older than `before`; a subscriber that comes back later than that fetches everything anew. */
export async function pruneEvents(database: Database, before: string): Promise<void> {
  await database.write('event').where('at', '<', before).delete();
}
