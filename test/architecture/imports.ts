import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type Token, tokensOf } from './tokens.ts';

/** Path from the project's root with forward slashes → text. */
export type Tree = ReadonlyMap<string, string>;

/** One import of one file: `target` is a path in the tree, or the name of a package. */
export interface Import {
  readonly from: string;
  readonly target: string;
  readonly isPackage: boolean;
  /** Only types are taken: nothing of the target runs. */
  readonly typesOnly: boolean;
  /** `import()`: taken when the program comes there, not when it starts. */
  readonly dynamic: boolean;
}

const FOLDERS = ['main', 'renderer', 'shared', 'migrations', 'test'];

/** Every TypeScript file of the project, and the launcher, which is plain JavaScript. */
export function readTree(root: string): Tree {
  const tree = new Map<string, string>();
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (/\.tsx?$/.test(path) || /^main\/.*\.mjs$/.test(path))
        tree.set(path, readFileSync(join(root, path), 'utf8'));
    }
  };
  for (const folder of FOLDERS) walk(folder);
  return tree;
}

/** Every import in the tree, relative ones resolved; re-exports, `import type`, `import()` and `require()` count. */
export function importsOf(tree: Tree): Import[] {
  return [...tree].flatMap(([from, text]) =>
    namedIn(tokensOf(text)).map(({ name, ...how }): Import => {
      const isPackage = !name.startsWith('.');
      return { from, isPackage, target: isPackage ? name : posix.join(posix.dirname(from), name), ...how };
    }),
  );
}

interface Named {
  readonly name: string;
  readonly typesOnly: boolean;
  readonly dynamic: boolean;
}

function namedIn(tokens: readonly Token[]): Named[] {
  return tokens.flatMap((token, index) => {
    if (token.kind !== 'word' || tokens[index - 1]?.text === '.') return [];
    const called = calledWith(tokens, index);
    if (called !== undefined) return [{ name: called, typesOnly: false, dynamic: token.text === 'import' }];
    return token.text === 'import' || token.text === 'export' ? readStatement(tokens, index) : [];
  });
}

const MADE_HERE = ['(', 'import', '.', 'meta', '.', 'url', ')'];

/** The string of `import('…')`, `require('…')` and `createRequire(import.meta.url)('…')`. */
function calledWith(tokens: readonly Token[], index: number): string | undefined {
  const word = tokens[index]?.text;
  const made = word === 'createRequire' && MADE_HERE.every((mark, at) => tokens[index + 1 + at]?.text === mark);
  if (word !== 'import' && word !== 'require' && !made) return undefined;
  const at = index + 1 + (made ? MADE_HERE.length : 0);
  const [bracket, name] = [tokens[at], tokens[at + 1]];
  return bracket?.text === '(' && name?.kind === 'string' ? name.text : undefined;
}

/** `import 'x'`, or what is taken up to `from 'x'`; any other mark means that this is no import. */
function readStatement(tokens: readonly Token[], index: number): Named[] {
  const taken: string[] = [];
  for (let at = index + 1; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.kind === 'string') {
      if (taken.length > 0 && taken.at(-1) !== 'from') return [];
      return [{ name: token.text, typesOnly: takesTypesOnly(taken), dynamic: false }];
    }
    if (!token || (token.kind === 'mark' && !'{},*'.includes(token.text))) return [];
    taken.push(token.text);
  }
  return [];
}

function takesTypesOnly(taken: readonly string[]): boolean {
  if (taken[0] === 'type' && taken[1] !== 'from' && taken[1] !== ',') return true;
  const inBraces = taken.slice(taken.indexOf('{') + 1, taken.lastIndexOf('}'));
  if (taken[0] !== '{' || inBraces.length === 0) return false;
  const names = inBraces.join(' ').split(',');
  return names.every((name) => name.trim() === '' || name.trim().startsWith('type '));
}
