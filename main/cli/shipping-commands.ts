import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { returnReasons } from '../../shared/contract/returns.ts';
import {
  cancelReturnByCode,
  closeManifestFor,
  dockNow,
  handOverByNumber,
  latestManifests,
  requestReturnFor,
  returnsNow,
} from '../app/dock-operations.ts';
import { type DataOption, printJson, withCore, withDataOption } from './with-core.ts';

type JsonOption = DataOption & { readonly json?: boolean };

/** `dock`, `manifest`, `manifests`, `return`, `returns`: what leaves, with whom, and what comes back. */
export function addShippingCommands(program: Command): void {
  addDock(program);
  addManifest(program);
  addReturn(program);
}

function addDock(program: Command): void {
  withDataOption(program.command('dock'))
    .description('what waits for which carrier, the cut-offs, the open manifests')
    .option('--json', 'as JSON')
    .action(async (options: JsonOption) => {
      const carriers = await withCore(options, dockNow);
      if (options.json) return printJson(carriers);
      for (const { title, cutOffAt, waiting, late, manifest, ready } of carriers)
        say(
          title,
          `${waiting} waiting${late > 0 ? `, ${late} late` : ''}`,
          manifest ? `${manifest.number} with ${manifest.parcels}` : 'no open manifest',
          ready > 0 ? `${ready} for the driver` : null,
          cutOffAt && `until ${cutOffAt}`,
        );
    });
}

function addManifest(program: Command): void {
  withDataOption(program.command('manifests'))
    .description('the latest manifests, newest first')
    .option('--json', 'as JSON')
    .action(async (options: JsonOption) => {
      const manifests = await withCore(options, latestManifests);
      if (options.json) return printJson(manifests);
      for (const { number, carrier, shipDate, state, handedOverAt, parcels, fault } of manifests)
        say(number, carrier, shipDate, handedOverAt ? 'handed over' : state, `${parcels} parcels`, fault);
    });
  const manifest = program.command('manifest').description('closes manifests and hands them over');
  withDataOption(manifest.command('close'))
    .description('closes the open manifest of a carrier and sends it')
    .argument('<account>', 'id or title of the account, or "own" for the shipper’s own labels')
    .option('--json', 'accepted for symmetry; the output is always JSON')
    .action(async (account: string, options: DataOption) => {
      const closed = await withCore(options, (core) => closeManifestFor(core, account));
      printJson(closed);
      if (closed.state !== 'transmitted') process.exitCode = 1;
    });
  withDataOption(manifest.command('hand-over'))
    .description('the driver took the parcels of a manifest')
    .argument('<number>')
    .option('--json', 'accepted for symmetry; the output is always JSON')
    .action(async (number: string, options: DataOption) =>
      printJson(await withCore(options, (core) => handOverByNumber(core, number))),
    );
}

interface RequestOptions extends DataOption {
  readonly parcel: number;
  readonly reason: string;
  readonly out?: string;
}

function addReturn(program: Command): void {
  withDataOption(program.command('returns'))
    .description('returns that were announced, newest first')
    .option('--search <text>', 'RMA, tracking number of either way, or order number')
    .option('--json', 'as JSON')
    .action(async (options: JsonOption & { search?: string }) => {
      const returns = await withCore(options, (core) => returnsNow(core, options.search));
      if (options.json) return printJson(returns);
      for (const { code, orderNumber, state, reason, carrier, trackingNumber, expiresOn } of returns)
        say(code, orderNumber, state, reason, `${carrier} ${trackingNumber}`.trim(), `until ${expiresOn}`);
    });
  const one = program.command('return').description('asks for a return, or cancels one');
  withDataOption(one.command('request'))
    .description('makes the RMA and the prepaid label of a parcel that a buyer sends back')
    .argument('<order>', 'number, id or code')
    .option('--parcel <n>', 'which parcel of the order', positive, 1)
    .option('--reason <reason>', returnReasons.join(', '), 'other')
    .option('--out <file>', 'writes the label as PDF')
    .option('--json', 'accepted for symmetry; the output is always JSON')
    .action(async (order: string, options: RequestOptions) => {
      const { parcel, reason, out } = options;
      const wish = { order, parcel, reason, out: out === undefined ? undefined : resolve(out) };
      printJson(await withCore(options, (core) => requestReturnFor(core, wish)));
    });
  withDataOption(one.command('cancel'))
    .description('cancels a return; its label is voided with the carrier')
    .argument('<rma>', 'the code on the return slip')
    .option('--json', 'accepted for symmetry; the output is always JSON')
    .action(async (code: string, options: DataOption) =>
      printJson(await withCore(options, (core) => cancelReturnByCode(core, code))),
    );
}

function positive(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a number from 1.');
}

function say(...words: readonly (string | null)[]): void {
  process.stdout.write(`${words.filter(Boolean).join('\t')}\n`);
}
