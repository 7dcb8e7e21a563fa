import type { Command } from 'commander';
import { checkTracking } from '../../shared/tracking/check-tracking.ts';
import { printJson } from './with-core.ts';

/** `tracking check`: whose number it is and whether its check digit is right, one JSON line each. */
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
}
