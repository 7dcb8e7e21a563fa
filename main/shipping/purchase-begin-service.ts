import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import { labelMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import type { CustomsContent } from '../carriers/carrier.ts';
import { runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { type BoxPapers, prepareBoxPapers } from '../invoicing/box-papers-service.ts';
import { customsOf } from '../invoicing/customs-service.ts';
import { heldFirmly, holdOf } from '../orders/orders-service.ts';
import { nextSscc, parcelById } from '../packing/packing-service.ts';
import { accountById, type ShippingDeps } from './account-service.ts';
import { chooseService, type ServiceChoice } from './choice-service.ts';
import { askToLookUp } from './lookup-ask-service.ts';
import { ownRangeOf } from './own-range-rules.ts';
import { choiceFacts, type PurchaseFacts, purchaseFacts, weightOf } from './purchase-facts-service.ts';
import { askFor } from './purchase-intent-service.ts';
import { failLabel, tellLabel } from './purchase-settle-service.ts';
import { takeNumber } from './range-service.ts';
import { isWholeAddress, latestLabels, shipperAddress } from './shipping-rules.ts';
import { type Label, listLabels, saveLabel } from './shipping-store.ts';
import { isRemote } from './void-service.ts';

/** A label whose service rates decide. */
export interface Rated {
  readonly label: Label;
  readonly choice: Extract<ServiceChoice, { kind: 'rates' }>;
}

export interface Begun {
  readonly facts: PurchaseFacts;
  /** Every label of the parcel that counts, as it stands now. */
  readonly labels: readonly Label[];
  readonly rated: readonly Rated[];
  readonly customs: CustomsContent | undefined;
  /** Papers beside the labels; undefined for a parcel that has left. */
  readonly box: BoxPapers | undefined;
}

/** Why a label is not asked for while somebody keeps the order back. */
export const HELD = 'label.order-on-hold';

const OPEN: ReadonlySet<Label['state']> = new Set(['intent', 'calling']);

/**
 * Act one: chooses the services and takes own numbers; what is to be bought becomes `calling` before anybody is called.
 *
 * A label that stands at `calling` was broken off. Own numbers cost nothing, so it is drawn again; whether a carrier sold
 * it nobody knows, so it is looked up and never asked for again blindly. Undefined where there is nothing to do.
 */
export async function beginLabels(deps: ShippingDeps, parcelId: string): Promise<Begun | undefined> {
  try {
    return await runUnitOfWork(deps, systemActor, (uow) => begin(deps, uow, parcelId));
  } catch (error) {
    if (!(error instanceof AppError) || (error.kind !== 'rule' && error.kind !== 'validation')) throw error;
    await runUnitOfWork(deps, systemActor, (uow) => failOpen(uow, parcelId, error));
    return undefined;
  }
}

/** Numbers are leased to benches: whoever makes the label takes it for the bench where the parcel stands. */
function atBench(uow: UnitOfWork, { stationId }: { readonly stationId: string | null }): UnitOfWork {
  return { ...uow, actor: { ...uow.actor, stationId } };
}

async function begin(deps: ShippingDeps, asked: UnitOfWork, parcelId: string): Promise<Begun | undefined> {
  const parcel = await parcelById(asked, parcelId);
  const uow = atBench(asked, parcel);
  const labels = latestLabels(await listLabels(uow.tx, parcelId));
  const open = labels.filter(({ state }) => OPEN.has(state));
  const boughtAlready = labels.some(({ kind, state }) => kind === 'outbound' && state === 'bought');
  const packs = parcel.state === 'closed';
  const nothing = open.length === 0 && !(packs && boughtAlready);
  if (parcel.state === 'voided' || parcel.state === 'open' || nothing) {
    uow.unchanged();
    return undefined;
  }
  const facts = await purchaseFacts(uow, parcelId);
  if (packs && open.length > 0) await refuseHeld(uow, facts);
  const rated: Rated[] = [];
  const now: Label[] = [];
  for (const label of labels) {
    const chosen = OPEN.has(label.state) ? await startLabel(deps, uow, { facts, label, rated }) : label;
    now.push(chosen);
  }
  const remote = rated.length > 0 || now.some((label) => label.state === 'calling' && isRemote(label));
  const of = { orderId: facts.order.id, parcelId };
  const customs = remote ? await customsOf(uow, of) : undefined;
  const box = packs ? await prepareBoxPapers(uow, of) : undefined;
  uow.record({ kind: 'label.asked', subject: parcelId, data: { labels: open.map(({ id }) => id) } });
  return { facts, labels: now, rated, customs, box };
}

/** Held by its channel at the last minute, or without an address that a label could carry: nothing is asked or drawn. */
async function refuseHeld(uow: UnitOfWork, { order, address, money }: PurchaseFacts): Promise<void> {
  const hold = await holdOf(uow, order.id);
  if (hold) throw new AppError('rule', HELD, { reason: hold.reason, detail: hold.detail });
  if (money.labelMode === 'seller' && !isWholeAddress(address)) throw new AppError('rule', 'label.address-unknown');
}

async function startLabel(
  deps: ShippingDeps,
  uow: UnitOfWork,
  { facts, label, rated }: { facts: PurchaseFacts; label: Label; rated: Rated[] },
): Promise<Label> {
  if (label.state === 'calling') {
    if (!isRemote(label)) return label;
    const state = transition(labelMachine, label.state, 'unknown');
    askToLookUp(uow, label.id);
    uow.record({ kind: 'label.unknown', subject: label.parcelId, data: { label: label.id, code: 'label.broken-off' } });
    return saveLabel(uow.tx, label, { state, fault: 'label.broken-off', askNextAt: null });
  }
  const direction = label.kind;
  const choice = await chooseService(uow, deps.carriers, { direction, facts: choiceFacts(facts) });
  if (choice?.kind === 'rates') {
    rated.push({ label, choice });
    return label;
  }
  return takeService(uow, { facts, label, taken: choice ?? OWN_RETURN });
}

const OWN_RETURN: Taken = {
  accountId: null,
  serviceCode: '',
  serviceTitle: 'Standard',
  carrier: 'GS1 logistic label',
  why: { rule: null, by: 'fallback', rates: [] },
};

export type Taken = Pick<
  Extract<ServiceChoice, { kind: 'fixed' }>,
  'accountId' | 'serviceCode' | 'serviceTitle' | 'carrier' | 'why'
> & { readonly rateRef?: string | null };

/** Step: a label gets its service: an own number is taken with it, a carrier is about to be called. */
export async function takeService(
  uow: UnitOfWork,
  { facts, label, taken }: { facts: PurchaseFacts; label: Label; taken: Taken },
): Promise<Label> {
  const chosen = {
    state: transition(labelMachine, label.state, 'calling'),
    accountId: taken.accountId,
    carrier: taken.carrier,
    service: taken.serviceTitle,
    serviceCode: taken.serviceCode,
    choice: taken.why,
    rateRef: taken.rateRef ?? null,
    revision: facts.revision,
    calledAt: uow.now,
    askNextAt: null,
    fault: null,
  };
  if (taken.accountId === null) {
    const sscc = label.kind === 'outbound' ? facts.parcel.sscc : await nextSscc(uow);
    return saveLabel(uow.tx, label, { ...chosen, connector: '', trackingNumber: sscc, scanText: sscc });
  }
  const account = await accountById(uow, taken.accountId);
  const named = { ...chosen, connector: account.connector };
  if (!ownRangeOf(account.connector)) return saveLabel(uow.tx, label, named);
  const to = label.kind === 'return' ? shipperAddress(facts.settings) : facts.address;
  const weightMg = weightOf(facts.parcel);
  const number = await takeNumber(uow, account, { to, weightMg, service: taken.serviceCode });
  const { trackingNumber, scanText, profile } = number;
  const fields = { profile, approved: account.approved, values: number.fields };
  return saveLabel(uow.tx, label, { ...named, trackingNumber, scanText, fields });
}

/** No service, no number, no customs facts: nothing was asked of anybody, and the packer is told. */
async function failOpen(uow: UnitOfWork, parcelId: string, error: AppError): Promise<null> {
  const open = latestLabels(await listLabels(uow.tx, parcelId)).filter(
    (label) => label.state === 'intent' || (label.state === 'calling' && !isRemote(label)),
  );
  if (open.length === 0) uow.unchanged();
  const { orderId } = await parcelById(uow, parcelId);
  // The hold ended between the look and this: its end found nothing to ask for again.
  if (open.length > 0 && error.code === HELD && !(await heldFirmly(uow, orderId))) {
    uow.record({ kind: 'label.asked-again', subject: parcelId });
    askFor(uow, parcelId);
    return null;
  }
  for (const label of open) await failLabel(uow, label, { code: error.code, params: error.details });
  const parcel = await parcelById(uow, parcelId);
  tellLabel(uow, parcel, 'failed');
  return null;
}
