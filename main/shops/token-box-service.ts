import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import type { StoredTokens, TokenBox } from '../channels/channel-token.ts';
import type { Deps } from '../db/unit-of-work.ts';
import type { Vault } from '../db/vault.ts';
import { leaseTokens, readTokens, saveTokens } from './token-store.ts';

/** Longer than any platform takes to answer; a bench that went away in the middle holds the others up for so long. */
const LEASE_MS = 45_000;
const LOOK_AGAIN_MS = 150;

/**
 * Tokens of one shop, sealed in the database: one renewal at a time over all benches, stored before it is used, so that a
 * refresh token that rotates is never lost between two of them.
 */
export function tokenBox(deps: Deps & { readonly vault: Vault }, shopId: string): TokenBox {
  let renewing: Promise<StoredTokens> | undefined;
  const unsealed = async (sealed: string | null): Promise<StoredTokens | null> =>
    sealed === null ? null : (JSON.parse(await deps.vault.unseal(sealed)) as StoredTokens); // sealed by `renew` only
  const read = async (): Promise<StoredTokens | null> =>
    unsealed((await readTokens(deps.database.write, shopId)).tokens);
  const renew: TokenBox['renew'] = async (stale, ask) => {
    const owner = randomUUID();
    for (const until = deps.clock().getTime() + LEASE_MS * 2; ; ) {
      const stored = await readTokens(deps.database.write, shopId);
      const present = await unsealed(stored.tokens);
      if (present && present.accessToken !== stale?.accessToken) return present;
      const now = deps.clock();
      const lease = { owner, now: now.toISOString(), until: new Date(now.getTime() + LEASE_MS).toISOString() };
      if (await leaseTokens(deps.database.write, shopId, { ...lease, version: stored.version })) {
        try {
          const fresh = await ask(present);
          const sealed = await deps.vault.seal(JSON.stringify(fresh));
          await saveTokens(deps.database.write, shopId, { owner, tokens: sealed });
          return fresh;
        } catch (error) {
          await saveTokens(deps.database.write, shopId, { owner, tokens: stored.tokens });
          throw error;
        }
      }
      if (now.getTime() > until) throw new AppError('remote', 'channel.timeout', { what: 'tokens' });
      await wait(LOOK_AGAIN_MS);
    }
  };
  return {
    read,
    renew(stale, ask) {
      renewing ??= renew(stale, ask).finally(() => {
        renewing = undefined;
      });
      return renewing;
    },
  };
}
