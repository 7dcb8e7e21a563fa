import { realpath } from 'node:fs/promises';
import type { DeviceAddress, DeviceView } from '../../shared/contract/devices.ts';
import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import type { DeviceStatus } from '../devices/device-link/device-link.ts';
import { DeviceManager } from '../devices/device-manager.ts';
import { createRealScales, type RealScales } from '../devices/scale/real-scales.ts';
import type { ScaleState, Scales } from '../devices/scale/scale.ts';
import { scaleDriver } from '../devices/scale/scale-driver.ts';
import { scannerDriver } from '../devices/scanner/scanner-driver.ts';
import { type DevicesContext, hasAdapter, identityAt } from '../stations/device-calls.ts';
import { lineDeviceOf } from '../stations/device-rules.ts';
import { learnIdentity } from '../stations/device-service.ts';
import { lastWeighed, listDevices } from '../stations/device-views.ts';
import { listStations } from '../stations/stations-views.ts';
import type { Core } from './core.ts';
import { createDemoScale } from './demo-scale.ts';
import { createTransports, machineTiming } from './device-ports.ts';
import { createDeviceScans, type DecideScan } from './device-scans.ts';
import { openDeviceStates } from './device-states.ts';
import { createDeviceSupport } from './device-support.ts';
import { createPrintDesk } from './print-desk.ts';
import { listQueues, openPrinter } from './printer-drivers.ts';
import { type PrinterTiming, printerTiming } from './printer-lane.ts';
import { getScaleProtocol, scaleProtocols } from './scale-protocols.ts';
import { createScannerLatch } from './scanner-latch.ts';

export interface DeviceDeskParts {
  /** Decides one scan of a bench like a scan that came through the door. */
  readonly decide: DecideScan;
  /** Script that holds the serial ports; beside the bundle unless told otherwise. */
  readonly serialProcess?: string | undefined;
  /** How often printers are asked; as gently as their systems want it unless told otherwise. */
  readonly printerTiming?: PrinterTiming | undefined;
  /** Whether this is the demo, whose benches have a scale that is played unless a real one is set up. */
  isDemo(): Promise<boolean>;
  /** The played scale of the own bench sends frames over a line, at the pace of real ones. */
  readonly framedScale: boolean;
  report(error: AppError, ref: string): void;
}

