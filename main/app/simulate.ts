import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import type { Secrets } from '../platform/platform.ts';
import type { InvariantResult } from '../reporting/invariants-views.ts';
import { listOperators } from '../stations/stations-views.ts';
import { type Core, openCore } from './core.ts';
import { createStation } from './create-station.ts';
import { loadDemo } from './demo.ts';
import { invariantsOf } from './operations.ts';
import { type DockShift, workDock } from './simulated-dock.ts';
import { type Doorway, type ShiftCounts, workShift } from './simulated-packer.ts';
import { checkShops } from './simulated-shop-checks.ts';
import { openShopFloor, type ShopFloor, watchFolderOf } from './simulated-shops.ts';
import type { Station, StationConfig } from './station.ts';

export interface SimulateOptions {
  readonly orders: number;
  readonly stations: number;
  readonly seed: number;
  /** Empty data folder to work in; a temporary one is made and removed when it is not given. */
  readonly dataDir?: string;
  readonly databaseUrl?: string;
  /** Orders come from two played shops and a watched folder; of a hundred requests so many go wrong. */
  readonly shops?: { readonly faultsPerHundred: number };
}

export interface SimulateReport {
  readonly database: 'sqlite' | 'postgres';
  readonly stations: number;
  readonly orders: number;
  readonly shipped: number;
  /** Parcels that a driver took at the end of the shift, at most what fills a van. */
  readonly handedOver: number;
  readonly scans: number;
  readonly refusals: number;
  readonly wrongOnPurpose: number;
  /** Milliseconds from scan to verdict, through the door. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds a parcel that hands waited for the station, all its scans and its label together. */
  readonly waitP50: number;
  readonly waitP95: number;
  readonly seconds: number;
  readonly invariants: readonly InvariantResult[];
  readonly ok: boolean;
}

const ORIGIN = 'http://127.0.0.1';

/** A shift leaves nothing behind. */
function memorySecrets(): Secrets {
  const kept = new Map<string, string>();
  return {
    get: async (name) => kept.get(name),
    set: async (name, value) => void kept.set(name, value),
    remove: async (name) => void kept.delete(name),
  };
}

/**
 * Works a shift through the real door by scans only: packers who pick, scan wrong things on purpose, undo, weigh and
 * scan labels back. Ends when no order can move, then checks every invariant.
 */
export async function simulateShift(options: SimulateOptions): Promise<SimulateReport> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'packwright-shift-')));
  const config: StationConfig = {
    dataDir,
    scaleSettleMs: 15,
    rendererDir: dataDir,
    origins: [ORIGIN],
    platform: { shell: 'cli', secrets: memorySecrets(), openExternal: async () => undefined },
    ...(options.databaseUrl ? { databaseUrl: options.databaseUrl } : {}),
  };
  if (options.shops) await watchFolderOf(dataDir);
  const core = await openCore(config);
  const station = await createStation(config);
  try {
    const { seed } = options;
    const floor = options.shops && (await openShopFloor(core, { ...options.shops, seed, lagMs: SHOP_LAG_MS, dataDir }));
    await loadDemo(core, { orders: options.orders, seed, ...(floor ? { deliver: floor.deliver } : {}) });
    const started = performance.now();
    const badges = await listOperators(core.database);
    const shift = (): Promise<ShiftCounts[]> => workBenches(station, badges, options);
    const counts = floor ? await workWithShops(core, floor, shift) : await shift();
    const seconds = (performance.now() - started) / 1000;
    await core.worker.drain();
    const badge = encodeStationCode('badge', badges[0]?.badge_code ?? '');
    const dock = await workDock(await openDoorway(station, 'Simulated dock'), badge);
    await core.worker.drain();
    const shops = floor ? await checkShops(core, floor, SHOP_LAG_MS) : [];
    return await report(core, counts, { ...options, seconds, dock, further: shops });
  } finally {
    await station.close();
    await core.close();
    if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
  }
}

/** Lists of played shops show a change so late. */
const SHOP_LAG_MS = 400;
/** Orders that come late, or are released late, are packed by who comes back to the bench. */
const ROUNDS = 4;

function workBenches(
  station: Station,
  badges: readonly { readonly badge_code: string }[],
  { stations, seed }: SimulateOptions,
): Promise<ShiftCounts[]> {
  return Promise.all(
    Array.from({ length: stations }, async (_, index) => {
      const badge = badges[index % badges.length]?.badge_code ?? '';
      const doorway = await openDoorway(station, `Simulated bench ${index + 1}`);
      return workShift(doorway, { badge: encodeStationCode('badge', badge), seed: seed + index });
    }),
  );
}

