import type { Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import { eraseNamed, findNamed } from '../app/erasure.ts';
import { type DataOption, printJson, withCore, withDataOption } from './with-core.ts';

interface EraseOptions extends DataOption {
  readonly email?: string;
  readonly phone?: string;
  readonly order?: string;
  readonly yes?: boolean;
}

/** `erase buyer`: what is personal in the orders of a buyer. */
export function addEraseCommand(program: Command): void {
  const erase = program.command('erase').description('personal data');
  withDataOption(erase.command('buyer'))
    .description('erases address, note and papers in every order of a buyer that has left; invoices stay')
    .option('--email <address>', 'e-mail address of the buyer')
    .option('--phone <number>', 'telephone number of the buyer')
    .option('--order <number>', 'one order, by number, channel id or code')
    .option('--yes', 'really; without it only says what would be erased')
    .action(async (options: EraseOptions) => {
      const { email, phone, order, yes } = options;
      if (!email && !phone && !order) throw new AppError('validation', 'erase.nobody-named', {});
      const named = { ...(email ? { email } : {}), ...(phone ? { phone } : {}), ...(order ? { order } : {}) };
      await withCore(options, async (core) =>
        printJson(yes ? await eraseNamed(core, named) : { wouldErase: await findNamed(core, named) }),
      );
    });
}
