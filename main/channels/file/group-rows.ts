import type { CsvRow } from './csv-rows.ts';

const MAX_LINES = 10_000;
const MAX_FAULTS = 20;

/** One thing wrong in a file and the line it stands in. */
export interface Fault {
  readonly row: number;
  readonly reason: string;
}

/** The rows of one order. With faults the order is set aside as a whole and `rows` may be incomplete. */
export interface RowGroup {
  readonly id: string;
  readonly firstRow: number;
  readonly rows: CsvRow[];
  readonly faults: Fault[];
}

/** Where a table keeps an order's identity; columns are indexes. */
export interface GroupKeys {
  readonly idColumn: number;
  readonly idName: string;
  /** Columns that say something about the order as a whole, not about a line. */
  readonly orderColumns: readonly number[];
}

interface Grouping {
  readonly keys: GroupKeys;
  open: RowGroup | undefined;
  /** A row of unknown order, which the group that comes next may have lost. */
  stray: CsvRow | undefined;
}

/**
 * Gathers adjacent rows of the same order id.
 *
 * An unreadable row makes the order it belongs to faulty, so that none is imported by halves; where its id cannot be
 * read, that is the order before it and the one after.
 */
export async function* groupRows(
  batches: AsyncIterable<readonly CsvRow[]>,
  keys: GroupKeys,
): AsyncGenerator<readonly RowGroup[]> {
  const grouping: Grouping = { keys, open: undefined, stray: undefined };
  for await (const batch of batches) {
    const done: RowGroup[] = [];
    for (const row of batch) addRow(grouping, row, done);
    if (done.length > 0) yield done;
  }
  if (grouping.open) yield [grouping.open];
}

function addRow(grouping: Grouping, row: CsvRow, done: RowGroup[]): void {
  const { keys, open } = grouping;
  const id = row.continued ? '' : (row.fields[keys.idColumn]?.trim() ?? '');
  if (id === '') {
    addStray(grouping, row, done);
    return;
  }
  if (open?.id === id) {
    grouping.stray = undefined;
    extend(open, row);
    return;
  }
  if (open) done.push(open);
  const group: RowGroup = { id, firstRow: row.line, rows: [], faults: [] };
  if (grouping.stray && mayHaveLost(grouping.stray, row, keys)) {
    group.faults.push({ row: grouping.stray.line, reason: 'the row before it cannot be read and may belong to it' });
  }
  grouping.open = group;
  grouping.stray = undefined;
  extend(group, row);
}

function extend(group: RowGroup, row: CsvRow): void {
  if (row.problem !== undefined) addFault(group, { row: row.line, reason: row.problem });
  else if (group.rows.length < MAX_LINES) group.rows.push(row);
  else if (group.faults.length === 0) group.faults.push({ row: row.line, reason: `more than ${MAX_LINES} lines` });
}

function addFault(group: RowGroup, fault: Fault): void {
  if (group.faults.length < MAX_FAULTS) group.faults.push(fault);
}

function addStray(grouping: Grouping, row: CsvRow, done: RowGroup[]): void {
  const { keys, open } = grouping;
  const reason = row.problem ?? `${keys.idName} is missing`;
  const before = open?.rows[0];
  if (open && (row.continued || (before ? mayBelong(row, before, keys) : open.id !== ''))) {
    addFault(open, { row: row.line, reason });
  } else {
    if (open) done.push(open);
    grouping.open = { id: '', firstRow: row.line, rows: [], faults: [{ row: row.line, reason }] };
  }
  grouping.stray = row;
}

/** Whether the order that begins with `row` may have lost `stray`, which stood in front of it. */
function mayHaveLost(stray: CsvRow, row: CsvRow, keys: GroupKeys): boolean {
  // Behind a broken quote come lines of its text, or rows: one with the same id is a row.
  if (stray.continued) return stray.fields[keys.idColumn] === row.fields[keys.idColumn];
  return mayBelong(stray, row, keys);
}

/** Whether a row without readable id can be one of the same order as `other`. */
function mayBelong(row: CsvRow, other: CsvRow, keys: GroupKeys): boolean {
  if (row.problem !== undefined) return true;
  return keys.orderColumns.every((column) => {
    const value = row.fields[column] ?? '';
    return value.trim() === '' || value === other.fields[column];
  });
}
