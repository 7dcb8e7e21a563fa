import { createInterface } from 'node:readline';
import { type Command, InvalidArgumentError } from 'commander';
import { openSimulatedBench, type SimulatedBenchPlan } from '../app/simulate-devices.ts';

/** `simulate-devices`: a scale, a scanner and a printer to try a station with, played by hand. */
export function addSimulateDevicesCommand(program: Command): void {
  program
    .command('simulate-devices')
    .description('plays devices for support and training: says how to add them, then does what is typed, line by line')
    .option('--scale <protocol>', 'a scale: one of `scale protocols`')
    .option('--scanner', 'a scanner')
    .option('--printer <port>', 'a printer that takes raw bytes at this port of this PC; 0 for any', portNumber)
    .action(play);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('a port is a whole number from 0 to 65535.');
  return port;
}

async function play(options: SimulatedBenchPlan): Promise<void> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const { scale, scanner, printer } = options;
  const bench = await openSimulatedBench(
    {
      // Without a word all that a bench has.
      ...(scale === undefined && !scanner && printer === undefined
        ? { scale: 'toledo-8217', scanner: true, printer: 0 }
        : options),
    },
    say,
  );
  const typed = createInterface({ input: process.stdin });
  process.once('SIGINT', () => typed.close());
  process.once('SIGTERM', () => typed.close());
  try {
    for await (const line of typed) if (line.trim() !== '') say(await bench.obey(line));
  } finally {
    await bench.close();
  }
}
