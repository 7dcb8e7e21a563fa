import type { ProgramEnd, RunProgram } from '../../../../shared/devices/run-program.ts';
import type { PrintQueue } from '../printer.ts';
import { readQueues } from './lpstat.ts';

const ASK_MS = 5_000;
const env = { LC_ALL: 'C', LANG: 'C', LANGUAGE: '' };

/** Queues of Linux or macOS, those without a driver included; undefined where the print system is not installed. */
export async function listCupsQueues(run: RunProgram): Promise<readonly PrintQueue[] | undefined> {
  const ask = (...args: readonly string[]): Promise<ProgramEnd> => run('lpstat', args, { limitMs: ASK_MS, env });
  const [names, standard, details] = await Promise.all([ask('-e'), ask('-d'), ask('-l', '-p')]);
  if (names.kind !== 'ended') return undefined;
  const said = (end: ProgramEnd): string => (end.kind === 'ended' ? end.stdout : '');
  return readQueues(names.stdout, said(standard), said(details));
}
