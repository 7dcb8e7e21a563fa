import { splitQuotedRow } from './csv-quotes.ts';

/** One record of a CSV file. `line` is the line an editor shows where it starts (the header is 1). */
export interface CsvRow {
  readonly line: number;
  /** Every field; those before the fault where the row has a `problem`. */
  readonly fields: readonly string[];
  /** Why the row cannot be read, for a person. */
  readonly problem?: string;
  /** True for an unreadable row right behind one with a broken quote: most likely the rest of the same text. */
  readonly continued?: boolean;
}

/** Longest record in characters; what is longer is a quote that nobody closed. */
export const MAX_RECORD = 256 * 1024;

const DELIMITERS = [',', ';', '\t', '|'];
const UNREADABLE = /[\0\uFFFD\p{Surrogate}]/u;

interface CsvState {
  rest: string;
  line: number;
  macLineEnds: boolean | undefined;
  delimiter: string;
  /** Number of header columns, 0 until the header is read. */
  columns: number;
  afterBrokenQuote: boolean;
  /** Inside a line too long to hold, up to its end. */
  skippingLine: boolean;
  /** The text read last holds characters that no encoding gives: each row is looked at. */
  suspicious: boolean;
}

/**
 * Rows of a CSV text in batches, header first; blank lines are left out.
 *
 * Reads commas, semicolons, tabs or bars and any line end. A row that cannot be read is yielded with its problem and
 * reading goes on at the line after: csv-parse, which the tests use as the measure for well-formed files, cannot
 * resume behind a quote that is never closed. Holds one chunk and at most one record of `MAX_RECORD` characters.
 */
export async function* readCsvRows(text: AsyncIterable<string>): AsyncGenerator<readonly CsvRow[]> {
  const state: CsvState = {
    rest: '',
    line: 1,
    macLineEnds: undefined,
    delimiter: ',',
    columns: 0,
    afterBrokenQuote: false,
    skippingLine: false,
    suspicious: false,
  };
  for await (const chunk of text) {
    if (chunk === '') continue;
    state.suspicious = UNREADABLE.test(chunk) || (state.suspicious && state.rest !== '');
    state.rest += withNewlines(state, chunk);
    yield takeRows(state, false);
  }
  if (state.rest !== '' && !state.rest.endsWith('\n')) state.rest += '\n';
  yield takeRows(state, true);
}

/** Old Mac files end lines by CR alone; every other file is left as it is. */
function withNewlines(state: CsvState, chunk: string): string {
  if (state.macLineEnds === undefined) {
    const text = state.rest + chunk;
    const end = endOfHeader(text);
    if (end + 1 >= text.length) return chunk;
    state.macLineEnds = text[end] === '\r' && text[end + 1] !== '\n';
    if (state.macLineEnds) state.rest = state.rest.replaceAll('\r', '\n');
  }
  return state.macLineEnds ? chunk.replaceAll('\r', '\n') : chunk;
}

/** Index of the first line end outside quotes, the text's length without any. */
function endOfHeader(text: string): number {
  let inQuotes = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') inQuotes = !inQuotes;
    else if (!inQuotes && (char === '\n' || char === '\r')) return at;
  }
  return text.length;
}

/** Takes every complete record off `state.rest`. */
function takeRows(state: CsvState, ended: boolean): CsvRow[] {
  const rows: CsvRow[] = [];
  const text = state.rest;
  let at = state.skippingLine ? skipLine(state, text) : 0;
  let quote = text.indexOf('"', at);
  while (at < text.length) {
    if (quote !== -1 && quote < at) quote = text.indexOf('"', at);
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    if (quote !== -1 && quote < end) {
      const next = takeQuoted(state, { text, at, ended }, rows);
      if (next === at) break;
      at = next;
    } else if (newline === -1 && !ended) {
      if (text.length - at > MAX_RECORD) at = skipTooLong(state, text, rows);
      break;
    } else {
      takePlain(state, text.slice(at, text[end - 1] === '\r' && end > at ? end - 1 : end), rows);
      at = end + 1;
    }
  }
  state.rest = text.slice(at);
  return rows;
}

