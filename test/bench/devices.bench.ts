import { readdirSync, readFileSync } from 'node:fs';
import { SerialPort } from 'serialport';
import { createTransports, machineTiming } from '../../main/app/device-ports.ts';
import { getScaleProtocol } from '../../main/app/scale-protocols.ts';
import { DeviceManager } from '../../main/devices/device-manager.ts';
import { scaleDriver } from '../../main/devices/scale/scale-driver.ts';
import type { FrameReading } from '../../shared/scale/frame-reading.ts';
import { plug, ptysAvailable } from '../support/devices/pty.ts';
import { aScale } from '../support/devices/rig.ts';
import { until } from '../support/devices/until.ts';
import { measureDoor } from './device-door.ts';
import { numberOf, round, Sender, sendAll, type Times } from './device-frames.ts';

const DEVICES = 8;
const FRAMES = 10_000;
const MANAGER_FRAMES = 4_800;
const BARE_FRAMES = 2_400;
const FLOOD_BYTES = 41_472_000; // an hour at 115,200 baud
const MB = 1_048_576;

/**
 * Bytes into the far end of a pseudo-terminal → the frame read, in the station's process, from eight scales at once, and
 * → the reading on the stream of a real station's door; beside the same line opened bare in this process, which is the
 * line's own time. Then an hour's worth of flood.
 */
export async function run(): Promise<{ ok: boolean } & Record<string, unknown>> {
  if (!ptysAvailable) return { ok: false, why: 'neither socat nor python3 is here to open pseudo-terminals' };
  const bareSender = new Sender();
  // Before and after, so that other work on the machine weighs on both.
  await measureBare(bareSender);
  const frames = await measureFrames();
  const door = await measureDoor(FRAMES);
  await measureBare(bareSender);
  const bare = bareSender.result();
  const flood = await measureFlood();
  const aboveMs = round(door.p99Ms - bare.p99Ms);
  return {
    ok: aboveMs <= 20 && frames.cpuPercent <= 10 && flood.grownMb <= 16 && door.pulledMs <= 2_000,
    bar: 'p99 <= 20 ms above the line’s own, CPU <= 10 % of a core, memory flat, a pulled cable told within 2 s',
    aboveMs,
    bare,
    frames,
    door,
    flood,
  };
}

async function measureBare(sender: Sender): Promise<void> {
  const fars = await Promise.all(Array.from({ length: DEVICES }, (_, index) => plug(`bench-bare-${index}`)));
  const ports = await Promise.all(fars.map(({ path }) => openBare(path, sender)));
  await sendAll(fars, sender, { frames: BARE_FRAMES, allArrive: true });
  for (const port of ports) await new Promise<void>((resolve) => port.close(() => resolve()));
  await Promise.all(fars.map((far) => far.unplug()));
}

async function openBare(path: string, sender: Sender): Promise<SerialPort> {
  const stream = getScaleProtocol('st-nt').open({});
  const port = new SerialPort({ path, baudRate: 9_600, autoOpen: false });
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  port.on('data', (bytes: Buffer) => {
    for (const frame of stream.push(bytes)) sender.arrived(numberOf(frame));
  });
  return port;
}

async function measureFrames(): Promise<Times & { cpuPercent: number }> {
  const fars = await Promise.all(Array.from({ length: DEVICES }, (_, index) => plug(`bench-${index}`)));
  const sender = new Sender();
  const manager = managerOf((frame) => sender.arrived(numberOf(frame)));
  await manager.assign(fars.map(({ path }) => aScale(path, 'st-nt')));
  await until(() => manager.statuses().every(({ path }) => path !== null), 'eight open lines');
  const before = cpuMs();
  const began = performance.now();
  await sendAll(fars, sender, { frames: MANAGER_FRAMES, allArrive: true });
  const cpuPercent = round(((cpuMs() - before) / (performance.now() - began)) * 100);
  await manager.close();
  await Promise.all(fars.map((far) => far.unplug()));
  return { ...sender.result(), cpuPercent };
}

async function measureFlood(): Promise<{ megabytes: number; seconds: number; grownMb: number }> {
  const far = await plug('bench-flood');
  const manager = managerOf(() => undefined);
  await manager.assign([aScale(far.path, 'mt-sics')]);
  await until(() => manager.statuses().every(({ path }) => path !== null), 'an open line');
  const chunk = Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 7919) & 0xff));
  const began = performance.now();
  const seen: number[] = [];
  for (let sent = 0; sent < FLOOD_BYTES; sent += chunk.length) {
    far.send(chunk);
    // The pipe to the far end takes no more than this at a time; the rest of the loop is the station's.
    if (sent % (16 * chunk.length) === 0) await new Promise((resolve) => setTimeout(resolve, 12));
    if (sent % (500 * chunk.length) === 0) seen.push(rssMb());
  }
  const seconds = round((performance.now() - began) / 1_000);
  await manager.close();
  await far.unplug();
  // What the engine takes in its first third is its warming up.
  const third = Math.floor(seen.length / 3);
  const most = (list: readonly number[]): number => Math.max(...list);
  return {
    megabytes: round(FLOOD_BYTES / MB),
    seconds,
    grownMb: round(most(seen.slice(-third)) - most(seen.slice(third, -third))),
  };
}

function managerOf(onFrame: (frame: FrameReading) => void): DeviceManager {
  const timing = machineTiming;
  const scale = scaleDriver({
    timing,
    protocolOf: getScaleProtocol,
    onFrame: (_device, frame) => onFrame(frame),
    onSilent: () => undefined,
  });
  return new DeviceManager({
    timing,
    transports: createTransports({}),
    drivers: { scale, scanner: scale },
    onChange: () => undefined,
  });
}

/** Processor time of this process and of the one that holds the ports. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  const ticks = portProcesses().reduce((sum, stat) => sum + Number(stat[11]) + Number(stat[12]), 0);
  return (user + system) / 1_000 + ticks * 10;
}

function rssMb(): number {
  const pages = portProcesses().reduce((sum, stat) => sum + Number(stat[21]), 0);
  return process.memoryUsage.rss() / MB + (pages * 4_096) / MB;
}

/** Fields of /proc/PID/stat behind the name, of our children that hold ports; none where there is no /proc. */
function portProcesses(): string[][] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const ours = Number(fields[1]) === process.pid;
        return ours && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('serial-process') ? [fields] : [];
      });
  } catch {
    return [];
  }
}
