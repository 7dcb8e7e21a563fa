import type { AttributionRule } from '../../shared/model/attribution.ts';
import type { Handle } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';

/** The shipper's own rules of where orders come from, first one first. */
export async function listRules(handle: Handle): Promise<AttributionRule[]> {
  return handle('attribution_rule').orderBy('position').select('kind', 'match', 'channel');
}

export async function replaceRules(tx: Tx, rules: readonly AttributionRule[]): Promise<void> {
  await tx('attribution_rule').delete();
  for (const [position, { kind, match, channel }] of rules.entries())
    await tx('attribution_rule').insert({ position, kind, match, channel });
}
