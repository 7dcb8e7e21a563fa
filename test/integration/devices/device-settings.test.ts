import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { learnIdentity } from '../../../main/stations/device-service.ts';
import { systemActor } from '../../../shared/model/actor.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { line } from '../../support/devices/rig.ts';
import type { World } from '../../support/world.ts';

describe.each(databaseKinds)('the devices page of a bench on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await world.signIn('admin');
  });
  afterEach(() => world.close());

  const at = (path: string) => ({ kind: 'serial' as const, path, line });
  const addScale = (path: string) =>
    world.call('devices.add', { kind: 'scale', address: at(path), protocol: 'mt-sics', settings: {} });
  const refusal = async (input: unknown) => (await world.ask('devices.change', input)).body;
  const deviceOf = async (id: string) =>
    (await world.call('devices.devices-view', {})).devices.find((device) => device.id === id);

  test('offers every scale protocol with the lines that its manuals name', async () => {
    const { protocols } = await world.call('devices.protocols-view', {});

    expect(protocols).toHaveLength(21);
    expect(protocols.find(({ name }) => name === 'toledo-8217')).toEqual({
      name: 'toledo-8217',
      title: 'Toledo 8217, 8213, “Weight only”',
      unitInFrame: false,
      lines: [
        { baud: 9_600, dataBits: 7, parity: 'even', stopBits: 1, dtr: true },
        { baud: 9_600, dataBits: 8, parity: 'none', stopBits: 1, dtr: true },
      ],
      config: ['decimals'],
    });
  });

  test('changes protocol, line and settings of a scale, and says so in the journal', async () => {
    const { deviceId } = await addScale('/dev/one');

    const changed = await world.call('devices.change', {
      deviceId,
      address: { ...at('/dev/two'), line: { ...line, baud: 4_800 } },
      protocol: 'toledo-8217',
      settings: { unit: 'kg' },
      expectedVersion: 1,
    });

    expect(changed).toEqual({ version: 2 });
    expect(await deviceOf(deviceId)).toMatchObject({
      address: { path: '/dev/two', line: { baud: 4_800 } },
      protocol: 'toledo-8217',
      settings: { unit: 'kg' },
      version: 2,
    });
    const [row] = await world.core.database.read('journal').where({ kind: 'device.changed' }).select('subject');
    expect(row).toEqual({ subject: deviceId });
  });

  test('learns what the adapter of a device tells of itself once, and keeps that', async () => {
    const { deviceId } = await addScale('/dev/one');
    const learn = (serialNumber: string) =>
      learnIdentity(world.core.deps, systemActor, { deviceId, identity: { vendorId: '0403', serialNumber } });
    await learn('A1');
    await learn('B2');

    expect(await deviceOf(deviceId)).toMatchObject({ identity: { vendorId: '0403', serialNumber: 'A1' } });
    const rows = await world.core.database.read('journal').where({ kind: 'device.recognised' });
    expect(rows).toHaveLength(1);
  });

  test('refuses a setting that the protocol does not heed', async () => {
    const { body } = await world.ask('devices.add', {
      ...{ kind: 'scale', address: at('/dev/one'), protocol: 'mt-sics', settings: { polarity: 'inverted' } },
    });

    expect(body).toMatchObject({ ok: false, error: { code: 'device.config-not-heeded' } });
  });

  test('refuses a change of what somebody else has changed meanwhile', async () => {
    const { deviceId } = await addScale('/dev/one');
    const change = { deviceId, address: at('/dev/one'), protocol: 'and', settings: {}, expectedVersion: 1 };
    await world.call('devices.change', change);

    expect(await refusal(change)).toMatchObject({
      error: { kind: 'conflict', code: 'device.changed-elsewhere' },
    });
  });

  test.each([
    ['without the unit that it never says', { protocol: 'toledo-8217' }, 'device.unit-needed'],
    ['with a protocol that nobody knows', { protocol: 'unheard-of' }, 'scale.unknown-protocol'],
    ['on the port of another device', { protocol: 'and', address: at('/dev/other') }, 'device.path-in-use'],
  ])('refuses a scale %s', async (_what, told, code) => {
    const { deviceId } = await addScale('/dev/one');
    await addScale('/dev/other');

    const change = { deviceId, address: at('/dev/one'), settings: {}, expectedVersion: 1, ...told };

    expect(await refusal(change)).toMatchObject({ error: { code } });
    expect(await deviceOf(deviceId)).toMatchObject({ protocol: 'mt-sics', version: 1 });
  });
});
