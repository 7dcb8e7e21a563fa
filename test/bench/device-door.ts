import { addDeviceAt } from '../../main/app/devices.ts';
import type { EventPayload } from '../../shared/contract/index.ts';
import { type FarEnd, plug } from '../support/devices/pty.ts';
import { aScale } from '../support/devices/rig.ts';
import { until } from '../support/devices/until.ts';
import { openWorld, type World } from '../support/world.ts';
import { round, Sender, sendAll, type Times } from './device-frames.ts';

const DEVICES = 8;

/**
 * Bytes into the far ends of eight scales of a real station → the reading of the bench's scale on the door's stream of
 * events, as a screen hears it.
 *
 * The station reads the frames of all eight; a bench weighs on the first of them, and a screen hears of it ten times a
 * second at most, so a tenth of the frames or less arrives there.
 */
export async function measureDoor(frames: number): Promise<Times & { sent: number; pulledMs: number }> {
  const fars = await Promise.all(Array.from({ length: DEVICES }, (_, index) => plug(`bench-door-${index}`)));
  const world = await openWorld();
  const sender = new Sender();
  try {
    await world.signIn('admin');
    await hearReadings(world, ({ mg }) => mg !== null && sender.arrived(Math.round(mg / 1_000)));
    for (const { path } of fars) {
      const { address } = aScale(path, 'st-nt');
      await addDeviceAt(world.core, { kind: 'scale', address, protocol: 'st-nt', settings: {} });
    }
    const open = async () =>
      (await world.call('devices.devices-view', {})).devices.filter(({ now }) => now?.path).length === DEVICES;
    await until(open, 'eight open lines');
    await sendAll(fars, sender, { frames, allArrive: false });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const pulledMs = await measurePulled(world, fars[0]);
    return { ...sender.result(), sent: frames, pulledMs };
  } finally {
    await world.close();
    await Promise.all(fars.map((far) => far.unplug()));
  }
}

/** From a pulled cable until every screen that asks is told. */
async function measurePulled(world: World, far: FarEnd | undefined): Promise<number> {
  const began = performance.now();
  await far?.unplug();
  await until(
    async () => (await world.call('devices.devices-view', {})).devices.some(({ now }) => now?.state === 'absent'),
    'the pulled cable',
  );
  return round(performance.now() - began);
}

type Reading = EventPayload<'stations.scale-reading'>;

async function hearReadings(world: World, heard: (reading: Reading) => void): Promise<void> {
  const { ticket } = await world.call('stations.open-events', {});
  const { body } = await world.request(`/api/events?ticket=${ticket}`);
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of body ?? []) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const [, data] = /event: stations\.scale-reading\ndata: (.*)$/m.exec(part) ?? [];
        // What the contract of this event says.
        if (data) heard(JSON.parse(data) as Reading);
      }
    }
  };
  void read().catch(() => undefined);
}
