import { type Import, importsOf, type Tree } from './imports.ts';
import { tokensOf } from './tokens.ts';

export interface Breach {
  readonly file: string;
  readonly problem: string;
}

const FEATURES = [
  ...['orders', 'stock', 'picking', 'packing', 'shipping', 'printing', 'returns', 'invoicing'],
  ...['shops', 'reporting', 'stations', 'bench'],
];
const NAMED_ROLES = ['rules', 'store', 'views', 'service', 'calls'] as const;
type NamedRole = (typeof NAMED_ROLES)[number];

/** What a file is, from its folder and the last word of its name. */
export interface Place {
  readonly area:
    | 'shared'
    | 'renderer'
    | 'migrations'
    | 'test'
    | 'launch'
    | 'feature'
    | 'db'
    | 'sync'
    | 'port'
    | 'adapter'
    | 'app'
    | 'platform'
    | 'shell'
    | 'unknown';
  /** Feature, adapter family with name, or shell. */
  readonly name: string;
  readonly role?: NamedRole;
}

const PORTS =
  /^main\/(channels\/channel(-[a-z]+)*|carriers\/carrier(-[a-z]+)?|documents\/document|devices\/device-manager|devices\/(?<kind>[a-z-]+)\/\k<kind>)\.ts$/;

/** Where a file of the tree stands in the house. */
export function placeOf(path: string): Place {
  const [top = '', second = '', third = ''] = path.split('/');
  if (top !== 'main')
    return {
      area: top === 'shared' || top === 'renderer' || top === 'migrations' || top === 'test' ? top : 'unknown',
      name: top,
    };
  if (PORTS.test(path)) return { area: 'port', name: path };
  if (FEATURES.includes(second)) {
    const role = NAMED_ROLES.find((word) => path.endsWith(`-${word}.ts`));
    return { area: 'feature', name: second, ...(role ? { role } : {}) };
  }
  if (['electron', 'web', 'cli'].includes(second)) return { area: 'shell', name: second };
  if (['db', 'sync', 'app', 'platform', 'launch'].includes(second))
    return { area: second as Place['area'], name: second }; // members of the union
  if (second === 'channels' || second === 'carriers') return { area: 'adapter', name: `${second}/${third}` };
  if (second === 'devices') return { area: 'adapter', name: path.split('/').slice(1, -1).join('/') };
  if (second === 'documents' || second === 'demo') return { area: 'adapter', name: second };
  return { area: 'unknown', name: second };
}

type Verdict = string | undefined;

/** Why this import is not allowed; undefined when it is. `import type` counts like any other. */
export function decideImport(edge: Import): Verdict {
  const from = placeOf(edge.from);
  if (edge.isPackage) return decidePackage(from, edge);
  const to = placeOf(edge.target);
  if (to.area === 'unknown') return `${edge.target} lies in no folder of the house`;
  if (from.area === 'test') return undefined;
  if (to.area === 'test') return 'the product does not import tests';
  if (to.area === 'shared') return undefined;
  switch (from.area) {
    case 'shared':
    case 'renderer':
    case 'migrations':
      return from.area === to.area
        ? undefined
        : `${from.area} imports only itself${from.area === 'renderer' ? ' and shared' : ''}`;
    case 'feature':
      return decideFeature(from, to, edge);
    case 'db':
      return to.area === 'db' || to.area === 'migrations' ? undefined : 'db imports shared and migrations';
    case 'sync':
      return ['sync', 'db', 'port'].includes(to.area)
        ? undefined
        : 'sync imports db, ports and shared: features register with it in app';
    case 'port':
      return to.area === 'port' ? undefined : 'a port imports shared and other ports, never what stands behind it';
    case 'adapter':
      return to.area === 'port' || (to.area === 'adapter' && inside(from.name, to.name))
        ? undefined
        : 'an adapter imports ports, shared and its own folder';
    case 'app':
      return to.area === 'shell' || to.area === 'launch' ? 'app knows no shell' : undefined;
    case 'platform':
      return to.area === 'platform' ? undefined : 'platform imports shared';
    case 'shell':
      return decideShell(from, to);
    case 'launch':
      return to.area === 'launch' ? undefined : 'the launcher runs before anything is built: it imports only itself';
    case 'unknown':
      return 'this file lies in no folder of the house';
  }
}

const inside = (own: string, other: string): boolean => other === own || other.startsWith(`${own}/`);

/** Shells open the app; the command also runs the web shell in the foreground (`serve`). */
function decideShell(from: Place, to: Place): Verdict {
  if (to.area === 'app' || to.area === 'platform') return undefined;
  if (to.area === 'shell' && (to.name === from.name || (from.name === 'cli' && to.name === 'web'))) return undefined;
  return 'a shell imports app, platform and shared';
}

