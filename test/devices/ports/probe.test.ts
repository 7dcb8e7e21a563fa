import { afterEach, describe, expect, test } from 'vitest';
import { createTransports, machineTiming } from '../../../main/app/device-ports.ts';
import { probePort } from '../../../main/app/device-support-probe.ts';
import { scaleProtocols } from '../../../main/app/scale-protocols.ts';
import type { Timing } from '../../../main/devices/driver/driver.ts';
import { questions } from '../../../main/devices/scale/poll-plan.ts';
import { type SimulatedScale, simulateScale } from '../../../main/devices/simulated/scale-at-far-end.ts';
import { scaleVoices } from '../../../main/devices/simulated/scale-voices.ts';
import { judgeHeard, listeningLines } from '../../../shared/scale/probe-rules.ts';
import { plug, ptysAvailable } from '../../support/devices/pty.ts';
import { aScanner, openRig, serialProcess } from '../../support/devices/rig.ts';
import { until } from '../../support/devices/until.ts';

const [line = { baud: 9_600, dataBits: 8, parity: 'none', stopBits: 1 } as const] = listeningLines;
const judge = (text: string | Uint8Array, asked: readonly string[] = []) =>
  judgeHeard({ line, asked, reads: [typeof text === 'string' ? Buffer.from(text, 'latin1') : text] }, scaleProtocols);
const withParity = (text: string, odd: 0 | 1): Uint8Array =>
  Buffer.from(text, 'latin1').map((byte) =>
    [...byte.toString(2)].filter((bit) => bit === '1').length % 2 === odd ? byte : byte | 0x80,
  );
const load = { mg: 1_230_000, stable: true };

describe('what a port sends by itself', () => {
  test.each(Object.entries(scaleVoices).filter(([, voice]) => !voice.asked))(
    'is told as the %s scale that it is',
    (name, voice) => {
      const [best] = judge(voice.frame(load).repeat(5));

      expect(best).toMatchObject({ kind: 'scale', protocol: name, frames: 5, garbage: 0 });
      expect(best?.sample).toMatch(/^1\.23/);
    },
  );

  test.each([
    ['7E1', 0, 'even'],
    ['7O1', 1, 'odd'],
  ] as const)('with the parity of a line of seven bits names %s', (_name, odd, parity) => {
    const [best] = judge(withParity('ST,+001234.5  g\r\n'.repeat(4), odd));

    expect(best).toMatchObject({ protocol: 'and', frames: 4, line: { baud: 9_600, dataBits: 7, parity } });
  });

  test.each(['4006381333931\r\n', ']C101095212345678991017\x1d21X\r', '\x02A-01-2\x03', 'ABCDEF\t', '0012345678905\n'])(
    'like %j is a scanner',
    (text) => {
      expect(judge(text)).toEqual([expect.objectContaining({ kind: 'scanner', protocol: null, frames: 1 })]);
    },
  );

  test('at the wrong speed is nothing', () => {
    expect(judge(Buffer.from('fe7c1280c0d3aa550f9b'.repeat(20), 'hex'))).toEqual([]);
  });
});

test('what answers anything is asked last, and no question zeroes, tares or switches', () => {
  const asked = questions().map(({ command }) => Buffer.from(command).toString('latin1'));

  expect(asked.at(-1)).toBe('P\r\n');
  expect(asked.indexOf('W')).toBeLessThan(asked.indexOf('READ\r\n'));
  expect(new Set(asked)).toEqual(
    new Set(['W', 'W\r', 'SI\r\n', 'Q\r\n', 'w', 'IP\r\n', '\r', '\x05', 'READ\r\n', 'SGW\r', 'P\r\n']),
  );
});

describe.skipIf(!ptysAvailable)('what is on this port?', () => {
  let scale: SimulatedScale | undefined;
  afterEach(() => scale?.stop());
  // A pseudo-terminal answers at once: five times as fast as at a real line.
  const timing: Timing = {
    now: () => machineTiming.now() * 5,
    after: (ms, act) => machineTiming.after(ms / 5, act),
    chance: machineTiming.chance,
  };
  const probe = async (path: string) => {
    const { serial } = createTransports({ serialProcess });
    try {
      return await probePort(path, { serial, timing });
    } finally {
      await serial.close();
    }
  };

  test('a scale that sends by itself is found without a word to it', async () => {
    const far = await plug('probe-streams');
    scale = simulateScale(far, 'cas-22');
    scale.put(1_230_000, 0);

    const { found, code } = await probe(far.path);

    expect(found[0]).toMatchObject({ kind: 'scale', protocol: 'cas-22', sample: '1.230 kg', garbage: 0 });
    expect(code).toBeNull();
    expect(far.received()).toBe('');
    await far.unplug();
  });

  test.each(['mt-sics', 'toledo-8217', 'nci-scp01', 'and', 'dini', 'cas-pd2', 'adam'])(
    'a %s scale that must be asked is found by a question that only reads',
    async (protocol) => {
      const far = await plug(`probe-${protocol}`);
      scale = simulateScale(far, protocol);
      scale.put(1_230_000, 0);

      const { found } = await probe(far.path);

      expect(found[0]).toMatchObject({ kind: 'scale', protocol });
      expect(found[0]?.frames).toBeGreaterThanOrEqual(2);
      expect(far.received()).not.toMatch(/[ZTtCU@]/);
      await far.unplug();
    },
  );

  test('a scanner is found when somebody scans', async () => {
    const far = await plug('probe-scanner');
    // Somebody scans until the search ends, because nothing hears a scan while the port is opened at another speed.
    const scanning = setInterval(() => far.send('4006381333931\r\n'), 150);

    const told = await probe(far.path);
    clearInterval(scanning);

    expect(told).toMatchObject({ found: [{ kind: 'scanner', sample: '4006381333931' }], code: null });
    await far.unplug();
  });

  test('a port that another program holds is told as taken', async () => {
    const far = await plug('probe-taken');
    const holder = await openRig([aScanner(far.path)]);
    await until(() => holder.status(`scanner ${far.path}`)?.state === 'ready', 'the holder');

    await expect(probe(far.path)).rejects.toMatchObject({ code: 'device.port-taken', details: { path: far.path } });
    await holder.close();
    await far.unplug();
  });

  test('garbage is told as such, and the search ends within a minute', async () => {
    const far = await plug('probe-garbage');
    const timer = setInterval(() => far.send(Buffer.from('fe7c1280c0d3aa550f9b', 'hex')), 50);
    const began = timing.now();

    const { found, code, bytes } = await probe(far.path);
    clearInterval(timer);

    expect({ found, code }).toEqual({ found: [], code: 'probe.unreadable' });
    expect(bytes).toBeGreaterThan(1_000);
    expect(timing.now() - began).toBeLessThan(60_000);
    await far.unplug();
  });
});
