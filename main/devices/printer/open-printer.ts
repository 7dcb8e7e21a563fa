import type { DeviceSettings, PrinterAddress } from '../../../shared/contract/devices.ts';
import { createCupsDriver } from './cups/cups-driver.ts';
import { listCupsQueues } from './cups/list-queues.ts';
import { createIppDriver } from './ipp/ipp-driver.ts';
import { preparePapers } from './prepare-papers.ts';
import type { ListPrintQueues, PageReader, PrinterDriver } from './printer.ts';
import { createRunProgram } from './run-program.ts';
import { createTcpDriver } from './tcp/tcp-driver.ts';
import { createZplDriver } from './tcp/zpl-driver.ts';
import { findSumatra } from './windows/sumatra.ts';
import { createWindowsDriver, listWindowsQueues } from './windows/windows-driver.ts';

export interface PrinterSetUp {
  readonly address: PrinterAddress;
  readonly settings: DeviceSettings;
}

export interface PrinterDeps {
  readonly pages: PageReader;
}

/** The driver of one printer; nothing is opened or asked before its first call. */
export function createPrinterDriver({ address, settings }: PrinterSetUp, deps: PrinterDeps): PrinterDriver {
  return preparePapers(reach({ address, settings }), settings, deps.pages);
}

/** Print queues of this PC, by the system's own programs. */
export const listPrintQueues: ListPrintQueues = async () => {
  const run = createRunProgram(new AbortController().signal);
  return process.platform === 'win32' ? listWindowsQueues(run) : listCupsQueues(run);
};

function reach({ address, settings }: PrinterSetUp): PrinterDriver {
  switch (address.kind) {
    case 'tcp':
      return settings.language === 'zpl' ? createZplDriver(address) : createTcpDriver(address);
    case 'ipp':
      return createIppDriver(address);
    case 'queue':
      return openQueue(address.name);
  }
}

function openQueue(name: string): PrinterDriver {
  const closing = new AbortController();
  const run = createRunProgram(closing.signal);
  const stop = (): void => closing.abort();
  if (process.platform === 'win32') return createWindowsDriver(name, { run, stop, sumatra: findSumatra() });
  return createCupsDriver(name, { run, stop, openIpp: createIppDriver });
}
