import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Core, openCore } from '../../main/app/core.ts';
import { createStation } from '../../main/app/create-station.ts';
import type { Station } from '../../main/app/station.ts';
import type { CarrierHttp } from '../../main/carriers/carrier-http.ts';
import type { ChannelHttp } from '../../main/channels/channel-http.ts';
import { runUnitOfWork } from '../../main/db/unit-of-work.ts';
import type { Documents } from '../../main/documents/document.ts';
import { importOrders } from '../../main/orders/import-service.ts';
import { listOperators } from '../../main/stations/stations-views.ts';
import { allocateWaiting } from '../../main/stock/allocation-service.ts';
import { addTotes } from '../../main/stock/catalogue-service.ts';
import { importItems, importStock } from '../../main/stock/import-service.ts';
import { createFileSecrets } from '../../main/web/file-secrets.ts';
import { mod10CheckDigit } from '../../shared/barcode/check-digits.ts';
import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import type { CallInput, CallName, CallOutput } from '../../shared/contract/index.ts';
import { systemActor } from '../../shared/model/actor.ts';
import type { ImportedItem, ImportedLevel, ImportedOrder, Read } from '../../shared/model/imported.ts';
import { aLevel, anItem, anOrder } from './builders.ts';
import { PATIENCE_MS } from './patience.ts';

const ORIGIN = 'http://127.0.0.1';

export type Envelope =
  | { ok: true; output: unknown }
  | { ok: false; error: { kind: string; code: string; details: Record<string, unknown>; ref: string } };

/** A whole station on a real database, reached through its door like any screen. */
export interface World {
  readonly core: Core;
  readonly station: Station;
  /** The session of this bench, as its browser keeps it. */
  readonly sessionToken: string;
  /** One call through the door; throws when the station refuses. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** One call through the door with whatever comes back. */
  ask(name: string, input: unknown, headers?: Record<string, string>): Promise<{ status: number; body: Envelope }>;
  /** Any request as this bench's browser sends it; `headers` replace its own, null takes one away. */
  request(path: string, init?: RequestOptions): Promise<Response>;
  scan(raw: string): Promise<CallOutput<'bench.scan'>>;
  /** Scans one of the station's own command cards, `NEXT`. */
  command(payload: string): Promise<CallOutput<'bench.scan'>>;
  view(): Promise<CallOutput<'bench.view'>>;
  signIn(role?: 'packer' | 'supervisor' | 'admin'): Promise<void>;
  importItems(items: readonly ImportedItem[]): ReturnType<typeof importItems>;
  importStock(levels: readonly ImportedLevel[]): ReturnType<typeof importStock>;
  importOrders(orders: readonly ImportedOrder[]): ReturnType<typeof importOrders>;
  /** Orders of `units` single pieces over four SKUs, allocated and ready to pick. */
  fill(what: { orders: number; units: number }): Promise<void>;
  /**
   * Picks the most urgent order to the end by scans, opens its parcel, reads what is to read first, and gives the codes
   * of its units.
   */
  pickNextOrder(): Promise<string[]>;
  /** Waits for the label and scans it back. */
  finishParcel(): Promise<void>;
  /** Waits until everything that was asked of the outbox is done: stock allocated, papers made and printed. */
  settled(): Promise<void>;
  /** Moves the station's clock on; nothing waits. */
  passTime(minutes: number): void;
  /** Another bench on the same station; the name of one that exists is the same bench in another browser. */
  bench(name: string): Promise<World>;
  close(): Promise<void>;
}

export interface RequestOptions {
  readonly method?: string;
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly signal?: AbortSignal;
}

export interface WorldOptions {
  /** The demo's scale is read by the driver of real ones, at the pace of real ones. */
  readonly framedScale?: boolean;
  readonly dataDir?: string;
  readonly databaseUrl?: string;
  readonly documents?: Documents;
  /** How carriers are asked; over the network when it is not given. */
  readonly carrierHttp?: CarrierHttp;
  /** How shops are asked; over the network when it is not given. */
  readonly channelHttp?: ChannelHttp;
  /** Folder of the built renderer; the data folder, which has no page, when it is not given. */
  readonly rendererDir?: string;
  /** What the station's clock shows at first (ISO instant); the machine's own time when it is not given. */
  readonly startsAt?: string;
}

