import { Command } from 'commander';
import { programVersion } from '../app/create-station.ts';
import { describeError } from '../app/describe-error.ts';
import { addChannelCommands } from './channel-commands.ts';
import { addDataCommands } from './data-commands.ts';
import { addKeepingCommands } from './keeping-commands.ts';
import { addLabelCommands } from './label-commands.ts';
import { addScaleCommands } from './scale-commands.ts';
import { addScanCommands } from './scan-commands.ts';
import { addServeCommands } from './serve-commands.ts';
import { addSimulateCommand } from './simulate-command.ts';
import { addTrackingCommands } from './tracking-commands.ts';

const program = new Command('packwright')
  .description('Packing station: the same data as the window, from the command line')
  .version(programVersion())
  .showHelpAfterError('(add --help for the options)')
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) })
  .exitOverride();

addServeCommands(program);
addDataCommands(program);
addScanCommands(program);
addScaleCommands(program);
addLabelCommands(program);
addSimulateCommand(program);
addChannelCommands(program);
addTrackingCommands(program);
addKeepingCommands(program);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** Commander has said its own errors already; everything else becomes one line. */
function exitCodeOf(error: unknown): number {
  if (error instanceof Error && 'exitCode' in error && 'code' in error && String(error.code).startsWith('commander.'))
    return Number(error.exitCode);
  process.stderr.write(`${describeError(error)}\n`);
  return 1;
}
