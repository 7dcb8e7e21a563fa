import { Command } from 'commander';
import { programVersion } from '../app/create-station.ts';
import { describeError } from '../app/describe-error.ts';
import { addCarrierCommands } from './carrier-commands.ts';
import { addChannelCommands } from './channel-commands.ts';
import { addDataCommands } from './data-commands.ts';
import { addDeviceCommands } from './device-commands.ts';
import { addEraseCommand } from './erase-command.ts';
import { addInvoiceCommands } from './invoice-commands.ts';
import { addKeepingCommands } from './keeping-commands.ts';
import { addKeyCommands } from './key-commands.ts';
import { addLabelCommands } from './label-commands.ts';
import { addOutboxCommands } from './outbox-commands.ts';
import { addPlatformCommand } from './platform-command.ts';
import { addPrintCommands } from './print-commands.ts';
import { addScaleCommands } from './scale-commands.ts';
import { addScanCommands } from './scan-commands.ts';
import { addServeCommands } from './serve-commands.ts';
import { addShippingCommands } from './shipping-commands.ts';
import { addSimulateCommand } from './simulate-command.ts';
import { addSimulateDevicesCommand } from './simulate-devices-command.ts';
import { addTrackingCommands } from './tracking-commands.ts';
import { addWeighCommands } from './weigh-commands.ts';
import { withDataOption } from './with-core.ts';

const program = new Command('packwright')
  .description('Packing station: the same data as the window, from the command line')
  .version(programVersion())
  .showHelpAfterError(false)
  .configureOutput({ outputError: (text, write) => write(`${oneLine(text)} (--help shows what there is)\n`) })
  .exitOverride();

addServeCommands(program);
addDataCommands(program);
addScanCommands(program);
addScaleCommands(program);
addDeviceCommands(program);
addLabelCommands(program);
addInvoiceCommands(program);
addPrintCommands(program);
addSimulateCommand(program);
addSimulateDevicesCommand(program);
addChannelCommands(program);
addPlatformCommand(program);
addOutboxCommands(program);
addEraseCommand(program);
addCarrierCommands(program);
addKeyCommands(program);
addTrackingCommands(program);
addShippingCommands(program);
addWeighCommands(program);
addKeepingCommands(program);

takeDataEverywhere(program);
// Whoever reads may have seen enough, `| head` for example: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** Commander begins with a word of its own and puts its guesses on lines of their own. */
function oneLine(text: string): string {
  return text
    .replace(/^error: /, '')
    .trim()
    .replace(/\s*\n\s*/g, ' ');
}

/** Every command takes `--data`, also those that look at no data: scripts name it once for all of them. */
function takeDataEverywhere(command: Command): void {
  for (const child of command.commands) takeDataEverywhere(child);
  const isGroup = command.commands.length > 0;
  if (!isGroup && !command.options.some((option) => option.long === '--data')) withDataOption(command);
}

/** Commander has said its own errors already; everything else becomes one line. */
function exitCodeOf(error: unknown): number {
  if (error instanceof Error && 'exitCode' in error && 'code' in error && String(error.code).startsWith('commander.'))
    return Number(error.exitCode);
  process.stderr.write(`${describeError(error)}\n`);
  return 1;
}
