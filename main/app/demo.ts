import type { SharedSettings } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import { type Actor, systemActor } from '../../shared/model/actor.ts';
import type { ImportedOrder, Read } from '../../shared/model/imported.ts';
import { runUnitOfWork } from '../db/unit-of-work.ts';
import { demoCartons } from '../demo/cartons.ts';
import { buildDemo } from '../demo/demo-warehouse.ts';
import { importOrders } from '../orders/import-service.ts';
import { addCarton } from '../packing/carton-service.ts';
import { defaultSettings } from '../stations/settings-rules.ts';
import { markAsDemo } from '../stations/settings-service.ts';
import { addOperators } from '../stations/stations-service.ts';
import { isEmpty, readDemo } from '../stations/stations-views.ts';
import { allocateWaiting } from '../stock/allocation-service.ts';
import { addTotes } from '../stock/catalogue-service.ts';
import { importItems, importStock } from '../stock/import-service.ts';
import type { Core } from './core.ts';
import { loadDemoCarriers } from './demo-carriers.ts';
import { loadDemoShops } from './demo-shops.ts';

const DEMO_SEED = 20_261_122;

const demoSettings: SharedSettings = {
  ...defaultSettings,
  companyName: 'Atelier Démo',
  street: '1 quai de l’Exemple',
  postcode: '13002',
  city: 'Marseille',
  legalForm: 'SAS',
  capitalMinor: 10_000_00,
  // Formally right, given to nobody: registered numbers do not begin with three zeros.
  siret: '00012345500016',
  vatNumber: 'FR31000123455',
  registry: 'RCS Marseille',
  eori: 'FR00012345500016',
  customsSigner: 'Inès Modèle',
  phone: '+33 4 65 71 00 13',
  email: 'bonjour@atelier-demo.example',
  invoices: 'business',
  withdrawalUrl: 'https://shop.example/withdraw',
  weighing: 'required',
  expiryMinDays: 30,
  hazardousService: 'allowed',
  cartonScan: 'required',
};

export interface DemoOptions {
  readonly orders?: number;
  readonly seed?: number;
  /** Who gives the orders instead of a file: shops that are played. */
  readonly deliver?: (orders: readonly ImportedOrder[]) => Promise<void>;
}

export interface LoadedDemo {
  readonly items: number;
  readonly locations: number;
  readonly orders: number;
}

const nothing: LoadedDemo = { items: 0, locations: 0, orders: 0 };
const loading = new WeakMap<Core, Promise<LoadedDemo>>();

/** Fills an empty database with the invented warehouse; a database that is the demo's already stays as it is. */
export function loadDemo(core: Core, options: DemoOptions = {}): Promise<LoadedDemo> {
  // A second browser that asks meanwhile waits for the same warehouse instead of an empty screen.
  const started = loading.get(core) ?? fill(core, options).finally(() => loading.delete(core));
  loading.set(core, started);
  return started;
}

async function fill(core: Core, options: DemoOptions): Promise<LoadedDemo> {
  const { deps, database } = core;
  if (await readDemo(database)) return nothing;
  if (!(await isEmpty(database))) throw new AppError('rule', 'demo.not-empty');
  const demo = buildDemo({
    seed: options.seed ?? DEMO_SEED,
    now: deps.clock().toISOString(),
    ...(options.orders ? { orders: options.orders } : {}),
  });
  const total = demo.items.length + demo.levels.length + demo.orders.length;
  let before = 0;
  const told = (done: number): void =>
    core.feed.pass('stations.progress', { task: 'demo', done: before + done, total });
  const actor: Actor = systemActor;
  if (!(await markAsDemo(deps, demoSettings))) return nothing;
  await runUnitOfWork(deps, actor, async (uow) => {
    await addTotes(uow, demo.totes);
    await addOperators(uow, demo.operators);
    for (const carton of demoCartons()) await addCarton(uow, carton);
    return null;
  });
  await loadDemoCarriers(core);
  if (!options.deliver) await loadDemoShops(core);
  await importItems(deps, actor, { rows: rowsOf(demo.items), fileName: 'demo items', onProgress: told });
  before += demo.items.length;
  await importStock(deps, actor, { rows: rowsOf(demo.levels), fileName: 'demo stock', onProgress: told });
  before += demo.levels.length;
  if (options.deliver) await options.deliver(demo.orders);
  else
    await importOrders(deps, actor, {
      rows: rowsOf(demo.orders),
      options: { fileName: 'demo orders', onProgress: told },
    });
  await allocateWaiting(deps, { backordered: false });
  told(demo.orders.length);
  return {
    items: demo.items.length,
    locations: new Set(demo.levels.map((level) => level.location)).size,
    orders: demo.orders.length,
  };
}

async function* rowsOf<T>(records: readonly T[]): AsyncGenerator<Read<T>> {
  for (const [index, record] of records.entries()) yield { kind: 'record', row: index + 1, record };
}
