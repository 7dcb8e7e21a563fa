import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import { type DemoAccount, demoAccounts, demoRules } from '../demo/carriers.ts';
import { putAccount } from '../shipping/account-service.ts';
import { ruleViews } from '../shipping/account-views.ts';
import { saveRules, versionOf } from '../shipping/choice-service.ts';
import { addRange } from '../shipping/range-service.ts';
import type { Core } from './core.ts';
import { simulatedAccount, simulatedAddress } from './simulated-carriers.ts';

/** The demo's carriers: number ranges of nobody and simulated online carriers, so that every label works without network. */
export async function loadDemoCarriers(core: Core): Promise<void> {
  const ids = new Map<string, string>();
  for (const account of demoAccounts) {
    const id = await addAccount(core, account);
    if (id !== undefined) ids.set(account.key, id);
  }
  const rules = demoRules.flatMap(({ goal, among, ...rule }) => {
    const targets = among.flatMap(({ account, service }) => {
      const accountId = ids.get(account);
      return accountId === undefined ? [] : [{ accountId, service }];
    });
    const [first] = targets;
    if (!first) return [];
    const choice = goal === null ? { kind: 'service' as const, ...first } : { kind: goal, among: targets };
    return [{ ...rule, id: core.deps.newId(), active: true, choice }];
  });
  const expectedVersion = versionOf(await ruleViews(core.database));
  await saveRules(core.deps, systemActor, { rules, expectedVersion });
}

/** Undefined for an online account on a PC that can keep no secret: the demo goes on without it. */
async function addAccount({ deps }: Core, account: DemoAccount): Promise<string | undefined> {
  const { connector, title, config, online, cutOff, ranges } = account;
  try {
    const { id } = await putAccount(deps, systemActor, {
      ...{ id: null, expectedVersion: 0, connector, title, cutOff, timeZone: 'Europe/Paris' },
      ...(online ? splitFields(deps, connector) : { config, secrets: {} }),
      ...{ approved: false, active: true },
    });
    for (const range of ranges) await addRange(deps, systemActor, { ...range, accountId: id, block: 100 });
    return id;
  } catch (error) {
    const noSecrets = error instanceof AppError && /^(secrets|vault)\./.test(error.code);
    if (!online || !noSecrets) throw error;
    return undefined;
  }
}

function splitFields(deps: Core['deps'], connector: string) {
  const given = { ...simulatedAccount(connector), baseUrl: simulatedAddress(connector) };
  const secret = (name: string): boolean =>
    deps.carriers.find(connector)?.fields.some((field) => field.name === name && field.kind === 'secret') ?? false;
  const entries = Object.entries(given);
  return {
    config: Object.fromEntries(entries.filter(([name]) => !secret(name))),
    secrets: Object.fromEntries(entries.filter(([name]) => secret(name))),
  };
}
