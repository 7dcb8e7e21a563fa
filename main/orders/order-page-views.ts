import type { CallOutput } from '../../shared/contract/index.ts';
import type { OrderView } from '../../shared/contract/orders.ts';
import { Address } from '../../shared/model/address.ts';
import type { Database } from '../db/database.ts';
import { readParcels } from './order-labels-views.ts';
import { readOrderSource } from './order-source-views.ts';
import { getOrderRow } from './orders-views.ts';

/** Everything about one order: lines, parcels, labels, documents, timeline. */
export async function readOrderPage(database: Database, key: string): Promise<OrderView> {
  const order = await getOrderRow(database, key);
  const stored = await database.read('order_private').where({ order_id: order.id }).first('data');
  const opened = stored && database.personal.open(order.id, stored.data);
  const data = opened ? (JSON.parse(opened) as { address: unknown; note: string | null }) : undefined; // written by the orders store only
  const address = Address.safeParse(data?.address);
  const parcels = await readParcels(database, order.id);
  return {
    ...order,
    address: address.success ? address.data : null,
    note: data?.note ?? null,
    source: await readOrderSource(database, order.id),
    lines: await readLines(database, order.id),
    parcels,
    documents: await database
      .read('document')
      .where({ order_id: order.id })
      // The carrier's file as it came is kept as proof; what is shown and printed of it is the label.
      .whereNot({ kind: 'label-original' })
      .orderBy('created_at')
      .select('id', 'kind', 'created_at as createdAt'),
    timeline: await readTimeline(database, [order.id, ...parcels.map((parcel) => parcel.id)]),
  };
}

interface LineRow {
  readonly id: string;
  readonly lineNo: number;
  readonly parentLineId: string | null;
  readonly substituteFor: string | null;
  readonly sku: string;
  readonly title: string;
  readonly imageHash: string | null;
  readonly itemId: string | null;
  readonly ordered: number;
  readonly cancelled: number;
  readonly sentElsewhere: number;
  readonly allocated: number;
  readonly picked: number;
  readonly packed: number;
  readonly shipped: number;
}

async function readLines(database: Database, orderId: string): Promise<OrderView['lines']> {
  const rows: LineRow[] = await database
    .read('order_line')
    .leftJoin('item', 'item.id', 'order_line.item_id')
    .where({ order_id: orderId })
    .orderBy('line_no')
    .select(
      'order_line.id',
      'line_no as lineNo',
      'parent_line_id as parentLineId',
      'substitute_for as substituteFor',
      'order_line.sku',
      database.read.raw('coalesce(item.title, order_line.title) as title'),
      'image_hash as imageHash',
      'item_id as itemId',
      'ordered',
      'cancelled',
      'sent_elsewhere as sentElsewhere',
      'allocated',
      'picked',
      'packed',
      'shipped',
    );
  const codes: { code: string; itemId: string }[] = await database
    .read('item_code')
    .whereIn(
      'item_id',
      rows.flatMap((row) => row.itemId ?? []),
    )
    .where({ kind: 'gtin' })
    .orderBy('quantity')
    .select('code', 'item_id as itemId');
  return rows
    .filter((row) => row.parentLineId === null)
    .map((row) => {
      const parts = rows.filter((part) => part.parentLineId === row.id);
      const progress = (of: (line: LineRow) => number): number =>
        parts.length === 0
          ? of(row)
          : Math.min(...parts.map((part) => Math.floor((of(part) * row.ordered) / Math.max(1, part.ordered))));
      return {
        id: row.id,
        lineNo: row.lineNo,
        sku: row.sku,
        title: row.title,
        imageUrl: row.imageHash ? `/images/${row.imageHash}` : null,
        gtins: codes.filter((code) => code.itemId === row.itemId).map((code) => code.code),
        known: row.itemId !== null,
        replaces: rows.find((other) => other.id === row.substituteFor)?.sku ?? null,
        quantityOrdered: row.ordered,
        quantityCancelled: row.cancelled - row.sentElsewhere,
        quantityAllocated: progress((line) => line.allocated),
        quantityPicked: progress((line) => line.picked),
        quantityPacked: progress((line) => line.packed),
        quantityShipped: progress((line) => line.shipped) + row.sentElsewhere,
        quantitySentElsewhere: row.sentElsewhere,
        components: parts.map((part) => ({
          sku: part.sku,
          title: part.title,
          quantityOrdered: part.ordered,
          quantityPacked: part.packed,
        })),
      };
    });
}

async function readTimeline(database: Database, subjects: readonly string[]): Promise<OrderView['timeline']> {
  const rows = await database
    .read('journal')
    .leftJoin('operator', 'operator.id', 'journal.operator_id')
    .leftJoin('station', 'station.id', 'journal.station_id')
    .whereIn('subject', [...subjects])
    .orderBy('journal.id')
    .limit(1_000)
    .select(
      'journal.id',
      'at',
      'kind',
      'operator.name as operator',
      'station.name as station',
      'from_state as from',
      'to_state as to',
      'data',
    );
  return rows.map((row) => ({ ...row, data: JSON.parse(row.data) }));
}

/** The latest imports with what was set aside. */
export async function listRuns(database: Database, limit: number): Promise<CallOutput<'orders.import-runs-view'>> {
  const runs = await database
    .read('import_run')
    .orderBy('at', 'desc')
    .limit(limit)
    .select(
      'id',
      'at',
      'kind',
      'file_name as fileName',
      'imported',
      'updated',
      'unchanged',
      'rejected',
      'finished_at as finishedAt',
    );
  const listed = [];
  for (const { finishedAt, ...run } of runs) {
    const findings = await database
      .read('import_finding')
      .where({ run_id: run.id })
      .orderBy('row')
      .limit(200)
      .select('kind', 'row', 'subject', 'detail');
    listed.push({ ...run, finished: finishedAt !== null, findings });
  }
  return { runs: listed };
}
