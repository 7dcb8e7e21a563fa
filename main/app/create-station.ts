import { readFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScaleReading } from '../../shared/contract/bench.ts';
import type { Verdict } from '../../shared/contract/common.ts';
import type { Handlers } from '../../shared/contract/handlers.ts';
import type { CallName } from '../../shared/contract/index.ts';
import { AppError } from '../../shared/errors.ts';
import { roleAllows } from '../../shared/model/roles.ts';
import { noWeightOf } from '../../shared/scale/no-weight.ts';
import { benchCalls } from '../bench/bench-calls.ts';
import { type BenchDeps, takeWeight } from '../bench/bench-service.ts';
import { createGsMemory } from '../bench/gs-memory.ts';
import { answerOnce } from '../db/answer-once.ts';
import { pruneEvents } from '../db/event-feed.ts';
import type { ScaleState, Scales } from '../devices/scale/scale.ts';
import { invoicingCalls } from '../invoicing/invoicing-calls.ts';
import { drawUndrawn } from '../invoicing/invoicing-service.ts';
import { ordersCalls } from '../orders/orders-calls.ts';
import { packingCalls } from '../packing/packing-calls.ts';
import { printingCalls } from '../printing/printing-calls.ts';
import { reportingCalls } from '../reporting/reporting-calls.ts';
import { returnsCalls } from '../returns/returns-calls.ts';
import { accountCalls } from '../shipping/account-calls.ts';
import { dockCalls } from '../shipping/dock-calls.ts';
import { shippingCalls } from '../shipping/shipping-calls.ts';
import { devicesCalls } from '../stations/device-calls.ts';
import { createPinDesk } from '../stations/pin-rules.ts';
import { createLaunchToken } from '../stations/session-service.ts';
import { stationsCalls } from '../stations/stations-calls.ts';
import { noteStarted } from '../stations/stations-service.ts';
import { findOccupant, findSignedIn, isEmpty, listStations, readDemo } from '../stations/stations-views.ts';
import { stockCalls } from '../stock/stock-calls.ts';
import { startChannels } from './channel-watch.ts';
import { closingGate } from './closing-gate.ts';
import { listCodes } from './codes.ts';
import { type Core, openCore } from './core.ts';
import { loadDemo } from './demo.ts';
import { startDemoShops } from './demo-shops.ts';
import { createDeviceDesk, type DeviceDesk } from './device-desk.ts';
import { machineTiming } from './device-ports.ts';
import { drawnPaper } from './documents-door.ts';
import { createDoor } from './door.ts';
import { type DropFolder, watchDropFolder } from './drop-folder.ts';
import { type FaultLog, openFaultLog } from './fault-log.ts';
import { importUpload } from './imports.ts';
import { startKeeping } from './keeping.ts';
import { refusal } from './router.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { shopHandlers } from './shop-handlers.ts';
import { startShopWatch } from './shop-watch.ts';
import type { Station, StationConfig } from './station.ts';
import { startTracking } from './tracking-watch.ts';
import { createTwinFinder, withoutTwins } from './two-way-scans.ts';
import { startWatch } from './watch.ts';

const HOUR_MS = 3_600_000;

/** Version of the program, from its package. */
export function programVersion(): string {
  try {
    const file = new URL('../../package.json', import.meta.url);
    return String(JSON.parse(readFileSync(file, 'utf8')).version);
  } catch {
    return '0.0.0';
  }
}

/** Opens the whole product on a data folder. Throws an `AppError` that names the setting, file or database at fault. */
export async function createStation(config: StationConfig): Promise<Station> {
  const core = await openCore(config);
  try {
    await noteStarted(core.deps, core.stationName);
    const faultLog = await openFaultLog(core.dataDir);
    const drop = await watchDropFolder(core, (error) => faultLog.report(asAppError(error), 'drop-folder'));
    return assemble(core, config, { faultLog, drop });
  } catch (error) {
    await core.close();
    throw error;
  }
}

