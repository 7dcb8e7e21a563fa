import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { renderLabelFile, verifyLabelFile } from '../app/operations.ts';
import { printJson } from './with-core.ts';

/** `label render` draws and proves; `label verify` reads any PDF back. */
export function addLabelCommands(program: Command): void {
  const label = program.command('label').description('draws and reads labels');
  label
    .command('render')
    .description('draws a label from JSON, proves it, writes the PDF')
    .requiredOption('--in <file>', 'label as JSON (see README)')
    .requiredOption('--out <file>', 'PDF to write')
    .option('--json', 'prints what was drawn')
    .action(async (options: { in: string; out: string }) =>
      printJson(await renderLabelFile(resolve(options.in), resolve(options.out))),
    );
  label
    .command('verify')
    .description('finds every symbol in a PDF, as the printer would print it')
    .argument('<file>')
    .option('--dpi <n>', 'printer resolution, 203 or 300', resolution, 203)
    .option('--json', 'accepted for symmetry; the output is always JSON')
    .action(async (file: string, options: { dpi: 203 | 300 }) => {
      const pages = await verifyLabelFile(resolve(file), options.dpi);
      printJson({
        dpi: options.dpi,
        pages: pages.map(({ page, widthMm, heightMm }) => ({ page, widthMm, heightMm })),
        symbols: pages.flatMap((page) =>
          page.symbols.map(({ symbology, text, at, geometry }) => ({
            page: page.page,
            symbology,
            text,
            at,
            grade: geometry?.grade ?? null,
          })),
        ),
      });
    });
}

function resolution(text: string): 203 | 300 {
  if (text === '203') return 203;
  if (text === '300') return 300;
  throw new InvalidArgumentError('the resolution is 203 or 300.');
}
