import type { Database } from '../db/database.ts';

/** Whether the time of some hold is over. */
export async function hasEndedHold(database: Database, now: string): Promise<boolean> {
  return (await database.read('order_hold').where('until', '<=', now).first('order_id')) !== undefined;
}
