import { AppError } from '../../shared/errors.ts';
import { type Actor, systemActor } from '../../shared/model/actor.ts';
import { labelMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import type { FoundPurchase } from '../carriers/carrier.ts';
import { runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { parcelById } from '../packing/packing-service.ts';
import { openAccount, type ShippingDeps } from './account-service.ts';
import { askToLookUp } from './lookup-ask-service.ts';
import { type PurchaseFacts, purchaseFacts, requestOf } from './purchase-facts-service.ts';
import { askFor, requestLabels } from './purchase-intent-service.ts';
import { IN_FLIGHT_MS, nextAsk } from './purchase-rules.ts';
import { judgePurchase } from './purchase-service.ts';
import { failLabel, keepPurchase, tellLabel, timesNotBought } from './purchase-settle-service.ts';
import { getLabel, type Label, listDue, saveLabel } from './shipping-store.ts';
import { askToVoid, isRemote, voidLabel } from './void-service.ts';

type Found = FoundPurchase | { readonly outcome: 'unasked' | 'impossible'; readonly billing?: string };

/** A bought label whose file did not prove: the carrier is asked for the file once more. */
const isUnproved = ({ state, fault }: Label): boolean => state === 'bought' && fault === 'label.proof-failed';

/**
 * Handler: asks the carrier by our reference what became of a label, and settles it: found, it is proved and printed;
 * certainly not sold, it is asked for anew, once by itself; else it stays unknown and is asked after later.
 */
export async function lookUpLabel(deps: ShippingDeps, labelId: string): Promise<void> {
  const label = await getLabel(deps.database.read, labelId);
  if (label.state !== 'unknown' && !isUnproved(label)) return;
  const facts = await runUnitOfWork(deps, systemActor, async (uow) => {
    uow.unchanged();
    return purchaseFacts(uow, label.parcelId);
  });
  const found = await ask(deps, facts, label);
  if (found.outcome === 'found') {
    const { purchase } = found;
    const judged = await judgePurchase(deps, { facts, label, purchase });
    await runUnitOfWork(deps, systemActor, async (uow) => {
      if (isUnproved(label) && judged.fault !== null) await giveUpFile(uow, label);
      else {
        await keepPurchase(uow, labelId, { purchase, judged });
        askFor(uow, label.parcelId);
      }
      return null;
    });
    return;
  }
  await runUnitOfWork(deps, systemActor, async (uow) => {
    const now = await getLabel(uow.tx, labelId);
    if (isUnproved(now)) await giveUpFile(uow, now);
    else if (now.state === 'unknown') await settleMissing(uow, now, found);
    else uow.unchanged();
    return null;
  });
}

async function ask(deps: ShippingDeps, facts: PurchaseFacts, label: Label): Promise<Found> {
  try {
    const { carrier, connector } = await openAccount(deps, label.accountId ?? '');
    if (!carrier.find) return { outcome: 'impossible', billing: connector.billing };
    return await carrier.find(requestOf(facts, label, {}));
  } catch (error) {
    if (error instanceof AppError) return { outcome: 'unasked' };
    throw error;
  }
}

async function settleMissing(uow: UnitOfWork, label: Label, found: Exclude<Found, { outcome: 'found' }>) {
  const since = label.calledAt ?? label.createdAt;
  const sureAt = new Date(Date.parse(since) + IN_FLIGHT_MS).toISOString();
  // A question that timed out here may still be worked on there.
  if (found.outcome === 'none' && uow.now >= sureAt) return noteNotBought(uow, label, 'label.not-bought');
  if (found.outcome === 'impossible' && found.billing === 'on-use') return noteNotBought(uow, label, 'label.abandoned');
  const usual = nextAsk('unknown', since, uow.now);
  const askNextAt = found.outcome === 'impossible' ? null : found.outcome === 'none' ? sureAt : usual;
  await saveLabel(uow.tx, label, { askNextAt });
  uow.record({
    kind: 'label.looked-up',
    subject: label.parcelId,
    data: { label: label.id, outcome: found.outcome },
  });
}

/** Certainly not sold, or never billed unless it is used: another one is asked for, by itself once. */
async function noteNotBought(uow: UnitOfWork, label: Label, code: string): Promise<void> {
  const before = await timesNotBought(uow, label);
  await failLabel(uow, label, { code, params: {} });
  const parcel = await parcelById(uow, label.parcelId);
  if (parcel.state === 'closed' && (before === 0 || label.voidWanted !== null)) await requestLabels(uow, parcel);
  tellLabel(uow, parcel, 'failed');
}

/** The file is no better the second time: the carrier gets its label back, the parcel gets another. */
async function giveUpFile(uow: UnitOfWork, label: Label): Promise<void> {
  const now = await getLabel(uow.tx, label.id);
  await voidLabel(uow, now, 'label.proof-failed');
  const parcel = await parcelById(uow, label.parcelId);
  if (parcel.state === 'closed') await requestLabels(uow, parcel);
  tellLabel(uow, parcel, 'void-requested');
}

/** Command: asks the carrier again, now. Error: `label.nothing-to-look-up`. */
export async function askAfterLabel(deps: ShippingDeps, actor: Actor, labelId: string): Promise<void> {
  await runUnitOfWork(deps, actor, async (uow) => {
    const label = await getLabel(uow.tx, labelId);
    if (label.state === 'void-requested') askToVoid(uow, labelId);
    else if (label.state === 'unknown' || isUnproved(label)) askToLookUp(uow, labelId);
    else throw new AppError('rule', 'label.nothing-to-look-up', { state: label.state });
    uow.record({ kind: 'label.look-up-asked', subject: label.parcelId, data: { label: labelId } });
    return null;
  });
}

/**
 * Command: a supervisor has seen at the carrier's portal whether a label was sold. One that was cannot be printed by us:
 * it is given back there by hand, and the parcel gets another. Error: `label.not-unknown`.
 */
export async function settleByHand(
  deps: ShippingDeps,
  actor: Actor,
  { labelId, bought }: { readonly labelId: string; readonly bought: boolean },
): Promise<void> {
  await runUnitOfWork(deps, actor, async (uow) => {
    const label = await getLabel(uow.tx, labelId);
    if (label.state !== 'unknown') throw new AppError('rule', 'label.not-unknown', { state: label.state });
    uow.record({ kind: 'label.settled-by-hand', subject: label.parcelId, data: { label: labelId, bought } });
    if (!bought) {
      await noteNotBought(uow, label, 'label.not-bought');
      return null;
    }
    const fault = 'label.void-by-hand';
    const sold = await saveLabel(uow.tx, label, { state: transition(labelMachine, label.state, 'bought'), fault });
    const asked = await saveLabel(uow.tx, sold, { state: transition(labelMachine, sold.state, 'void-requested') });
    await saveLabel(uow.tx, asked, { state: transition(labelMachine, asked.state, 'voided'), askNextAt: null });
    const parcel = await parcelById(uow, label.parcelId);
    if (parcel.state === 'closed') await requestLabels(uow, parcel);
    tellLabel(uow, parcel, 'voided');
    return null;
  });
}

const AT_ONCE = 50;
/** Until then nobody else asks about a label that was just handed to the outbox. */
const CLAIM_MS = 60_000;

/** Hands everything that waits for its time to the outbox: labels that wait, are unknown, or are to be voided. */
export async function askAgain(deps: ShippingDeps): Promise<number> {
  const now = deps.clock().toISOString();
  if ((await listDue(deps.database.read, now, 1)).length === 0) return 0;
  return runUnitOfWork(deps, systemActor, async (uow) => {
    const due = await listDue(uow.tx, uow.now, AT_ONCE);
    if (due.length === 0) uow.unchanged();
    for (const label of due) {
      const open = label.state === 'intent' || label.state === 'unknown' || label.state === 'void-requested';
      const until = new Date(Date.parse(uow.now) + CLAIM_MS).toISOString();
      await saveLabel(uow.tx, label, { askNextAt: open ? until : null });
      uow.record({ kind: 'label.asked-after', subject: label.parcelId, data: { label: label.id } });
      if (label.state === 'intent') askFor(uow, label.parcelId);
      else if (label.state === 'unknown') askToLookUp(uow, label.id);
      else if (label.state === 'void-requested' && isRemote(label)) askToVoid(uow, label.id);
    }
    return due.length;
  });
}