function assemble(core: Core, config: StationConfig, opened: { faultLog: FaultLog; drop: DropFolder }): Station {
  const { faultLog, drop } = opened;
  const { report } = faultLog;
  const sessions = createSessions(core.database, core.deps.clock);
  const demo = createDemoFlag(core);
  const pins = createPinDesk(core.deps.clock);
  const desk = createDeviceDesk(core, {
    serialProcess: config.serialProcess,
    printerTiming: config.printerTiming,
    // A shift that is simulated does not wait for frames.
    framedScale: config.scaleSettleMs === undefined,
    isDemo: demo.is,
    report,
    decide: (scan) => decideScan({ core, sessions, handlers }, scan),
  });
  const deps: BenchDeps = {
    ...{ ...core.deps, pins, gs: createGsMemory() },
    weightNow: (stationId) => weightNow(desk.scales, stationId),
  };
  const handlers = allHandlers(core, { sessions, deps, demo, desk, drop });
  const streams = new Set<() => void>();
  const door = createDoor({
    core,
    sessions,
    handlers,
    rendererDir: config.rendererDir,
    origins: config.origins,
    report,
    streams,
  });
  desk.scales.onReading((stationId, state) => {
    core.feed.pass('stations.scale-reading', toReading(stationId, state));
    if (settlesNow(state)) void weighAt(deps, stationId).catch((error) => report(asAppError(error), 'scale'));
  });
  void desk.start();
  const packing = watchPacking(core);
  const tidy = startTidying(core);
  const watch = startWatch(core, {
    forgetSeat: sessions.forgetSeat,
    onFault: (error) => report(asAppError(error), 'watch'),
  });
  const stopChannels = startChannels(core, (error) => report(asAppError(error), 'channels'));
  const stopShopWatch = startShopWatch(core, (error) => report(asAppError(error), 'shop-watch'));
  const stopDemoShops = startDemoShops(core, (error) => report(asAppError(error), 'demo-shops'));
  const stopTracking = startTracking(core, (error) => report(asAppError(error), 'tracking'));
  const stopKeeping = startKeeping(core, report);
  core.worker.wake();
  const drawn = drawUndrawn(core.deps).catch((error) => report(asAppError(error), 'invoicing'));
  const gate = closingGate(async (request) => door.fetch(request));
  return {
    fetch: gate.fetch,
    createLaunchToken: () => createLaunchToken(core.deps),
    loadDemo: async () => void (await loadDemo(core)),
    onPacking: packing.listen,
    async close() {
      tidy();
      watch();
      packing.stop();
      for (const stop of streams) stop();
      await desk.close();
      await gate.close();
      await drawn;
      await stopChannels();
      await drop.close();
      await stopDemoShops();
      await stopShopWatch();
      await stopTracking();
      await stopKeeping();
      await core.close();
      faultLog.close();
    },
  };
}

/** Whoever is signed in closes the parcel by its weight; an empty bench closes nothing. */
async function weighAt(deps: BenchDeps, stationId: string): Promise<void> {
  const operator = await findSignedIn(deps.database, stationId);
  if (operator) await takeWeight(deps, { operatorId: operator.id, stationId, role: operator.role });
}

function asAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('bug', 'station.unexpected', {}, error);
}

interface Parts {
  readonly sessions: Sessions;
  readonly deps: BenchDeps;
  readonly demo: { is(): Promise<boolean>; forget(): void };
  readonly desk: DeviceDesk;
  readonly drop: DropFolder;
}

/** A scan of a scanner on a port, decided like one that came through the door. */
async function decideScan(
  { core, sessions, handlers }: { core: Core; sessions: Sessions; handlers: Handlers<CallName> },
  { stationId, raw, commandId }: { stationId: string; raw: string; commandId: string },
): Promise<Verdict> {
  const occupant = await findOccupant(core.database, stationId);
  const seat = { station: { id: stationId, name: core.stationName }, ...occupant };
  const actor = sessions.actorOf(seat, { call: 'bench.scan', id: commandId });
  return (await handlers['bench.scan'](actor, { raw, source: 'serial' })).verdict;
}

