import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import { labelMachine } from '../../shared/model/machines.ts';
import { canMove, transition } from '../../shared/model/state-machine.ts';
import type { Carrier, CarrierAnswer, VoidState } from '../carriers/carrier.ts';
import { runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { openAccount, type ShippingDeps } from './account-service.ts';
import { ownRangeOf } from './own-range-rules.ts';
import { nextAsk } from './purchase-rules.ts';
import { getLabel, type Label, saveLabel } from './shipping-store.ts';

/** Topic of the message that has a label voided at its carrier. */
export const VOID_AT_CARRIER = 'shipping.void-at-carrier';

/** Whether a label was, or is being, bought of a carrier: others are drawn from numbers of the shipper's own. */
export function isRemote(label: Pick<Label, 'connector'>): boolean {
  return label.connector !== '' && ownRangeOf(label.connector) === undefined;
}

/**
 * Step: a label may not be used any more. Own numbers are dead at once; a bought one is voided at its carrier; one of
 * which the carrier has yet to answer is voided as soon as it has. Returns the state it has now.
 */
export async function voidLabel(uow: UnitOfWork, label: Label, why: string | null): Promise<Label['state']> {
  const { state } = label;
  const fault = why ?? label.fault;
  if (state === 'intent') {
    await saveLabel(uow.tx, label, { state: transition(labelMachine, state, 'voided'), fault, askNextAt: null });
    return 'voided';
  }
  if (state === 'calling' && !isRemote(label)) {
    // What comes of the drawing is thrown away.
    await saveLabel(uow.tx, label, { state: transition(labelMachine, state, 'failed'), fault });
    return 'failed';
  }
  if (state === 'calling' || state === 'unknown') {
    await saveLabel(uow.tx, label, { voidWanted: why ?? 'label.not-wanted' });
    return state;
  }
  if (!canMove(labelMachine, state, 'void-requested') || state !== 'bought') return state;
  const asked = await saveLabel(uow.tx, label, {
    state: transition(labelMachine, state, 'void-requested'),
    fault,
    askNextAt: null,
  });
  uow.record({ kind: 'label.void-requested', subject: label.parcelId, data: { label: label.id, why: fault } });
  if (isRemote(label)) {
    askToVoid(uow, label.id);
    return 'void-requested';
  }
  // Numbers of the shipper's own range cost nothing: no carrier has to agree.
  await saveLabel(uow.tx, asked, { state: transition(labelMachine, 'void-requested', 'voided') });
  return 'voided';
}

export function askToVoid(uow: UnitOfWork, labelId: string): void {
  uow.enqueue({ topic: VOID_AT_CARRIER, key: labelId, payload: { labelId } });
}

/** Step: the same by the label's id, as a return that is cancelled asks it. */
export async function voidLabelAtCarrier(uow: UnitOfWork, labelId: string, why: string): Promise<void> {
  await voidLabel(uow, await getLabel(uow.tx, labelId), why);
}

/**
 * Handler: asks the carrier to void a label, or what became of the asking. A carrier that refuses leaves the label dead
 * with `label.void-refused`: the money is a supervisor's business, the parcel is not held up.
 */
export async function voidAtCarrier(deps: ShippingDeps, labelId: string): Promise<void> {
  const label = await getLabel(deps.database.read, labelId);
  if (label.state !== 'void-requested' || label.accountId === null) return;
  const said = await askCarrier(deps, label.accountId, label);
  await runUnitOfWork(deps, systemActor, async (uow) => {
    const now = await getLabel(uow.tx, labelId);
    if (now.state !== 'void-requested') {
      uow.unchanged();
      return null;
    }
    if (said.state === 'requested' || said.state === 'unanswered') {
      const askNextAt = nextAsk(said.state === 'requested' ? 'void-requested' : 'unknown', label.createdAt, uow.now);
      await saveLabel(uow.tx, now, { askNextAt });
      uow.record({ kind: 'label.void-waits', subject: label.parcelId, data: { label: labelId, answer: said.code } });
      return null;
    }
    const refused = said.state === 'refused';
    await saveLabel(uow.tx, now, {
      state: transition(labelMachine, now.state, 'voided'),
      askNextAt: null,
      ...(refused ? { fault: 'label.void-refused' } : {}),
    });
    uow.record({
      kind: refused ? 'label.void-refused' : 'label.voided',
      subject: label.parcelId,
      data: { label: labelId, answer: said.code },
    });
    uow.emit('shipping.dock-changed', {});
    return null;
  });
}

interface Said {
  readonly state: VoidState | 'unanswered';
  readonly code: string | null;
}

async function askCarrier(deps: ShippingDeps, accountId: string, label: Label): Promise<Said> {
  try {
    const { carrier, connector } = await openAccount(deps, accountId);
    // A label that nobody uses costs nothing there: it needs no refund.
    if (!carrier.void) return { state: connector.billing === 'on-use' ? 'voided' : 'refused', code: null };
    return await askToVoidOf(carrier, label);
  } catch (error) {
    if (error instanceof AppError) return { state: 'unanswered', code: error.code };
    throw error;
  }
}

async function askToVoidOf(carrier: Carrier, label: Label): Promise<Said> {
  const { carrierRef, trackingNumber } = label;
  const purchase = { carrierRef, trackingNumber };
  const again = label.askNextAt !== null && carrier.voidState !== undefined;
  if (again && carrier.voidState) {
    const known = toSaid(await carrier.voidState(purchase));
    if (known.state !== 'refused') return known;
  }
  const asked = carrier.void ? toSaid(await carrier.void(purchase)) : { state: 'refused' as const, code: null };
  if (asked.state !== 'refused' || again || !carrier.voidState) return asked;
  // Refused because it was voided before: a crash came between that answer and our note of it.
  const known = toSaid(await carrier.voidState(purchase));
  return known.state === 'refused' ? asked : known;
}

function toSaid({ details, messages }: CarrierAnswer<VoidState>): Said {
  return { state: details ?? 'refused', code: messages[0]?.code ?? null };
}
