import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Path from the project's root with forward slashes → text. */
export type Tree = ReadonlyMap<string, string>;

/** One import of one file: `target` is a path in the tree, or the name of a package. */
export interface Import {
  readonly from: string;
  readonly target: string;
  readonly isPackage: boolean;
}

const FOLDERS = ['main', 'renderer', 'shared', 'migrations', 'test'];

/** Every TypeScript file of the project. */
export function readTree(root: string): Tree {
  const tree = new Map<string, string>();
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (/\.tsx?$/.test(entry.name)) tree.set(path, readFileSync(join(root, path), 'utf8'));
    }
  };
  for (const folder of FOLDERS) walk(folder);
  return tree;
}

// Static imports and re-exports, `import type` included, side-effect imports, dynamic imports, and require of a literal.
const FORMS = [
  /\b(?:import|export)\s+(?:type\s+)?(?:[\w*${}\s,]+?\s+from\s+)['"]([^'"\n]+)['"]/g,
  /\bimport\s+['"]([^'"\n]+)['"]/g,
  /\bimport\s*\(\s*['"]([^'"\n]+)['"]\s*\)/g,
  /\brequire\s*\(\s*['"]([^'"\n]+)['"]\s*\)/g,
];

/** The text without comments; strings stay, since imports are strings. */
export function withoutComments(text: string): string {
  return text.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (_all, string) => string ?? ' ',
  );
}

/** Every import in the tree, relative ones resolved. */
export function importsOf(tree: Tree): Import[] {
  return [...tree].flatMap(([from, text]) => {
    const code = withoutComments(text);
    const names = new Set(FORMS.flatMap((form) => [...code.matchAll(form)].map((match) => match[1] ?? '')));
    return [...names].map((name): Import => {
      const isPackage = !name.startsWith('.');
      return { from, isPackage, target: isPackage ? name : normalize(join(dirname(from), name)).replaceAll('\\', '/') };
    });
  });
}
