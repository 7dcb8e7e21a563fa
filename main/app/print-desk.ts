import { type DeviceView, PrinterAddress } from '../../shared/contract/devices.ts';
import type { PrinterDriver } from '../devices/printer/printer.ts';
import { settleOrphans } from '../printing/print-run-service.ts';
import { settingsFor } from '../stations/device-rules.ts';
import type { Core } from './core.ts';
import { openPrinterLane, type PrinterLane, type PrinterTiming } from './printer-lane.ts';

/** A printer as it was set up. */
export interface PrinterDevice extends Pick<DeviceView, 'id' | 'stationId' | 'kind' | 'address' | 'settings'> {}

/** What a driver must know of its printer. */
export interface PrinterSetUp {
  readonly address: PrinterAddress;
  readonly settings: DeviceView['settings'];
}

export interface PrintDeskParts {
  readonly timing: PrinterTiming;
  open(printer: PrinterSetUp): PrinterDriver;
  /** A printer's state or what waits for it is another one. */
  onChange(): void;
}

/** The printers of this process's own bench. Those of other benches are looked after where these stand. */
export interface PrintDesk {
  /** From now on these are the printers of the bench; jobs of one that is gone are settled. */
  assign(stationId: string, devices: readonly PrinterDevice[]): Promise<void>;
  now(): ReadonlyMap<string, NonNullable<DeviceView['now']>>;
  /** Something may wait. */
  wake(): void;
  close(): Promise<void>;
}

interface Held {
  readonly lane: PrinterLane;
  /** With another address, media or language it is opened anew; which papers it gets is no matter of the driver. */
  readonly key: string;
}

function keyOf({ address, settings }: PrinterDevice): string {
  const { media, language, dpi } = settings;
  return JSON.stringify([address, media, language, dpi]);
}

/** Opens nothing before `assign`. */
export function createPrintDesk(core: Pick<Core, 'deps' | 'database'>, parts: PrintDeskParts): PrintDesk {
  const lanes = new Map<string, Held>();
  const openOne = ({ id, stationId, address, settings }: PrinterDevice, key: string): void => {
    const read = PrinterAddress.safeParse(address);
    if (!read.success) return;
    const full = settingsFor('printer', settings);
    const lane = openPrinterLane(core, {
      printer: { id, stationId, media: full.media ?? '', speaks: full.language === 'zpl' ? 'zpl' : 'pdf' },
      driver: parts.open({ address: read.data, settings: full }),
      timing: parts.timing,
      onChange: parts.onChange,
    });
    lanes.set(id, { lane, key });
  };
  const assignNow = async (stationId: string, devices: readonly PrinterDevice[]): Promise<void> => {
    const printers = devices.filter(({ kind }) => kind === 'printer');
    const wanted = new Map(printers.map((device) => [device.id, keyOf(device)]));
    const gone = [...lanes].filter(([id, { key }]) => wanted.get(id) !== key);
    for (const [id] of gone) lanes.delete(id);
    await Promise.all(gone.map(([, { lane }]) => lane.close()));
    for (const device of printers) if (!lanes.has(device.id)) openOne(device, wanted.get(device.id) ?? '');
    await settleOrphans(core.deps, stationId, [...wanted.keys()]);
    parts.onChange();
  };
  let last: Promise<void> = Promise.resolve();
  let closed = false;
  return {
    assign(stationId, devices) {
      // One after the other: a lane is closed before the same printer is opened again.
      last = last.catch(() => undefined).then(() => (closed ? undefined : assignNow(stationId, devices)));
      return last;
    },
    now: () => new Map([...lanes].map(([id, { lane }]) => [id, lane.now()])),
    wake() {
      for (const { lane } of lanes.values()) lane.wake();
    },
    async close() {
      closed = true;
      await last.catch(() => undefined);
      await Promise.all([...lanes.values()].map(({ lane }) => lane.close()));
    },
  };
}
