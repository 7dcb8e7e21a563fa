import type { Knex } from 'knex';
import type { Database } from './database.ts';
import { onWake } from './on-wake.ts';

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
/** PostgreSQL: rows that no transaction still open can come before. */
const SETTLED = 'tx_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint';

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
    .whereRaw(SETTLED)
    .orderBy([{ column: 'tx_id' }, { column: 'seq' }])
    .limit(PAGE)
    .select('seq', 'tx_id', 'name', 'payload');
}

/** The newest position that no open transaction can still come before. */
async function lastPosition(database: Database): Promise<Position> {
  const query = database.read<EventRow>('event');
  const row =
    database.dialect === 'sqlite'
      ? await query.orderBy('seq', 'desc').first('seq')
      : await query
          .whereRaw(SETTLED)
          .orderBy([
            { column: 'tx_id', order: 'desc' },
            { column: 'seq', order: 'desc' },
          ])
          .first('seq', 'tx_id');
  return row ? at(row) : { txId: 0, seq: 0 };
}

const at = (row: Pick<EventRow, 'seq' | 'tx_id'>): Position => ({ txId: row.tx_id ?? 0, seq: row.seq });

const isAfter = (one: Position, other: Position): boolean =>
  one.txId === other.txId ? one.seq > other.seq : one.txId > other.txId;

interface Told {
  readonly event: FeedEvent;
  /** Undefined for a passing reading. */
  readonly position?: Position;
}

const toldBy = (row: EventRow): Told => ({
  event: { id: idOf(row), name: row.name, payload: JSON.parse(row.payload) as unknown },
  position: at(row),
});

interface Subscriber {
  take(told: Told): void;
  /** Tells everything after `from`, page by page, then what came in meanwhile. */
  catchUp(database: Database, from: Position | undefined): Promise<void>;
}

/** One listener with what it was told last: catching up and the live feed overlap, and it must hear each event once. */
function subscriberOf(listener: (event: FeedEvent) => void): Subscriber {
  const held: Told[] = [];
  let last: Position | undefined;
  let live = false;
  const tell = ({ event, position }: Told): void => {
    if (position && last && !isAfter(position, last)) return;
    if (position) last = position;
    listener(event);
  };
  return {
    take: (told) => void (live ? tell(told) : held.push(told)),
    async catchUp(database, from) {
      last = from;
      for (let more = from !== undefined; more && last; ) {
        const rows = await rowsAfter(database, last);
        for (const row of rows) tell(toldBy(row));
        more = rows.length === PAGE;
      }
      live = true;
      for (const told of held.splice(0)) tell(told);
    },
  };
}

/** Where a subscriber left off; undefined (from now on) for an id that is none, or ahead of this database. */
async function resumeFrom(database: Database, lastId: string | undefined): Promise<Position | undefined> {
  const from = lastId === undefined ? undefined : positionOf(lastId);
  if (!from) return undefined;
  return isAfter(from, await lastPosition(database)) ? undefined : from;
}

/**
 * Reads the `event` table by cursor and hands rows to every subscriber, once each, in commit order.
 *
 * The table is the truth, so a station restarted or another process on the same data loses nothing; bells only hasten it.
 */
export async function openEventFeed(database: Database): Promise<EventFeed> {
  const subscribers = new Set<Subscriber>();
  const tell = (told: Told): void => {
    for (const subscriber of subscribers) subscriber.take(told);
  };
  let position = await lastPosition(database);
  const reader = onWake(TICK_MS, async () => {
    let rows: EventRow[];
    do {
      rows = await rowsAfter(database, position);
      for (const row of rows) {
        position = at(row);
        tell(toldBy(row));
      }
    } while (rows.length === PAGE);
  });
  return {
    wake: reader.wake,
    pass: (name, payload) => tell({ event: { id: '', name, payload } }),
    async subscribe(lastId, listener) {
      const subscriber = subscriberOf(listener);
      const leave = (): void => void subscribers.delete(subscriber);
      subscribers.add(subscriber);
      try {
        await subscriber.catchUp(database, await resumeFrom(database, lastId));
      } catch (error) {
        leave();
        throw error;
      }
      return leave;
    },
    close: reader.close,
  };
}

/** Forgets events older than `before`; a subscriber that comes back later than that fetches everything anew. */
export async function pruneEvents(database: Database, before: string): Promise<void> {
  await database.write('event').where('at', '<', before).delete();
}
