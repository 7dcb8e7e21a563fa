import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, InvalidArgumentError } from 'commander';
import { launchToken } from '../app/operations.ts';
import { serveStation } from '../web/serve.ts';
import { type DataOption, dataDirOf, withCore, withDataOption } from './with-core.ts';

interface ServeOptions extends DataOption {
  readonly port?: number;
  readonly host?: string;
  readonly demo?: boolean;
}

/** `serve` runs the web shell in the foreground; `open` prints another address for a station that runs. */
export function addServeCommands(program: Command): void {
  withDataOption(program.command('serve'))
    .description('runs the station for browsers on this PC')
    .option('--port <n>', 'port (default: the first free one from 4870; 0 for any)', portNumber)
    .option('--host <h>', 'address to listen on (default: 127.0.0.1, this PC only)')
    .option('--demo', 'starts with the invented demo warehouse')
    .action(serve);
  withDataOption(program.command('open'))
    .description('prints an address that opens one more browser on a running station')
    .requiredOption('--port <n>', 'port of the running station', portNumber)
    .action(async (options: ServeOptions) => {
      await withCore(options, async (core) => {
        process.stdout.write(`http://127.0.0.1:${options.port}/#launch=${await launchToken(core)}\n`);
      });
    });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('a port is a whole number from 0 to 65535.');
  return port;
}

async function serve(options: ServeOptions): Promise<void> {
  const { port, host } = options;
  // Heard from the beginning: a station that is told to stop while it starts closes its data as well.
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  const served = await serveStation({
    dataDir: dataDirOf(options),
    rendererDir: join(dirname(dirname(fileURLToPath(import.meta.url))), 'renderer'),
    demo: options.demo === true,
    noOpen: true,
    extraOrigins: [],
    print: (line) => process.stdout.write(`${line}\n`),
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
  });
  await stopped;
  await served.close();
}
