import type { Deps } from '../db/unit-of-work.ts';

/** What a worker has taken and not settled. */
export interface HeldMessages {
  hold(rows: readonly { readonly id: string; readonly version: number }[]): void;
  /** Settled, given back, or left to the end of its lease. */
  drop(rows: readonly { readonly id: string }[]): void;
  ids(): string[];
  close(): Promise<void>;
}

/** A renewal may fail twice before the lease ends. */
const RENEWALS = 3;

/**
 * Renews the leases of messages that are under way, so that one that takes long is not delivered twice at once; the lease
 * of a worker that is gone ends by itself. Over the claim that was made, as settling does.
 */
export function holdMessages(deps: Deps, leaseMs: number): HeldMessages {
  const held = new Map<string, number>();
  const renew = async (): Promise<void> => {
    const until = new Date(deps.clock().getTime() + leaseMs).toISOString();
    for (const [id, version] of held)
      await deps.database.write('outbox').where({ id, state: 'sending', version }).update({ lease_until: until });
  };
  let renewing: Promise<void> | undefined;
  const timer = setInterval(() => {
    if (held.size === 0) return;
    renewing ??= renew()
      // The database may be away for a moment: the next third of the lease tries again.
      .catch(() => undefined)
      .finally(() => {
        renewing = undefined;
      });
  }, leaseMs / RENEWALS);
  timer.unref();
  return {
    hold(rows) {
      for (const { id, version } of rows) held.set(id, version);
    },
    drop(rows) {
      for (const { id } of rows) held.delete(id);
    },
    ids: () => [...held.keys()],
    async close() {
      clearInterval(timer);
      await renewing;
    },
  };
}
