import type { QueueView } from '../../shared/contract/devices.ts';
import { createPrinterDriver, listPrintQueues } from '../devices/printer/open-printer.ts';
import type { DotPage, PageReader, PrinterDriver } from '../devices/printer/printer.ts';
import { pageSizes, rasterPages } from '../documents/raster.ts';
import type { PrinterSetUp } from './print-desk.ts';

const pages: PageReader = {
  pageSizes,
  async drawPages(bytes, dpi) {
    const drawn: DotPage[] = [];
    for await (const { raster } of rasterPages(bytes, { dpi, format: 'bilevel' })) drawn.push(raster);
    return drawn;
  },
};

/** The driver that an address needs. */
export function openPrinter(printer: PrinterSetUp): PrinterDriver {
  return createPrinterDriver(printer, { pages });
}

/** Print queues of this PC; empty where the system has no way to list them. */
export async function listQueues(): Promise<Omit<QueueView, 'deviceId'>[]> {
  return [...((await listPrintQueues()) ?? [])];
}
