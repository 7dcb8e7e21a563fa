import type { Command } from 'commander';
import { printFile } from '../app/print-file.ts';
import { describePrinting } from '../app/print-status.ts';
import { type PrinterOptions, printerAddress, printerSettings, withPrinterOptions } from './printer-options.ts';
import { type DataOption, printJson, withCore, withDataOption } from './with-core.ts';

/** `print FILE` and `print status`: one file right now, and how the printers and their papers do. */
export function addPrintCommands(program: Command): void {
  const print = withPrinterOptions(withDataOption(program.command('print')))
    .description(
      'prints a PDF or ZPL file right now and follows it; ends with 1 unless the printer or its queue has it',
    )
    .argument('<file>', 'a page must have the size of the media: nothing is scaled or turned')
    .option('--tcp <host:port>', 'printer on the network that takes raw bytes, usually at port 9100')
    .action(async (file: string, options: PrinterOptions) => {
      const printer = { address: printerAddress(options), settings: printerSettings(options) };
      const printed = await printFile(file, printer);
      printJson(printed);
      if (!['printed', 'handed-over'].includes(printed.outcome)) process.exitCode = 1;
    });
  withDataOption(print.command('status'))
    .description('printers with their state and why, print queues of this PC, papers that wait or are in question')
    .option('--json', 'as JSON')
    .action((_options: unknown, command: Command) => showStatus(command.optsWithGlobals()));
}

async function showStatus(options: DataOption & { json?: boolean }): Promise<void> {
  const found = await withCore(options, describePrinting);
  if (options.json) return printJson(found);
  const say = (...words: readonly (string | null)[]): void =>
    void process.stdout.write(`${words.filter(Boolean).join('\t')}\n`);
  for (const { id, station, path, state, activity, waiting, advice } of found.printers)
    say('printer', id, station, path, state ?? 'not known', activity, waiting > 0 ? `${waiting} waiting` : '', advice);
  for (const { name, makerModel, deviceId } of found.queues) say('queue', name, makerModel, deviceId ?? 'free');
  for (const { id, station, kind, orderNumber, state, advice } of found.jobs)
    say('job', id, station, kind, orderNumber, state, advice);
}
