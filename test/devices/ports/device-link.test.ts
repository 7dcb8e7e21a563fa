import { beforeEach, describe, expect, test } from 'vitest';
import { getScaleProtocol } from '../../../main/app/scale-protocols.ts';
import { DeviceLink, type DeviceStatus } from '../../../main/devices/device-link/device-link.ts';
import type { Device, DriverLine, Timing } from '../../../main/devices/driver/driver.ts';
import { scaleDriver } from '../../../main/devices/scale/scale-driver.ts';
import { type LineListener, OpenError, type OpenProblem } from '../../../main/devices/transports/transports.ts';
import { aScale, aScanner } from '../../support/devices/rig.ts';

/** A clock that a test puts on; what waits is done in its order. */
class TestClock implements Timing {
  #now = 0;
  #waiting: { atMs: number; act: () => void }[] = [];
  now(): number {
    return this.#now;
  }
  after(ms: number, act: () => void): () => void {
    const entry = { atMs: this.#now + ms, act };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  }
  chance(): number {
    return 0.5;
  }
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settle();
      const [next] = this.#waiting.toSorted((one, other) => one.atMs - other.atMs);
      if (!next || next.atMs > end) break;
      this.#now = next.atMs;
      this.#waiting = this.#waiting.filter((other) => other !== next);
      next.act();
    }
    this.#now = end;
    await settle();
  }
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

let clock: TestClock;
let history: DeviceStatus[];
/** When each opening was tried, and how it is to end. */
let openings: number[];
let problem: OpenProblem | undefined;
let listener: LineListener | undefined;
let sent: { atMs: number; text: string }[];

beforeEach(() => {
  clock = new TestClock();
  history = [];
  openings = [];
  problem = undefined;
  listener = undefined;
  sent = [];
});

function link(device: Device): DeviceLink {
  const scanner = (_device: Device, line: DriverLine) => {
    line.health({ state: 'ready', code: null });
    return { bytes: () => undefined, close: () => undefined };
  };
  const scale = scaleDriver({
    timing: clock,
    protocolOf: getScaleProtocol,
    onFrame: () => undefined,
    onSilent: () => undefined,
  });
  return new DeviceLink(device, {
    timing: clock,
    startDriver: device.kind === 'scale' ? scale : scanner,
    find: async () => ({ kind: 'found', path: '/dev/ttyUSB0' }),
    async open(_device, path, heard) {
      openings.push(clock.now());
      if (problem) throw new OpenError(problem, { path, group: 'dialout', reason: 'because' });
      listener = heard;
      return {
        write: (bytes) => void sent.push({ atMs: clock.now(), text: Buffer.from(bytes).toString('latin1') }),
        close: async () => undefined,
      };
    },
    claim: () => true,
    release: () => undefined,
    onChange: (status) => void history.push(status),
  });
}
const gaps = (times: readonly number[]): number[] => times.slice(1).map((time, index) => time - (times[index] ?? 0));

describe('a port that does not open', () => {
  test('is tried for ever, after half a second at first and every five at last', async () => {
    problem = 'taken';
    const opened = link(aScanner('x'));
    await clock.pass(3_600_000);

    expect(gaps(openings).slice(0, 6)).toEqual([500, 1_000, 2_000, 5_000, 5_000, 5_000]);
    expect(openings.length).toBeGreaterThan(700);
    expect(opened.status).toMatchObject({ state: 'fault', code: 'device.port-taken', sinceMs: 0 });
    expect(history).toHaveLength(1);
  });

  test('because it is not there is looked for every second', async () => {
    problem = 'gone';
    const opened = link(aScanner('x'));
    await clock.pass(10_000);
    expect(opened.status).toMatchObject({ state: 'absent', code: 'device.not-plugged-in' });

    problem = undefined;
    await clock.pass(1_000);

    expect(opened.status).toMatchObject({ state: 'ready', code: null, path: '/dev/ttyUSB0' });
    expect(Math.max(...gaps(openings))).toBeLessThanOrEqual(1_000);
  });

  test('names the group that may', async () => {
    problem = 'denied';
    const opened = link(aScanner('x'));
    await clock.pass(0);

    expect(opened.status).toMatchObject({ code: 'device.permission-denied', params: { group: 'dialout' } });
  });
});

test('a line that ends is opened again no sooner than 300 ms later', async () => {
  const opened = link(aScanner('x'));
  await clock.pass(20_000);

  listener?.closed('unplugged');
  await clock.pass(0);
  expect(opened.status).toMatchObject({ state: 'absent', code: 'device.unplugged' });
  await clock.pass(1_000);

  expect(opened.status.state).toBe('ready');
  expect(gaps(openings)[0]).toBeGreaterThanOrEqual(20_300);
});

test('a closed link opens nothing more', async () => {
  problem = 'taken';
  const opened = link(aScanner('x'));
  await clock.pass(700);

  await opened.close();
  await clock.pass(60_000);

  expect(openings).toHaveLength(2);
});

describe('a scale that never answers', () => {
  test('is silent, is opened anew every ten seconds, and needs somebody after half a minute', async () => {
    const opened = link(aScale('x', 'mt-sics'));
    await clock.pass(2_000);
    expect(opened.status).toMatchObject({ state: 'silent', code: 'scale.silent' });
    await clock.pass(60_000);

    expect(opened.status).toMatchObject({ state: 'fault', code: 'device.no-answer' });
    expect(history.map(({ state }) => state)).toEqual(['silent', 'fault']);
    expect(openings.length).toBeGreaterThanOrEqual(5);
  });

  test('is asked on, and one answer heals it', async () => {
    const opened = link(aScale('x', 'mt-sics'));
    await clock.pass(45_000);
    sent = [];
    await clock.pass(2_000);
    expect(sent.length).toBeGreaterThanOrEqual(3);

    void listener?.bytes(Buffer.from('S S     100.00 g\r\n'), 0);

    expect(opened.status).toMatchObject({ state: 'ready', code: null });
  });

  test('is not silent where its manual says that it says nothing unless something changes', async () => {
    const opened = link(aScale('x', 'adam'));
    await clock.pass(120_000);

    expect(opened.status).toMatchObject({ state: 'ready', code: null });
    expect(openings).toEqual([0]);
  });
});

test('a scale that sends by itself is not asked', async () => {
  link(aScale('x', 'mt-sics'));
  await clock.pass(0);
  for (let turn = 0; turn < 50; turn += 1) {
    void listener?.bytes(Buffer.from('S D     100.00 g\r\n'), 0);
    await clock.pass(100);
  }

  expect(sent).toEqual([{ atMs: 0, text: 'SI\r\n' }]);
});

test('a scale set to 7 bits is read, and the line it wants is named', async () => {
  const opened = link(aScale('x', 'and'));
  await clock.pass(0);
  const evenParity = Buffer.from('ST,+001234.5  g\r\n', 'latin1').map((byte) =>
    [...byte.toString(2)].filter((bit) => bit === '1').length % 2 === 1 ? byte | 0x80 : byte,
  );

  void listener?.bytes(evenParity, 0);

  expect(opened.status).toMatchObject({ state: 'ready', code: 'scale.line-hint', params: { line: '7E1' } });
});

test.each([
  { everyMs: 100, fallsSilentAfterMs: 1_000 },
  { everyMs: 1_000, fallsSilentAfterMs: 5_000 },
])('a scale that sends each $everyMs ms is silent after $fallsSilentAfterMs ms, five of its frames', async (pace) => {
  const opened = link(aScale('x', 'cas-22'));
  await clock.pass(0);
  for (let turn = 0; turn < 12; turn += 1) {
    await clock.pass(pace.everyMs);
    void listener?.bytes(Buffer.from('ST,GS,1\xc4,000013.5 kg\r\n', 'latin1'), 0);
  }

  await clock.pass(pace.fallsSilentAfterMs - 300);
  expect(opened.status).toMatchObject({ state: 'ready' });
  await clock.pass(600);

  expect(opened.status).toMatchObject({ state: 'silent', code: 'scale.silent' });
});

test('a scale is taken for silent when three answers are missing, not two', async () => {
  const opened = link(aScale('x', 'mt-sics'));
  await clock.pass(0);
  void listener?.bytes(Buffer.from('S S     100.00 g\r\n'), 0);

  await clock.pass(1_300);
  expect(opened.status.state).toBe('ready');
  await clock.pass(500);

  expect(opened.status.state).toBe('silent');
});

test('a scale that answers soon is asked five times a second, so that a weight settles within half a second', async () => {
  link(aScale('x', 'mt-sics'));
  for (let turn = 0; turn < 40; turn += 1) {
    const before = sent.length;
    await clock.pass(30);
    if (sent.length > before || turn === 0) void listener?.bytes(Buffer.from('S S     100.00 g\r\n'), 0);
  }

  expect(new Set(gaps(sent.map(({ atMs }) => atMs)))).toEqual(new Set([200]));
});

test('a CAS PD-II scale is asked in two steps at the pace of its plan', async () => {
  link(aScale('x', 'cas-pd2'));
  let answered = 0;
  for (let turn = 0; turn < 40; turn += 1) {
    await clock.pass(25);
    const asked = sent.slice(answered);
    answered = sent.length;
    for (const { text } of asked)
      void listener?.bytes(Buffer.from(text === '\x05' ? '\x06' : '\x01\x02S 01.234kg\x65\x03\x04', 'latin1'), 0);
  }

  const questions = sent.filter(({ text }) => text === '\x05');
  expect(Math.max(...gaps(questions.map(({ atMs }) => atMs)))).toBeLessThanOrEqual(300);
});

test('a slow scale is asked one question at a time', async () => {
  link(aScale('x', 'toledo-8217'));
  await clock.pass(2_000);

  expect(Math.min(...gaps(sent.map(({ atMs }) => atMs)))).toBeGreaterThanOrEqual(500);
});

test('a fault in reading ends that opening and is told, and the device is tried again', async () => {
  const device = aScanner('x');
  let healthy = false;
  const broken = new DeviceLink(device, {
    timing: clock,
    startDriver: (_device, line) => {
      line.health({ state: 'ready', code: null });
      return {
        bytes: () => {
          if (!healthy) throw new Error('a fault of our own');
        },
        close: () => undefined,
      };
    },
    find: async () => ({ kind: 'found', path: '/dev/ttyUSB0' }),
    async open(_device, _path, heard) {
      listener = heard;
      return { write: () => undefined, close: async () => undefined };
    },
    claim: () => true,
    release: () => undefined,
    onChange: (status) => void history.push(status),
  });
  await clock.pass(0);

  void listener?.bytes(Buffer.from('A\r'), 0);
  expect(broken.status).toMatchObject({ state: 'fault', params: { reason: 'a fault of our own' } });
  healthy = true;
  await clock.pass(1_000);

  expect(broken.status).toMatchObject({ state: 'ready', code: null });
});