/** Benches work while buyers order and change their mind; what is left then is read and packed to the end. */
async function workWithShops(
  core: Core,
  floor: ShopFloor,
  shift: () => Promise<ShiftCounts[]>,
): Promise<ShiftCounts[]> {
  await floor.readAll();
  await core.worker.drain();
  const end = floor.live();
  const counts = await shift();
  await end();
  for (let round = 1; round < ROUNDS; round += 1) {
    await floor.readAll();
    await core.worker.drain();
    const more = await shift();
    counts.push(...more);
    if (more.every(({ latencies }) => latencies.length < FEW_SCANS)) break;
  }
  return counts;
}

/** A badge and a look whether anything is there. */
const FEW_SCANS = 8;

async function openDoorway(station: Station, name: string): Promise<Doorway> {
  const request = async (call: string, input: object, headers: Record<string, string>): Promise<unknown> => {
    const response = await station.fetch(
      new Request(`${ORIGIN}/api/${call}`, {
        method: 'POST',
        body: JSON.stringify(input),
        headers: { host: '127.0.0.1', 'content-type': 'application/json', ...headers },
      }),
    );
    return response.json();
  };
  const opened = (await request(
    'stations.open-session',
    { launchToken: await station.createLaunchToken(), station: name },
    {},
  )) as { output?: { sessionToken: string } }; // shape of the contract
  const token = opened.output?.sessionToken ?? '';
  return {
    call: (call, input) => request(call, input, { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() }),
  };
}

async function report(
  core: Core,
  counts: readonly ShiftCounts[],
  run: SimulateOptions & { seconds: number; dock: DockShift; further: readonly InvariantResult[] },
): Promise<SimulateReport> {
  const latencies = counts.flatMap((count) => count.latencies).sort((a, b) => a - b);
  const waits = counts.flatMap((count) => count.waits).sort((a, b) => a - b);
  const invariants = await invariantsOf(core);
  const shippedRow = await core.database.read('sales_order').where({ state: 'shipped' }).count({ count: '*' }).first();
  const sum = (pick: (count: ShiftCounts) => number): number => counts.reduce((total, count) => total + pick(count), 0);
  const shipped = Number(shippedRow?.count ?? 0);
  const lost = await lostScans(
    core,
    sum((count) => count.unitsAnswered),
  );
  const all = [...invariants, lost, ...run.further];
  const faults = [...counts.flatMap((count) => count.faults), ...run.dock.faults];
  const door = { name: 'the door never answered with a fault', checked: latencies.length, broken: faults.slice(0, 20) };
  return {
    database: core.database.dialect,
    stations: run.stations,
    orders: run.orders,
    shipped,
    handedOver: run.dock.handedOver,
    scans: latencies.length,
    refusals: sum((count) => count.refusals),
    wrongOnPurpose: sum((count) => count.wrongOnPurpose),
    p50: at(latencies, 0.5),
    p99: at(latencies, 0.99),
    waitP50: at(waits, 0.5),
    waitP95: at(waits, 0.95),
    seconds: Number(run.seconds.toFixed(1)),
    invariants: [...all, door],
    ok: [...all, door].every((check) => check.broken.length === 0) && shipped > 0,
  };
}

/** The value that `share` of the sorted ones stay under. */
function at(sorted: readonly number[], share: number): number {
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2));
}

/** Units that lay in parcels of orders that were cancelled or taken apart, and went back. */
async function takenOut(core: Core): Promise<number> {
  const apart: { data: string }[] = await core.database
    .read('journal')
    .join('sales_order', 'sales_order.id', 'journal.subject')
    .where({ 'journal.kind': 'order.taken-apart' })
    .whereNot({ 'sales_order.state': 'cancelled' })
    .select('journal.data as data');
  const rows: { data: string }[] = await core.database
    .read('journal')
    .join('parcel', 'parcel.id', 'journal.subject')
    .join('sales_order', 'sales_order.id', 'parcel.order_id')
    .where({ 'journal.kind': 'parcel.voided', 'sales_order.state': 'cancelled' })
    .select('journal.data as data');
  const units = ({ data }: { data: string }): number =>
    Number(JSON.parse(data).quantity ?? JSON.parse(data).packed ?? 0);
  return [...rows, ...apart].reduce((sum, row) => sum + units(row), 0);
}

/** Every unit that a packer heard "packed" for, and did not undo, lies in a parcel. */
async function lostScans(core: Core, answered: number): Promise<InvariantResult> {
  const row = await core.database.read('parcel_unit').sum({ units: 'quantity' }).first();
  const stored = Number(row?.units ?? 0) + (await takenOut(core));
  return {
    name: 'every scan answered "packed" is stored',
    checked: answered,
    broken: stored === answered ? [] : [`answered ${answered}, stored ${stored}`],
  };
}
