import type { ShippingProblem } from '../../shared/contract/shipping-dock.ts';
import type { Database } from '../db/database.ts';

type Row = Omit<ShippingProblem, 'kind'>;

/** Problems of carriers with a parcel on its way. */
const TROUBLED = ['exception', 'returned'];

/** What a supervisor has to look at, the oldest first: one problem a label, the gravest. */
export async function readProblems(
  database: Database,
  limit: number,
): Promise<{ problems: ShippingProblem[]; total: number }> {
  const { read } = database;
  const problems = read('label')
    .join('parcel', 'parcel.id', 'label.parcel_id')
    .join('sales_order', 'sales_order.id', 'parcel.order_id')
    .where((wrong) =>
      wrong
        .whereIn('label.state', ['unknown', 'void-requested'])
        .orWhere((refused) =>
          refused
            .where({ 'label.state': 'voided' })
            .whereIn('label.fault', ['label.void-refused', 'label.void-by-hand']),
        )
        .orWhere((failed) =>
          failed
            .where({ 'label.state': 'failed', 'parcel.state': 'closed' })
            // Another one was asked for since.
            .whereNotExists((later) =>
              later
                .from('label as later')
                .whereRaw('later.parcel_id = label.parcel_id and later.kind = label.kind and later.id > label.id'),
            ),
        )
        .orWhere((bought) =>
          bought
            .where({ 'label.state': 'bought' })
            .where((odd) => odd.whereNotNull('label.fault').orWhereIn('label.tracking_state', TROUBLED)),
        ),
    );
  const total = await problems.clone().count({ count: '*' }).first();
  const rows: Row[] = await problems.orderBy(['label.created_at', 'label.id']).limit(limit).select({
    labelId: 'label.id',
    parcelId: 'parcel.id',
    orderId: 'sales_order.id',
    orderNumber: 'sales_order.number',
    state: 'label.state',
    parcelState: 'parcel.state',
    carrier: 'label.carrier',
    trackingNumber: 'label.tracking_number',
    trackingState: 'label.tracking_state',
    code: 'label.fault',
    since: 'label.created_at',
  });
  return { problems: rows.map((row) => ({ ...row, kind: kindOf(row) })), total: Number(total?.count ?? 0) };
}

function kindOf({ state, code }: Row): ShippingProblem['kind'] {
  if (state === 'unknown') return 'unknown';
  if (state === 'void-requested') return 'void-pending';
  if (state === 'voided') return 'void-refused';
  if (state === 'failed' || code !== null) return 'failed';
  return 'tracking';
}
