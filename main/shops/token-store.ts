import type { Handle } from '../db/rows.ts';

/** The sealed tokens of a shop, and how often they were replaced. */
export async function readTokens(
  handle: Handle,
  shopId: string,
): Promise<{ readonly tokens: string | null; readonly version: number }> {
  const row: { tokens: string | null; version: number } | undefined = await handle('shop')
    .where({ id: shopId })
    .first('tokens', 'tokens_version as version');
  return row ?? { tokens: null, version: 0 };
}

/** Takes the renewal, if nobody renewed since `version` was read and nobody else does now. */
export async function leaseTokens(
  handle: Handle,
  shopId: string,
  lease: { readonly owner: string; readonly version: number; readonly now: string; readonly until: string },
): Promise<boolean> {
  const changed = await handle('shop')
    .where({ id: shopId, tokens_version: lease.version })
    .where((free) => free.whereNull('tokens_lease_until').orWhere('tokens_lease_until', '<=', lease.now))
    .update({ tokens_lease: lease.owner, tokens_lease_until: lease.until });
  return changed === 1;
}

/** Stores what the platform gave and ends the lease; nothing where somebody else has it by now. */
export async function saveTokens(
  handle: Handle,
  shopId: string,
  saved: { readonly owner: string; readonly tokens: string | null },
): Promise<void> {
  await handle('shop')
    .where({ id: shopId, tokens_lease: saved.owner })
    .update({
      tokens: saved.tokens,
      tokens_version: handle.raw('tokens_version + 1'),
      tokens_lease: null,
      tokens_lease_until: null,
    });
}
