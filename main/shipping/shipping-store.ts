import { createHash } from 'node:crypto';
import { LabelChoice } from '../../shared/contract/orders.ts';
import { AppError } from '../../shared/errors.ts';
import type { LabelState, ReturnState } from '../../shared/model/machines.ts';
import type { Handle } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';

export interface Label {
  readonly id: string;
  readonly parcelId: string;
  readonly kind: 'outbound' | 'return';
  readonly state: LabelState;
  /** Null for the shipper's own logistic label, and until a service was chosen. */
  readonly accountId: string | null;
  /** Of the account; empty for the shipper's own label. */
  readonly connector: string;
  /** Empty until a service was chosen. */
  readonly carrier: string;
  readonly service: string;
  readonly serviceCode: string;
  /** Both empty until there is a number. */
  readonly trackingNumber: string;
  readonly scanText: string;
  /** What the carrier calls the shipment; empty where it knows nothing of it. */
  readonly carrierRef: string;
  readonly rateRef: string | null;
  /** Hash of what the label was asked for: see `revision-rules.ts`. */
  readonly revision: string;
  readonly costMinor: number | null;
  readonly currency: string | null;
  readonly choice: LabelChoice;
  /** What a self-drawn label of this profile is drawn from. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly calledAt: string | null;
  readonly askNextAt: string | null;
  /** Code of the reason for which it is voided as soon as it is known to be bought. */
  readonly voidWanted: string | null;
  readonly validUntil: string | null;
  readonly trackingUrl: string | null;
  readonly documentId: string | null;
  readonly rmaId: string | null;
  /** Code of what went wrong, or of what it waits for. */
  readonly fault: string | null;
  readonly createdAt: string;
  readonly version: number;
}

const COLUMNS = {
  state: 'state',
  accountId: 'account_id',
  connector: 'connector',
  carrier: 'carrier',
  service: 'service',
  serviceCode: 'service_code',
  trackingNumber: 'tracking_number',
  scanText: 'scan_text',
  carrierRef: 'carrier_ref',
  rateRef: 'rate_ref',
  revision: 'revision',
  costMinor: 'cost_minor',
  currency: 'currency',
  choice: 'choice',
  fields: 'fields',
  calledAt: 'called_at',
  askNextAt: 'ask_next_at',
  voidWanted: 'void_wanted',
  validUntil: 'valid_until',
  trackingUrl: 'tracking_url',
  documentId: 'document_id',
  fault: 'fault',
} as const satisfies Partial<Record<keyof Label, string>>;
type Column = keyof typeof COLUMNS;

/** Never changed by name. */
const FIXED = {
  id: 'id',
  parcelId: 'parcel_id',
  kind: 'kind',
  rmaId: 'rma_id',
  createdAt: 'created_at',
  version: 'version',
};

type LabelRow = Omit<Label, 'choice' | 'fields'> & { readonly choice: string; readonly fields: string };

const SELECTED = {
  ...Object.fromEntries(Object.entries({ ...FIXED, ...COLUMNS }).map(([name, column]) => [name, `label.${column}`])),
};

const fromRow = (row: LabelRow): Label => ({
  ...row,
  choice: LabelChoice.parse(JSON.parse(row.choice)),
  fields: JSON.parse(row.fields),
});

/** An intent: nothing is chosen, asked or paid yet. */
export async function insertLabel(
  tx: Tx,
  label: Pick<Label, 'id' | 'parcelId' | 'kind' | 'rmaId' | 'createdAt'>,
): Promise<void> {
  await tx('label').insert({
    id: label.id,
    parcel_id: label.parcelId,
    kind: label.kind,
    state: 'intent',
    carrier: '',
    service: '',
    tracking_number: '',
    scan_text: '',
    rma_id: label.rmaId,
    created_at: label.createdAt,
    version: 1,
  });
}

export async function listLabels(tx: Tx, parcelId: string): Promise<Label[]> {
  const rows: LabelRow[] = await tx('label')
    .where({ parcel_id: parcelId })
    .orderBy(['created_at', 'id'])
    .select(SELECTED);
  return rows.map(fromRow);
}

/** Throws `not-found` `label.unknown`. */
export async function getLabel(handle: Handle, id: string): Promise<Label> {
  const row = await handle('label').where({ id }).first<LabelRow | undefined>(SELECTED);
  if (!row) throw new AppError('not-found', 'label.unknown', { id });
  return fromRow(row);
}

/** By what a scanner sends for it, the newest first: its tracking symbol or any other of its symbols. */
export async function findLabelByScan(tx: Tx, scanText: string): Promise<Label | undefined> {
  if (scanText === '') return undefined;
  const row = await tx('label')
    .where({ scan_text: scanText })
    .orWhere({ tracking_number: scanText })
    .orWhereIn('id', tx('label_code').where({ text: scanText }).select('label_id'))
    .orderBy('created_at', 'desc')
    .first<LabelRow | undefined>(SELECTED);
  return row && fromRow(row);
}

