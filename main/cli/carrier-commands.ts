import { readFile } from 'node:fs/promises';
import { serve } from '@hono/node-server';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import type { AccountView } from '../../shared/contract/shipping-accounts.ts';
import { AppError } from '../../shared/errors.ts';
import {
  addRangeTo,
  checkAccountById,
  connectAccount,
  listAccounts,
  listKinds,
  readRules,
  whyServices,
  writeRules,
} from '../app/carrier-accounts.ts';
import { problemOfAccount, reasonInWords } from '../app/carrier-words.ts';
import { playCarrier, simulatedCarrierNames } from '../app/simulated-carriers.ts';
import { type DataOption, printJson, withCore, withDataOption } from './with-core.ts';

interface RangeCommandOptions extends DataOption {
  readonly first: string;
  readonly last: string;
  readonly block: number;
  readonly title?: string;
  readonly with: Readonly<Record<string, string>>;
}

/** `carriers`: accounts, number ranges and rules, a carrier to try things on, and why a parcel got its service. */
export function addCarrierCommands(program: Command): void {
  const carriers = withDataOption(program.command('carriers'))
    .description('carrier accounts with state, numbers left and what is missing')
    .option('--json', 'as JSON')
    .action(async (options: DataOption & { json?: boolean }) => showAccounts(options));
  withDataOption(carriers.command('connect'))
    .description('adds or changes an account of a carrier')
    .argument('<name>', 'carrier, as `carriers kinds` lists them')
    .requiredOption('--config <file>', 'JSON: the carrier’s fields, title, approved, active, cutOff, timeZone')
    .action(async (name: string, options: { config: string }, command: Command) => {
      const given = await readJson(options.config);
      await onCore(command, async (core) => printJson(await connectAccount(core, name, given)));
    });
  withDataOption(carriers.command('kinds'))
    .description('every carrier that can be connected: fields, services, abilities, what is missing')
    .action(async (_options: unknown, command: Command) => {
      await onCore(command, async (core) => {
        for (const kind of listKinds(core)) printJson(kind);
      });
    });
  withDataOption(carriers.command('check'))
    .description('asks the carrier whether an account’s credentials are good')
    .argument('<account>', 'id or title')
    .action(async (account: string, _options: unknown, command: Command) => {
      await onCore(command, async (core) => {
        const said = await checkAccountById(core, account);
        printJson(said);
        if (!said.ok) process.exitCode = 1;
      });
    });
  addRangeCommand(carriers);
  withDataOption(carriers.command('rules'))
    .description('the rules that choose the service, as JSON; with a file, replaces them')
    .option('--in <file>', 'JSON as this command prints it; an account may be named by its title')
    .action(async (options: { in?: string }, command: Command) => {
      const given = options.in === undefined ? undefined : await readJson(options.in);
      await onCore(command, async (core) =>
        printJson(given === undefined ? await readRules(core) : await writeRules(core, given)),
      );
    });
  withDataOption(carriers.command('why'))
    .description('why each label of an order is of its service')
    .argument('<order>', 'number of the order')
    .action(async (order: string, _options: unknown, command: Command) => {
      await onCore(command, async (core) => {
        for (const { why, ...label } of await whyServices(core, order))
          printJson({ ...label, why: why && { ...why, rates: why.rates.map(reasonInWords) } });
      });
    });
  carriers
    .command('simulate')
    .description('plays a carrier on this PC until it is stopped: `POST /_faults`, `GET /_sold`')
    .addArgument(new Argument('<name>').choices([...simulatedCarrierNames]))
    .option('--port <n>', 'port (default: any free one)', portNumber, 0)
    .action((name: string, options: { port: number }) => simulate(name, options.port));
}

function addRangeCommand(carriers: Command): void {
  withDataOption(carriers.command('range'))
    .description('adds numbers that the carrier assigned to an account')
    .argument('<account>', 'id or title')
    .requiredOption('--first <n>', 'first serial number, without check digit')
    .requiredOption('--last <n>', 'last serial number, without check digit')
    .option('--block <n>', 'numbers that a bench leases at a time', wholeNumber, 100)
    .option('--title <text>', 'such as the number of the carrier’s letter')
    .option('--with <name=value>', 'part of every number, as often as there are parts', namedValue, {})
    .action(async (account: string, _options: unknown, command: Command) => {
      const { first, last, block, title, with: params } = command.optsWithGlobals<RangeCommandOptions>();
      const range = { first, last, block, params, ...(title === undefined ? {} : { title }) };
      await onCore(command, async (core) => printJson(await addRangeTo(core, account, range)));
    });
}

/** Options that the group has too arrive at the group. */
function onCore(command: Command, work: Parameters<typeof withCore<void>>[1]): Promise<void> {
  return withCore(command.optsWithGlobals<DataOption>(), work);
}

async function showAccounts(options: DataOption & { json?: boolean }): Promise<void> {
  const accounts = await withCore(options, listAccounts);
  if (options.json) return printJson({ accounts });
  for (const account of accounts) process.stdout.write(`${lineOf(account)}\n`);
}

function lineOf(account: AccountView): string {
  const { id, title, connectorTitle, active, approved, kind, ranges } = account;
  const left = ranges.filter((range) => range.active).reduce((sum, range) => sum + Number(range.left), 0);
  const told = [
    ...[id, title, connectorTitle, active ? (account.problem === null ? 'ready' : 'not ready') : 'not in use'],
    ...(kind === 'own-range' ? [`${left} numbers left`, ...(approved ? [] : ['labels say SPECIMEN'])] : []),
    problemOfAccount(account) ?? '',
  ];
  return told.filter(Boolean).join('\t');
}

async function simulate(name: string, port: number): Promise<void> {
  const { carrier, account } = playCarrier(name, () => new Date());
  await new Promise<void>((resolve, reject) => {
    const server = serve({ fetch: carrier.fetch, port, hostname: '127.0.0.1' }, ({ port: bound }) =>
      printJson({ carrier: name, baseUrl: `http://127.0.0.1:${bound}`, ...account }),
    );
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new AppError('device', 'carrier.port-in-use', { port, reason: cause.code ?? '' }, cause)),
    );
    const stop = (): void => {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      resolve();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new AppError('validation', 'carrier.bad-file', { reason: `${file} cannot be read` }, cause);
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('validation', 'carrier.bad-file', { reason: `${file} is not JSON` }, cause);
  }
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('a whole number above 0 is wanted.');
  return number;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('a port is a whole number from 0 to 65535.');
  return port;
}

function namedValue(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const [, name = '', value = ''] = /^([A-Za-z][A-Za-z0-9]*)=(.+)$/.exec(text) ?? [];
  if (name === '') throw new InvalidArgumentError('write it like mailerId=901234567.');
  return { ...before, [name]: value };
}
