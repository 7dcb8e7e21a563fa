import type { CallOutput } from '../../shared/contract/index.ts';
import type { ReturnView } from '../../shared/contract/returns.ts';
import type { Database } from '../db/database.ts';
import { searchTexts } from './returns-rules.ts';

/** Reasons aside, a label in a box that nobody used is no return yet. */
const UNUSED = ['authorised', 'expired', 'cancelled'];

/** Returns that were announced, newest first; a search finds those as well whose label still lies in the box. */
export async function listReturns(
  database: Database,
  asked: { search?: string | undefined; limit: number },
  now: string,
): Promise<CallOutput<'returns.list-view'>> {
  const { read } = database;
  const texts = searchTexts(asked.search ?? '', now);
  const found = () => {
    const rows = read('rma').join('sales_order', 'sales_order.id', 'rma.order_id');
    if (texts.length === 0)
      return rows.whereNot((unused) => unused.where({ 'rma.reason': 'in-box' }).whereIn('rma.state', UNUSED));
    return rows.where((any) =>
      any
        .whereIn('rma.code', texts)
        .orWhereIn('sales_order.number', texts)
        .orWhereIn(
          'rma.parcel_id',
          read('label')
            .leftJoin('label_code', 'label_code.label_id', 'label.id')
            .whereIn('label.tracking_number', texts)
            .orWhereIn('label.scan_text', texts)
            .orWhereIn('label_code.text', texts)
            .select('label.parcel_id'),
        ),
    );
  };
  const total = await found().count({ count: '*' }).first();
  const rows: (Omit<ReturnView, 'trackingNumber' | 'carrier'> & {
    trackingNumber: string | null;
    carrier: string | null;
  })[] = await found()
    .leftJoin('label', (join) =>
      join.on('label.id', read.raw('(select max(newest.id) from label newest where newest.rma_id = rma.id)')),
    )
    .orderBy([
      { column: 'rma.created_at', order: 'desc' },
      { column: 'rma.id', order: 'desc' },
    ])
    .limit(asked.limit)
    .select(
      'rma.id',
      'rma.code',
      'rma.order_id as orderId',
      'sales_order.number as orderNumber',
      'rma.parcel_id as parcelId',
      'rma.state',
      'rma.reason',
      'rma.expires_on as expiresOn',
      'rma.created_at as createdAt',
      'label.carrier',
      'label.tracking_number as trackingNumber',
      'label.state as labelState',
      'label.document_id as documentId',
    );
  return {
    returns: rows.map((row) => ({ ...row, carrier: row.carrier ?? '', trackingNumber: row.trackingNumber ?? '' })),
    total: Number(total?.count ?? 0),
  };
}
