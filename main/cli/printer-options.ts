import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type DeviceSettings,
  PrintedPaper,
  type PrinterAddress,
  printedPapers,
  printerLanguages,
} from '../../shared/contract/devices.ts';
import { AppError } from '../../shared/errors.ts';
import { parseMedia } from '../../shared/model/media.ts';

/** Where a printer is and what lies in it, as the command line names it. */
export interface PrinterOptions {
  readonly queue?: string;
  readonly tcp?: string;
  readonly ipp?: string;
  readonly media?: string;
  readonly for?: PrintedPaper[];
  readonly language?: (typeof printerLanguages)[number];
  readonly dpi?: 203 | 300;
}

/** Options that name a printer; `--tcp` is left to the command where other devices have it too. */
export function withPrinterOptions(command: Command): Command {
  return command
    .option('--queue <name>', 'print queue of this PC')
    .option('--ipp <uri>', 'printer that speaks IPP: ipp://host:631/ipp/print')
    .option('--media <size>', 'what lies in the printer: 4x6in, 100x150mm, a4 (default: 4x6in)', media)
    .addOption(
      new Option('--language <language>', 'what is sent: pdf through a driver, zpl as dots (default: pdf)').choices([
        ...printerLanguages,
      ]),
    )
    .addOption(
      new Option('--dpi <n>', 'dots an inch of a label printer (default: 203)')
        .choices(['203', '300'])
        .argParser(Number),
    );
}

/** Which papers come out of a printer. */
export const papersOption = (): Option =>
  new Option('--for <papers>', `what comes out of it: ${printedPapers.join(', ')} (default: label)`).argParser(papers);

function media(text: string): string {
  if (parseMedia(text) === undefined)
    throw new InvalidArgumentError('a size such as 4x6in, 100x150mm or a4 is wanted.');
  return text.toLowerCase();
}

function papers(text: string): PrintedPaper[] {
  const read = PrintedPaper.array().safeParse(text.split(',').map((name) => name.trim()));
  if (!read.success) throw new InvalidArgumentError(`papers are ${printedPapers.join(', ')}, with commas between.`);
  return [...new Set(read.data)];
}

/** The address of a printer. Error: `device.printer-address-needed` for none, for two, or one that is none. */
export function printerAddress({ queue, tcp, ipp }: PrinterOptions): PrinterAddress {
  const given = [queue, tcp, ipp].filter((text) => text !== undefined);
  if (given.length !== 1) throw new AppError('validation', 'device.printer-address-needed');
  if (queue !== undefined) return { kind: 'queue', name: queue };
  if (ipp !== undefined) {
    if (!/^ipps?:\/\/[^\s]+$/.test(ipp)) throw new AppError('validation', 'device.printer-address-needed');
    return { kind: 'ipp', uri: ipp };
  }
  return { kind: 'tcp', ...hostAndPort(tcp ?? '') };
}

/** `[fe80::1]:9100`, `printer:9100`; a name alone is port 9100, where printers listen. */
function hostAndPort(text: string): { host: string; port: number } {
  const [, host = '', port = '9100'] = /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (host === '' || Number(port) < 1 || Number(port) > 65_535)
    throw new AppError('validation', 'device.printer-address-needed');
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
}

/** The settings that were named; the rest is filled in where the printer is stored. */
export function printerSettings(options: PrinterOptions): DeviceSettings {
  const { media: size, language, dpi } = options;
  return {
    ...(size === undefined ? {} : { media: size }),
    ...(options.for === undefined ? {} : { papers: options.for }),
    ...(language === undefined ? {} : { language }),
    ...(dpi === undefined ? {} : { dpi }),
  };
}
