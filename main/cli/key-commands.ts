import type { Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import { joinVaultKey, showVaultKey } from '../app/vault-keys.ts';
import { type DataOption, printJson, withCore, withDataOption } from './with-core.ts';

/** `keys`: carries the key that seals carriers' passwords from one PC of a shared database to the next. */
export function addKeyCommands(program: Command): void {
  const keys = program.command('keys').description('the key that seals carriers’ passwords in this database');
  withDataOption(keys.command('show'))
    .description('prints the key as a code for another PC; on a screen only, whoever has it reads every password')
    .action(async (options: DataOption) => {
      // Neither a file nor another program should come to hold it by accident.
      if (!process.stdout.isTTY) throw new AppError('rule', 'vault.not-a-terminal');
      const code = await withCore(options, showVaultKey);
      process.stdout.write(`Secret: whoever has this code can read every carrier’s password.\n${code}\n`);
    });
  withDataOption(keys.command('join'))
    .description('takes over the key that another PC showed')
    .argument('<code>', 'as `keys show` printed it there')
    .action(async (code: string, options: DataOption) => {
      await withCore(options, (core) => joinVaultKey(core, code));
      printJson({ joined: true });
    });
}
