const QUOTE = 0x22;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** `fields` of `broken` and `open` are the ones before the quoted text that is at fault. */
export type QuotedRow =
  | {
      readonly outcome: 'row';
      readonly fields: string[];
      readonly next: number;
      readonly lineBreaks: number;
      /** Index of the first field that spans lines, -1 without any. */
      readonly spanning: number;
    }
  | { readonly outcome: 'broken'; readonly fields: string[] }
  /** The text ends inside the record: more may follow. */
  | { readonly outcome: 'open'; readonly fields: string[] };

/**
 * Splits the CSV record that starts at `start`, by RFC 4180: a field that begins with a quotation mark runs to the next
 * single one and may hold delimiters and line breaks. A quotation mark inside an unquoted field stands for itself
 * (`Poster 12"`), as spreadsheets read it.
 */
export function splitQuotedRow(text: string, start: number, delimiter: string): QuotedRow {
  const fields: string[] = [];
  const comma = delimiter.charCodeAt(0);
  let lineBreaks = 0;
  let spanning = -1;
  for (let at = start; ; ) {
    let end = at;
    if (text.charCodeAt(at) === QUOTE) {
      const quoted = readQuoted(text, at);
      if (quoted === undefined) return { outcome: 'open', fields };
      end = quoted.end;
      if (text.charCodeAt(end) === RETURN && text.charCodeAt(end + 1) === NEWLINE) end += 1;
      const after = text.charCodeAt(end);
      if (Number.isNaN(after) || (after === RETURN && end + 1 === text.length)) return { outcome: 'open', fields };
      if (after !== NEWLINE && after !== comma) return { outcome: 'broken', fields };
      const breaks = quoted.value.split('\n').length - 1;
      if (breaks > 0 && spanning === -1) spanning = fields.length;
      lineBreaks += breaks;
      fields.push(quoted.value);
    } else {
      end = endOfPlain(text, at, comma);
      if (end === text.length) return { outcome: 'open', fields };
      const bare = text.charCodeAt(end) === NEWLINE && end > at && text.charCodeAt(end - 1) === RETURN ? end - 1 : end;
      fields.push(text.slice(at, bare));
    }
    at = end + 1;
    if (text.charCodeAt(end) === NEWLINE) return { outcome: 'row', fields, next: at, lineBreaks, spanning };
  }
}

function endOfPlain(text: string, from: number, comma: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === comma || code === NEWLINE) break;
  }
  return at;
}

/** The quoted text that opens at `at`, and where it ends; undefined when it is not closed. */
function readQuoted(text: string, at: number): { value: string; end: number } | undefined {
  let value = '';
  let from = at + 1;
  for (;;) {
    const close = text.indexOf('"', from);
    if (close === -1) return undefined;
    if (text.charCodeAt(close + 1) !== QUOTE) return { value: value + text.slice(from, close), end: close + 1 };
    value += text.slice(from, close + 1);
    from = close + 2;
  }
}
