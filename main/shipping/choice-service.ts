import { createHash } from 'node:crypto';
import type { ShippingRule } from '../../shared/contract/shipping-accounts.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import type { CarrierDesk } from '../carriers/carrier-desk.ts';
import { runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { type Account, accountsOf, type ShippingDeps } from './account-service.ts';
import { type ChoosableAccount, decideService, type ServiceChoice, type ShipmentFacts } from './choice-rules.ts';
import { ownRangeOf } from './own-range-rules.ts';
import { listRules, replaceRules } from './rules-store.ts';

export type { ServiceChoice, ShipmentFacts } from './choice-rules.ts';

/** An account as rules look at it. */
export function choosable(desk: Pick<CarrierDesk, 'find'>, account: Account): ChoosableAccount {
  const { id, title, connector, active } = account;
  const own = ownRangeOf(connector);
  if (own) {
    const carrier = account.config.carrierName ?? own.title;
    const { services, maxWeightMg } = own;
    return { id, title, connector, active, carrier, platform: null, rates: false, maxWeightMg, services };
  }
  const known = desk.find(connector);
  return {
    id,
    title,
    connector,
    active: active && known !== undefined,
    carrier: known?.title ?? title,
    platform: known?.platform ?? null,
    rates: known?.abilities.includes('rates') ?? false,
    maxWeightMg: known?.maxWeightMg ?? 0,
    services: known?.services ?? [],
  };
}

/**
 * Step: which service a parcel gets; nothing is asked of anybody. Undefined for a return that no rule takes: the caller
 * then draws the shipper's own return label.
 */
export async function chooseService(
  uow: UnitOfWork,
  desk: Pick<CarrierDesk, 'find'>,
  { direction, facts }: { readonly direction: ShippingRule['direction']; readonly facts: ShipmentFacts },
): Promise<ServiceChoice | undefined> {
  const rules = await listRules(uow.tx);
  // Most small shops have neither rules nor platform labels: their accounts need not be read.
  if (rules.length === 0 && !facts.platformLabel) return decideService({ rules, accounts: [], direction, facts });
  const accounts = (await accountsOf(uow)).map((account) => choosable(desk, account));
  return decideService({ rules, accounts, direction, facts });
}

/** The version of a list of rules: another one as soon as anything in it is. */
export function versionOf(rules: readonly ShippingRule[]): number {
  return createHash('sha256').update(JSON.stringify(rules)).digest().readUInt32BE(0);
}

/** Command: replaces the rules. Errors: `conflict` `carrier.rules-changed`, `rule` `carrier.unknown-account`. */
export async function saveRules(
  deps: ShippingDeps,
  actor: Actor,
  input: { readonly rules: readonly ShippingRule[]; readonly expectedVersion: number },
): Promise<{ version: number }> {
  return runUnitOfWork(deps, actor, async (uow) => {
    if (versionOf(await listRules(uow.tx)) !== input.expectedVersion)
      throw new AppError('conflict', 'carrier.rules-changed');
    const known = new Set((await accountsOf(uow)).map(({ id }) => id));
    for (const { title, choice } of input.rules)
      for (const { accountId } of choice.kind === 'service' ? [choice] : choice.among)
        if (accountId !== null && !known.has(accountId))
          throw new AppError('rule', 'carrier.rule-without-account', { title });
    await replaceRules(uow.tx, input.rules);
    uow.record({ kind: 'carrier.rules-changed', subject: 'rules', data: { rules: input.rules.length } });
    uow.emit('shipping.accounts-changed', {});
    return { version: versionOf(await listRules(uow.tx)) };
  });
}