/** Everything with a cable, as the station uses it. */
export interface DeviceDesk {
  /** The real scale of a bench where there is one, in the demo else the one that is played, else none. */
  readonly scales: Scales;
  readonly context: DevicesContext;
  /** Puts milligrams on the scale that is played; throws `scale.not-simulated` at a bench that has a real one. */
  putOnSimulated(stationId: string, mg: number): void;
  /** Whether a real scale is set up at this bench, plugged in or not. */
  hasRealScale(stationId: string): boolean;
  /** Opens the devices of this PC's own bench and keeps them open; what is added or removed meanwhile counts at once. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Puts scales, scanners and printers together with what they serve; nothing is opened before `start`. */
export function createDeviceDesk(core: Core, parts: DeviceDeskParts): DeviceDesk {
  const timing = machineTiming;
  const stops: (() => void)[] = [];
  let stationId = '';
  let playsScale = false;
  let demo = false;
  const hasRealScale = (id: string): boolean => real.has(id) && !(playsScale && id === stationId);
  const states = openDeviceStates(core.dataDir);
  const real = createRealScales(timing, core.deps.clock);
  const latch = createScannerLatch(core, (error) => parts.report(asFault(error), 'scanner'));
  const scans = createDeviceScans(core, { ...parts, answered: latch.look });
  const { startProcess } = core.platform;
  const transports = createTransports({ startProcess, serialProcess: parts.serialProcess });
  const manager = new DeviceManager({
    timing,
    transports,
    drivers: {
      scale: scaleDriver({ timing, protocolOf: getScaleProtocol, onFrame: real.frame, onSilent: real.silent }),
      scanner: scannerDriver({ timing, onFramed: scans.push, onOpen: latch.open }),
    },
    onChange: (status) => tellChange(status),
  });
  const demoScale = createDemoScale(transports.simulated);
  const support = createDeviceSupport({
    ...{ manager, transports, timing, dataDir: core.dataDir, clock: core.deps.clock },
  });
  const now = (): ReadonlyMap<string, NonNullable<DeviceView['now']>> =>
    new Map([...manager.statuses().map((status) => [status.deviceId, viewOf(status)] as const), ...prints.now()]);
  const viewOf = ({ deviceId, state, sinceMs, code, params, path }: DeviceStatus): NonNullable<DeviceView['now']> => ({
    ...{ state, code, params, path },
    since: new Date(core.deps.clock().getTime() - (timing.now() - sinceMs)).toISOString(),
    waiting: scans.waiting(deviceId),
  });
  const tellChange = ({ deviceId, state, path }: DeviceStatus): void => {
    if (state === 'ready' && path !== null) void learn(deviceId, path).catch(() => undefined); // the next opening tries again
    real.attached(deviceId, path !== null && (state === 'ready' || state === 'silent'));
    tellStates();
  };
  /** Set up by its path alone, before it was plugged in: from now on it is found under any name. */
  const learn = async (deviceId: string, path: string): Promise<void> => {
    const device = manager.find(deviceId);
    if (!device || !hasAdapter(device.address) || Object.keys(device.identity).length > 0) return;
    const now = await realpath(path).catch(() => path);
    const identity = identityAt({ ...device.address, path: now } as DeviceAddress, await manager.listPorts()); // has a path
    if (Object.keys(identity).length > 0) await learnIdentity(core.deps, systemActor, { deviceId, identity });
  };
  const tellStates = (): void => {
    states.write(now());
    core.feed.pass('devices.changed', { stationId });
  };
  const prints = createPrintDesk(core, {
    timing: parts.printerTiming ?? printerTiming,
    open: openPrinter,
    onChange: tellStates,
  });
  const assign = async (weighedMg?: number): Promise<void> => {
    const stored = await listDevices(core.database, stationId);
    const devices = stored.flatMap(lineDeviceOf);
    demo ||= await parts.isDemo();
    playsScale = parts.framedScale && demo && !devices.some(({ kind }) => kind === 'scale');
    if (playsScale) devices.push(demoScale.deviceAt(stationId));
    real.assign(
      devices.filter(({ kind }) => kind === 'scale'),
      weighedMg,
    );
    await manager.assign(devices);
    states.write(now());
    await prints.assign(stationId, stored);
  };
  const start = async (): Promise<void> => {
    const { stations } = await listStations(core.database);
    stationId = stations.find(({ name }) => name === core.stationName)?.id ?? '';
    stops.push(await watchTaken(core, real, stationId));
    stops.push(await latch.follow());
    stops.push(
      await core.feed.subscribe(undefined, ({ id, name }) => {
        if (name === 'printing.changed') prints.wake();
        // Those without an id are our own, about states; the settings change when a database becomes the demo's.
        if (id === '' || (name !== 'devices.changed' && name !== 'stations.settings-changed')) return;
        void assign().catch((error) => parts.report(asFault(error), 'devices'));
      }),
    );
    await assign((await lastWeighed(core.database, stationId))?.mg);
  };
  let started: Promise<void> = Promise.resolve();
  return {
    scales: joinScales(real, { simulated: core.scales, isPlayed: () => demo, clock: core.deps.clock }),
    context: { protocols: scaleProtocols, listPorts: () => manager.listPorts(), listQueues, now, ...support },
    hasRealScale,
    putOnSimulated(at, mg) {
      if (hasRealScale(at)) throw new AppError('rule', 'scale.not-simulated');
      if (real.has(at)) demoScale.put(mg, real.read(at).capture === 'taken' && mg > 0);
      else {
        demo = true; // nobody else may put anything on it
        core.scales.put(at, mg);
      }
    },
    start() {
      started = start().catch((error) => parts.report(asFault(error), 'devices'));
      return started;
    },
    async close() {
      await started;
      for (const stop of stops) stop();
      await prints.close();
      await support.close();
      await manager.close();
      demoScale.close();
      await scans.close();
      real.close();
      await states.close();
    },
  };
}

function asFault(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('bug', 'station.unexpected', {}, error);
}

/** A parcel that was closed by the weight on a scale has taken it: the same load is not the next parcel. */
async function watchTaken(core: Core, real: RealScales, own: string): Promise<() => void> {
  let known = (await lastWeighed(core.database, own))?.id;
  const look = async (): Promise<void> => {
    const last = (await lastWeighed(core.database, own))?.id;
    if (last === undefined || last === known) return;
    known = last;
    real.taken(own);
  };
  return core.feed.subscribe(undefined, ({ name, payload }) => {
    const { stationId } = payload as { stationId?: string }; // every event of a bench names it
    if (name !== 'bench.changed' || stationId !== own) return;
    if (real.has(own) && real.read(own).capture === 'held') void look().catch(() => undefined); // asked again at the next event
  });
}

interface Played {
  readonly simulated: Scales;
  isPlayed(): boolean;
  clock(): Date;
}

function joinScales(real: RealScales, { simulated, isPlayed, clock }: Played): Scales {
  const none = (): ScaleState => ({ state: 'absent', mg: null, at: clock().toISOString(), device: '' });
  return {
    read: (stationId) => {
      if (real.has(stationId)) return real.read(stationId);
      return isPlayed() ? simulated.read(stationId) : none();
    },
    onReading(listener) {
      const stops = [
        real.onReading(listener),
        simulated.onReading((stationId, state) => real.has(stationId) || listener(stationId, state)),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
    // Each is closed by whoever made it.
    close: () => undefined,
  };
}