/** A line without quotes, by far the most common: the engine's own `split` is the fastest way there is. */
function takePlain(state: CsvState, line: string, rows: CsvRow[]): void {
  if (state.columns === 0) {
    if (/^sep=.$/i.test(line)) {
      state.line += 1;
      return;
    }
    state.delimiter = delimiterOf(line);
  }
  addRow(state, line.split(state.delimiter), rows);
  state.line += 1;
}

/** A record with quotes, which may span lines. Returns where the next one starts, or `at` when more text is needed. */
function takeQuoted(state: CsvState, from: { text: string; at: number; ended: boolean }, rows: CsvRow[]): number {
  const { text, at, ended } = from;
  if (state.columns === 0) state.delimiter = delimiterOf(text.slice(at, at + MAX_RECORD));
  const row = splitQuotedRow(text, at, state.delimiter);
  if (row.outcome === 'open' && !ended && text.length - at <= MAX_RECORD) return at;
  const misfit = row.outcome === 'row' && row.lineBreaks > 0 ? columnProblem(state, row.fields) : undefined;
  if (row.outcome === 'row' && misfit === undefined) {
    addRow(state, row.fields, rows);
    state.line += row.lineBreaks + 1;
    return row.next;
  }
  // Whatever was read behind the broken quote may be other rows: only its first line is set aside.
  const fields = row.outcome === 'row' ? row.fields.slice(0, row.spanning) : row.fields;
  addProblem(state, { fields, problem: quoteProblem(row.outcome, fields.length + 1, misfit) }, rows);
  state.afterBrokenQuote = true;
  state.line += 1;
  const newline = text.indexOf('\n', at);
  if (newline !== -1) return newline + 1;
  state.skippingLine = true;
  return text.length;
}

function quoteProblem(outcome: 'row' | 'broken' | 'open', column: number, misfit: string | undefined): string {
  if (misfit !== undefined) return `${misfit}, or the quotation mark that opens column ${column} is never closed`;
  if (outcome === 'open') return `broken quote: the quotation mark that opens column ${column} is never closed`;
  return `broken quote in column ${column}: a quotation mark inside quoted text must be doubled`;
}

function addProblem(state: CsvState, row: { fields: string[]; problem: string }, rows: CsvRow[]): void {
  rows.push({ line: state.line, ...row, ...(state.afterBrokenQuote && { continued: true }) });
}

function addRow(state: CsvState, fields: string[], rows: CsvRow[]): void {
  if (fields.every((field) => field.trim() === '')) return;
  if (state.columns === 0) state.columns = fields.length;
  const problem = columnProblem(state, fields) ?? (state.suspicious ? characterProblem(fields) : undefined);
  if (problem === undefined) {
    state.afterBrokenQuote = false;
    rows.push({ line: state.line, fields });
    return;
  }
  addProblem(state, { fields, problem }, rows);
}

function columnProblem(state: CsvState, fields: readonly string[]): string | undefined {
  if (fields.length === state.columns || state.columns === 0) return undefined;
  // Spreadsheets leave empty cells at the end of a row; nothing is shifted by them.
  if (fields.length > state.columns && fields.slice(state.columns).every((field) => field === '')) return undefined;
  return `${fields.length} columns where the header has ${state.columns}`;
}

function characterProblem(fields: readonly string[]): string | undefined {
  const column = fields.findIndex((field) => UNREADABLE.test(field));
  return column === -1 ? undefined : `unreadable characters in column ${column + 1}: save the file as UTF-8`;
}

function skipTooLong(state: CsvState, text: string, rows: CsvRow[]): number {
  rows.push({ line: state.line, fields: [], problem: `a line of more than ${MAX_RECORD} characters` });
  state.skippingLine = true;
  return text.length;
}

function skipLine(state: CsvState, text: string): number {
  const newline = text.indexOf('\n');
  if (newline === -1) return text.length;
  state.skippingLine = false;
  state.line += 1;
  return newline + 1;
}

/** The delimiter that the header has most of, outside quotes. */
function delimiterOf(text: string): string {
  const outside = text
    .slice(0, endOfHeader(text))
    .split('"')
    .filter((_, index) => index % 2 === 0);
  const counts = DELIMITERS.map((delimiter) => outside.join('').split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}
