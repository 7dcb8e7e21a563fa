import { resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';

/** What the desktop shell was asked for on its command line. */
export interface ShellArguments {
  /** Absolute data folder, undefined for the platform's own. */
  readonly dataDir: string | undefined;
  readonly demo: boolean;
  readonly kiosk: boolean;
}

/**
 * Reads `--data DIR`, `--demo` and `--kiosk`.
 *
 * Everything else is left alone: Chromium's own switches and the app's path stand in the same list.
 * Throws `shell.data-missing` for a `--data` without a folder, because falling back to the default
 * folder would silently open another warehouse.
 */
export function parseShellArguments(argv: readonly string[], workingDir: string): ShellArguments {
  return {
    dataDir: readDataDir(argv, workingDir),
    demo: argv.includes('--demo'),
    kiosk: argv.includes('--kiosk'),
  };
}

function readDataDir(argv: readonly string[], workingDir: string): string | undefined {
  const at = argv.findIndex((argument) => argument === '--data' || argument.startsWith('--data='));
  const named = argv[at];
  if (named === undefined) return undefined;
  const value = named === '--data' ? argv[at + 1] : named.slice('--data='.length);
  if (!value || value.startsWith('--')) throw new AppError('validation', 'shell.data-missing', { argument: '--data' });
  return resolve(workingDir, value);
}
