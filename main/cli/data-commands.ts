import { basename, resolve } from 'node:path';
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { parseStationCode } from '../../shared/barcode/station-codes.ts';
import type { ImportSummary } from '../../shared/contract/orders.ts';
import { systemActor } from '../../shared/model/actor.ts';
import { type ChannelName, channels } from '../../shared/model/channel.ts';
import { type OrderState, orderStates } from '../../shared/model/machines.ts';
import { importFile } from '../app/imports.ts';
import {
  codesOf,
  exportColumns,
  exportRows,
  listAllOrders,
  showOrder,
  writeCodesPdf,
  writePickListPdf,
} from '../app/operations.ts';
import { writeCsv, writeJson } from '../app/write-rows.ts';
import { addShipCommand } from './order-ship-command.ts';
import { type DataOption, printJson, withCore, withDataOption } from './with-core.ts';

interface JsonOption extends DataOption {
  readonly json?: boolean;
}

/** Data in and out: import, export, orders, codes. */
export function addDataCommands(program: Command): void {
  withDataOption(program.command('import'))
    .description('imports a file; the same file twice changes nothing')
    .addArgument(new Argument('<what>', 'what the file holds').choices(['orders', 'items', 'stock']))
    .argument('<file>')
    .addOption(
      new Option('--channel <name>', 'channel of the orders, where the file does not tell').choices([...channels]),
    )
    .option('--json', 'prints the summary as JSON (the default prints the same)')
    .action(importCommand);
  withDataOption(program.command('export'))
    .description('writes everything to stdout, CSV unless told otherwise')
    .addArgument(new Argument('<what>').choices(['orders', 'journal', 'stock']))
    .option('--since <instant>', 'only what came from this instant on (ISO 8601)', instant)
    .option('--json', 'JSON instead of CSV')
    .addOption(new Option('--format <format>').choices(['csv', 'json']))
    .action(exportCommand);
  withDataOption(program.command('orders'))
    .description('lists orders with their lines')
    .addOption(new Option('--state <state>').choices([...orderStates]))
    .option('--json', 'one JSON array')
    .action(ordersCommand);
  const order = program.command('order').description('one order');
  withDataOption(order.command('show'))
    .description('lines, parcels, labels and timeline of an order')
    .argument('<number>', 'order number, channel id, or scannable code')
    .option('--json', 'as JSON')
    .action(showCommand);
  addShipCommand(order);
  withDataOption(program.command('codes'))
    .description('everything scannable that the station itself issues')
    .option('--json', 'as JSON')
    .option('--pdf <file>', 'writes the printable sheet')
    .addOption(new Option('--language <language>').choices(['en', 'fr']).default('en'))
    .action(codesCommand);
  withDataOption(program.command('picklist'))
    .description('the bins of an order or of a walk in walking order, on paper')
    .addOption(new Option('--order <number>', 'order number, or scannable code').conflicts('run'))
    .option('--run <code>', 'code of a walk')
    .requiredOption('--pdf <file>', 'PDF to write')
    .addOption(new Option('--language <language>').choices(['en', 'fr']).default('en'))
    .action(pickListCommand);
}

async function importCommand(
  what: 'orders' | 'items' | 'stock',
  file: string,
  options: DataOption & { channel?: ChannelName },
): Promise<void> {
  const summary = await withCore(options, async (core) => {
    const show = process.stderr.isTTY === true;
    const onProgress = (done: number): void => void (show && process.stderr.write(`\r${done} rows`));
    const { channel } = options;
    const done = await importFile(core, systemActor, {
      path: resolve(file),
      fileName: basename(file),
      kind: what,
      picturesBeside: true,
      onProgress,
      ...(channel ? { channel } : {}),
    });
    if (show) process.stderr.write('\r');
    await core.worker.drain();
    return done;
  });
  printJson(summaryLine(summary));
}

/** ISO 8601, as the database keeps it; a date alone is its midnight in UTC. */
function instant(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError('an instant looks like 2026-11-22T08:00:00Z or 2026-11-22.');
  return new Date(time).toISOString();
}

