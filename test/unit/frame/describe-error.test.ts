import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeError } from '../../../main/app/describe-error.ts';
import { AppError, type ErrorKind } from '../../../shared/errors.ts';

const root = resolve(import.meta.dirname, '../../..');

function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'));
}

interface Thrown {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly names: readonly string[];
  /** Some details come from an object that is spread in. */
  readonly spread: boolean;
}

/** Every `new AppError(kind, code, { … })` of the source tree, with the names of its details. */
function thrownErrors(): Thrown[] {
  const pattern = /new AppError\(\s*'(?<kind>[a-z-]+)',\s*'(?<code>[a-z.-]+)'(?:,\s*\{(?<details>[^}]*)\})?/g;
  const found = [...sourcesIn('main'), ...sourcesIn('shared')].flatMap((text) => [...text.matchAll(pattern)]);
  return found.map(({ groups = {} }) => ({
    kind: groups.kind as ErrorKind, // one of them, or the source would not compile
    code: groups.code ?? '',
    spread: (groups.details ?? '').includes('...'),
    names: [...(groups.details ?? '').matchAll(/(?:^|[,{\s])(\w+)(?=\s*[:,}]|\s*$)/g)].map((match) => match[1] ?? ''),
  }));
}

/** What commands work with: each of these may end one. */
const ofCommands = /^(?:database|data|settings|import|order|demo|web|label|document|secrets|backup|restore)\./;
/** Thrown for screens only: no command saves settings, moves an order or asks for a label again. */
const ofScreens =
  /^(?:settings|order|label)\.changed-elsewhere$|^order\.(?:cancel-too-late|not-on-hold)$|^label\.nothing-to-retry$|^document\.unknown$/;

const errors = thrownErrors();
const commandErrors = errors.filter(
  (error) => error.kind !== 'bug' && ofCommands.test(error.code) && !ofScreens.test(error.code),
);
const described = ({ kind, code, names }: Thrown): string =>
  describeError(new AppError(kind, code, Object.fromEntries(names.map((name) => [name, `the-${name}`]))));

describe('a fault on the command line', () => {
  test('is found in the sources at all', () => {
    expect(errors.length).toBeGreaterThan(60);
    expect(errors.find((error) => error.code === 'database.newer-version')?.names).toEqual(['database', 'unknown']);
  });

  test.each(errors.map((error) => [error.code, error] as const))('%s is one line that can be read', (code, error) => {
    const line = described(error);
    const { spread } = error;

    expect(line).toMatch(/^[^\n]{8,}$/);
    // Details that are spread in are not in the text of the sources.
    if (!spread) expect(line).not.toMatch(/undefined|\[object|NaN|\s{2}|\(\)/);
    if (!line.startsWith(code)) expect(line).toMatch(/[.!]$/);
  });

  test.each(commandErrors.map((error) => [error.code, error] as const))(
    '%s says in a sentence what happened',
    (code, error) => {
      expect(described(error)).not.toMatch(new RegExp(`^${code}`));
    },
  );

  test('without a sentence of its own shows its code and details', () => {
    expect(describeError(new AppError('remote', 'carrier.rejected', { reason: 'no such street', tries: 2 }))).toBe(
      'carrier.rejected (reason no such street, tries 2)',
    );
  });

  test('that is none of ours says so', () => {
    expect(describeError(new TypeError('x is not a function'))).toBe('Unexpected fault: x is not a function');
    expect(describeError('nothing but words')).toBe('Unexpected fault: nothing but words');
  });

  test('of several lines stays one line', () => {
    expect(describeError(new Error('first\nsecond\n   third'))).not.toContain('\n');
  });
});
