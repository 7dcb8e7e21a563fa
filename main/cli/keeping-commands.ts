import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Diagnosis, diagnose } from '../app/doctor.ts';
import { backupNow } from '../app/keeping.ts';
import { restoreNow } from '../app/restore.ts';
import { createFileSecrets } from '../web/file-secrets.ts';
import { type DataOption, dataDirOf, printJson, withDataOption } from './with-core.ts';

/** `backup`, `restore` and `doctor`: none of them opens the station, so that they work when it does not start. */
export function addKeepingCommands(program: Command): void {
  withDataOption(program.command('backup'))
    .description('backs the database up while the station works')
    .option('--json', 'accepted for symmetry; the output is always JSON')
    .action(async (options: DataOption) => printJson(await backupNow(dataDirOf(options), showProgress())));
  withDataOption(program.command('restore'))
    .description('puts a backup in the place of the database; no station may run on it')
    .argument('<file>', 'a backup, or "latest"')
    .option('--json', 'accepted for symmetry; the output is always JSON')
    .action(async (file: string, options: DataOption) =>
      printJson(await restoreNow(dataDirOf(options), file === 'latest' ? file : resolve(file))),
    );
  withDataOption(program.command('doctor'))
    .description('says what is wrong and what to do; changes nothing')
    .option('--thorough', 'recomputes every order’s quantities however many there are')
    .option('--json', 'as JSON')
    .action(doctorCommand);
}

function showProgress(): ((done: number, total: number) => void) | undefined {
  if (process.stderr.isTTY !== true) return undefined;
  return (done, total) =>
    void process.stderr.write(done < total ? `\r${Math.floor((100 * done) / total)} %` : '\r     \r');
}

async function doctorCommand(options: DataOption & { thorough?: boolean; json?: boolean }): Promise<void> {
  const dataDir = dataDirOf(options);
  const diagnosis = await diagnose({
    dataDir,
    now: new Date(),
    secrets: createFileSecrets(dataDir),
    thorough: options.thorough === true,
  });
  if (options.json) printJson(diagnosis);
  else process.stdout.write(`${linesOf(diagnosis).join('\n')}\n`);
  if (!diagnosis.ok) process.exitCode = 1;
}

const MARKS = { good: '✓', warning: '!', bad: '✗', 'not-checked': '–' } as const;

function linesOf({ versions, paths, findings }: Diagnosis): string[] {
  return [
    `Packwright ${versions.packwright} · Node ${versions.node} · ${versions.system}${versions.database ? ` · ${versions.database}` : ''}`,
    ...Object.entries(paths).map(([name, path]) => `  ${name.padEnd(9)} ${path}`),
    ...findings.flatMap(({ status, found, advice }) => [
      `${MARKS[status]} ${found}`,
      ...(advice ? [`    → ${advice}`] : []),
    ]),
  ];
}