const kept = new Map<string, Map<string, string>>();

/** Keys of a database, whichever station of this process opens it: as after `keys join`. */
function memorySecrets(database: string) {
  const known = kept.get(database) ?? new Map<string, string>();
  kept.set(database, known);
  return {
    get: async (name: string) => known.get(name),
    set: async (name: string, value: string) => void known.set(name, value),
    remove: async (name: string) => void known.delete(name),
  };
}

/** Opens a station on a throw-away folder (or the one given) and a bench in it. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'packwright-world-')));
  const secrets = options.dataDir ? createFileSecrets(options.dataDir) : memorySecrets(options.databaseUrl ?? dataDir);
  let aheadMs = options.startsAt ? Date.parse(options.startsAt) - Date.now() : 0;
  const config = {
    dataDir,
    rendererDir: options.rendererDir ?? dataDir,
    origins: [ORIGIN],
    platform: { shell: 'cli' as const, secrets, openExternal: async () => undefined },
    // Without it the demo's scale sends frames over a line, as at a user's bench.
    ...(options.framedScale ? {} : { scaleSettleMs: 15 }),
    // `npm test` builds before it runs anything.
    serialProcess: resolve('dist/main/serial-process.js'),
    // A printer on loopback may be asked more often than one on a desk.
    printerTiming: { lookMs: 150, restMs: 400 },
    clock: () => new Date(Date.now() + aheadMs),
    ...(options.databaseUrl ? { databaseUrl: options.databaseUrl } : {}),
    ...(options.documents ? { documents: options.documents } : {}),
    ...(options.carrierHttp ? { carrierHttp: options.carrierHttp } : {}),
    ...(options.channelHttp ? { channelHttp: options.channelHttp } : {}),
  };
  const core = await openCore(config);
  const station = await createStation(config);
  await runUnitOfWork(core.deps, systemActor, async (uow) =>
    addTotes(
      uow,
      Array.from({ length: 20 }, (_, index) => `T-${index + 1}`),
    ),
  );
  const close = async (): Promise<void> => {
    await station.close();
    await core.close();
    if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
  };
  const passTime = (minutes: number): void => {
    aheadMs += minutes * 60_000;
  };
  return benchOf({ core, station, passTime, close }, undefined);
}

type Shared = Pick<World, 'core' | 'station' | 'passTime' | 'close'>;

async function benchOf(shared: Shared, name: string | undefined): Promise<World> {
  const { core, station } = shared;
  const send = async (
    call: string,
    input: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: Envelope }> => {
    const response = await station.fetch(
      new Request(`${ORIGIN}/api/${call}`, {
        method: 'POST',
        body: JSON.stringify(input),
        headers: { host: '127.0.0.1', 'content-type': 'application/json', ...headers },
      }),
    );
    return { status: response.status, body: (await response.json()) as Envelope };
  };
  const opened = await send('stations.open-session', {
    launchToken: await station.createLaunchToken(),
    ...(name ? { station: name } : {}),
  });
  if (!opened.body.ok) throw new Error(`no session: ${opened.body.error.code}`);
  const { sessionToken } = opened.body.output as { sessionToken: string };
  const ask: World['ask'] = (call, input, headers) =>
    send(call, input, { authorization: `Bearer ${sessionToken}`, ...headers });
  const request: World['request'] = (path, { headers = {}, body, ...init } = {}) => {
    const all = Object.entries({ host: '127.0.0.1', authorization: `Bearer ${sessionToken}`, ...headers });
    const sent = all.filter((pair): pair is [string, string] => pair[1] !== null);
    // A body that streams has to say so; the type of fetch does not know the word yet.
    const streams = body === undefined ? {} : ({ body, duplex: 'half' } as RequestInit);
    return station.fetch(new Request(`${ORIGIN}${path}`, { ...init, ...streams, headers: sent }));
  };
  const call = async <N extends CallName>(callName: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const { body } = await ask(callName, input, { 'idempotency-key': randomUUID() });
    if (!body.ok) throw new Error(`${callName}: ${body.error.code} ${JSON.stringify(body.error.details)}`);
    return body.output as CallOutput<N>;
  };
  const world: World = {
    ...shared,
    sessionToken,
    call,
    ask,
    request,
    scan: (raw) => call('bench.scan', { raw, source: 'simulated' }),
    command: (payload) => world.scan(encodeStationCode('command', payload)),
    view: () => call('bench.view', {}),
    async signIn(role = 'packer') {
      const operator = (await listOperators(core.database)).find((candidate) => candidate.role === role);
      await call('bench.scan', { raw: encodeStationCode('badge', operator?.badge_code ?? '') });
    },
    importItems: (items) => importItems(core.deps, systemActor, { rows: rowsOf(items), fileName: 'items' }),
    importStock: (levels) => importStock(core.deps, systemActor, { rows: rowsOf(levels), fileName: 'stock' }),
    importOrders: (orders) =>
      importOrders(core.deps, systemActor, { rows: rowsOf(orders), options: { fileName: 'orders' } }),
    fill: (what) => fill(world, what),
    pickNextOrder: () => pickNextOrder(world),
    finishParcel: () => finishParcel(world),
    settled: () => settled(core),
    bench: (other) => benchOf(shared, other),
  };
  return world;
}

async function* rowsOf<T>(records: readonly T[]): AsyncGenerator<Read<T>> {
  for (const [index, record] of records.entries()) yield { kind: 'record', row: index + 2, record };
}

/** A GTIN-13 under GS1's demonstration prefix. */
export function demoGtin(number: number): string {
  const body = `952${String(number).padStart(9, '0')}`;
  return `${body}${mod10CheckDigit(body)}`;
}

