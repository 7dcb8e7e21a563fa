import { text as readStream } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { parseableChannels, parseChannelAnswer } from '../app/channel-parse.ts';
import { printJson } from './with-core.ts';

/** `channels parse`: a raw answer of a platform on stdin, its orders as JSON on stdout; nothing is stored. */
export function addChannelCommands(program: Command): void {
  const channels = program.command('channels').description('platforms that orders come from');
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
