import type { Tx } from '../db/unit-of-work.ts';

export interface OrderHold {
  readonly reason: string;
  readonly detail: string;
  readonly since: string;
}

export async function findHold(tx: Tx, orderId: string): Promise<OrderHold | undefined> {
  return tx('order_hold').where({ order_id: orderId }).first<OrderHold | undefined>('reason', 'detail', 'since');
}

export async function setHold(tx: Tx, orderId: string, hold: OrderHold & { by: string | null }): Promise<void> {
  await tx('order_hold')
    .insert({ order_id: orderId, reason: hold.reason, detail: hold.detail, since: hold.since, by: hold.by })
    .onConflict('order_id')
    .merge();
}

export async function removeHold(tx: Tx, orderId: string): Promise<number> {
  return tx('order_hold').where({ order_id: orderId }).delete();
}
