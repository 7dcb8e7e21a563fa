import { afterEach, describe, expect, test } from 'vitest';
import { describeDevice } from '../../../main/app/device-words.ts';
import { simulateScale } from '../../../main/devices/simulated/scale-at-far-end.ts';
import { groupOf, problemOf } from '../../../main/devices/transports/open-problem.ts';
import type { PortInfo } from '../../../shared/devices/port-identity.ts';
import { noWeightOf } from '../../../shared/scale/no-weight.ts';
import { plug, ptysAvailable } from '../../support/devices/pty.ts';
import { aScale, openRig, type Rig } from '../../support/devices/rig.ts';
import { until } from '../../support/devices/until.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const ch340 = { vendorId: '1a86', productId: '7523' };

describe.skipIf(!ptysAvailable)('a scale on a port', () => {
  let rig: Rig | undefined;
  afterEach(async () => {
    await rig?.close();
    rig = undefined;
  });
  const stateOf = (id: string) => rig?.status(id)?.state;

  test('whose cable is pulled while its weight settles gives none, and settles anew under another name', async () => {
    const first = await plug('settling-0');
    const adapter = (path: string): PortInfo => ({ ...ch340, path, serialNumber: 'S1' });
    let ports = [adapter(first.path)];
    const device = aScale(first.path, 'and', { identity: { ...ch340, serialNumber: 'S1' } });
    rig = await openRig([device], { list: () => ports });
    await until(() => first.received().includes('Q'), 'a question');
    first.send('ST,+001000.0  g\r\n');
    await until(() => rig?.scale().mg === 1_000_000, 'the weight on the screen');

    ports = [];
    await first.unplug();
    await until(() => stateOf(device.id) === 'absent', 'absent');
    expect(rig.scale()).toMatchObject({ state: 'absent', mg: null });
    const second = await plug('settling-1');
    ports = [adapter(second.path)];
    await until(() => second.received().includes('Q'), 'a question under the new name');
    second.send('ST,+001000.0  g\r\n');
    await pause(150);
    expect(rig.settled).toEqual([]);
    const scale = simulateScale(second, 'and');
    scale.put(1_000_000, 0);

    await until(() => rig?.settled.length === 1, 'the weight');
    expect(rig.settled).toEqual([1_000_000]);
    scale.stop();
    await second.unplug();
  });

  test('that stays loaded while its cable is pulled after it was weighed gives no second weight', async () => {
    const first = await plug('loaded');
    const scale = simulateScale(first, 'mt-sics');
    const device = aScale(first.path, 'mt-sics');
    rig = await openRig([device]);
    scale.put(900_000, 0);
    await until(() => rig?.settled.length === 1, 'the weight');
    rig.taken();

    await first.unplug();
    await until(() => stateOf(device.id) === 'absent', 'absent');
    scale.stop();
    const second = await plug('loaded');
    const again = simulateScale(second, 'mt-sics');
    again.put(900_000, 0);
    await until(() => rig?.scale().mg === 900_000, 'the weight on the screen');
    await pause(700);

    expect(rig.settled).toEqual([900_000]);
    expect(rig.scale()).toMatchObject({ capture: 'taken' });
    again.stop();
    await second.unplug();
  });

  test('whose lines are wider than any manual says is believed after a while', async () => {
    const far = await plug('wide');
    rig = await openRig([aScale(far.path, 'st-nt')]);
    const talk = setInterval(() => far.send('ST,GS,+000.1660kg\r\n'), 100);

    await until(() => rig?.settled.length === 1, 'the weight');
    expect(rig.settled).toEqual([166_000]);
    clearInterval(talk);
    await far.unplug();
  });

  test('whose decimal point nobody knows says so', async () => {
    const far = await plug('pointless');
    const device = aScale(far.path, 'toledo-8217', { settings: { unit: 'kg' } });
    rig = await openRig([device]);
    const talk = setInterval(() => far.send('\x0201250\r'), 100);

    await until(() => noWeightOf(rig?.scale() ?? { state: 'absent', mg: null }) === 'unclear', 'the reason');
    expect(rig.settled).toEqual([]);
    expect(rig.scale().mg).toBeNull();
    expect(rig.status(device.id)).toMatchObject({ state: 'ready', code: 'scale.unclear' });
    clearInterval(talk);
    await far.unplug();
  });

  test('that starts anew forgets what it said', async () => {
    const far = await plug('restarted');
    const device = aScale(far.path, 'mt-sics');
    rig = await openRig([device]);
    await until(() => far.received().includes('SI'), 'a question');
    far.send('S S     500.00 g\r\n');
    await until(() => rig?.scale().mg === 500_000, 'the weight on the screen');

    far.send('I4 A "0123456789"\r\n');

    await until(() => rig?.scale().mg === null, 'no weight');
    expect(rig.status(device.id)?.code).toBeNull();
    expect(rig.settled).toEqual([]);
    await until(() => far.received().includes('SI'), 'the next question');
    await far.unplug();
  });

  test('of two equal adapters without serial number is told by its socket, however they are named today', async () => {
    const [left, right] = [await plug('socket-0'), await plug('socket-1')];
    const at = (path: string, position: string) =>
      aScale(path, 'st-nt', { id: position, identity: { ...ch340, position } });
    // Since they were set up the system has named them the other way round.
    rig = await openRig([at(left.path, 'left'), at(right.path, 'right')], {
      list: () => [
        { ...ch340, path: left.path, position: 'right' },
        { ...ch340, path: right.path, position: 'left' },
      ],
    });

    await until(() => rig?.status('left')?.path === right.path, 'the left one');
    await until(() => rig?.status('right')?.path === left.path, 'the right one');
    await Promise.all([left.unplug(), right.unplug()]);
  });

  test('that floods its line holds nothing back and is told as ready', async () => {
    const far = await plug('flooding');
    const device = aScale(far.path, 'st-nt');
    rig = await openRig([device]);
    const heap = process.memoryUsage().heapUsed;
    for (let turn = 0; turn < 60; turn += 1) {
      far.send('ST,NT,+  1.234kg\r\n'.repeat(400));
      await pause(5);
    }

    await until(() => stateOf(device.id) === 'ready', 'ready');
    await until(() => rig?.scale().mg === 1_234_000, 'the weight');
    expect(process.memoryUsage().heapUsed - heap).toBeLessThan(64_000_000);
    await far.unplug();
  });
});

describe('why a port does not open', () => {
  test.each([
    ['Error: Permission denied, cannot open /dev/ttyUSB0', 'denied'],
    ['Error: Operation not permitted, cannot open /dev/ttyS0', 'denied'],
    ['Error Resource temporarily unavailable Cannot lock port', 'taken'],
    ['Opening COM3: Access denied', 'taken'],
    ['Error: No such file or directory, cannot open /dev/ttyUSB9', 'gone'],
    ['Opening COM9: File not found', 'gone'],
    ['Error: Inappropriate ioctl for device, cannot open /dev/null', 'bad-settings'],
    ['Error: Input/output error, cannot open /dev/ttyUSB0', 'failed'],
  ])('%j means %s', (message, problem) => {
    expect(problemOf(message)).toBe(problem);
  });

  test('the words name the group that the user must join, and what to do with equal adapters', async () => {
    const group = await groupOf('/dev/null');

    expect(describeDevice('device.permission-denied', { path: '/dev/ttyUSB0', group: 'dialout' })).toContain(
      'Add the user to the group dialout',
    );
    expect(describeDevice('device.ambiguous', {})).toContain('Plug each in where it was');
    expect(process.platform === 'win32' || group !== '').toBe(true);
  });
});
