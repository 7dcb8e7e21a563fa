import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { explainScanLine } from '../../shared/barcode/explain.ts';

/** `scan explain`: one scan a line on stdin as the hex of its bytes, one JSON line each. */
export function addScanCommands(program: Command): void {
  const scan = program.command('scan').description('what a scan means');
  scan
    .command('explain')
    .description('reads the hex of one scan a line and prints one JSON line each')
    .option('--json', 'accepted for symmetry; the output is always JSON')
    .action(async () => {
      for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
        process.stdout.write(`${JSON.stringify(explainScanLine(line, new Date().toISOString()))}\n`);
      }
    });
}
