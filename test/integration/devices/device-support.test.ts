import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SimulatedScale, simulateScale } from '../../../main/devices/simulated/scale-at-far-end.ts';
import { parseRecording } from '../../../shared/devices/recording.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { type FarEnd, plug, ptysAvailable } from '../../support/devices/pty.ts';
import { line } from '../../support/devices/rig.ts';
import { until } from '../../support/devices/until.ts';
import type { World } from '../../support/world.ts';

let names = 0;

describe.skipIf(!ptysAvailable).each(databaseKinds)('support for a scale that a bench on %s runs', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  let far: FarEnd;
  let scale: SimulatedScale;
  let deviceId: string;

  beforeEach(async () => {
    names += 1;
    far = await plug(`support-${names}`);
    scale = simulateScale(far, 'mt-sics');
    world = await openWorldOn(kind);
    await world.signIn('admin');
    const address = { kind: 'serial' as const, path: far.path, line };
    ({ deviceId } = await world.call('devices.add', { kind: 'scale', address, protocol: 'mt-sics', settings: {} }));
    await until(async () => (await now())?.state === 'ready', 'ready');
  });
  afterEach(async () => {
    scale.stop();
    await world.close();
    await far.unplug();
  });
  const now = async () => (await world.call('devices.devices-view', {})).devices[0]?.now;

  test('its last bytes both ways are seen', async () => {
    const heard = async () =>
      (await world.call('devices.raw-view', { deviceId })).frames.filter(({ direction }) => direction === 'in').length;
    await until(async () => (await heard()) === 20, 'twenty frames');
    const { frames } = await world.call('devices.raw-view', { deviceId });

    const answer = frames.find(({ direction }) => direction === 'in');
    expect(answer).toMatchObject({
      text: 'S S        0.0 g..',
      hex: Buffer.from('S S        0.0 g\r\n').toString('hex'),
    });
    expect(frames).toContainEqual(expect.objectContaining({ direction: 'out', text: 'SI..' }));
  });

  test('it is recorded for as long as was asked, and once at a time', async () => {
    const { file } = await world.call('devices.record', { deviceId, seconds: 1 });
    const again = await world.ask('devices.record', { deviceId, seconds: 1 });
    const read = async () => parseRecording(await readFile(join(world.core.dataDir, file), 'utf8'));
    const isFree = async () => (await world.ask('devices.record', { deviceId, seconds: 1 })).status === 200;
    await until(isFree, 'the end of the recording');
    const recorded = (await read())?.reads.length ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 500));

    expect(again.body).toMatchObject({ error: { code: 'device.recorded-already' } });
    expect(file).toMatch(/^recordings\/scale-.*\.jsonl$/);
    expect(recorded).toBeGreaterThan(0);
    expect((await read())?.reads).toHaveLength(recorded);
  });

  test('it is not told as simulated, and its reading says all that the frame said', async () => {
    scale.put(1_250_000, 0);
    await until(async () => (await world.call('stations.scale-view', {})).scale.mg === 1_250_000, 'the weight');

    const { simulated, scale: reading } = await world.call('stations.scale-view', {});

    expect(simulated).toBe(false);
    expect(reading).toMatchObject({
      state: expect.stringMatching(/stable|moving/),
      detail: { value: 1_250, unit: 'g', unitFrom: 'frame', stable: true, mode: 'net', range: 'in', zero: false },
    });
    await world.call('devices.remove', { deviceId });
    await until(async () => (await world.call('stations.scale-view', {})).simulated, 'the simulated one again');
  });

  test('its port is not searched while it is in use', async () => {
    const { body } = await world.ask('devices.probe', { path: far.path });

    expect(body).toMatchObject({ error: { kind: 'device', code: 'device.port-taken', details: { path: far.path } } });
    expect((await now())?.state).toBe('ready');
  });

  test('its port is searched after it was removed, and what is there can be added as it was found', async () => {
    await world.call('devices.remove', { deviceId });
    scale.stop();
    scale = simulateScale(far, 'st-nt');

    const { found, code } = await until(
      () => world.call('devices.probe', { path: far.path }).catch(() => undefined),
      'the search',
    );
    const [best] = found;
    if (!best) throw new Error('nothing found');
    const address = { kind: 'serial' as const, path: far.path, line: best.line };
    await world.call('devices.add', { kind: best.kind, address, protocol: best.protocol ?? '', settings: {} });

    expect([code, best.protocol]).toEqual([null, 'st-nt']);
    await until(async () => (await now())?.state === 'ready', 'ready');
  });

  test('a change of its protocol is taken up at once', async () => {
    const [device] = (await world.call('devices.devices-view', {})).devices;
    if (!device) throw new Error('no device');
    scale.stop();
    scale = simulateScale(far, 'and');

    await world.call('devices.change', {
      deviceId,
      address: device.address,
      protocol: 'and',
      settings: {},
      expectedVersion: device.version,
    });

    await until(async () => far.received().includes('Q\r\n'), 'a question of the new protocol');
    await until(async () => (await now())?.state === 'ready', 'ready');
  });

  test('a device of another PC has no bytes here, and no recording', async () => {
    const elsewhere = '00000000-0000-7000-8000-000000000000';

    expect(await world.call('devices.raw-view', { deviceId: elsewhere })).toEqual({ frames: [] });
    const { body } = await world.ask('devices.record', { deviceId: elsewhere, seconds: 1 });
    expect(body).toMatchObject({ error: { code: 'device.not-here' } });
  });
});
