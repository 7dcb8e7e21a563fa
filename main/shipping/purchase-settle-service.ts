import { labelMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import type { Purchase } from '../carriers/carrier.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { parcelById } from '../packing/packing-service.ts';
import type { Parcel } from '../packing/packing-store.ts';
import { requestLabels } from './purchase-intent-service.ts';
import {
  addLabelCodes,
  type DocumentKind,
  findNumberElsewhere,
  getLabel,
  insertDocument,
  type Label,
  listLabels,
  saveLabel,
} from './shipping-store.ts';
import { askToVoid, voidLabel } from './void-service.ts';

/** Faults of a bought label that no fetching again mends: it is voided at once. */
const USELESS: ReadonlySet<string> = new Set(['label.tracking-other', 'label.tracking-used', 'label.not-drawn']);

/** Step: a label failed before anything was paid. Of the details only names of fields and measures are written down. */
export async function failLabel(
  uow: UnitOfWork,
  label: Label,
  { code, params }: { code: string; params: Readonly<Record<string, unknown>> },
): Promise<void> {
  const {
    field = null,
    problem = null,
    words = null,
    carrier = null,
    limit = null,
    most = null,
    items = null,
  } = params;
  const told = Object.fromEntries(
    Object.entries({ field, problem, words, carrier, limit, most, items }).filter(([, value]) => value !== null),
  );
  await saveLabel(uow.tx, label, {
    state: transition(labelMachine, label.state, 'failed'),
    fault: code,
    askNextAt: null,
    fields: { problem: told },
  });
  uow.record({
    kind: 'label.failed',
    subject: label.parcelId,
    data: { label: label.id, code, field, problem, ...(words === null ? {} : { words }) },
  });
}

export function tellLabel(uow: UnitOfWork, parcel: Pick<Parcel, 'id' | 'orderId' | 'stationId'>, state: string): void {
  uow.emit('shipping.label-changed', { parcelId: parcel.id, orderId: parcel.orderId, state });
  if (parcel.stationId) uow.emit('bench.changed', { stationId: parcel.stationId });
  uow.emit('orders.changed', { orderId: parcel.orderId });
}

/** What the proof of a bought label said. */
export interface Judged {
  /** To be printed; null where it may not. */
  readonly pdf: Uint8Array | null;
  /** Code of what is wrong. */
  readonly fault: string | null;
  readonly problem: string | null;
}

/**
 * Step: a carrier sold a label. Its bytes are kept as they came, and the printable page where it was proved.
 *
 * Whatever happened meanwhile, what was paid is never lost: one that was given up or cancelled is voided at the carrier,
 * and so is one that carries another parcel's number.
 */
export async function keepPurchase(
  uow: UnitOfWork,
  labelId: string,
  { purchase, judged }: { readonly purchase: Purchase; readonly judged: Judged },
): Promise<Label> {
  const label = await getLabel(uow.tx, labelId);
  const parcel = await parcelById(uow, label.parcelId);
  // The answer and the look-up of one purchase may come both.
  if (label.state === 'void-requested' || label.state === 'voided') return known(uow, label);
  if (label.state === 'bought' && (label.fault === null || judged.fault !== null)) return known(uow, label);
  const twin = await findNumberElsewhere(uow.tx, label, purchase.trackingNumber);
  const fault = twin ? 'label.tracking-used' : judged.fault;
  const documentId = fault === null && judged.pdf ? uow.newId() : null;
  await archive(uow, { label, parcel, purchase, pdf: documentId === null ? null : judged.pdf, documentId });
  const late = label.state === 'failed';
  const kept = await saveLabel(uow.tx, label, {
    ...columnsOf(purchase),
    // A number that stands on another label is not this one's: a scan of it means the other.
    ...(twin ? { scanText: '' } : {}),
    state: late ? transition(labelMachine, 'failed', 'void-requested') : boughtFrom(label.state),
    documentId,
    fault: late ? label.fault : fault,
    askNextAt: null,
  });
  if (!twin) await addLabelCodes(uow.tx, label.id, purchase.scanTexts);
  uow.record({
    kind: 'label.bought',
    subject: parcel.id,
    data: { label: label.id, fault, problem: judged.problem, cost: purchase.cost, late },
  });
  if (late) askToVoid(uow, label.id);
  else if (label.voidWanted !== null) await voidLabel(uow, kept, label.voidWanted);
  else if (fault !== null && USELESS.has(fault)) await voidLabel(uow, kept, fault);
  await askAnew(uow, label, parcel);
  tellLabel(uow, parcel, 'bought');
  return getLabel(uow.tx, labelId);
}

function known(uow: UnitOfWork, label: Label): Label {
  uow.unchanged();
  return label;
}

function boughtFrom(state: Label['state']): Label['state'] {
  return state === 'bought' ? 'bought' : transition(labelMachine, state, 'bought');
}

function columnsOf(purchase: Purchase) {
  return {
    carrierRef: purchase.carrierRef,
    trackingNumber: purchase.trackingNumber,
    scanText: purchase.scanTexts[0] ?? purchase.trackingNumber,
    ...(purchase.serviceTitle ? { service: purchase.serviceTitle } : {}),
    ...(purchase.service ? { serviceCode: purchase.service } : {}),
    costMinor: purchase.cost?.minor ?? null,
    currency: purchase.cost?.currency ?? null,
    validUntil: purchase.validUntil,
    trackingUrl: purchase.trackingUrl,
  };
}

interface Archived {
  readonly label: Label;
  readonly parcel: Parcel;
  readonly purchase: Purchase;
  readonly pdf: Uint8Array | null;
  readonly documentId: string | null;
}

const MEDIA_TYPES = { pdf: 'application/pdf', png: 'image/png', zpl: 'application/zpl' } as const;

async function archive(uow: UnitOfWork, { label, parcel, purchase, pdf, documentId }: Archived): Promise<void> {
  const of = { orderId: parcel.orderId, parcelId: parcel.id, labelId: label.id, createdAt: uow.now };
  const file = purchase.label;
  if (file.kind === 'file')
    await insertDocument(uow.tx, {
      ...of,
      id: uow.newId(),
      kind: 'label-original',
      mediaType: MEDIA_TYPES[file.format],
      bytes: file.bytes,
    });
  if (pdf && documentId !== null)
    await insertDocument(uow.tx, { ...of, id: documentId, kind: paperKind(label), bytes: pdf });
  for (const paper of pdf ? purchase.papers : [])
    await insertDocument(uow.tx, {
      ...of,
      id: uow.newId(),
      kind: paper.kind === 'other' ? 'carrier-paper' : paper.kind,
      bytes: paper.pdf,
    });
}

export function paperKind(label: Pick<Label, 'kind'>): DocumentKind {
  return label.kind === 'return' ? 'return-label' : 'label';
}

/** A parcel that still waits for a label, and whose last one was cancelled while the carrier was asked, gets the next one. */
export async function askAnew(uow: UnitOfWork, label: Label, parcel: Parcel): Promise<void> {
  if (label.voidWanted !== null && parcel.state === 'closed') await requestLabels(uow, parcel);
}

/** How often a kind of label of a parcel was found not to have been sold. */
export async function timesNotBought(uow: UnitOfWork, label: Pick<Label, 'parcelId' | 'kind'>): Promise<number> {
  const labels = await listLabels(uow.tx, label.parcelId);
  return labels.filter(({ kind, fault }) => kind === label.kind && fault === 'label.not-bought').length;
}
