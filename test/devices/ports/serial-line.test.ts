import { chmodSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startNodeProcess } from '../../../main/devices/transports/node-process.ts';
import { SerialTransport } from '../../../main/devices/transports/serial.ts';
import type { SideProcess } from '../../../shared/devices/side-process.ts';
import { plug, ptysAvailable } from '../../support/devices/pty.ts';
import { line, serialProcess } from '../../support/devices/rig.ts';
import { until } from '../../support/devices/until.ts';

const isRoot = process.getuid?.() === 0;

describe.skipIf(!ptysAvailable)('a serial line over a pseudo-terminal', () => {
  let transport: SerialTransport;
  let child: SideProcess | undefined;
  const start = (file: string): SideProcess => {
    child = startNodeProcess(file);
    return child;
  };
  const heard = () => {
    const told = { text: '', closed: [] as string[] };
    return {
      told,
      listener: {
        bytes: (chunk: Uint8Array): void => {
          told.text += Buffer.from(chunk).toString('latin1');
        },
        closed: (reason: string) => void told.closed.push(reason),
      },
    };
  };

  beforeEach(() => {
    transport = new SerialTransport({ start, file: serialProcess });
  });
  afterEach(() => transport.close());

  test('carries every byte both ways, whatever its value', async () => {
    const far = await plug('both-ways');
    const { told, listener } = heard();
    const open = await transport.open({ kind: 'serial', path: far.path, line }, listener);
    const all = Uint8Array.from({ length: 256 }, (_, value) => value);

    far.send(all);
    open.write(all);

    await until(() => told.text.length === 256, '256 bytes in');
    expect(told.text).toBe(Buffer.from(all).toString('latin1'));
    let back = '';
    await until(() => {
      back += far.received();
      return back.length === 256;
    }, '256 bytes out');
    expect(back).toBe(Buffer.from(all).toString('latin1'));
    await far.unplug();
  });

  test('is nobody else’s while it is open', async () => {
    const far = await plug('exclusive');
    const other = new SerialTransport({ start: startNodeProcess, file: serialProcess });
    await transport.open({ kind: 'serial', path: far.path, line }, heard().listener);

    const second = other.open({ kind: 'serial', path: far.path, line }, heard().listener);

    await expect(second).rejects.toMatchObject({ problem: 'taken' });
    await other.close();
    await far.unplug();
  });

  test('can be opened again at once after it was closed', async () => {
    const far = await plug('again');
    const open = await transport.open({ kind: 'serial', path: far.path, line }, heard().listener);
    await open.close();
    const { told, listener } = heard();
    await transport.open({ kind: 'serial', path: far.path, line }, listener);

    far.send('back');

    await until(() => told.text === 'back', 'bytes after reopening');
    await far.unplug();
  });

  test('says that nothing is there', async () => {
    const opening = transport.open({ kind: 'serial', path: '/dev/no-such-port', line }, heard().listener);

    await expect(opening).rejects.toMatchObject({ problem: 'gone' });
  });

  test.skipIf(isRoot)('says which group may open it (skipped for root, who may open everything)', async () => {
    const far = await plug('forbidden');
    chmodSync(far.path, 0o000);

    const opening = transport.open({ kind: 'serial', path: far.path, line }, heard().listener);

    await expect(opening).rejects.toMatchObject({ problem: 'denied', params: { group: expect.any(String) } });
    await far.unplug();
  });

  test('tells that it was unplugged, each time of twenty', async () => {
    // The system ends the reading of a line that hung up only four times in five.
    for (let turn = 0; turn < 20; turn += 1) {
      const far = await plug('pulled');
      const { told, listener } = heard();
      await transport.open({ kind: 'serial', path: far.path, line }, listener);

      await far.unplug();

      await until(() => told.closed.length === 1, `the closing in turn ${turn}`);
    }
  });

  test('ends when the process that holds it dies, and the next opening starts another', async () => {
    const far = await plug('killed');
    const { told, listener } = heard();
    await transport.open({ kind: 'serial', path: far.path, line }, listener);

    child?.stop();
    await until(() => told.closed.length === 1, 'the closing');
    const again = heard();
    await transport.open({ kind: 'serial', path: far.path, line }, again.listener);
    far.send('alive');

    await until(() => again.told.text === 'alive', 'bytes through the new process');
    await far.unplug();
  });

  test('reads no further ahead than the station keeps up, and loses nothing of a flood', async () => {
    const far = await plug('flood');
    const sent = 2_000_000;
    let taken = 0;
    let most = 0;
    let waiting = 0;
    const listener = {
      closed: () => undefined,
      // A station that takes five milliseconds for each read.
      bytes(chunk: Uint8Array) {
        waiting += chunk.length;
        most = Math.max(most, waiting);
        return new Promise<void>((done) =>
          setTimeout(() => {
            waiting -= chunk.length;
            taken += chunk.length;
            done();
          }, 5),
        );
      },
    };
    await transport.open({ kind: 'serial', path: far.path, line }, listener);

    for (let at = 0; at < sent; at += 4_000) far.send(Buffer.alloc(4_000, at));

    await until(() => taken === sent, 'the whole flood');
    expect(most).toBeLessThan(200_000);
    await far.unplug();
  });
});
