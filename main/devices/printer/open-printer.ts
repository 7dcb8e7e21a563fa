import type { DeviceSettings, PrinterAddress } from '../../../shared/contract/devices.ts';
import { preparePapers } from './prepare-papers.ts';
import type { PageReader, PrinterDriver } from './printer.ts';
import { createTcpDriver } from './tcp/tcp-driver.ts';
import { createZplDriver } from './tcp/zpl-driver.ts';

export interface PrinterSetUp {
  readonly address: PrinterAddress;
  readonly settings: DeviceSettings;
}

export interface PrinterDeps {
  readonly pages: PageReader;
}

/** The driver of one printer; nothing is opened or asked before its first call. */
export function createPrinterDriver(
  device: { readonly address: PrinterAddress; readonly settings: DeviceSettings },
  deps: PrinterDeps,
): PrinterDriver {
  return preparePapers(reach(device), device.settings, deps.pages);
}

function reach({ address, settings }: PrinterSetUp): PrinterDriver {
  switch (address.kind) {
    case 'tcp':
      return settings.language === 'zpl' ? createZplDriver(address) : createTcpDriver(address);
    default:
      return noWay;
  }
}

/** A printer that this PC has no way to reach. */
const noWay: PrinterDriver = {
  print: async () => ({ outcome: 'refused', passing: false, code: 'printer.no-program', params: {} }),
  status: async () => ({ state: 'fault', code: 'printer.no-program', params: {}, activity: 'not-told' }),
  jobState: async () => ({ state: 'not-told' }),
  close: async () => undefined,
};
