import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadDemo } from '../../../main/app/demo.ts';
import { addDeviceAt, removeDeviceById } from '../../../main/app/devices.ts';
import { until } from '../../support/devices/until.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('the scale of the demo', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld({ framedScale: true });
  });
  afterEach(() => world.close());

  const scale = () => world.call('stations.scale-view', {});
  const put = (mg: number) => world.call('stations.put-on-simulated-scale', { mg });

  test('is read by the driver of real scales from the day the database is the demo’s', async () => {
    expect((await scale()).scale.detail).toBeUndefined();
    await loadDemo(world.core, { orders: 3, seed: 4 });
    await until(async () => (await scale()).scale.detail !== undefined, 'the first frame');
    await put(1_250_000);
    await until(async () => (await scale()).scale.capture === 'held', 'a weight that stands still');

    const { scale: reading, simulated } = await scale();
    expect(simulated).toBe(true);
    expect(reading).toMatchObject({
      state: 'stable',
      mg: 1_250_000,
      detail: { value: 1.25, unit: 'kg', unitFrom: 'frame', stable: true, mode: 'gross', range: 'in' },
    });
  });

  test('steps back for a real one, and comes back after it', async () => {
    await loadDemo(world.core, { orders: 3, seed: 4 });
    await until(async () => (await scale()).scale.detail !== undefined, 'the first frame');
    const { deviceId } = await addDeviceAt(world.core, {
      kind: 'scale',
      protocol: 'mt-sics',
      address: { kind: 'tcp', host: '127.0.0.1', port: 9 },
      settings: {},
    });
    await until(async () => !(await scale()).simulated, 'the real scale');
    const { body } = await world.ask('stations.put-on-simulated-scale', { mg: 5 });
    expect(body).toMatchObject({ ok: false, error: { code: 'scale.not-simulated' } });

    await removeDeviceById(world.core, deviceId);
    await until(async () => (await scale()).simulated, 'the played one again');
    await put(300_000);
    await until(async () => (await scale()).scale.mg === 300_000, 'its weight');
  });
});
