import type { Command } from 'commander';
import { checkTracking } from '../../shared/tracking/check-tracking.ts';
import { refreshTrackingOf } from '../app/tracking-watch.ts';
import { type DataOption, printJson, withCore, withDataOption } from './with-core.ts';

/** `tracking check`: whose number it is and whether its check digit is right; `tracking refresh`: how parcels do. */
export function addTrackingCommands(program: Command): void {
  const tracking = program.command('tracking').description('tracking numbers of carriers');
  tracking
    .command('check')
    .description('says of each number whether it is valid, whose it is and of which service; one JSON line each')
    .argument('<number...>', 'as printed or as scanned')
    .option('--json', 'accepted for symmetry; the output is always JSON')
    .action((numbers: readonly string[]) => {
      for (const number of numbers) printJson(checkTracking(number));
    });
  withDataOption(tracking.command('refresh'))
    .description('asks the carriers now how the parcels of an order do, or all that are on their way')
    .argument('[order]', 'number, id or code')
    .option('--json', 'accepted for symmetry; the output is always JSON')
    .action(async (order: string | undefined, options: DataOption) =>
      printJson(await withCore(options, (core) => refreshTrackingOf(core, order))),
    );
}
