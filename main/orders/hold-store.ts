import type { Tx } from '../db/unit-of-work.ts';

export interface OrderHold {
  readonly reason: string;
  readonly detail: string;
  readonly since: string;
  /** Instant at which it ends by itself; null where somebody has to lift it. */
  readonly until: string | null;
}

/** The hold that stands at this instant. */
export async function findHold(tx: Tx, orderId: string, now: string): Promise<OrderHold | undefined> {
  return tx('order_hold')
    .where({ order_id: orderId })
    .where((standing) => standing.whereNull('until').orWhere('until', '>', now))
    .first<OrderHold | undefined>('reason', 'detail', 'since', 'until');
}

/** Whether a hold stands, said only once whoever sets or ends one at this moment is done, and true until this is done. */
export async function isHeldFirmly(tx: Tx, orderId: string, now: string): Promise<boolean> {
  await tx('order_hold').where({ order_id: orderId }).forUpdate().first('order_id');
  return (await findHold(tx, orderId, now)) !== undefined;
}

export async function setHold(tx: Tx, orderId: string, hold: OrderHold & { by: string | null }): Promise<void> {
  const { reason, detail, since, until, by } = hold;
  await tx('order_hold').insert({ order_id: orderId, reason, detail, since, until, by }).onConflict('order_id').merge();
}

export async function removeHold(tx: Tx, orderId: string): Promise<number> {
  return tx('order_hold').where({ order_id: orderId }).delete();
}

/** Holds whose time is over, the oldest first. */
export async function listEndedHolds(
  tx: Tx,
  now: string,
  limit: number,
): Promise<{ orderId: string; reason: string }[]> {
  return tx('order_hold')
    .where('until', '<=', now)
    .orderBy('until')
    .limit(limit)
    .select('order_id as orderId', 'reason');
}

/** Removes a hold only if its time is still over; false when somebody set another one meanwhile. */
export async function removeEndedHold(tx: Tx, orderId: string, now: string): Promise<boolean> {
  return (await tx('order_hold').where({ order_id: orderId }).where('until', '<=', now).delete()) === 1;
}
