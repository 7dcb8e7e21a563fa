import type { Verdict } from '../../shared/contract/common.ts';
import { AppError } from '../../shared/errors.ts';
import type { Device } from '../devices/driver/driver.ts';
import type { Core } from './core.ts';

/** Decides one scan of a bench, durable before it is answered; `commandId` makes a repeat harmless. */
export type DecideScan = (scan: { stationId: string; raw: string; commandId: string }) => Promise<Verdict>;

export interface DeviceScans {
  /** Queues a scan; a promise asks the scanner's line to pause until the queue is shorter. */
  push(device: Pick<Device, 'id' | 'stationId'>, raw: string): void | Promise<void>;
  /** Scans of a device that still wait. */
  waiting(deviceId: string): number;
  /** Decides what waits, then takes no more. */
  close(): Promise<void>;
}

/** More than this waits in the line and not in memory. */
const MOST_WAITING = 500;

interface Waiting {
  readonly device: Pick<Device, 'id' | 'stationId'>;
  readonly raw: string;
}

interface Queue {
  readonly scans: Waiting[];
  readonly relieved: (() => void)[];
  running: Promise<void> | undefined;
}

/** Scans of the scanners on ports: one bench after another in its own order, none dropped, the screen told of each. */
export function createDeviceScans(
  core: Pick<Core, 'deps' | 'feed'>,
  parts: { readonly decide: DecideScan; report(error: AppError, ref: string): void },
): DeviceScans {
  const queues = new Map<string, Queue>();
  const waiting = (deviceId: string): number =>
    [...queues.values()].reduce(
      (sum, { scans }) => sum + scans.filter(({ device }) => device.id === deviceId).length,
      0,
    );

  const decideOne = async ({ device, raw }: Waiting): Promise<{ verdict: Verdict | null; code: string | null }> => {
    try {
      const verdict = await parts.decide({ stationId: device.stationId, raw, commandId: core.deps.newId() });
      return { verdict, code: null };
    } catch (error) {
      const known = error instanceof AppError ? error : new AppError('bug', 'station.unexpected', {}, error);
      if (known.kind === 'bug' || known.kind === 'device') parts.report(known, 'scanner');
      return { verdict: null, code: known.code };
    }
  };
  const work = async (queue: Queue): Promise<void> => {
    for (let scan = queue.scans[0]; scan; scan = queue.scans[0]) {
      const answer = await decideOne(scan);
      queue.scans.shift();
      const { stationId, id: deviceId } = scan.device;
      core.feed.pass('devices.scanned', { stationId, deviceId, ...answer, waiting: queue.scans.length });
      if (queue.scans.length < MOST_WAITING) for (const relieve of queue.relieved.splice(0)) relieve();
    }
    queue.running = undefined;
  };
  return {
    push(device, raw) {
      const queue = queues.get(device.stationId) ?? { scans: [], relieved: [], running: undefined };
      queues.set(device.stationId, queue);
      queue.scans.push({ device, raw });
      queue.running ??= work(queue);
      if (queue.scans.length >= MOST_WAITING) return new Promise<void>((resolve) => queue.relieved.push(resolve));
    },
    waiting,
    async close() {
      await Promise.all([...queues.values()].map(({ running }) => running));
    },
  };
}
