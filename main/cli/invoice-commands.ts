import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { invoiceKinds, type PaperWishes, renderCustomsFile, renderInvoiceFile } from '../app/paper-files.ts';
import { printJson } from './with-core.ts';

interface PaperOptions extends PaperWishes {
  readonly in: string;
  readonly out: string;
}

function wishes({ kind, language }: PaperOptions): PaperWishes {
  return { ...(kind ? { kind } : {}), ...(language ? { language } : {}) };
}

/** `invoice render` and `customs render`: from JSON to paper, without a database. */
export function addInvoiceCommands(program: Command): void {
  const languages = () => new Option('--language <language>', 'instead of the file’s own').choices(['en', 'fr']);
  const paper = (command: Command, description: string): Command =>
    command
      .description(description)
      .requiredOption('--in <file>', 'what to draw as JSON (see README)')
      .requiredOption('--out <file>', 'PDF to write')
      .option('--json', 'accepted for symmetry; the output is always JSON')
      .addOption(languages());
  const invoice = program.command('invoice').description('invoices, credit notes, commercial invoices');
  paper(invoice.command('render'), 'draws an invoice as PDF, with its data inside as Factur-X')
    .addOption(new Option('--kind <kind>', 'instead of the file’s own').choices([...invoiceKinds]))
    .action(async (options: PaperOptions) =>
      printJson(await renderInvoiceFile(resolve(options.in), resolve(options.out), wishes(options))),
    );
  const customs = program.command('customs').description('customs declarations');
  paper(customs.command('render'), 'draws the CN22 or CN23 that a parcel needs').action(async (options: PaperOptions) =>
    printJson(await renderCustomsFile(resolve(options.in), resolve(options.out), wishes(options))),
  );
}
