/** A word, a mark or the text of a string, as far as imports have to be told from words about imports. */
export interface Token {
  readonly kind: 'word' | 'string' | 'mark';
  readonly text: string;
}

// The order matters: a comment or string hides whatever looks like something else inside it.
const PIECES = {
  comment: /\/\*[\s\S]*?\*\/|\/\/[^\n]*/y,
  string: /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/y,
  template: /`(?:\\[\s\S]|[^`\\$]|\$(?!\{))*(?:`|\$\{)/y,
  regex: /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])*\/[a-z]*/y,
  word: /[\p{L}\p{N}_$#@]+/uy,
  space: /\s+/y,
};
/** The rest of a template after one of its expressions. */
const TEMPLATE_GOES_ON = /\}(?:\\[\s\S]|[^`\\$]|\$(?!\{))*(?:`|\$\{)/y;
/** After these a slash divides; after any other mark, and at the start, it begins a regular expression. */
const ENDS_A_VALUE = /^[)\]}]$/;
const WORDS_BEFORE_A_REGEX = new Set(['return', 'typeof', 'case', 'in', 'of', 'void', 'yield', 'await', 'else', 'do']);

/** Splits a TypeScript file into words, strings and marks; comments and regular expressions are left out. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  // For each template whose expression is open: how many braces were open when the expression began.
  const templates: number[] = [];
  let braces = 0;
  let at = 0;
  const match = (piece: RegExp): string | undefined => {
    piece.lastIndex = at;
    const found = piece.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const template = (found: string): void => {
    if (found.endsWith('${')) templates.push(braces);
    else tokens.push({ kind: 'mark', text: '`' });
  };
  while (at < text.length) {
    if (match(PIECES.space) !== undefined || match(PIECES.comment) !== undefined) continue;
    const string = match(PIECES.string);
    if (string !== undefined) {
      tokens.push({ kind: 'string', text: string.slice(1, -1) });
      continue;
    }
    const goesOn = templates.at(-1) === braces ? match(TEMPLATE_GOES_ON) : undefined;
    if (goesOn !== undefined) templates.pop();
    const piece = goesOn ?? match(PIECES.template);
    if (piece !== undefined) {
      template(piece);
      continue;
    }
    if (text[at] === '/' && regexMayStand(tokens.at(-1)) && match(PIECES.regex) !== undefined) continue;
    const word = match(PIECES.word);
    if (word !== undefined) {
      tokens.push({ kind: 'word', text: word });
      continue;
    }
    const mark = text[at] ?? '';
    if (mark === '{') braces += 1;
    if (mark === '}') braces -= 1;
    tokens.push({ kind: 'mark', text: mark });
    at += 1;
  }
  return tokens;
}

function regexMayStand(before: Token | undefined): boolean {
  if (!before) return true;
  if (before.kind === 'string') return false;
  if (before.kind === 'word') return WORDS_BEFORE_A_REGEX.has(before.text);
  // A closing tag of JSX: `</main>`.
  return before.text !== '<' && !ENDS_A_VALUE.test(before.text);
}
