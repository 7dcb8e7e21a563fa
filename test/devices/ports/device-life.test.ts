import { afterEach, describe, expect, test } from 'vitest';
import { type SimulatedScale, simulateScale } from '../../../main/devices/simulated/scale-at-far-end.ts';
import { scaleVoices } from '../../../main/devices/simulated/scale-voices.ts';
import { createSimulatedTransport } from '../../../main/devices/transports/simulated.ts';
import type { PortInfo } from '../../../shared/devices/port-identity.ts';
import { plug, ptysAvailable } from '../../support/devices/pty.ts';
import { aScale, aScanner, openRig, type Rig } from '../../support/devices/rig.ts';
import { until } from '../../support/devices/until.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(!ptysAvailable)('devices over pseudo-terminals', () => {
  let rig: Rig | undefined;
  let scale: SimulatedScale | undefined;
  const ready = (id: string) => until(() => rig?.status(id)?.state === 'ready', `${id} ready`);
  const absent = (id: string) => until(() => rig?.status(id)?.state === 'absent', `${id} absent`);

  afterEach(async () => {
    scale?.stop();
    await rig?.close();
    rig = undefined;
  });

  const telling = Object.keys(scaleVoices).filter(
    (name) => !['cas-10', 'stx-a', 'sterling-7600', 'adam'].includes(name),
  );

  test.each(telling)('a %s scale is asked as it wants, and its weight settles once', async (protocol) => {
    const far = await plug(`weighs-${protocol}`);
    scale = simulateScale(far, protocol);
    rig = await openRig([aScale(far.path, protocol)]);
    await ready(`scale ${far.path}`);

    scale.put(1_230_000);

    await until(() => rig?.settled.length === 1, 'the weight');
    await pause(600);
    expect(rig.settled).toEqual([1_230_000]);
    expect(rig.scale()).toMatchObject({ state: 'stable', mg: 1_230_000, capture: 'held' });
    await far.unplug();
  });

  test.each(['cas-10', 'stx-a', 'sterling-7600'])(
    'a %s scale, which never says stable, is shown and gives no weight',
    async (protocol) => {
      const far = await plug(`shows-${protocol}`);
      scale = simulateScale(far, protocol);
      rig = await openRig([aScale(far.path, protocol)]);

      scale.put(1_230_000);

      await until(() => rig?.scale().mg === 1_230_000, 'the weight on the screen');
      await pause(600);
      expect(rig.settled).toEqual([]);
      expect(rig.scale()).toMatchObject({ state: 'moving', detail: { stable: null } });
      await far.unplug();
    },
  );

  test('frames torn by pauses and with noise between are read all the same', async () => {
    const far = await plug('torn');
    scale = simulateScale(far, 'and');
    scale.tear(60);
    scale.noise('~\x00~');
    rig = await openRig([aScale(far.path, 'and')]);
    scale.put(2_500_000);

    await until(() => rig?.settled.length === 1, 'the weight');
    expect(rig.settled).toEqual([2_500_000]);
    await far.unplug();
  });

  test('a scale that never settles gives no weight', async () => {
    const far = await plug('restless');
    scale = simulateScale(far, 'mt-sics');
    rig = await openRig([aScale(far.path, 'mt-sics')]);

    scale.put(1_000_000, 60_000);
    await until(() => rig?.scale().state === 'moving', 'movement');
    await pause(1_500);

    expect(rig.settled).toEqual([]);
    await far.unplug();
  });

  test('a parcel left on the scale is not weighed for the next one', async () => {
    const far = await plug('left');
    scale = simulateScale(far, 'mt-sics');
    rig = await openRig([aScale(far.path, 'mt-sics')]);
    scale.put(1_000_000);
    await until(() => rig?.settled.length === 1, 'the first weight');

    rig.taken();
    scale.put(1_400_000);
    await until(() => rig?.scale().mg === 1_400_000, 'more on the pan');
    await pause(600);
    expect(rig.scale()).toMatchObject({ capture: 'taken' });
    scale.put(0, 0);
    await until(() => rig?.scale().mg === 0, 'an empty pan');
    scale.put(800_000);

    await until(() => rig?.settled.length === 2, 'the second weight');
    expect(rig.settled).toEqual([1_000_000, 800_000]);
    await far.unplug();
  });

  test('a scale that falls silent loses its weight and is silent, not gone', async () => {
    const far = await plug('muted');
    scale = simulateScale(far, 'mt-sics');
    rig = await openRig([aScale(far.path, 'mt-sics')]);
    scale.put(1_000_000);
    await until(() => rig?.settled.length === 1, 'the weight');

    scale.mute(true);

    await until(() => rig?.scale().mg === null, 'no weight');
    await until(() => rig?.status(`scale ${far.path}`)?.code === 'scale.silent', 'silence');
    scale.mute(false);
    await ready(`scale ${far.path}`);
    await far.unplug();
  });

  test('a scale whose bits are set the wrong way round gives no weight and says so', async () => {
    const far = await plug('inverted');
    scale = simulateScale(far, 'nci-scp12');
    const device = aScale(far.path, 'nci-scp12', { settings: { polarity: 'inverted' } });
    rig = await openRig([device]);
    await ready(device.id);
    scale.put(1_000_000);

    await until(() => rig?.status(device.id)?.code === 'scale.polarity', 'the fault');
    expect(rig.settled).toEqual([]);
    await rig.manager.assign([{ ...device, settings: { polarity: 'normal' } }]);
    await until(() => rig?.settled.length === 1, 'the weight, set right');
    await ready(device.id);
    await far.unplug();
  });

  test('bytes that are no frames are told as a wrong line setting, and right ones heal it', async () => {
    const far = await plug('garbage');
    rig = await openRig([aScale(far.path, 'cas-22')]);
    const timer = setInterval(() => far.send(Buffer.from('fe7c1280c0d3aa550f9b', 'hex')), 50);

    await until(() => rig?.status(`scale ${far.path}`)?.code === 'scale.wrong-line', 'the fault');
    clearInterval(timer);
    scale = simulateScale(far, 'cas-22');

    await ready(`scale ${far.path}`);
    expect(rig.settled).toEqual([]);
    await far.unplug();
  });

  test('unplugged within a frame it is gone, and nothing of the half frame is kept', async () => {
    const far = await plug('half-frame');
    rig = await openRig([aScale(far.path, 'kern-s-w')]);
    const device = `scale ${far.path}`;
    await until(() => far.received().includes('w'), 'a question');
    far.send('     300.665 g  \r\n');
    await ready(device);
    far.send('      12');

    await far.unplug();
    await absent(device);
    const again = await plug('half-frame');
    await until(() => again.received().includes('w'), 'a question at the new port');
    again.send('.345 g  \r\n');
    await pause(300);

    expect(rig.scale().mg).toBeNull();
    expect(rig.status(device)).toMatchObject({ path: again.path });
    await again.unplug();
  });

  test('a scanner is back by itself under another name', async () => {
    const first = await plug('name-0');
    const adapter = (path: string): PortInfo => ({ path, vendorId: '0403', productId: '6001', serialNumber: 'A1' });
    let ports = [adapter(first.path)];
    const device = aScanner(first.path, { identity: { vendorId: '0403', productId: '6001', serialNumber: 'A1' } });
    rig = await openRig([device], { list: () => ports });
    await ready(device.id);

    ports = [];
    await first.unplug();
    await absent(device.id);
    const second = await plug('name-1');
    ports = [adapter(second.path)];

    await until(() => rig?.status(device.id)?.path === second.path, 'the new name');
    second.send('HELLO\r');
    await until(() => rig?.scans.length === 1, 'a scan');
    expect(rig.status(device.id)).toMatchObject({ state: 'ready', path: second.path });
    await second.unplug();
  });

  test('a device that was set up by its path alone is found under any name once its adapter is known', async () => {
    const first = await plug('learnt-0');
    const identity = { vendorId: '0403', productId: '6001', serialNumber: 'A2' };
    let ports: PortInfo[] = [];
    const device = aScanner(first.path);
    rig = await openRig([device], { list: () => ports });
    await ready(device.id);
    const openings = rig.history.length;

    await rig.manager.assign([{ ...device, identity }]);
    first.send('ONE\r');
    await until(() => rig?.scans.length === 1, 'a scan over the line that stayed open');
    expect(rig.history).toHaveLength(openings);

    await first.unplug();
    await absent(device.id);
    const second = await plug('learnt-1');
    ports = [{ ...identity, path: second.path }];
    await until(() => rig?.status(device.id)?.path === second.path, 'the new name');
    await second.unplug();
  });

  test('two equal adapters without serial number that both moved are left to the packer', async () => {
    const [one, other] = [await plug('equal-0'), await plug('equal-1')];
    const adapter = (path: string, position: string): PortInfo => ({
      path,
      position,
      vendorId: '1a86',
      productId: '7523',
    });
    const at = (path: string, position: string) =>
      aScanner(path, { identity: { vendorId: '1a86', productId: '7523', position } });
    rig = await openRig([at(one.path, 'p0'), at(other.path, 'p1')], {
      list: () => [adapter(one.path, 'p8'), adapter(other.path, 'p9')],
    });

    await until(() => rig?.manager.statuses().every(({ code }) => code === 'device.ambiguous'), 'ambiguity');
    await Promise.all([one.unplug(), other.unplug()]);
  });

  test('a port that another program holds is told, and taken when it is free', async () => {
    const far = await plug('shared');
    const holder = await openRig([aScanner(far.path)]);
    await until(() => holder.status(`scanner ${far.path}`)?.state === 'ready', 'the holder');

    rig = await openRig([aScanner(far.path)]);
    await until(() => rig?.status(`scanner ${far.path}`)?.code === 'device.port-taken', 'the fault');
    await holder.close();

    await ready(`scanner ${far.path}`);
    await far.unplug();
  });

  test('two devices of one station do not share a port', async () => {
    const far = await plug('one-opener');
    rig = await openRig([aScanner(far.path), aScanner(far.path, { id: 'second' })]);

    await ready(`scanner ${far.path}`);
    await until(() => rig?.status('second')?.code === 'device.port-taken', 'the second one');
    await far.unplug();
  });

  test('a thousand scans at thirty a second arrive a thousand times and in order', async () => {
    const far = await plug('thousand');
    rig = await openRig([aScanner(far.path)]);
    await ready(`scanner ${far.path}`);
    const codes = Array.from({ length: 1_000 }, (_, index) => `]E0952${String(index).padStart(10, '0')}`);

    const began = performance.now();
    for (const [index, code] of codes.entries()) {
      far.send(`${code}\r\n`);
      await pause(Math.max(0, began + (index + 1) * (1_000 / 30) - performance.now()));
    }

    await until(() => rig?.scans.length === 1_000, 'a thousand scans');
    expect(rig.scans.map(({ raw }) => raw)).toEqual(codes);
    await far.unplug();
  });
});

test('a simulated line lives like a real one', async () => {
  const simulated = createSimulatedTransport();
  const far = simulated.plug('training');
  const device = aScanner('', { id: 'training', address: { kind: 'simulated', name: 'training' } });
  const rig = await openRig([device], { transports: { simulated } });
  await until(() => rig.status('training')?.state === 'ready', 'ready');

  far.send(Buffer.from('A\r'));
  far.unplug();
  await until(() => rig.status('training')?.state === 'absent', 'absent');
  simulated.plug('training');

  await until(() => rig.status('training')?.state === 'ready', 'ready again');
  expect(rig.scans.map(({ raw }) => raw)).toEqual(['A']);
  await rig.close();
});
