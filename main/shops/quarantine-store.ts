import type { Handle } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';

export interface SetAside {
  readonly shopId: string;
  readonly externalId: string;
  readonly reason: string;
}

/** Sets an order aside, or counts that it came broken once more. */
export async function setAside(tx: Tx, order: SetAside, now: string): Promise<void> {
  const key = { shop_id: order.shopId, external_id: order.externalId };
  const again = await tx('shop_quarantine')
    .where(key)
    .update({ reason: order.reason, last_at: now, times: tx.raw('times + 1') });
  if (again === 0)
    await tx('shop_quarantine').insert({ ...key, reason: order.reason, first_at: now, last_at: now, times: 1 });
}

/** These orders could be read after all. */
export async function clearAside(tx: Tx, shopId: string, externalIds: readonly string[]): Promise<void> {
  if (externalIds.length === 0) return;
  await tx('shop_quarantine')
    .where({ shop_id: shopId })
    .whereIn('external_id', [...externalIds])
    .delete();
}

/** Why these orders of a shop are set aside, by id. */
export async function reasonsAside(
  handle: Handle,
  shopId: string,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows: { externalId: string; reason: string }[] = await handle('shop_quarantine')
    .where({ shop_id: shopId })
    .whereIn('external_id', [...externalIds])
    .select('external_id as externalId', 'reason');
  return new Map(rows.map(({ externalId, reason }) => [externalId, reason]));
}

/** Orders of a shop whose reason begins like this, with the instant at which they were set aside first. */
export async function listAside(
  handle: Handle,
  shopId: string,
  reason: string,
): Promise<{ readonly externalId: string; readonly firstAt: string }[]> {
  return handle('shop_quarantine')
    .where({ shop_id: shopId })
    .where('reason', 'like', `${reason}%`)
    .orderBy('first_at')
    .limit(100)
    .select('external_id as externalId', 'first_at as firstAt');
}
