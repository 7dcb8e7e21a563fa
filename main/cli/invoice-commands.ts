import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type CreditFile, writeCreditNote, writeInvoice } from '../app/invoice-files.ts';
import { invoiceKinds, type PaperWishes, renderCustomsFile, renderInvoiceFile } from '../app/paper-files.ts';
import { type DataOption, printJson, withCore, withDataOption } from './with-core.ts';

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
  addStoredInvoices(invoice);
  const customs = program.command('customs').description('customs declarations');
  paper(customs.command('render'), 'draws the CN22 or CN23 that a parcel needs').action(async (options: PaperOptions) =>
    printJson(await renderCustomsFile(resolve(options.in), resolve(options.out), wishes(options))),
  );
}

type StoredOptions = DataOption & { readonly out: string };

/** `invoice issue` and `invoice credit`: from a station's orders, numbered in its series. */
function addStoredInvoices(invoice: Command): void {
  const stored = (command: Command, description: string): Command =>
    withDataOption(command)
      .description(description)
      .argument('<order>', 'number of the order')
      .requiredOption('--out <file>', 'PDF to write')
      .option('--json', 'accepted for symmetry; the output is always JSON');
  stored(invoice.command('issue'), 'writes the invoice of an order; issues it when there is none yet').action(
    async (order: string, options: StoredOptions) =>
      printJson(await withCore(options, (core) => writeInvoice(core, order, resolve(options.out)))),
  );
  stored(invoice.command('credit'), 'issues a credit note for units of an invoiced order')
    .requiredOption('--lines <units>', 'what is given back: SKU:units, separated by commas', unitsOf)
    .option('--shipping', 'the postage is given back as well')
    .action(async (order: string, options: StoredOptions & { lines: CreditFile['units']; shipping?: boolean }) => {
      const credit = { units: options.lines, shipping: options.shipping ?? false, file: resolve(options.out) };
      printJson(await withCore(options, (core) => writeCreditNote(core, order, credit)));
    });
}

/** `MUG-1:2,TEA-2:1`; a SKU may hold colons, its units follow the last one. */
function unitsOf(text: string): CreditFile['units'] {
  return text.split(',').map((part) => {
    const [, sku = '', units = ''] = /^(.+):([1-9]\d{0,4})$/.exec(part.trim()) ?? [];
    if (sku === '') throw new InvalidArgumentError('Write SKU:units, separated by commas, such as MUG-1:2,TEA-2:1.');
    return { sku, quantity: Number(units) };
  });
}
