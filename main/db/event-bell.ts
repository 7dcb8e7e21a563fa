import pg from 'pg';
import type { Database } from './database.ts';

/** Tells the other stations on the same PostgreSQL that there is something to read; the tables stay the truth. */
export interface EventBell {
  ring(): void;
  close(): Promise<void>;
}

const CHANNEL = 'packwright_event';
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

/**
 * LISTEN and NOTIFY on a connection of its own. A bell that cannot be heard costs a second, not an event: everybody
 * reads the table by cursor anyway, so connecting again is tried for ever and never told to anyone.
 */
export function openEventBell(database: Database, onRing: () => void): EventBell {
  if (database.dialect === 'sqlite') return { ring: () => undefined, close: async () => undefined };
  let closed = false;
  let retryMs = FIRST_RETRY_MS;
  let timer: NodeJS.Timeout | undefined;
  let client: pg.Client | undefined;

  const retry = (): void => {
    client = undefined;
    if (closed) return;
    timer = setTimeout(() => void listen(), retryMs);
    timer.unref();
    retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
  };
  const listen = async (): Promise<void> => {
    const opening = new pg.Client({ connectionString: database.url });
    let lost = false;
    const lose = (): void => {
      if (lost) return;
      lost = true;
      retry();
    };
    opening.on('error', lose);
    opening.on('end', lose);
    opening.on('notification', onRing);
    try {
      await opening.connect();
      await opening.query(`listen ${CHANNEL}`);
      if (closed) return await opening.end();
      client = opening;
      retryMs = FIRST_RETRY_MS;
      onRing();
    } catch {
      lose();
      await opening.end().catch(() => undefined);
    }
  };
  const opened = listen();

  return {
    ring: () => void database.write.raw('select pg_notify(?, ?)', [CHANNEL, '']).catch(() => undefined), // the next tick reads it
    async close() {
      closed = true;
      clearTimeout(timer);
      await opened;
      await client?.end().catch(() => undefined);
    },
  };
}
