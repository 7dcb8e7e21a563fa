import type { Handle } from '../db/rows.ts';

/** As platforms are told it. */
export type CancelReason = 'no-stock' | 'buyer-asked' | 'fraud' | 'address' | 'other';

const BY_HOLD: Readonly<Record<string, CancelReason>> = {
  'buyer-asked': 'buyer-asked',
  'cancel-requested': 'buyer-asked',
  fraud: 'fraud',
  risk: 'fraud',
  address: 'address',
  'address-unknown': 'address',
  short: 'no-stock',
};

interface Entry {
  readonly kind: string;
  readonly from: string | null;
  readonly data: string;
}

/**
 * Why an order was cancelled here, by the journal: what it was held for then, or that it waited for stock. Nobody is asked
 * for a reason.
 */
export async function cancelReasonOf(handle: Handle, orderId: string): Promise<CancelReason> {
  const entries: Entry[] = await handle('journal')
    .where({ subject: orderId })
    .whereIn('kind', ['order.held', 'order.released', 'order.hold-ended', 'order.cancelled'])
    .orderBy('id')
    .select('kind', 'from_state as from', 'data');
  const cancelled = entries.findLast(({ kind }) => kind === 'order.cancelled');
  const hold = entries.findLast(({ kind }) => kind !== 'order.cancelled');
  if (hold?.kind === 'order.held') {
    const { reason } = JSON.parse(hold.data) as { reason?: unknown }; // as `holdOrder` writes it
    const known = typeof reason === 'string' ? BY_HOLD[reason.toLowerCase()] : undefined;
    if (known) return known;
  }
  return cancelled?.from === 'backordered' ? 'no-stock' : 'other';
}