/** Another label that carries this number, dead ones too: a carrier that gives it twice has made a mistake. */
export async function findNumberElsewhere(
  tx: Tx,
  label: Pick<Label, 'id' | 'accountId'>,
  trackingNumber: string,
): Promise<string | undefined> {
  const row = await tx('label')
    .where({ tracking_number: trackingNumber, account_id: label.accountId })
    .whereNot({ id: label.id })
    .first<{ id: string } | undefined>('id');
  return row?.id;
}

/** Labels about which a carrier is to be asked now. */
export async function listDue(handle: Handle, now: string, limit: number): Promise<Label[]> {
  const rows: LabelRow[] = await handle('label')
    .where('ask_next_at', '<=', now)
    .orderBy('ask_next_at')
    .limit(limit)
    .select(SELECTED);
  return rows.map(fromRow);
}

export async function saveLabel(tx: Tx, label: Label, change: Partial<Pick<Label, Column>>): Promise<Label> {
  const next = { ...label, ...change, version: label.version + 1 };
  const columns = Object.entries(change).map(([name, value]) => [
    COLUMNS[name as Column], // keys of `change` are columns
    name === 'choice' || name === 'fields' ? JSON.stringify(value) : value,
  ]);
  const changed = await tx('label')
    .where({ id: label.id, version: label.version })
    .update({ ...Object.fromEntries(columns), version: next.version });
  if (changed !== 1) throw new AppError('conflict', 'label.changed-elsewhere', { id: label.id });
  return next;
}

export async function addLabelCodes(tx: Tx, labelId: string, texts: readonly string[]): Promise<void> {
  const rows = [...new Set(texts)].filter((text) => text !== '').map((text) => ({ label_id: labelId, text }));
  if (rows.length > 0) await tx('label_code').insert(rows).onConflict(['label_id', 'text']).ignore();
}

export type DocumentKind =
  | 'label'
  | 'return-label'
  | 'packing-slip'
  | 'label-original'
  | 'customs-label'
  | 'customs-form'
  | 'commercial-invoice'
  | 'invoice'
  | 'carrier-paper';

export interface NewDocument {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly mediaType?: string;
  readonly bytes: Uint8Array;
  readonly orderId: string;
  readonly parcelId: string;
  readonly labelId?: string | null;
  readonly createdAt: string;
}

export async function insertDocument(tx: Tx, document: NewDocument): Promise<void> {
  await tx('document').insert({
    id: document.id,
    kind: document.kind,
    media_type: document.mediaType ?? 'application/pdf',
    sha256: createHash('sha256').update(document.bytes).digest('hex'),
    bytes: Buffer.from(document.bytes),
    order_id: document.orderId,
    parcel_id: document.parcelId,
    label_id: document.labelId ?? null,
    created_at: document.createdAt,
  });
}

export async function listDocumentIds(tx: Tx, parcelId: string): Promise<{ id: string; kind: string }[]> {
  return tx('document').where({ parcel_id: parcelId }).orderBy('created_at').select('id', 'kind');
}

/** Papers of a carrier that came with one label. */
export async function listPapersOf(handle: Handle, labelId: string): Promise<{ id: string; kind: DocumentKind }[]> {
  return handle('document').where({ label_id: labelId }).orderBy(['created_at', 'id']).select('id', 'kind');
}

export interface Rma {
  readonly id: string;
  readonly code: string;
  readonly orderId: string;
  readonly parcelId: string;
  readonly expiresOn: string;
}

export async function insertRma(tx: Tx, rma: Rma & { createdAt: string }): Promise<void> {
  await tx('rma').insert({
    id: rma.id,
    code: rma.code,
    order_id: rma.orderId,
    parcel_id: rma.parcelId,
    state: 'authorised',
    expires_on: rma.expiresOn,
    created_at: rma.createdAt,
    version: 1,
  });
}

/** The return of a parcel that never left is not expected any more; tells whether there was one. */
export async function cancelRma(
  tx: Tx,
  parcelId: string,
  move: { from: ReturnState; to: ReturnState },
): Promise<boolean> {
  const changed = await tx('rma')
    .where({ parcel_id: parcelId, state: move.from })
    .update({ state: move.to, version: tx.raw('version + 1') });
  return changed > 0;
}

export async function findRma(tx: Tx, parcelId: string): Promise<Rma | undefined> {
  const row = await tx('rma').where({ parcel_id: parcelId }).orderBy('created_at', 'desc').first();
  return (
    row && { id: row.id, code: row.code, orderId: row.order_id, parcelId: row.parcel_id, expiresOn: row.expires_on }
  );
}
