import type { Handlers } from '../../shared/contract/handlers.ts';
import type { shippingAccountCalls } from '../../shared/contract/shipping-accounts.ts';
import { checkAccount, connectorViews, putAccount, type ShippingDeps, withVaultProblem } from './account-service.ts';
import { accountViews, ruleViews } from './account-views.ts';
import { saveRules, versionOf } from './choice-service.ts';
import { addRange, retireRange } from './range-service.ts';

/** Carrier accounts, their number ranges and the rules. */
export function accountCalls(deps: ShippingDeps): Handlers<keyof typeof shippingAccountCalls> {
  return {
    'shipping.connectors-view': async () => ({ connectors: connectorViews(deps.carriers) }),
    'shipping.accounts-view': async () => ({
      accounts: await withVaultProblem(deps.vault, await accountViews(deps.database, connectorViews(deps.carriers))),
    }),
    'shipping.save-account': (actor, input) => putAccount(deps, actor, input),
    'shipping.check-account': async (actor, { id }) => {
      const { ok, messages } = await checkAccount(deps, actor, id);
      return { ok, messages: [...messages] };
    },
    'shipping.add-range': (actor, input) => addRange(deps, actor, input),
    'shipping.retire-range': async (actor, { id }) => {
      await retireRange(deps, actor, id);
      return {};
    },
    'shipping.rules-view': async () => {
      const rules = await ruleViews(deps.database);
      return { rules, version: versionOf(rules) };
    },
    'shipping.save-rules': (actor, input) => saveRules(deps, actor, input),
  };
}
