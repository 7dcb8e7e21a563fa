import type { Actor } from '../../shared/model/actor.ts';
import { type AttributionRule, attribute } from '../../shared/model/attribution.ts';
import type { Database } from '../db/database.ts';
import { type Deps, runUnitOfWork } from '../db/unit-of-work.ts';
import { listRules, replaceRules } from './rule-store.ts';
import { listTraced, saveJudgement } from './source-store.ts';

/** The shipper's own rules, first one first. */
export function attributionRules(database: Database): Promise<AttributionRule[]> {
  return listRules(database.read);
}

const BATCH = 500;

/**
 * Command: replaces the shipper's own rules and judges every stored order anew by the traces that were kept with it.
 * Returns how many come from elsewhere now.
 */
export async function saveAttributionRules(
  deps: Deps,
  actor: Actor,
  rules: readonly AttributionRule[],
): Promise<{ changed: number }> {
  await runUnitOfWork(deps, actor, async (uow) => {
    await replaceRules(uow.tx, rules);
    uow.record({ kind: 'attribution.rules-changed', subject: 'attribution', data: { rules: rules.length } });
    uow.emit('shops.changed', {});
    return null;
  });
  return { changed: await judgeAnew(deps, actor) };
}

/** Command: judges every order with traces by the rules as they stand, in short units of work. */
export async function judgeAnew(deps: Deps, actor: Actor): Promise<number> {
  const { commandId: _, ...by } = actor;
  let changed = 0;
  let after = '';
  for (;;) {
    const done = await runUnitOfWork(deps, by, async (uow) => {
      const rules = await listRules(uow.tx);
      const rows = await listTraced(uow.tx, { after, limit: BATCH });
      let here = 0;
      for (const { orderId, traces, attribution, evidence } of rows) {
        const now = attribute(traces, rules);
        if (now.channel === attribution && now.evidence === evidence) continue;
        await saveJudgement(uow.tx, orderId, { attribution: now.channel, evidence: now.evidence });
        uow.record({ kind: 'order.attributed', subject: orderId, from: attribution, to: now.channel });
        here += 1;
      }
      if (here === 0) uow.unchanged();
      else uow.emit('orders.changed', {});
      return { here, last: rows.at(-1)?.orderId ?? null, more: rows.length === BATCH };
    });
    changed += done.here;
    if (!done.more || done.last === null) return changed;
    after = done.last;
  }
}
