import { ShippingRule } from '../../shared/contract/shipping-accounts.ts';
import type { Handle } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';

interface RuleRow {
  readonly id: string;
  readonly direction: string;
  readonly title: string;
  readonly active: number;
  readonly conditions: string;
  readonly choice: string;
}

/** The rules in their order; in a transaction or with the read handle. */
export async function listRules(handle: Handle): Promise<ShippingRule[]> {
  const rows: RuleRow[] = await handle('shipping_rule').orderBy('position').select('*');
  return rows.map(({ id, direction, title, active, conditions, choice }) =>
    ShippingRule.parse({
      id,
      direction,
      title,
      active: active === 1,
      conditions: JSON.parse(conditions),
      choice: JSON.parse(choice),
    }),
  );
}

/** Replaces all rules by these. */
export async function replaceRules(tx: Tx, rules: readonly ShippingRule[]): Promise<void> {
  await tx('shipping_rule').delete();
  if (rules.length === 0) return;
  await tx('shipping_rule').insert(
    rules.map((rule, position) => ({
      id: rule.id,
      position,
      direction: rule.direction,
      title: rule.title,
      active: rule.active ? 1 : 0,
      conditions: JSON.stringify(rule.conditions),
      choice: JSON.stringify(rule.choice),
    })),
  );
}
