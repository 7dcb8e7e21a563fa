import { serve } from '@hono/node-server';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import { AppError } from '../../shared/errors.ts';
import { configFor, placeInvented } from '../app/invented-orders.ts';
import { playPlatform, simulatedPlatformNames } from '../app/simulated-platforms.ts';
import { printJson } from './with-core.ts';

interface PlatformCommandOptions {
  readonly port: number;
  readonly orders: number;
  readonly faults?: boolean;
}

/** `platform`: plays a platform on this PC, to try a shop on without one. */
export function addPlatformCommand(program: Command): void {
  program
    .command('platform')
    .description(
      'plays a platform on this PC until it is stopped, and prints what `channels connect` needs; `GET /_state` tells what it took, `POST /_place`, `/_change`, `/_faults` do the rest',
    )
    .addArgument(new Argument('<name>').choices([...simulatedPlatformNames]))
    .option('--port <n>', 'port (default: any free one)', numberOf, 0)
    .option('--orders <n>', 'so many orders of invented buyers stand there from the beginning', numberOf, 20)
    .option('--faults', 'answers go wrong now and then, as they do in real life')
    .action((name: string, options: PlatformCommandOptions) => play(name, options));
}

const FAULTS_PER_HUNDRED = 10;

async function play(name: string, { port, orders, faults }: PlatformCommandOptions): Promise<void> {
  const platform = playPlatform(name, {
    clock: () => new Date(),
    hangMs: 25_000,
    faultsPerHundred: faults ? FAULTS_PER_HUNDRED : 0,
    ...(faults ? { lagMs: () => 1_500 } : {}),
  });
  placeInvented(platform, orders);
  await new Promise<void>((resolve, reject) => {
    const server = serve({ fetch: platform.fetch, port, hostname: '127.0.0.1' }, ({ port: bound }) => {
      const address = `http://127.0.0.1:${bound}`;
      printJson({ platform: name, orders, config: configFor(platform, address) });
    });
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new AppError('device', 'channel.port-in-use', { port, reason: cause.code ?? '' }, cause)),
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

function numberOf(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 1_000_000)
    throw new InvalidArgumentError('a whole number is wanted.');
  return number;
}