async function settled(core: Core): Promise<void> {
  for (let turn = 0; turn < 2_000; turn += 1) {
    const open = await core.database.read('outbox').whereIn('state', ['pending', 'sending']).first('id');
    if (open === undefined) return;
    core.worker.wake();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('the outbox never came to rest');
}

async function fill(world: World, what: { orders: number; units: number }): Promise<void> {
  const skus = [1, 2, 3, 4];
  await world.importItems(skus.map((number) => anItem({ sku: `BENCH-${number}`, gtin: demoGtin(number) })));
  await world.importStock(
    skus.map((number) =>
      aLevel({ sku: `BENCH-${number}`, location: `A-01-${number}`, onHand: what.orders * what.units }),
    ),
  );
  const perLine = Math.ceil(what.units / skus.length);
  await world.importOrders(
    Array.from({ length: what.orders }, (_, index) =>
      anOrder({
        externalId: `B${index}`,
        lines: skus.map((number) => ({ sku: `BENCH-${number}`, quantity: perLine })),
      }),
    ),
  );
  await allocateWaiting(world.core.deps, { backordered: false });
}

async function pickNextOrder(world: World): Promise<string[]> {
  let { view } = await world.scan(encodeStationCode('command', 'NEXT'));
  const gtins: string[] = [];
  for (let step = 0; step < 5_000 && view.mode === 'pick'; step += 1) {
    const kind = view.step === 'tote' ? 'tote' : view.step === 'location' ? 'location' : 'item';
    const text = view.expects.find((expected) => expected.kind === kind)?.text ?? '';
    if (kind === 'item') gtins.push(text);
    const tote = view.tote;
    ({ view } = await world.scan(text));
    if (view.mode === 'idle' && tote) await world.scan(encodeStationCode('tote', tote));
  }
  await readInstructions(world);
  return gtins;
}

/** Confirms what the bench asks to be read now. */
async function readInstructions(world: World): Promise<void> {
  let view = await world.view();
  while (view.step === 'instructions') ({ view } = await world.command('CONFIRM'));
}

async function finishParcel(world: World): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  let view = await world.view();
  while (performance.now() < until) {
    const label = view.expects.find((expected) => expected.kind === 'label');
    if (view.step === 'scan-label' && label) {
      await world.scan(label.text);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    view = await world.view();
  }
  throw new Error(`the label never came: the bench is at ${view.mode}, ${view.step}`);
}
