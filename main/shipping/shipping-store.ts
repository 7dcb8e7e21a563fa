import { createHash } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { LabelState, ReturnState } from '../../shared/model/machines.ts';
import type { Tx } from '../db/unit-of-work.ts';

export interface Label {
  readonly id: string;
  readonly parcelId: string;
  readonly kind: 'outbound' | 'return';
  readonly state: LabelState;
  readonly carrier: string;
  readonly service: string;
  readonly trackingNumber: string;
  readonly scanText: string;
  readonly documentId: string | null;
  readonly rmaId: string | null;
  readonly fault: string | null;
  readonly version: number;
}

interface LabelRow {
  readonly id: string;
  readonly parcel_id: string;
  readonly kind: Label['kind'];
  readonly state: LabelState;
  readonly carrier: string;
  readonly service: string;
  readonly tracking_number: string;
  readonly scan_text: string;
  readonly document_id: string | null;
  readonly rma_id: string | null;
  readonly fault: string | null;
  readonly version: number;
}

const fromRow = (row: LabelRow): Label => ({
  id: row.id,
  parcelId: row.parcel_id,
  kind: row.kind,
  state: row.state,
  carrier: row.carrier,
  service: row.service,
  trackingNumber: row.tracking_number,
  scanText: row.scan_text,
  documentId: row.document_id,
  rmaId: row.rma_id,
  fault: row.fault,
  version: row.version,
});

export async function insertLabel(
  tx: Tx,
  label: Omit<Label, 'state' | 'documentId' | 'fault' | 'version'> & { createdAt: string },
): Promise<void> {
  await tx('label').insert({
    id: label.id,
    parcel_id: label.parcelId,
    kind: label.kind,
    state: 'intent',
    carrier: label.carrier,
    service: label.service,
    tracking_number: label.trackingNumber,
    scan_text: label.scanText,
    rma_id: label.rmaId,
    created_at: label.createdAt,
    version: 1,
  });
}

export async function listLabels(tx: Tx, parcelId: string): Promise<Label[]> {
  const rows: LabelRow[] = await tx('label').where({ parcel_id: parcelId }).orderBy(['created_at', 'id']).select('*');
  return rows.map(fromRow);
}

export async function findLabelByScan(tx: Tx, scanText: string): Promise<Label | undefined> {
  const row = await tx('label')
    .where({ scan_text: scanText })
    .orderBy('created_at', 'desc')
    .first<LabelRow | undefined>();
  return row && fromRow(row);
}

export async function saveLabel(
  tx: Tx,
  label: Label,
  change: Partial<Pick<Label, 'state' | 'documentId' | 'fault'>>,
): Promise<Label> {
  const next = { ...label, ...change, version: label.version + 1 };
  const changed = await tx('label')
    .where({ id: label.id, version: label.version })
    .update({ state: next.state, document_id: next.documentId, fault: next.fault, version: next.version });
  if (changed !== 1) throw new AppError('conflict', 'label.changed-elsewhere', { id: label.id });
  return next;
}

export interface NewDocument {
  readonly id: string;
  readonly kind: 'label' | 'return-label' | 'packing-slip';
  readonly bytes: Uint8Array;
  readonly orderId: string;
  readonly parcelId: string;
  readonly createdAt: string;
}

export async function insertDocument(tx: Tx, document: NewDocument): Promise<void> {
  await tx('document').insert({
    id: document.id,
    kind: document.kind,
    media_type: 'application/pdf',
    sha256: createHash('sha256').update(document.bytes).digest('hex'),
    bytes: Buffer.from(document.bytes),
    order_id: document.orderId,
    parcel_id: document.parcelId,
    created_at: document.createdAt,
  });
}

export async function listDocumentIds(tx: Tx, parcelId: string): Promise<{ id: string; kind: string }[]> {
  return tx('document').where({ parcel_id: parcelId }).orderBy('created_at').select('id', 'kind');
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
  const row = await tx('rma').where({ parcel_id: parcelId }).first();
  return (
    row && { id: row.id, code: row.code, orderId: row.order_id, parcelId: row.parcel_id, expiresOn: row.expires_on }
  );
}
