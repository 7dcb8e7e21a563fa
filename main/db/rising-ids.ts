import { v7 as uuidv7 } from 'uuid';
import type { Database } from './database.ts';

/**
 * UUIDv7 that rise whatever the clock does, also over a restart: what was scanned last is known by the highest id.
 *
 * `last` is the highest id that was given out before.
 */
export function risingIds(clock: () => Date, last: string | undefined): () => string {
  let msecs = last === undefined ? 0 : millisecondsOf(last) + 1;
  let seq = 0;
  return () => {
    const now = clock().getTime();
    if (now > msecs) {
      msecs = now;
      seq = 0;
    } else {
      seq += 1;
    }
    return uuidv7({ msecs, seq });
  };
}

/** The first 48 bits of a UUIDv7 are the milliseconds since 1970. */
function millisecondsOf(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16) || 0;
}

/** The highest id of the journal, of which every command writes a row. */
export async function highestId(database: Database): Promise<string | undefined> {
  const row: { id: string } | undefined = await database.read('journal').orderBy('id', 'desc').first('id');
  return row?.id;
}
