import type { QueueView } from '../../shared/contract/devices.ts';
import { listOpenJobs } from '../printing/printing-views.ts';
import { listStations } from '../stations/stations-views.ts';
import type { Core } from './core.ts';
import { describeDevice } from './device-words.ts';
import { type DeviceLine, describeDevices } from './devices.ts';

/** One paper that is not over, for the command line. */
export interface OpenPrint {
  readonly id: string;
  readonly station: string | null;
  readonly kind: string;
  readonly orderNumber: string;
  readonly printer: string;
  readonly state: string;
  readonly systemJob: string | null;
  readonly reprint: number;
  readonly createdAt: string;
  readonly code: string | null;
  readonly advice: string | null;
}

/** Printers of the benches, the print queues of this PC, and what waits, is under way or in question. */
export async function describePrinting(
  core: Core,
): Promise<{ printers: DeviceLine[]; queues: QueueView[]; jobs: OpenPrint[] }> {
  const { devices, queues } = await describeDevices(core);
  const { stations } = await listStations(core.database);
  const jobs = await listOpenJobs(core.database, { now: core.deps.clock() });
  return {
    printers: devices.filter(({ kind }) => kind === 'printer'),
    queues,
    jobs: jobs.map(({ id, stationId, kind, orderNumber, printer, state, systemJob, reprint, createdAt, ...why }) => ({
      ...{ id, kind, orderNumber, printer, state, systemJob, reprint, createdAt },
      station: stations.find((station) => station.id === stationId)?.name ?? stationId,
      code: why.code,
      advice: why.code === null ? null : describeDevice(why.code, why.params),
    })),
  };
}
