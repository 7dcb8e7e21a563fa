/** So much of GraphQL as a played Admin API needs: what is asked for is answered, and nothing else. */

export interface Field {
  readonly key: string;
  readonly name: string;
  readonly args: Readonly<Record<string, Value>>;
  readonly directives: Readonly<Record<string, Readonly<Record<string, Value>>>>;
  readonly fields: readonly Selection[];
}
interface Fragment {
  readonly on: string;
  readonly fields: readonly Selection[];
}
type Selection = Field | Fragment;
interface Variable {
  readonly variable: string;
}
type Value = string | number | boolean | null | Variable | readonly Value[];

export interface Document {
  readonly kind: 'query' | 'mutation';
  readonly name: string;
  /** Declared variables with their types (`ID!`). */
  readonly variables: ReadonlyMap<string, string>;
  readonly fields: readonly Selection[];
}

const TOKEN = /"(?:[^"\\]|\\.)*"|\.\.\.|-?\d+(?:\.\d+)?|[_A-Za-z]\w*|[{}()[\]:!$@=]/g;
const isFragment = (selection: Selection): selection is Fragment => 'on' in selection;

/** A fault in the request, in the words of GraphQL. */
export class GraphqlFault extends Error {
  readonly code: string;

  constructor(message: string, code = 'GRAPHQL_VALIDATION_FAILED') {
    super(message);
    this.code = code;
  }
}

export function parseDocument(text: string): Document {
  return new Reader(text).document();
}

/** Walks through the words of a document; owns the place where it stands. */
class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = text.match(TOKEN) ?? [];
  }

  document(): Document {
    const kind = this.#next();
    if (kind !== 'query' && kind !== 'mutation') throw new GraphqlFault('Only named queries and mutations are played');
    const name = this.#next();
    return { kind, name, variables: this.#variables(), fields: this.#selections() };
  }

  #next(): string {
    return this.#tokens[this.#at++] ?? '';
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw new GraphqlFault(`Expected ${token}, found ${this.#tokens[this.#at] ?? 'the end'}`);
  }

  /** Everything up to `end`, which is taken. */
  #until<T>(end: string, read: () => T): T[] {
    const found: T[] = [];
    while (!this.#take(end)) {
      if (this.#at >= this.#tokens.length) throw new GraphqlFault('The query breaks off');
      found.push(read());
    }
    return found;
  }

  #variables(): ReadonlyMap<string, string> {
    if (!this.#take('(')) return new Map();
    const declared = this.#until(')', () => {
      this.#expect('$');
      const variable = this.#next();
      this.#expect(':');
      let type = '';
      while (!['$', ')', undefined].includes(this.#tokens[this.#at])) type += this.#next();
      return [variable, type] as const;
    });
    return new Map(declared);
  }

  #selections(): Selection[] {
    if (!this.#take('{')) return [];
    return this.#until('}', () => {
      if (!this.#take('...')) return this.#field();
      this.#expect('on');
      return { on: this.#next(), fields: this.#selections() };
    });
  }

  #field(): Field {
    const key = this.#next();
    const name = this.#take(':') ? this.#next() : key;
    const args = this.#args();
    const directives: Record<string, Record<string, Value>> = {};
    while (this.#take('@')) directives[this.#next()] = this.#args();
    return { key, name, args, directives, fields: this.#selections() };
  }

  #args(): Record<string, Value> {
    if (!this.#take('(')) return {};
    const given = this.#until(')', () => {
      const name = this.#next();
      this.#expect(':');
      return [name, this.#value()] as const;
    });
    return Object.fromEntries(given);
  }

  #value(): Value {
    const token = this.#next();
    if (token === '$') return { variable: this.#next() };
    if (token === '[') return this.#until(']', () => this.#value());
    if (token.startsWith('"')) return JSON.parse(token) as string; // a quoted token is a JSON text
    if (/^-?\d/.test(token)) return Number(token);
    return token === 'true' ? true : token === 'false' ? false : token === 'null' ? null : token;
  }
}

export type Variables = Readonly<Record<string, unknown>>;
export type Arguments = Readonly<Record<string, unknown>>;
/** A field with arguments; `directives` are those that stand behind it in the query. */
export type Resolver = (args: Arguments, directives: Readonly<Record<string, Arguments>>) => unknown;

