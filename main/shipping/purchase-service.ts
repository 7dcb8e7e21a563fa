import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import { parseLabelModel } from '../../shared/model/label.ts';
import { labelMachine } from '../../shared/model/machines.ts';
import { parseMedia } from '../../shared/model/media.ts';
import { transition } from '../../shared/model/state-machine.ts';
import type { CarrierAnswer, Purchase, ShipmentRequest } from '../carriers/carrier.ts';
import { runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { parcelById } from '../packing/packing-service.ts';
import type { Parcel } from '../packing/packing-store.ts';
import { openAccount, type ShippingDeps } from './account-service.ts';
import { askToLookUp } from './lookup-ask-service.ts';
import type { Begun } from './purchase-begin-service.ts';
import { type PurchaseFacts, requestOf, weightOf } from './purchase-facts-service.ts';
import { customsIn } from './purchase-rates-service.ts';
import { afterFault, nextAsk, type Refusal, refuseShipment, wordsOf } from './purchase-rules.ts';
import { askAnew, failLabel, type Judged, keepPurchase, tellLabel } from './purchase-settle-service.ts';
import { labelModel } from './shipping-rules.ts';
import { getLabel, type Label, saveLabel } from './shipping-store.ts';

export { requestReturnLabel } from './purchase-intent-service.ts';
export { voidLabelAtCarrier } from './void-service.ts';

type Outcome =
  | { readonly kind: 'bought'; readonly purchase: Purchase; readonly judged: Judged }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'waits'; readonly code: string; readonly afterMs: number }
  | { readonly kind: 'unknown'; readonly code: string };

/**
 * Act two of a label that a carrier makes: it stands at `calling`, committed, before this asks once. What came of it is
 * committed before anything else happens.
 */
export async function buyLabel(deps: ShippingDeps, begun: Begun, label: Label): Promise<void> {
  const outbound = begun.labels.find(({ kind, trackingNumber }) => kind === 'outbound' && trackingNumber !== '');
  const request = requestOf(begun.facts, label, {
    ...customsIn(begun),
    ...(outbound ? { outboundTracking: outbound.trackingNumber } : {}),
  });
  const outcome = await ask(deps, { facts: begun.facts, label, request });
  await runUnitOfWork(deps, systemActor, async (uow) => {
    if (outcome.kind === 'bought') await keepPurchase(uow, label.id, outcome);
    else await settle(uow, label.id, outcome);
    return null;
  });
}

async function ask(
  deps: ShippingDeps,
  { facts, label, request }: { facts: PurchaseFacts; label: Label; request: ShipmentRequest },
): Promise<Outcome> {
  let answer: CarrierAnswer<Purchase>;
  try {
    const { carrier, connector } = await openAccount(deps, label.accountId ?? '');
    const refusal = refuseShipment(request, connector);
    if (refusal) return { kind: 'refused', refusal };
    if (!carrier.buy) return { kind: 'refused', refusal: { code: 'label.cannot-buy', params: {} } };
    answer = await carrier.buy(request, label.rateRef);
  } catch (error) {
    return afterError(error);
  }
  const { details, messages } = answer;
  if (details === null) {
    const params = { words: wordsOf(messages, facts.address), carrier: label.carrier };
    return { kind: 'refused', refusal: { code: 'label.refused-by-carrier', params } };
  }
  return { kind: 'bought', purchase: details, judged: await judgePurchase(deps, { facts, label, purchase: details }) };
}

/** Whatever is not certainly unsold counts as perhaps sold, our own faults while we read the answer included. */
function afterError(error: unknown): Outcome {
  const code = error instanceof AppError ? error.code : 'label.unexpected';
  const means = afterFault(code);
  if (means === 'refused') return { kind: 'refused', refusal: { code, params: {} } };
  if (means === 'unknown') return { kind: 'unknown', code };
  const asked = error instanceof AppError ? error.details.retryAfterMs : undefined;
  return { kind: 'waits', code, afterMs: typeof asked === 'number' ? asked : 0 };
}

/**
 * Proves a bought label before it is printed: a carrier's file is held against parcel, sheet and printer, a label of
 * values is drawn and read back. What is wrong is said, never thrown: it is paid.
 */
