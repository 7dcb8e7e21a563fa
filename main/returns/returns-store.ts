import { AppError } from '../../shared/errors.ts';
import type { LabelState, ReturnState } from '../../shared/model/machines.ts';
import type { Tx } from '../db/unit-of-work.ts';

export interface Return {
  readonly id: string;
  readonly code: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly parcelId: string;
  readonly state: ReturnState;
  readonly reason: string;
  readonly expiresOn: string;
  /** Newest label of it; nulls where none was asked for. */
  readonly labelId: string | null;
  readonly labelState: LabelState | null;
  readonly version: number;
}

const returns = (tx: Tx) =>
  tx('rma')
    .join('sales_order', 'sales_order.id', 'rma.order_id')
    .leftJoin('label', (join) =>
      join.on('label.id', tx.raw('(select max(newest.id) from label newest where newest.rma_id = rma.id)')),
    )
    .select<Return[]>(
      'rma.id',
      'rma.code',
      'rma.order_id as orderId',
      'sales_order.number as orderNumber',
      'rma.parcel_id as parcelId',
      'rma.state',
      'rma.reason',
      'rma.expires_on as expiresOn',
      'label.id as labelId',
      'label.state as labelState',
      'rma.version',
    );

export async function getReturn(tx: Tx, id: string): Promise<Return> {
  const [found] = await returns(tx).where({ 'rma.id': id });
  if (!found) throw new AppError('not-found', 'return.unknown', { id });
  return found;
}

/** Oldest first. */
export function listReturnsOf(tx: Tx, parcelId: string): Promise<Return[]> {
  return returns(tx).where({ 'rma.parcel_id': parcelId }).orderBy(['rma.created_at', 'rma.id']);
}

export async function findReturnByCode(tx: Tx, code: string): Promise<Return | undefined> {
  const [found] = await returns(tx).where({ 'rma.code': code });
  return found;
}

export async function insertReturn(
  tx: Tx,
  asked: Pick<Return, 'id' | 'code' | 'orderId' | 'parcelId' | 'reason' | 'expiresOn'> & {
    requestedBy: string | null;
    createdAt: string;
  },
): Promise<void> {
  await tx('rma').insert({
    id: asked.id,
    code: asked.code,
    order_id: asked.orderId,
    parcel_id: asked.parcelId,
    state: 'authorised',
    reason: asked.reason,
    requested_by: asked.requestedBy,
    expires_on: asked.expiresOn,
    created_at: asked.createdAt,
    version: 1,
  });
}

const NAMES = { state: 'state', reason: 'reason', requestedBy: 'requested_by', cancelledAt: 'cancelled_at' } as const;

/** Saves only over what was read. Error: `conflict` `return.changed-elsewhere`. */
export async function saveReturn(
  tx: Tx,
  before: Pick<Return, 'id' | 'version'>,
  change: { state?: ReturnState; reason?: string; requestedBy?: string | null; cancelledAt?: string },
): Promise<void> {
  const fields = Object.fromEntries(
    Object.entries(change).map(([key, value]) => [NAMES[key as keyof typeof NAMES], value]),
  ); // keys of the change
  const changed = await tx('rma')
    .where({ id: before.id, version: before.version })
    .update({ ...fields, version: before.version + 1 });
  if (changed !== 1) throw new AppError('conflict', 'return.changed-elsewhere', { id: before.id });
}

/** Authorised returns whose label was good until a day before `today`. */
export function listExpired(tx: Tx, today: string, limit: number): Promise<Return[]> {
  return returns(tx).where({ 'rma.state': 'authorised' }).where('rma.expires_on', '<', today).limit(limit);
}
