import { AppError } from '../../../shared/errors.ts';
import type { ChannelName } from '../../../shared/model/channel.ts';
import { orderColumns } from '../../../shared/model/import-order-columns.ts';
import type { ImportedOrder, Read } from '../../../shared/model/imported.ts';
import { type CsvRow, readCsvRows } from './csv-rows.ts';
import { detectOrderTable, openText, orderHeaders } from './detect-format.ts';
import { type GroupKeys, groupRows, type RowGroup } from './group-rows.ts';
import { readJsonValues } from './json-values.ts';
import type { OrderOutcome } from './outcome.ts';
import { ownKeys, readOwnCsvOrder } from './packwright-csv.ts';
import { readOwnJsonOrder } from './packwright-json.ts';
import { quoted } from './read-values.ts';
import { createSeenIds, type SeenIds } from './seen-ids.ts';
import { findShopifyColumns } from './shopify-columns.ts';
import { readShopifyOrder, shopifyKeys } from './shopify-csv.ts';
import { findColumns, requireColumns, unknownFormat } from './table.ts';

export interface ReadOrdersOptions {
  /** Shown in errors; the format is told by the content. */
  readonly fileName: string;
  /** Where the orders come from, when the person who imports says so. A channel column of our own formats wins. */
  readonly channel?: ChannelName;
  /** Instant of the import; dates further ahead than a year are slips. */
  readonly now: string;
  /** Orders left out because nothing in them is left to ship; not a fault, so not a result. */
  readonly onSkipped?: (skipped: { readonly row: number; readonly reason: string }) => void;
}

const YEAR_MS = 366 * 24 * 3_600_000;

/**
 * Orders of a file in file order: Shopify's orders export, our own CSV or our own JSON (`orderColumns`).
 *
 * Streams in constant memory. An order with a fault in any of its rows is yielded once as rejected, with the row and
 * the reason; one whose rows do not follow each other is rejected where it shows up again, never merged or doubled.
 * Errors: `import.empty-file`, `import.unknown-format` (details `columns`), `import.missing-column` (details `column`).
 */
export async function* readOrders(
  input: AsyncIterable<Uint8Array>,
  options: ReadOrdersOptions,
): AsyncGenerator<Read<ImportedOrder>> {
  const { shape, text } = await openText(input, options.fileName);
  const outcomes = shape === 'json' ? jsonOutcomes(text, options) : tableOutcomes(text, options);
  const latest = new Date(Date.parse(options.now) + YEAR_MS).toISOString();
  const seen = { orders: createSeenIds(), rejected: createSeenIds() };
  for await (const batch of outcomes) {
    for (const outcome of batch) {
      const checked = checkOutcome(outcome, seen, latest);
      if (checked.kind === 'record') yield checked;
      else if (checked.kind === 'rejected') yield { kind: 'rejected', row: checked.row, reason: checked.reason };
      else options.onSkipped?.({ row: checked.row, reason: checked.reason });
    }
  }
}

/** Orders of the file so far: those read, by channel, shop and id; those set aside, by id alone. */
interface Seen {
  readonly orders: SeenIds;
  readonly rejected: SeenIds;
}

function checkOutcome(outcome: OrderOutcome, seen: Seen, latest: string): OrderOutcome {
  if (outcome.kind === 'rejected' && outcome.orderId) seen.rejected.add(outcome.orderId);
  if (outcome.kind !== 'record') return outcome;
  const { row, record } = outcome;
  const problem = problemOf(record, seen, latest);
  if (problem === undefined) return outcome;
  return { kind: 'rejected', row, reason: `order ${quoted(record.number)} is set aside: ${problem}` };
}

function problemOf(record: ImportedOrder, seen: Seen, latest: string): string | undefined {
  if (record.placedAt > latest || (record.shipBy ?? '') > latest) return 'a date lies more than a year ahead';
  if (seen.rejected.has(record.externalId) || seen.rejected.has(record.number)) {
    return 'rows of it further up were set aside';
  }
  const isNew = seen.orders.add(`${record.channel}\n${record.shop}\n${record.externalId}`);
  return isNew
    ? undefined
    : 'it is in this file twice; its rows must follow each other, and only the first ones are read';
}

async function* jsonOutcomes(
  text: AsyncIterable<string>,
  { channel }: ReadOrdersOptions,
): AsyncGenerator<readonly OrderOutcome[]> {
  for await (const pieces of readJsonValues(text)) yield pieces.map((piece) => readOwnJsonOrder(piece, channel));
}

async function* tableOutcomes(
  text: AsyncIterable<string>,
  options: ReadOrdersOptions,
): AsyncGenerator<readonly OrderOutcome[]> {
  let table: OrderTable | undefined;
  const rows = readCsvRows(text);
  for await (const batch of rows) {
    const [header] = batch;
    if (header === undefined) continue;
    table = openTable(header, options);
    yield* groupOutcomes(table, batch.slice(1), rows);
  }
  if (table === undefined) throw new AppError('validation', 'import.empty-file', { fileName: options.fileName });
}

interface OrderTable {
  readonly keys: GroupKeys;
  readonly read: (group: RowGroup) => OrderOutcome;
}

function openTable(header: CsvRow, { fileName, channel }: ReadOrdersOptions): OrderTable {
  const format = header.problem === undefined ? detectOrderTable(header.fields) : undefined;
  if (format === undefined) throw unknownFormat(fileName, header.fields);
  if (format === 'shopify') {
    const columns = findShopifyColumns(header.fields, fileName);
    return { keys: shopifyKeys(columns), read: (group) => readShopifyOrder(group, columns, channel) };
  }
  const columns = findColumns(header.fields, orderHeaders);
  requireColumns(columns, orderColumns, fileName);
  return { keys: ownKeys(columns), read: (group) => readOwnCsvOrder(group, columns, channel) };
}

/** Reads the rest of the table: the rows that came with the header, then all that follow. */
async function* groupOutcomes(
  table: OrderTable,
  first: readonly CsvRow[],
  rest: AsyncGenerator<readonly CsvRow[]>,
): AsyncGenerator<readonly OrderOutcome[]> {
  async function* batches(): AsyncGenerator<readonly CsvRow[]> {
    yield first;
    yield* rest;
  }
  for await (const groups of groupRows(batches(), table.keys)) yield groups.map(table.read);
}