export async function judgePurchase(
  deps: ShippingDeps,
  { facts, label, purchase }: { facts: PurchaseFacts; label: Label; purchase: Purchase },
): Promise<Judged> {
  const file = purchase.label;
  try {
    if (file.kind === 'values') return await drawValues(deps, { facts, label, purchase });
    const { labelMedia, labelDpi } = facts.settings;
    const proof = await deps.documents.proveCarrierFile({
      bytes: file.bytes,
      format: file.format,
      media: parseMedia(labelMedia) ?? { widthMm: 101.6, heightMm: 152.4 },
      dpi: labelDpi,
      trackingNumber: purchase.trackingNumber,
      scanTexts: purchase.scanTexts,
    });
    if (proof.ok) return { pdf: proof.pdf, fault: null, problem: null };
    const other = proof.problems.some(({ code }) => code === 'proof.tracking-other');
    const problem = proof.problems[0]?.code ?? null;
    return { pdf: null, fault: other ? 'label.tracking-other' : 'label.proof-failed', problem };
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'label.unexpected';
    return { pdf: null, fault: file.kind === 'values' ? 'label.not-drawn' : 'label.proof-failed', problem: code };
  }
}

async function drawValues(
  { documents }: ShippingDeps,
  { facts, label, purchase }: { facts: PurchaseFacts; label: Label; purchase: Purchase },
): Promise<Judged> {
  if (purchase.label.kind !== 'values') throw new AppError('bug', 'label.unexpected');
  const { profile, fields } = purchase.label;
  const rendered = await documents.renderLabel(
    parseLabelModel(
      modelOf(
        facts,
        { ...label, service: purchase.serviceTitle || label.service },
        {
          profile,
          values: fields,
          // The carrier made the number and tells how the label looks.
          approved: true,
        },
      ),
    ),
  );
  const proof = await documents.proveLabel(rendered);
  if (proof.ok) return { pdf: rendered.bytes, fault: null, problem: null };
  return { pdf: null, fault: 'label.proof-failed', problem: proof.problems[0]?.code ?? null };
}

export interface Drawn {
  readonly profile: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly approved: boolean;
}

/** The label as it is drawn: by `drawn` in the layout of a carrier, else as the shipper's own. */
export function modelOf(facts: PurchaseFacts, label: Label, drawn?: Drawn): ReturnType<typeof labelModel> {
  return labelModel({
    settings: facts.settings,
    orderNumber: facts.order.number,
    address: facts.address,
    parcelIndex: facts.index,
    parcelCount: Math.max(facts.index, facts.count),
    weightMg: weightOf(facts.parcel) || null,
    now: facts.now,
    carrier: label.carrier,
    service: label.service || 'Standard',
    sscc: label.scanText,
    ...(drawn ? { drawn } : {}),
    ...(label.kind === 'return' && facts.rma ? { rma: facts.rma } : {}),
  });
}

async function settle(uow: UnitOfWork, labelId: string, outcome: Exclude<Outcome, { kind: 'bought' }>): Promise<void> {
  const label = await getLabel(uow.tx, labelId);
  // Somebody else found out meanwhile: a look-up, or a worker that took the call for broken off.
  if (label.state !== 'calling' && !(label.state === 'unknown' && outcome.kind !== 'unknown')) {
    uow.unchanged();
    return;
  }
  if (outcome.kind === 'refused') await failLabel(uow, label, outcome.refusal);
  else if (label.voidWanted !== null && outcome.kind === 'waits')
    await failLabel(uow, label, { code: label.voidWanted, params: {} });
  else if (outcome.kind === 'waits' && label.state === 'calling') await backToIntent(uow, label, outcome);
  else if (outcome.kind === 'unknown') await noteUnknown(uow, label, outcome.code);
  else return uow.unchanged();
  const { fault, state } = await getLabel(uow.tx, labelId);
  const parcel = await followUp(uow, label);
  tellLabel(uow, parcel, fault ?? state);
}

async function followUp(uow: UnitOfWork, label: Label): Promise<Parcel> {
  const parcel = await parcelById(uow, label.parcelId);
  const { state } = await getLabel(uow.tx, label.id);
  if (state === 'failed') await askAnew(uow, label, parcel);
  return parcel;
}

/** Nothing was sold, certainly: the same label goes on as soon as the carrier can be asked. */
async function backToIntent(
  uow: UnitOfWork,
  label: Label,
  { code, afterMs }: { code: string; afterMs: number },
): Promise<void> {
  const soonest = new Date(Date.parse(uow.now) + afterMs).toISOString();
  const usual = nextAsk('intent', label.createdAt, uow.now);
  const askNextAt = afterMs > 0 ? soonest : usual;
  await saveLabel(uow.tx, label, { state: transition(labelMachine, label.state, 'intent'), fault: code, askNextAt });
  uow.record({ kind: 'label.waits', subject: label.parcelId, data: { label: label.id, code } });
}

async function noteUnknown(uow: UnitOfWork, label: Label, code: string): Promise<void> {
  await saveLabel(uow.tx, label, { state: transition(labelMachine, label.state, 'unknown'), fault: code });
  uow.record({ kind: 'label.unknown', subject: label.parcelId, data: { label: label.id, code } });
  askToLookUp(uow, label.id);
}
