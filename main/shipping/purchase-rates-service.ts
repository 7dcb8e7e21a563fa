import type { LabelChoice } from '../../shared/contract/orders.ts';
import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import { runUnitOfWork } from '../db/unit-of-work.ts';
import { accountsOf, openAccount, type ShippingDeps } from './account-service.ts';
import { type Candidate, compareRates, type Offer } from './choice-rules.ts';
import { choosable } from './choice-service.ts';
import { ownRangeOf } from './own-range-rules.ts';
import { type Begun, type Rated, takeService } from './purchase-begin-service.ts';
import { requestOf } from './purchase-facts-service.ts';
import { afterFault, nextAsk, refuseShipment } from './purchase-rules.ts';
import { failLabel, tellLabel } from './purchase-settle-service.ts';
import { getLabel, type Label, saveLabel } from './shipping-store.ts';

interface Asked {
  readonly offers: readonly Offer[];
  /** Why an account offers nothing. */
  readonly passedOver: LabelChoice['rates'];
  /** Code of an account that could not be asked now, but may be later. */
  readonly waitsFor: string | null;
}

type KnownAccount = ReturnType<typeof choosable>;

/**
 * Asks for rates, compares them, and notes which one is taken before it is bought. The shipper's own ranges stand among
 * them without a price, so that they are what is left when no carrier can be asked.
 */
export async function chooseByRates(deps: ShippingDeps, begun: Begun, rated: Rated): Promise<Label> {
  const accounts = await runUnitOfWork(deps, systemActor, async (uow) => {
    uow.unchanged();
    return (await accountsOf(uow)).map((account) => choosable(deps.carriers, account));
  });
  const asked: Asked[] = [];
  for (const candidate of rated.choice.among)
    asked.push(await offersOf(deps, { begun, rated, candidate, account: accountOf(accounts, candidate) }));
  const { goal, why } = rated.choice;
  const compared = compareRates(
    asked.flatMap(({ offers }) => offers),
    goal,
    begun.facts.money.promisedBy,
  );
  const rates = [...compared.rates, ...asked.flatMap(({ passedOver }) => passedOver), ...why.rates];
  const waitsFor = asked.find((one) => one.waitsFor !== null)?.waitsFor ?? null;
  return runUnitOfWork(deps, systemActor, async (uow) => {
    const here = { ...uow, actor: { ...uow.actor, stationId: begun.facts.parcel.stationId } };
    const label = await getLabel(uow.tx, rated.label.id);
    if (label.state !== 'intent') {
      uow.unchanged();
      return label;
    }
    const choice = { ...why, rates };
    const { taken } = compared;
    if (taken) {
      const account = accounts.find(({ id }) => id === taken.accountId);
      const { accountId, service, title, rateRef } = taken;
      const chosen = { accountId, serviceCode: service, serviceTitle: title, rateRef, why: choice };
      uow.record({ kind: 'label.service-chosen', subject: label.parcelId, data: { label: label.id, service } });
      return takeService(here, {
        facts: begun.facts,
        label,
        taken: { ...chosen, carrier: account?.carrier ?? 'GS1 logistic label' },
      });
    }
    const told = await saveLabel(uow.tx, label, { choice });
    if (waitsFor !== null) {
      uow.record({ kind: 'label.waits', subject: label.parcelId, data: { label: label.id, code: waitsFor } });
      await saveLabel(uow.tx, told, { fault: waitsFor, askNextAt: nextAsk('intent', label.createdAt, uow.now) });
    } else await failLabel(uow, told, { code: 'label.no-rates', params: {} });
    tellLabel(uow, begun.facts.parcel, 'failed');
    return getLabel(uow.tx, label.id);
  });
}

function accountOf(accounts: readonly KnownAccount[], { accountId }: Candidate): KnownAccount | undefined {
  return accounts.find(({ id }) => id === accountId);
}

interface Question {
  readonly begun: Begun;
  readonly rated: Rated;
  readonly candidate: Candidate;
  readonly account: KnownAccount | undefined;
}

async function offersOf(deps: ShippingDeps, question: Question): Promise<Asked> {
  const { candidate, account, begun, rated } = question;
  const { accountId, service } = candidate;
  const none = { cost: null, deliveryBy: null, rateRef: null };
  if (accountId === null || !account) {
    const own = { ...none, accountId: null, account: 'GS1 logistic label', service: '', title: 'Standard' };
    return { offers: [own], passedOver: [], waitsFor: null };
  }
  if (ownRangeOf(account.connector)) {
    const title = account.services.find(({ code }) => code === service)?.title ?? service;
    return { offers: [{ ...none, accountId, account: account.title, service, title }], passedOver: [], waitsFor: null };
  }
  const refuse = (code: string, waitsFor: string | null = null): Asked => ({
    offers: [],
    passedOver: [{ account: account.title, service, cost: null, deliveryBy: null, passedOver: code }],
    waitsFor,
  });
  try {
    const { carrier, connector } = await openAccount(deps, accountId);
    const request = requestOf(begun.facts, { ...rated.label, serviceCode: service }, customsIn(begun));
    const refusal = refuseShipment(request, connector);
    if (refusal) return refuse(refusal.code);
    if (!carrier.rates) return refuse('choice.no-rates');
    const { details } = await carrier.rates(request);
    if (details === null) return refuse('label.refused-by-carrier');
    const offers = details
      .filter((rate) => service === '' || rate.service === service)
      .map((rate) => ({ ...rate, accountId, account: account.title }));
    return { offers, passedOver: [], waitsFor: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Asking for rates buys nothing: whatever went wrong may be tried again, but not what somebody has to mend.
    return refuse(error.code, afterFault(error.code) === 'refused' ? null : error.code);
  }
}

export function customsIn({ customs }: Pick<Begun, 'customs'>) {
  return customs ? { customs } : {};
}
