import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type SimulateReport, simulateShift } from '../app/simulate.ts';
import { printJson } from './with-core.ts';

interface Options {
  readonly orders: number;
  readonly stations: number;
  readonly seed: number;
  readonly data?: string;
  readonly database?: string;
  readonly shops?: boolean;
  readonly faults: number;
  readonly json?: boolean;
}

/** `simulate`: a shift through the real door by scans only. */
export function addSimulateCommand(program: Command): void {
  program
    .command('simulate')
    .description('works a shift of invented orders through the real door by scans only, then checks every invariant')
    .requiredOption('--orders <n>', 'orders in the demo warehouse', whole)
    .option('--stations <m>', 'benches that work side by side', whole, 1)
    .option('--seed <n>', 'the same seed gives the same shift', whole, 7)
    .option('--data <dir>', 'empty data folder to keep (default: a temporary one)')
    .option('--database <url>', 'PostgreSQL address of an empty database (default: embedded SQLite)')
    .option('--shops', 'orders come from two played shops and a watched folder, with changes, cancels and copies')
    .option('--faults <n>', 'of a hundred requests to the shops so many go wrong', percent, 0)
    .option('--json', 'as one JSON line')
    .action(async (options: Options) => {
      const { orders, stations, seed, data, database, shops, faults } = options;
      const report = await simulateShift({
        orders,
        stations,
        seed,
        ...(data ? { dataDir: resolve(data) } : {}),
        ...(database ? { databaseUrl: database } : {}),
        ...(shops ? { shops: { faultsPerHundred: faults } } : {}),
      });
      if (options.json) printJson(report);
      else printReport(report);
      if (!report.ok) process.exitCode = 1;
    });
}

function percent(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 50)
    throw new InvalidArgumentError('a whole number from 0 to 50.');
  return number;
}

function whole(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 1_000_000)
    throw new InvalidArgumentError('a whole number from 1 on.');
  return number;
}

function printReport(report: SimulateReport): void {
  const out = (line: string): void => void process.stdout.write(`${line}\n`);
  out(
    `orders ${report.orders}, shipped ${report.shipped}, benches ${report.stations}, database ${report.database}, ${report.seconds} s`,
  );
  out(`scans ${report.scans}, refusals ${report.refusals} (${report.wrongOnPurpose} wrong on purpose)`);
  out(`scan to verdict: p50 ${report.p50} ms, p99 ${report.p99} ms`);
  out(`waited for the station, a parcel: p50 ${report.waitP50} ms, p95 ${report.waitP95} ms`);
  for (const check of report.invariants)
    out(
      `${check.broken.length === 0 ? 'holds ' : 'BROKEN'}  ${check.name} (${check.checked} checked)${check.broken.length > 0 ? `: ${check.broken.join('; ')}` : ''}`,
    );
  out(report.ok ? 'no invariant broken' : 'an invariant is broken');
}