/** Every name of the contract has its handler: a missing one is a type error. */
function allHandlers(core: Core, parts: Parts): Handlers<CallName> {
  const { sessions, deps, demo, desk, drop } = parts;
  const forgetSeat = sessions.forgetSeat;
  const bench = benchCalls(deps, {
    isDemo: demo.is,
    forgetSeat,
    seatOf: async (stationId) => ({
      station: await stationById(core, stationId),
      ...(await findOccupant(core.database, stationId)),
    }),
    scale: {
      read: (stationId) => toReading(stationId, desk.scales.read(stationId)),
      put: desk.putOnSimulated,
      isReal: desk.hasRealScale,
    },
  });
  return {
    ...stationsCalls(deps, {
      version: programVersion(),
      shell: core.platform.shell,
      newTicket: sessions.newTicket,
      forgetSeat,
      pins: deps.pins,
      listCodes: (options) => listCodes(core, options),
    }),
    ...bench,
    'bench.scan': withoutTwins(bench, deps, createTwinFinder(machineTiming.now)),
    ...devicesCalls(deps, desk.context),
    ...ordersCalls(deps),
    ...packingCalls(deps),
    ...stockCalls(deps),
    ...printingCalls(
      { ...deps, documents: core.deps.documents },
      { draw: (name, { seat }) => drawnPaper(core, name, seat) },
    ),
    ...reportingCalls(deps),
    ...shippingCalls(core.deps),
    ...dockCalls(deps),
    ...returnsCalls(deps),
    ...accountCalls(core.deps),
    ...shopHandlers(core, drop),
    ...invoicingCalls({ ...deps, documents: core.deps.documents }),
    'stations.open-session': async () => {
      throw new AppError('validation', 'door.unknown-call', { name: 'stations.open-session' }); // answered by the door, before there is a session
    },
    'stations.load-demo': async () => {
      const loaded = await loadDemo(core);
      demo.forget();
      return loaded;
    },
    'orders.import-upload': async (actor, { channel, ...upload }) =>
      answerOnce(core.deps, actor, async () => {
        // On the first day nobody has a badge yet, and the files are what the station waits for.
        if (!roleAllows(actor.role, 'supervisor') && !(await hasNoOrders(core))) throw refusal(actor, 'supervisor');
        return importUpload(core, actor, { ...upload, ...(channel ? { channel } : {}) });
      }),
  };
}

async function hasNoOrders(core: Core): Promise<boolean> {
  return (await isEmpty(core.database)) || (await core.database.read('sales_order').first('id')) === undefined;
}

async function stationById(core: Core, id: string): Promise<{ id: string; name: string }> {
  const { stations } = await listStations(core.database);
  const station = stations.find((candidate) => candidate.id === id);
  if (!station) throw new AppError('not-found', 'station.unknown', { id });
  return { id: station.id, name: station.name };
}

function createDemoFlag(core: Core): Parts['demo'] {
  let known = false;
  return {
    // Once a demo, always a demo: only "no" is asked again.
    async is() {
      known ||= await readDemo(core.database);
      return known;
    },
    forget: () => {
      known = false;
    },
  };
}

/** A weight that may close a parcel, told once a load: a real scale goes on telling it. */
function settlesNow({ state, mg, capture }: ScaleState): boolean {
  return state === 'stable' && (mg ?? 0) > 0 && (capture === undefined || capture === 'settled');
}

function weightNow(scales: Scales, stationId: string): ReturnType<BenchDeps['weightNow']> {
  const said = scales.read(stationId);
  const why = noWeightOf(said);
  return why === undefined ? { state: 'stable', mg: said.mg ?? 0, device: said.device } : { state: why };
}

function toReading(stationId: string, { device: _device, ...told }: ScaleState): ScaleReading {
  return { stationId, ...told };
}

/** Tells the shell while any bench of this database packs. */
function watchPacking(core: Core): { listen: Station['onPacking']; stop(): void } {
  const listeners = new Set<(packing: boolean) => void>();
  let last = false;
  const look = async (): Promise<void> => {
    const row = await core.database.read('bench').whereNot({ mode: 'idle' }).first('station_id');
    const packing = row !== undefined;
    if (packing === last) return;
    last = packing;
    for (const listener of listeners) listener(packing);
  };
  const unsubscribe = core.feed.subscribe(undefined, (event) => {
    if (event.name === 'bench.changed') void look().catch(() => undefined); // asked again at the next event
  });
  return {
    listen: (listener) => {
      listeners.add(listener);
      listener(last);
      return () => void listeners.delete(listener);
    },
    stop: () => void unsubscribe.then((end) => end()),
  };
}

/** Forgets what has served: old events, answers to old commands, uploads that broke off. */
function startTidying(core: Core): () => void {
  const tidy = async (): Promise<void> => {
    const ago = (ms: number): string => new Date(core.deps.clock().getTime() - ms).toISOString();
    await pruneEvents(core.database, ago(HOUR_MS));
    await core.database
      .write('inbox')
      .where('at', '<', ago(24 * 14 * HOUR_MS))
      .delete();
    const folder = join(core.dataDir, 'uploads');
    for (const name of await readdir(folder).catch(() => [])) {
      const { mtimeMs } = await stat(join(folder, name));
      if (mtimeMs < core.deps.clock().getTime() - 24 * HOUR_MS) await rm(join(folder, name), { force: true });
    }
  };
  const run = (): void => void tidy().catch(() => undefined); // the next hour tries again
  const first = setTimeout(run, 60_000);
  const timer = setInterval(run, HOUR_MS);
  first.unref();
  timer.unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
}