function decideFeature(from: Place, to: Place, { typesOnly }: Import): Verdict {
  const own = to.area === 'feature' && to.name === from.name;
  const rules = to.area === 'feature' && to.role === 'rules';
  switch (from.role) {
    case 'rules':
      // Rules speak about the rows of their own store: its types may be named.
      return rules || (own && to.role === 'store' && typesOnly) ? undefined : 'rules import shared and rules';
    case 'store':
    case 'views':
      return rules || to.area === 'db' || (own && to.role !== 'service' && to.role !== 'calls')
        ? undefined
        : `a ${from.role} file imports rules, db and its own tables`;
    case 'service':
      if (own) return to.role === 'calls' ? 'a service does not import calls' : undefined;
      if (rules || to.area === 'db' || to.area === 'port' || to.area === 'sync') return undefined;
      if (to.area === 'feature' && to.role === 'service') return undefined;
      // The row types of another feature's store may be named, its functions never.
      if (to.area === 'feature' && to.role === 'store' && typesOnly) return undefined;
      return 'a service imports rules, its own store, steps of other services, db, ports';
    case 'calls':
      return own && to.role !== 'store' ? undefined : 'calls import their own service and views';
    case undefined:
      return own ? undefined : 'a file without a role in its name imports its own feature and shared';
  }
}

const NODE = /^node:/;
const BUNDLERS = /^(vite|esbuild)$/;

function decidePackage(from: Place, { target: name, dynamic }: Import): Verdict {
  const banned: Partial<Record<Place['area'], RegExp>> = {
    shared: /^(?!zod$)/,
    renderer: /^(node:|electron$|knex|hono|pg$|sqlite3|pdfkit|bwip-js|serialport)/,
    migrations: /^(?!knex$)/,
    // XML is only text that is read and written: the SOAP of several carriers is one port.
    port: /^(?!node:|zod|fast-xml-parser$|xmlbuilder2$)/,
    adapter: /^(knex|pg$|sqlite3|electron|hono|react)/,
    sync: /^(knex|electron|react)/,
    app: /^(electron|react|knex)/,
    platform: /^(?!node:|zod)/,
  };
  if (banned[from.area]?.test(name)) return `${from.area} does not import ${name}`;
  if (from.area === 'shell' && from.name !== 'electron' && /^electron/.test(name))
    return 'only the Electron shell imports electron';
  if (from.area === 'launch' && !NODE.test(name) && !(dynamic && BUNDLERS.test(name)))
    return 'the launcher runs before anything is installed: node: modules, and the bundlers once they are there';
  if (from.area === 'feature') return decideFeaturePackage(from, name);
  return undefined;
}

function decideFeaturePackage(from: Place, name: string): Verdict {
  if (/^(electron|react|hono|pdfkit|bwip-js|serialport|pg$|sqlite3)/.test(name))
    return `a feature does not import ${name}`;
  if (name.startsWith('knex'))
    return `a ${from.role ?? 'feature'} file does not import knex: db hands out transactions and handles`;
  if (from.role === 'rules' && NODE.test(name) && name !== 'node:crypto')
    return 'rules import nothing that reads the world';
  return undefined;
}

const MOST_LINES = 400;
const LINES_EXCEPTED = /^(migrations\/|test\/fixtures\/|renderer\/ui\/messages-)/;
const BANNED_NAMES = /^(utils?|helpers?|common|manager|misc)$/;

function decideFile(path: string, text: string): string[] {
  const problems: string[] = [];
  const parts = path.split('/');
  const file = (parts.at(-1) ?? '').replace(/\.(tsx?|mjs)$/, '');
  if (!LINES_EXCEPTED.test(path) && text.split('\n').length - 1 > MOST_LINES)
    problems.push(`more than ${MOST_LINES} lines`);
  if (
    parts.some((part) => BANNED_NAMES.test(part.replace(/\.(tsx?|mjs)$/, ''))) &&
    path !== 'shared/contract/common.ts'
  )
    problems.push('a name that says nothing of what it holds');
  if (file.endsWith('-manager') && file !== 'device-manager') problems.push('only device-manager owns ports');
  if (file === 'index' && path !== 'shared/contract/index.ts') problems.push('a barrel file');
  if (/^export default\b/m.test(text) && !/config\.ts$|electron-stub\.ts$/.test(path))
    problems.push('a default export');
  if (!/^[a-z0-9._-]+$/.test(parts.at(-1) ?? '')) problems.push('file names are in kebab case');
  return [...problems, ...decideContent(path, text)];
}

const CLOCK_OR_CHANCE = ['Date . now (', 'new Date ( )', 'Math . random (', 'randomUUID (', 'performance . now ('];
const WAITS = ['async', 'await', 'Promise'];

/** What a file may not do with what is there without an import. */
function decideContent(path: string, text: string): string[] {
  const { area, role } = placeOf(path);
  if (area !== 'shared' && role !== 'rules') return [];
  const code = ` ${tokensOf(text)
    .map((token) => (token.kind === 'string' ? '' : token.text))
    .join(' ')} `;
  const problems: string[] = [];
  if (CLOCK_OR_CHANCE.some((call) => code.includes(` ${call} `)))
    problems.push(`${role ?? area} knows no clock and no chance: time and ids come as arguments`);
  if (role === 'rules' && WAITS.some((word) => code.includes(` ${word} `))) problems.push('rules wait for nothing');
  return problems;
}

/** Everything in the tree that breaks a rule of the house. */
export function findBreaches(tree: Tree): Breach[] {
  const files = [...tree].flatMap(([file, text]) => decideFile(file, text).map((problem) => ({ file, problem })));
  const edges = importsOf(tree).flatMap((edge) => {
    const problem = decideImport(edge);
    return problem ? [{ file: edge.from, problem: `${edge.target}: ${problem}` }] : [];
  });
  return [...files, ...edges];
}
