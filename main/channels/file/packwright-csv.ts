import type { ChannelName } from '../../../shared/model/channel.ts';
import { orderColumns } from '../../../shared/model/import-order-columns.ts';
import type { CsvRow } from './csv-rows.ts';
import type { Fault, GroupKeys, RowGroup } from './group-rows.ts';
import { type OrderOutcome, rejectOrder } from './outcome.ts';
import { type GetValue, readOwnOrder } from './own-order.ts';
import { quoted } from './read-values.ts';
import type { ColumnIndex } from './table.ts';

/** Columns that belong to a line; every other one belongs to the whole order. */
export const LINE_COLUMNS: readonly string[] = [
  'line_id',
  'sku',
  'title',
  'quantity',
  'unit_price',
  'vat_rate',
  'line_discount',
];

const ORDER_COLUMNS = orderColumns.map((column) => column.name).filter((name) => !LINE_COLUMNS.includes(name));

/** What keeps the rows of one order together in our own CSV. */
export function ownKeys(columns: ColumnIndex): GroupKeys {
  const indexes = ORDER_COLUMNS.flatMap((name) => columns.get(name) ?? []);
  return { idColumn: columns.get('order_id') ?? -1, idName: 'order_id', orderColumns: indexes };
}

/** One order of our own CSV. Values repeated on later rows must say the same as on the first one. */
export function readOwnCsvOrder(group: RowGroup, columns: ColumnIndex, channel: ChannelName | undefined): OrderOutcome {
  const [first, ...others] = group.rows;
  if (group.faults.length > 0 || first === undefined) return rejectOrder(group.id, group.faults);
  const contradictions = others.flatMap((row) => contradiction(first, row, columns));
  if (contradictions.length > 0) return rejectOrder(group.id, contradictions);
  const lines = group.rows.map((row) => ({ row: row.line, get: getter(row, columns) }));
  return readOwnOrder({ row: first.line, get: getter(first, columns), lines }, channel);
}

function getter(row: CsvRow, columns: ColumnIndex): GetValue {
  return (column) => {
    const index = columns.get(column);
    return index === undefined ? '' : (row.fields[index] ?? '').trim();
  };
}

function contradiction(first: CsvRow, row: CsvRow, columns: ColumnIndex): Fault[] {
  for (const name of ORDER_COLUMNS) {
    const index = columns.get(name);
    const value = index === undefined ? '' : (row.fields[index] ?? '');
    if (index === undefined || value === '' || value === first.fields[index]) continue;
    const before = quoted(first.fields[index] ?? '');
    return [{ row: row.line, reason: `${name} is ${quoted(value)} here and ${before} in row ${first.line}` }];
  }
  return [];
}
