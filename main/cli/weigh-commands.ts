import { type Command, InvalidArgumentError } from 'commander';
import { runWeighingSimulation } from '../app/simulate-weighing.ts';
import { printJson } from './with-core.ts';

/** `weigh simulate`: how often the scale's verdict is right, on invented parcels. */
export function addWeighCommands(program: Command): void {
  const weigh = program.command('weigh').description('the verdict of the scale');
  weigh
    .command('simulate')
    .description('weighs invented parcels, right ones and ones with a unit too few or too many, and prints the rates')
    .option('--parcels <n>', 'parcels for each of the two catalogues', whole, 20_000)
    .option('--seed <n>', 'the same seed gives the same parcels', whole, 7)
    .option('--json', 'prints JSON (the default prints the same)')
    .action((options: { parcels: number; seed: number }) => {
      const simulation = runWeighingSimulation(options);
      printJson(simulation);
      if (!simulation.ok) process.exitCode = 1;
    });
}

function whole(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 1_000_000)
    throw new InvalidArgumentError('a whole number from 1 on.');
  return number;
}
