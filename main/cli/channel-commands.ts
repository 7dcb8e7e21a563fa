import { readFile } from 'node:fs/promises';
import { buffer as readStream } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Reconciliation, ShopView } from '../../shared/contract/shops.ts';
import { AppError } from '../../shared/errors.ts';
import { parseableChannels, parseChannelAnswer } from '../app/channel-parse.ts';
import type { Core } from '../app/core.ts';
import { checkShopNamed, connectShop, listShops, reconcileShop, shopsNamed, syncShop } from '../app/shops.ts';
import { type DataOption, printJson, withCore, withDataOption } from './with-core.ts';

/** `channels`: shops that orders come from: connected, read, compared; and raw answers read without storing them. */
export function addChannelCommands(program: Command): void {
  const channels = withDataOption(program.command('channels'))
    .description('shops that orders come from: how far they are read, what is late, set aside or given up')
    .option('--json', 'as JSON')
    .action(async (options: DataOption & { json?: boolean }) => showShops(options));
  addParse(channels);
  withDataOption(channels.command('connect'))
    .description('connects a shop, or changes it')
    .argument('<name>', 'platform: shopify, prestashop, woocommerce, tiktok_shop, amazon, wechat_shop …')
    .requiredOption('--config <file>', 'JSON: the platform’s fields, title, active, pushShipments, pushStock, carriers')
    .action(async (name: string, options: { config: string }, command: Command) => {
      const given = await readConfig(options.config);
      await onCore(command, async (core) => printJson(await connectShop(core, name, given)));
    });
  withDataOption(channels.command('check'))
    .description('asks a shop whether key, rights, address and clock are good')
    .argument('<name>', 'platform, title, key or id')
    .action(async (name: string, _options: unknown, command: Command) => {
      await onCore(command, async (core) => {
        const said = await checkShopNamed(core, name);
        printJson(said);
        if (!said.ok) process.exitCode = 1;
      });
    });
  addSync(channels);
  withDataOption(channels.command('reconcile'))
    .description('compares orders and parcels with what the platform says, and lists what differs')
    .argument('<name>', 'platform, title, key or id')
    .option('--since <instant>', 'from here on (default: seven days)', instantOf)
    .option('--json', 'as JSON')
    .action(async (name: string, options: { since?: string; json?: boolean }, command: Command) => {
      await onCore(command, async (core) => {
        for (const shop of await shopsNamed(core, name)) {
          const report = await reconcileShop(core, shop, options.since);
          if (command.optsWithGlobals<{ json?: boolean }>().json) printJson(report);
          else process.stdout.write(reportText(report));
          if (report.differences.length > 0 || report.fault) process.exitCode = 1;
        }
      });
    });
}

function addParse(channels: Command): void {
  channels
    .command('parse')
    .description('reads one raw API answer on stdin and prints the orders in it')
    .addOption(
      new Option('--channel <name>', 'platform that answered').choices(parseableChannels).makeOptionMandatory(),
    )
    .option('--time-zone <zone>', 'zone of a shop that writes local times (PrestaShop), such as Europe/Paris')
    .option('--json', 'accepted for symmetry; the output is always JSON')
    .action(async (options: { channel: string; timeZone?: string }) => {
      const answer = await readStream(process.stdin);
      const { timeZone } = options;
      printJson(await parseChannelAnswer(options.channel, answer, timeZone === undefined ? {} : { timeZone }));
    });
}

interface SyncOptions {
  readonly since?: string;
  readonly watch?: boolean;
}

function addSync(channels: Command): void {
  withDataOption(channels.command('sync'))
    .description('reads what changed in a shop: one line of JSON with what was read, new, changed and set aside')
    .argument('<name>', 'platform, title, key or id')
    .option('--once', 'one reading, which is also what happens without it')
    .option('--watch', 'goes on at the platform’s pace until it is stopped')
    .option('--since <instant>', 'from here on instead of from the cursor (first reading: seven days)', instantOf)
    .option('--json', 'accepted for symmetry; the output is always JSON')
    .action(async (name: string, options: SyncOptions, command: Command) => {
      await onCore(command, async (core) => {
        const shops = await shopsNamed(core, name);
        for (const shop of shops) await printSync(core, { shop, since: options.since, several: shops.length > 1 });
        while (options.watch === true) {
          await wait(SLOWEST_MS);
          for (const shop of shops) await printSync(core, { shop, since: undefined, several: shops.length > 1 });
        }
      });
    });
}

/** Every platform's limits allow a reading a minute, but for Amazon, whose client waits by itself. */
const SLOWEST_MS = 60_000;

async function printSync(
  core: Core,
  asked: { readonly shop: ShopView; readonly since: string | undefined; readonly several: boolean },
): Promise<void> {
  const read = await syncShop(core, asked.shop, asked.since);
  printJson(asked.several ? { shop: asked.shop.title, ...read } : read);
}

/** Options that the group has too arrive at the group. */
function onCore(command: Command, work: Parameters<typeof withCore<void>>[1]): Promise<void> {
  return withCore(command.optsWithGlobals<DataOption>(), work);
}

async function showShops(options: DataOption & { json?: boolean }): Promise<void> {
  const shops = await withCore(options, listShops);
  if (options.json) return printJson({ shops });
  for (const shop of shops) process.stdout.write(`${lineOf(shop)}\n`);
}

function lineOf(shop: ShopView): string {
  const told = [
    ...[shop.id, shop.title, shop.connectorTitle, shop.state],
    shop.cursor === null ? '' : `read up to ${shop.cursor}`,
    `${shop.ordersToday} orders today`,
    ...(shop.quarantined > 0 ? [`${shop.quarantined} set aside`] : []),
    ...(shop.waiting > 0 ? [`${shop.waiting} to be told`] : []),
    ...(shop.parked > 0 ? [`${shop.parked} given up`] : []),
    ...(shop.stock.refused > 0 ? [`stock of ${shop.stock.refused} SKUs refused`] : []),
    shop.fault ? `${shop.fault.code} ${shop.fault.text}`.trim() : '',
  ];
  return told.filter(Boolean).join('\t');
}

function reportText({ shop, since, orders, parcels, differences, fault }: Reconciliation): string {
  const lines = [
    `${shop}, since ${since}`,
    `orders: ${orders.theirs} there, ${orders.ours} here, ${orders.equal} equal`,
    `parcels: ${parcels.theirs} there, ${parcels.ours} here, ${parcels.equal} equal`,
    ...differences.map(({ kind, number, externalId, ours, theirs }) =>
      [kind, number || externalId, ours && `here: ${ours}`, theirs && `there: ${theirs}`].filter(Boolean).join('\t'),
    ),
    ...(fault ? [`not compared to the end: ${fault.code} ${fault.text}`] : []),
    ...(differences.length === 0 && !fault ? ['all equal'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

async function readConfig(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new AppError('validation', 'channel.bad-file', { reason: `${file} cannot be read` }, cause);
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('validation', 'channel.bad-file', { reason: `${file} is not JSON` }, cause);
  }
}

function instantOf(text: string): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new InvalidArgumentError('write it like 2026-11-20T00:00:00Z.');
  return at.toISOString();
}
