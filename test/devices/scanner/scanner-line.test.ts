import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FarEnd, plug, ptysAvailable } from '../../support/devices/pty.ts';
import { aScanner, openRig, type Rig } from '../../support/devices/rig.ts';
import { until } from '../../support/devices/until.ts';

let names = 0;

describe.skipIf(!ptysAvailable)('a scanner at the far end of a line', () => {
  let far: FarEnd;
  let rig: Rig;

  beforeEach(async () => {
    names += 1;
    far = await plug(`gun-${names}`);
    rig = await openRig([aScanner(far.path)]);
    await ready();
  });
  afterEach(async () => {
    await rig.close();
    await far.unplug();
  });

  const status = () => rig.status(`scanner ${far.path}`);
  const ready = () => until(() => status()?.state === 'ready', 'ready');
  const raws = () => rig.scans.map(({ raw }) => raw);

  test.each(['\r', '\n', '\r\n', '\t', '\x03'])('may end its codes with %j, GS and AIM id kept', async (end) => {
    far.send(`]C10109521234567899\x1d10LOT${end}`);

    await until(() => rig.scans.length === 1, 'the scan');
    expect(raws()).toEqual([']C10109521234567899\x1d10LOT']);
  });

  test('unplugged in the middle of a code loses that code, says so, and reads the next', async () => {
    far.send('9521234567899\r95212345');
    await until(() => rig.scans.length === 1, 'the first scan');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await far.unplug();
    await until(() => status()?.code === 'device.unplugged', 'the cable');
    expect(rig.lost).toEqual(['scanner.code-cut-off']);

    far = await plug(`gun-${names}`);
    await ready();
    far.send('4006381333931\r');
    await until(() => rig.scans.length === 2, 'the next scan');
    expect(raws()).toEqual(['9521234567899', '4006381333931']);
    expect(rig.lost).toEqual(['scanner.code-cut-off']);
  });

  test('that falls silent inside a code has lost it; half a number is never one', async () => {
    far.send('952123');
    await until(() => rig.lost.length === 1, 'the loss');
    far.send('4567899\r');

    await until(() => rig.scans.length === 1, 'what came later');
    expect(rig.lost).toEqual(['scanner.code-cut-off']);
    expect(raws()).toEqual(['4567899']);
    expect(status()?.state).toBe('ready');
  });

  test('that never sends an end is told so, and is fine as soon as it does', async () => {
    far.send('9521234567899');
    await until(() => rig.lost.length === 1, 'the first loss');
    far.send('9521234567899');
    await until(() => status()?.code === 'scanner.no-end', 'the words');

    far.send('9521234567899\r');
    await ready();
    expect(raws()).toEqual(['9521234567899']);
  });

  test('bounces within 80 ms and not later', async () => {
    far.send('9521234567899\r9521234567899\r');
    await until(() => rig.scans.length === 1, 'the first');
    await new Promise((resolve) => setTimeout(resolve, 120));
    far.send('9521234567899\r');

    await until(() => rig.scans.length === 2, 'the second piece');
    expect(raws()).toEqual(['9521234567899', '9521234567899']);
  });

  test('several codes in view, sent at once, are several scans in their order', async () => {
    far.send('4006381333931\r\n9521234567899\r\n96385074\r\n');

    await until(() => rig.scans.length === 3, 'all of them');
    expect(raws()).toEqual(['4006381333931', '9521234567899', '96385074']);
  });
});
