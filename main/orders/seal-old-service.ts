import { systemActor } from '../../shared/model/actor.ts';
import { personalOf } from '../db/personal-seal.ts';
import { type Deps, runUnitOfWork } from '../db/unit-of-work.ts';
import { listUnsealed, replaceUnsealed } from './erasure-store.ts';

/** Small enough that a scan does not wait for it. */
const ROWS_A_UNIT = 100;

/**
 * Command: seals what an older version left open in the orders, a few at a time; nothing to do the next time. Returns how
 * many. A PC without the key leaves it to one that has it.
 */
export async function sealOld(deps: Deps): Promise<number> {
  if (!deps.database.personal.isOpen) return 0;
  for (let sealed = 0, after = ''; ; ) {
    const page = await listUnsealed(deps.database.read, { after, limit: ROWS_A_UNIT });
    const last = page.at(-1);
    if (!last) return sealed;
    sealed += await runUnitOfWork(deps, systemActor, async ({ tx, unchanged }) => {
      // The facts stay what they were, only their form is another: no fact for the journal.
      unchanged();
      const seal = personalOf(tx);
      let count = 0;
      for (const { orderId, data } of page)
        count += await replaceUnsealed(tx, { orderId, data }, seal.seal(orderId, data));
      return count;
    });
    after = last.orderId;
  }
}