function summaryLine(summary: ImportSummary): object {
  const { imported, updated, unchanged, rejected, rejectedCount, changes, skipped } = summary;
  return {
    imported,
    updated,
    unchanged,
    rejected,
    ...(rejectedCount > rejected.length ? { rejectedCount } : {}),
    ...(changes.length > 0 ? { changes } : {}),
    ...(skipped > 0 ? { skipped } : {}),
  };
}

async function exportCommand(
  what: 'orders' | 'journal' | 'stock',
  options: JsonOption & { since?: string; format?: 'csv' | 'json' },
): Promise<void> {
  const asJson = options.json || options.format === 'json';
  await withCore(options, async (core) => {
    const rows = exportRows(core, what, options.since);
    if (asJson) await writeJson(rows, process.stdout);
    else await writeCsv(rows, exportColumns[what], process.stdout);
  });
}

async function ordersCommand(options: JsonOption & { state?: OrderState }): Promise<void> {
  await withCore(options, async (core) => {
    const rows = listAllOrders(core, options.state);
    if (options.json) {
      await writeJson(rows, process.stdout);
      return;
    }
    for await (const row of rows) {
      const lines = Array.isArray(row.lines) ? row.lines.length : 0;
      process.stdout.write(
        `${row.number}\t${row.channel}\t${row.state}${row.hold ? ` (hold: ${row.hold})` : ''}\t${lines} lines\tship by ${row.shipBy}\n`,
      );
    }
  });
}

async function showCommand(number: string, options: JsonOption): Promise<void> {
  const order = await withCore(options, (core) => showOrder(core, number));
  if (options.json) {
    printJson(order);
    return;
  }
  const out = (line: string): void => void process.stdout.write(`${line}\n`);
  out(`${order.number} · ${order.channel} · ${order.state} · ship by ${order.shipBy}`);
  if (order.hold) out(`on hold: ${order.hold.reason} ${order.hold.detail}`);
  for (const line of order.lines)
    out(
      `  ${line.sku}  ${line.gtins.join(' ')}  ${line.title}  ordered ${line.quantityOrdered}, allocated ${line.quantityAllocated}, picked ${line.quantityPicked}, packed ${line.quantityPacked}`,
    );
  for (const parcel of order.parcels)
    out(
      `  parcel ${parcel.sequence}  SSCC ${parcel.sscc}  ${parcel.state}  ${parcel.labels.map((label) => `${label.kind} ${label.trackingNumber} ${label.state}`).join(', ')}`,
    );
  for (const entry of order.timeline) out(`  ${entry.at}  ${entry.kind}  ${entry.operator ?? ''}`);
}

async function codesCommand(options: JsonOption & { pdf?: string; language: 'en' | 'fr' }): Promise<void> {
  await withCore(options, async (core) => {
    const { pdf } = options;
    if (pdf) await writeCodesPdf(core, resolve(pdf), options.language);
    const codes = await codesOf(core, options.language);
    if (options.json) printJson(codes);
    else if (!pdf)
      for (const code of codes) process.stdout.write(`${code.text}\t${code.group}\t${code.title}\t${code.meaning}\n`);
  });
}

async function pickListCommand(
  options: DataOption & { order?: string; run?: string; pdf: string; language: 'en' | 'fr' },
  command: Command,
): Promise<void> {
  const { order, run, pdf, language } = options;
  const named = order ?? run;
  if (named === undefined) command.error('name what to list: --order NUMBER or --run CODE');
  const of = run === undefined ? { order: bare(named, 'order') } : { run: bare(named, 'run') };
  await withCore(options, (core) => writePickListPdf(core, resolve(pdf), { of, language }));
}

/** What was scanned may be given as well as what is printed in words. */
function bare(text: string, kind: 'order' | 'run'): string {
  const code = parseStationCode(text);
  return code && !('problem' in code) && code.kind === kind ? code.payload : text;
}