/** What was kept back: the fault goes beside the data, the field is null. */
export class Withheld {
  readonly message: string;
  readonly code: string;

  constructor(message: string, code = 'ACCESS_DENIED') {
    this.message = message;
    this.code = code;
  }
}

export interface Execution {
  readonly data: Record<string, unknown>;
  readonly errors: { message: string; path: string[]; extensions: { code: string } }[];
}

/** Answers a document from a tree of values and resolvers. Throws `GraphqlFault` where variables or fields do not fit. */
export function execute(document: Document, variables: Variables, root: Readonly<Record<string, unknown>>): Execution {
  for (const [name, type] of document.variables)
    if (type.endsWith('!') && (variables[name] ?? null) === null)
      throw new GraphqlFault(`Variable $${name} of type ${type} was provided invalid value`, 'INVALID_VARIABLE');
  for (const name of Object.keys(variables))
    if (!document.variables.has(name)) throw new GraphqlFault(`Variable $${name} is not declared by ${document.name}`);
  const errors: Execution['errors'] = [];
  const data = objectOf(root, document.fields, { variables, errors, path: [] });
  return { data, errors };
}

interface Run {
  readonly variables: Variables;
  readonly errors: Execution['errors'];
  readonly path: readonly string[];
}

export function resolveArgs(args: Readonly<Record<string, Value>>, variables: Variables): Arguments {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, resolved(value, variables)]));
}

function resolved(value: Value, variables: Variables): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(one, variables));
  return typeof value === 'object' && value !== null && 'variable' in value
    ? (variables[value.variable] ?? null)
    : value;
}

function objectOf(
  from: Readonly<Record<string, unknown>>,
  selections: readonly Selection[],
  run: Run,
): Record<string, unknown> {
  const answer: Record<string, unknown> = {};
  for (const selection of selections) {
    if (isFragment(selection)) {
      if (from.__typename === selection.on) Object.assign(answer, objectOf(from, selection.fields, run));
      continue;
    }
    const { key, name, args, directives, fields } = selection;
    const found = from[name];
    if (found === undefined)
      throw new GraphqlFault(`Field '${name}' doesn't exist on type '${from.__typename ?? '?'}'`);
    const given = Object.fromEntries(Object.entries(directives).map(([n, a]) => [n, resolveArgs(a, run.variables)]));
    const value = typeof found === 'function' ? found(resolveArgs(args, run.variables), given) : found;
    answer[key] = answerOf(value, fields, { ...run, path: [...run.path, key] });
  }
  return answer;
}

function answerOf(value: unknown, fields: readonly Selection[], run: Run): unknown {
  if (value instanceof Withheld) {
    run.errors.push({ message: value.message, path: [...run.path], extensions: { code: value.code } });
    return null;
  }
  if (Array.isArray(value))
    return value.map((one, at) => answerOf(one, fields, { ...run, path: [...run.path, String(at)] }));
  if (typeof value !== 'object' || value === null) return value;
  if (fields.length === 0) throw new GraphqlFault(`Field '${run.path.at(-1)}' must have selections`);
  return objectOf(value as Record<string, unknown>, fields, run); // neither null nor a list: an object of the tree
}

/** Points as Shopify counts them before running: one an object, lists by how much they are asked for, ten a mutation. */
export function costOf(document: Document, variables: Variables): number {
  return (document.kind === 'mutation' ? 10 : 0) + sumOf(document.fields, variables, 1);
}

function sumOf(selections: readonly Selection[], variables: Variables, times: number): number {
  return selections.reduce((sum, selection) => {
    if (isFragment(selection)) return sum + sumOf(selection.fields, variables, times);
    const { name, args, fields } = selection;
    if (fields.length === 0 || name === 'pageInfo') return sum;
    // The nodes of a connection were counted with the connection.
    if (name === 'nodes' && args.ids === undefined) return sum + sumOf(fields, variables, times);
    const given = resolveArgs(args, variables);
    const size = Array.isArray(given.ids) ? given.ids.length : Number(given.first ?? 1);
    return sum + times * size + (given.first === undefined ? 0 : 2) + sumOf(fields, variables, times * size);
  }, 0);
}
