import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { labelProfiles } from '../../shared/model/label-profiles.ts';
import { type MediaSize, parseMedia } from '../../shared/model/media.ts';
import { renderLabelFile, verifyLabelFile } from '../app/label-files.ts';
import { printJson } from './with-core.ts';

type Dpi = 203 | 300;

interface RenderOptions {
  readonly in: string;
  readonly out: string;
  readonly profile?: string;
  readonly dpi?: Dpi;
}

interface VerifyOptions {
  readonly dpi: Dpi;
  readonly expect?: string;
  readonly media?: MediaSize;
  readonly in?: string;
}

/** `label render` draws and proves; `label verify` reads any label back and judges it. */
export function addLabelCommands(program: Command): void {
  const label = program.command('label').description('draws and reads labels');
  addRender(label);
  addVerify(label);
}

function addRender(label: Command): void {
  label
    .command('render')
    .description('draws a label from JSON, proves it, writes the PDF')
    .requiredOption('--in <file>', 'label as JSON (see README)')
    .requiredOption('--out <file>', 'PDF to write')
    .option('--profile <name>', `layout, instead of the JSON's: ${labelProfiles.join(', ')}`, profile)
    .option('--dpi <n>', 'printer resolution, 203 or 300, instead of the JSON’s', resolution)
    .option('--json', 'accepted for symmetry; the output is always JSON')
    .action(async ({ in: input, out, ...choice }: RenderOptions) =>
      printJson(await renderLabelFile(resolve(input), resolve(out), choice)),
    );
}

function addVerify(label: Command): void {
  label
    .command('verify')
    .description(
      'finds every symbol in a PDF, PNG or ZPL file as the printer would print it, judges it; 1 when it fails',
    )
    .argument('<file>')
    .option('--dpi <n>', 'printer resolution, 203 or 300', resolution, 203)
    .option('--expect <tracking>', 'number that must be on it, and no other of its kind')
    .option('--media <size>', 'size that the page must have, such as 4x6in or 100x150mm', mediaSize)
    .option('--in <file>', 'the JSON it was drawn from: every symbol must stand in its place')
    .option('--json', 'accepted for symmetry; the output is always JSON')
    .action(async (file: string, { dpi, expect, media, in: description }: VerifyOptions) => {
      const verdict = await verifyLabelFile(resolve(file), {
        dpi,
        ...(media ? { media } : {}),
        ...(expect ? { tracking: expect } : {}),
        ...(description ? { description: resolve(description) } : {}),
      });
      printJson(verdict);
      if (verdict.verdict === 'fail') process.exitCode = 1;
    });
}

function resolution(text: string): Dpi {
  if (text === '203') return 203;
  if (text === '300') return 300;
  throw new InvalidArgumentError('the resolution is 203 or 300.');
}

function profile(text: string): string {
  if (labelProfiles.some((name) => name === text)) return text;
  throw new InvalidArgumentError(`known are ${labelProfiles.join(', ')}.`);
}

function mediaSize(text: string): MediaSize {
  const size = parseMedia(text);
  if (size) return size;
  throw new InvalidArgumentError('a size is 4x6in, 100x150mm, a6 or the like.');
}
