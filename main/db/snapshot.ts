import type { Database } from './database.ts';
import type { Handle } from './rows.ts';

/**
 * Runs several reads on one picture of the database, whoever writes meanwhile.
 *
 * On SQLite it keeps the read connection to itself: for checks and reports, not for screens.
 */
export function readSnapshot<T>(database: Database, work: (read: Handle) => Promise<T>): Promise<T> {
  // SQLite gives each transaction its own picture; PostgreSQL only when asked.
  const isolated = database.dialect === 'postgres' ? { isolationLevel: 'repeatable read' as const } : {};
  return database.read.transaction(work, { ...isolated, readOnly: true });
}
