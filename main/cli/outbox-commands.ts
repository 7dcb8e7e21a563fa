import type { Command } from 'commander';
import type { OutboxView } from '../../shared/contract/shops.ts';
import { deliverAll, listOutbox, retryOutbox } from '../app/outbox.ts';
import { type DataOption, openCommandCore, printJson, withCore, withDataOption } from './with-core.ts';

interface ListOptions extends DataOption {
  readonly parked?: boolean;
  readonly json?: boolean;
}

/** `outbox`: what is to be delivered outside: shipments, labels, prints, and what of it was given up. */
export function addOutboxCommands(program: Command): void {
  const outbox = withDataOption(program.command('outbox'))
    .description('what waits to be delivered outside, or was given up with its reason')
    .option('--parked', 'only what was given up')
    .option('--json', 'as JSON')
    .action((options: ListOptions) => show(options));
  withDataOption(outbox.command('run'))
    .description('delivers what is due, once, and says what became of each')
    .option('--json', 'a line of JSON each')
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<ListOptions>();
      const settled = await deliverAll((onDelivered) => openCommandCore(options, { onDelivered, tellsShops: true }));
      for (const one of settled) {
        if (options.json) printJson(one);
        else
          process.stdout.write(`${[one.state, one.topic, one.subject, one.reason ?? ''].filter(Boolean).join('\t')}\n`);
      }
      if (settled.some(({ state }) => state === 'parked')) process.exitCode = 1;
    });
  withDataOption(outbox.command('retry'))
    .description('tries a message again that was given up')
    .argument('<id>', 'as `outbox --parked` lists it')
    .action(async (id: string, _options: unknown, command: Command) => {
      await withCore(command.optsWithGlobals<DataOption>(), (core) => retryOutbox(core, id));
    });
}

async function show(options: ListOptions): Promise<void> {
  const messages = await withCore(options, (core) => listOutbox(core, options.parked === true));
  if (options.json) return printJson({ messages });
  for (const message of messages) process.stdout.write(`${lineOf(message)}\n`);
}

function lineOf({ id, topic, state, subject, shop, attempts, dueAt, reason }: OutboxView): string {
  const told = [
    ...[id, state, topic, subject, shop ?? '', `${attempts} tries`],
    state === 'pending' ? `due ${dueAt}` : '',
    reason ? `${reason.code} ${reason.text}`.trim() : '',
  ];
  return told.filter(Boolean).join('\t');
}
