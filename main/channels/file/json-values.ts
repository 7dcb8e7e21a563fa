import { parseLossless } from '../../../shared/json/lossless-json.ts';

/** A value of the list that a JSON file is, or what is wrong there. */
export type JsonPiece =
  | { readonly kind: 'value'; readonly line: number; readonly value: unknown }
  | { readonly kind: 'broken'; readonly line: number; readonly reason: string };

/** Longest single value in characters. */
const MAX_VALUE = 4 * 1024 * 1024;
const MAX_REPAIRS = 100;

const [QUOTE, BACKSLASH, COMMA, NEWLINE, SPACE, TAB] = [0x22, 0x5c, 0x2c, 0x0a, 0x20, 0x09];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

interface JsonState {
  rest: string;
  /** Where scanning of `rest` goes on: behind the character being looked at. */
  at: number;
  line: number;
  /** Blanks since the line began, -1 behind anything else. */
  indent: number;
  /** The open value: where it starts in `rest` (-1 between values), its line and its indent. */
  start: number;
  startLine: number;
  startIndent: number;
  depth: number;
  inText: boolean;
  list: 'unknown' | 'array' | 'lines' | 'ended';
  repairs: number;
}

const ARRAY_START = /^\s*(?:\{\s*"orders"\s*:\s*)?\[/i;
const MAYBE_ARRAY_START = /^\s*(?:\{\s*(?:"[a-z]{0,20}"?\s*:?\s*)?)?$/i;

/**
 * Reads `[…]`, `{"orders": […]}` or one value a line, value by value, holding one chunk and one value.
 *
 * A value that cannot be read is reported with the line it starts in; reading goes on at the next line that begins like
 * it did, and where there is none, the report says that the rest is lost.
 */
export async function* readJsonValues(chunks: AsyncIterable<string>): AsyncGenerator<readonly JsonPiece[]> {
  const state: JsonState = {
    rest: '',
    at: 0,
    line: 1,
    indent: 0,
    start: -1,
    startLine: 1,
    startIndent: -1,
    depth: 0,
    inText: false,
    list: 'unknown',
    repairs: 0,
  };
  for await (const chunk of chunks) {
    state.rest += chunk;
    if (state.list === 'unknown' && !openList(state, false)) continue;
    yield takeValues(state, false);
    if (state.list === 'ended') return;
  }
  openList(state, true);
  yield takeValues(state, true);
  if (state.list === 'array') {
    yield [{ kind: 'broken', line: state.line, reason: 'the file ends before its list does: orders may be missing' }];
  }
}

/** Sees whether the file is one list or a value a line; false while too little was read to tell. */
function openList(state: JsonState, ended: boolean): boolean {
  if (state.list !== 'unknown') return true;
  const array = ARRAY_START.exec(state.rest);
  if (!array && !ended && state.rest.length < 4_096 && MAYBE_ARRAY_START.test(state.rest)) return false;
  state.list = array ? 'array' : 'lines';
  state.at = array ? array[0].length : 0;
  state.line += lineBreaks(state.rest, 0, state.at);
  if (state.at > 0) state.indent = -1;
  return true;
}

/** Takes every complete value off `rest`. */
function takeValues(state: JsonState, ended: boolean): JsonPiece[] {
  const pieces: JsonPiece[] = [];
  do {
    while (state.at < state.rest.length && state.list !== 'ended') {
      const code = state.rest.charCodeAt(state.at);
      state.at += 1;
      scan(state, code, pieces);
    }
    const tooLong = state.start !== -1 && state.at - state.start > MAX_VALUE;
    if (state.start !== -1 && (tooLong || ended)) endValue(state, pieces, state.rest.length);
  } while (state.at < state.rest.length && state.list !== 'ended');
  const keep = state.start === -1 ? state.at : state.start;
  state.rest = state.rest.slice(keep);
  state.at -= keep;
  if (state.start !== -1) state.start = 0;
  return pieces;
}

function scan(state: JsonState, code: number, pieces: JsonPiece[]): void {
  if (code === NEWLINE) {
    // JSON text holds no raw line break: after a lost quotation mark the next line is read as usual.
    state.inText = false;
    if (state.list === 'lines' && state.depth === 0 && state.start !== -1) endValue(state, pieces, state.at - 1);
    else nextLine(state);
  } else if (state.inText) {
    if (code === BACKSLASH && state.rest.charCodeAt(state.at) !== NEWLINE) state.at += 1;
    else if (code === QUOTE) state.inText = false;
  } else if (code === SPACE || code === TAB) {
    if (state.indent !== -1) state.indent += 1;
  } else if (code > SPACE) scanMark(state, code, pieces);
}

function nextLine(state: JsonState): void {
  state.line += 1;
  state.indent = 0;
}

function scanMark(state: JsonState, code: number, pieces: JsonPiece[]): void {
  const closes = code === CLOSE_LIST || code === CLOSE_OBJECT;
  if (state.depth === 0 && state.list === 'array' && (code === COMMA || code === CLOSE_LIST)) {
    if (state.start !== -1) endValue(state, pieces, state.at - 1);
    else if (code === CLOSE_LIST) state.list = 'ended';
    else state.indent = -1;
    return;
  }
  if (state.start === -1) {
    state.start = state.at - 1;
    state.startLine = state.line;
    state.startIndent = state.indent;
  }
  state.indent = -1;
  if (code === QUOTE) state.inText = true;
  else if (code === OPEN_LIST || code === OPEN_OBJECT) state.depth += 1;
  else if (closes && state.depth > 0) {
    state.depth -= 1;
    if (state.depth === 0) endValue(state, pieces, state.at);
  }
}

/** Reads the value that ends before `end`; scanning goes on there or, behind a broken value, where the next may start. */
function endValue(state: JsonState, pieces: JsonPiece[], end: number): void {
  const text = state.rest.slice(state.start, end);
  state.at = end;
  try {
    if (text.length > MAX_VALUE) throw new SyntaxError('longer than 4 MiB');
    pieces.push({ kind: 'value', line: state.startLine, value: parseLossless(text) });
  } catch (error) {
    pieces.push(repair(state, text, error instanceof Error ? error.message : ''));
  }
  state.start = -1;
  state.depth = 0;
  state.inText = false;
}

/** Sets scanning to the next line that is indented like the broken value and opens an object. */
function repair(state: JsonState, text: string, message: string): JsonPiece {
  const { startIndent, startLine: line } = state;
  const sibling = startIndent === -1 || state.repairs >= MAX_REPAIRS ? null : siblingOf(text, startIndent);
  const lost = !sibling && (text.includes('\n') || text.length > MAX_VALUE);
  if (sibling) {
    state.repairs += 1;
    state.at = state.start + sibling;
    state.line = line + lineBreaks(text, 0, sibling);
    state.indent = startIndent;
  }
  if (lost) state.list = 'ended';
  return { kind: 'broken', line, reason: brokenReason(message, lost) };
}

function siblingOf(text: string, indent: number): number | null {
  const found = new RegExp(`\\n[ \\t]{${indent}}\\{`).exec(text);
  return found ? found.index + found[0].length - 1 : null;
}

function brokenReason(message: string, lost: boolean): string {
  const where = message.replace(/\s*in JSON.*$|\s*\(line.*$|,? *\.\.\..*$/s, '');
  return `broken JSON in the order that starts here (${where})${lost ? '; what follows it could not be read' : ''}`;
}

function lineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
