import { addDeviceAt } from '../../main/app/devices.ts';
import type { DeviceSettings } from '../../shared/contract/devices.ts';
import type { CallOutput } from '../../shared/contract/index.ts';
import { anOrder } from './builders.ts';
import { until } from './devices/until.ts';
import { comeIn } from './warehouse.ts';
import type { World } from './world.ts';

type Job = CallOutput<'printing.jobs-view'>['jobs'][number];

/** A printer at this bench as the command line sets it up; comes back once the station knows how it does. */
export async function setUpPrinter(world: World, port: number, settings: DeviceSettings = {}): Promise<string> {
  const address = { kind: 'tcp' as const, host: '127.0.0.1', port };
  const { deviceId } = await addDeviceAt(world.core, { kind: 'printer', address, settings });
  await until(async () => {
    const state = await printerState(world, deviceId);
    return state !== undefined && state !== 'opening';
  }, 'the printer is looked at');
  return deviceId;
}

export async function printerState(world: World, deviceId: string): Promise<string | undefined> {
  const { devices } = await world.call('devices.devices-view', {});
  return devices.find(({ id }) => id === deviceId)?.now?.state;
}

/** Jobs of this bench, the oldest first. */
export async function jobsOf(world: World, kind?: string): Promise<Job[]> {
  const { jobs } = await world.call('printing.jobs-view', { limit: 50 });
  return jobs.filter((job) => kind === undefined || job.kind === kind).toReversed();
}

/** Waits until the newest job of a kind stands in a state. */
export async function untilPrint(world: World, kind: string, state: Job['state']): Promise<Job> {
  return until(async () => {
    const job = (await jobsOf(world, kind)).at(-1);
    return job?.state === state ? job : undefined;
  }, `${kind} ${state}`);
}

/** Picks and packs one order of one piece; its label is asked for then. */
export async function packOne(world: World, externalId: string): Promise<void> {
  await comeIn(world, anOrder({ externalId, lines: [{ sku: 'SKU-1' }] }));
  for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
}

/** The stored bytes of a paper as every browser gets them. */
export async function storedBytes(world: World, documentId: string): Promise<Buffer> {
  const answer = await world.request(`/documents/${documentId}.pdf`);
  if (!answer.ok) throw new Error(`no document: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}
