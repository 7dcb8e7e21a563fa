import { createHash } from 'node:crypto';
import type { Tx } from '../db/unit-of-work.ts';

export interface OrderPaper {
  readonly id: string;
  readonly kind: 'invoice' | 'credit-note';
  readonly bytes: Uint8Array;
  readonly orderId: string;
  readonly createdAt: string;
}

/** A paper of an order that belongs to none of its parcels. */
export async function insertOrderPaper(tx: Tx, paper: OrderPaper): Promise<void> {
  await tx('document').insert({
    id: paper.id,
    kind: paper.kind,
    media_type: 'application/pdf',
    sha256: createHash('sha256').update(paper.bytes).digest('hex'),
    bytes: Buffer.from(paper.bytes),
    order_id: paper.orderId,
    parcel_id: null,
    created_at: paper.createdAt,
  });
}

export async function hasReturn(tx: Tx, orderId: string, rmaId: string): Promise<boolean> {
  return (await tx('rma').where({ id: rmaId, order_id: orderId }).first('id')) !== undefined;
}
