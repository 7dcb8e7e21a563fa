import { carrierHttp } from '../../main/carriers/carrier-http.ts';
import type { PurchaseFault, SimulatedCarrier, SoldLabel } from '../../main/carriers/carrier-simulator.ts';
import { simulateEasypost } from '../../main/carriers/easypost/simulated.ts';
import { drawSimulatedLabel } from '../../main/documents/simulated-carrier-label.ts';
import { askAgain } from '../../main/shipping/lookup-service.ts';
import { AppError } from '../../shared/errors.ts';
import { type ServedCarrier, serveCarrier } from '../connectors/carriers/support/served-carrier.ts';
import { anOrder } from './builders.ts';
import { type DatabaseKind, openWorldOn } from './databases.ts';
import { comeIn, useSettings as shareSettings, stockUp } from './warehouse.ts';
import { openWorld, type World, type WorldOptions } from './world.ts';

export const ACCOUNT = '01990000-0000-7000-8000-00000000acc1';
/** Where the carrier is to hang; all others are given the time that a busy machine takes. */
const SHORT_MS = 2_500;
const HANGS_MS = 6_000;

/** A bench whose parcels get the labels of a carrier behind a real socket. */
export interface LabelShop {
  readonly world: World;
  readonly carrier: SimulatedCarrier;
  readonly served: ServedCarrier;
  /** The network to the carrier is cut, or there again. */
  online(is: boolean): void;
  /** Packs an order of one piece up to its closed parcel. */
  pack(externalId: string, change?: Partial<Parameters<typeof anOrder>[0]>): Promise<void>;
  /** Everything that waits for its time gets it: minutes pass until nothing is open any more. */
  hours(minutes?: number): Promise<void>;
  labels(): Promise<StoredLabel[]>;
  /** The same place and carrier in a later life of the station, so many minutes on. */
  reopen(minutes: number): Promise<LabelShop>;
  close(): Promise<void>;
}

export interface StoredLabel {
  readonly id: string;
  readonly parcelId: string;
  readonly kind: string;
  readonly state: string;
  readonly fault: string | null;
  readonly trackingNumber: string;
  readonly scanText: string;
}

export interface ShopOptions {
  readonly faults?: readonly PurchaseFault[];
  /** What the one rule for parcels says; the service of the simulated carrier when missing. */
  readonly choice?: object;
  /** A place that outlives the station; a fresh one when missing. */
  readonly world?: WorldOptions;
}

export async function openLabelShop(kind: DatabaseKind, options: ShopOptions = {}): Promise<LabelShop> {
  let online = true;
  let now = (): Date => new Date();
  const carrier = simulateEasypost({ drawLabel: drawSimulatedLabel, clock: () => now(), hangMs: HANGS_MS });
  const served = await serveCarrier(carrier);
  const hangs = options.faults?.some((fault) => fault.startsWith('hang'));
  const http: NonNullable<WorldOptions['carrierHttp']> = async (call) => {
    if (!online) throw new AppError('remote', 'carrier.unreachable', { host: new URL(call.url).host });
    return carrierHttp(hangs ? { ...call, timeoutMs: SHORT_MS } : call);
  };
  const life = { ...options.world, carrierHttp: http };
  const world = options.world ? await openWorld(life) : await openWorldOn(kind, life);
  await shareSettings(world, SHIPPER);
  await addAccount(world, served.baseUrl);
  await setRule(world, options.choice ?? { kind: 'service', accountId: ACCOUNT, service: 'Colissimo:HomeDelivery' });
  await stockUp(world, 1, 200);
  await world.signIn();
  carrier.plan(options.faults ?? []);
  // Days that pass here pass at the carrier as well: some take weeks to take a label back.
  now = world.core.deps.clock;
  const setOnline = (is: boolean): void => {
    online = is;
  };
  const parts = { carrier, served, online: setOnline, open: () => openWorld(life) };
  return shopOf(world, parts);
}

const SHIPPER = { returnLabelInBox: false, street: '1 quai des Essais', city: 'Lyon', phone: '+33400000000' };

interface Parts extends Pick<LabelShop, 'carrier' | 'served' | 'online'> {
  open(): Promise<World>;
}

function shopOf(world: World, parts: Parts): LabelShop {
  return {
    world,
    ...parts,
    async pack(externalId, change = {}) {
      await comeIn(world, anOrder({ externalId, lines: [{ sku: 'SKU-1' }], ...change }));
      for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
      await world.settled();
    },
    async hours(minutes = 20) {
      for (let turn = 0; turn < 12; turn += 1) {
        await world.settled();
        world.passTime(minutes);
        await askAgain(world.core.deps);
      }
      await world.settled();
    },
    labels: () => storedLabels(world),
    async close() {
      await world.close();
      await parts.served.close();
    },
    async reopen(minutes) {
      parts.online(true);
      const later = await parts.open();
      later.passTime(minutes);
      await later.signIn();
      return shopOf(later, parts);
    },
  };
}

export async function addAccount(world: World, baseUrl: string, connector = 'easypost'): Promise<void> {
  await world.core.database.write('carrier_account').insert({
    id: ACCOUNT,
    connector,
    title: 'Test account',
    config: JSON.stringify({ apiKey: 'EZTK_simulated', baseUrl }),
    secrets: '{}',
    approved: 1,
    active: 1,
    time_zone: 'Europe/Paris',
    created_at: new Date().toISOString(),
    version: 1,
  });
}

export async function setRule(world: World, choice: object): Promise<void> {
  await world.core.database.write('shipping_rule').delete();
  await world.core.database.write('shipping_rule').insert({
    id: world.core.deps.newId(),
    position: 1,
    direction: 'outbound',
    title: 'Everything',
    active: 1,
    conditions: '{}',
    choice: JSON.stringify(choice),
  });
}

export async function storedLabels(world: World): Promise<StoredLabel[]> {
  return world.core.database
    .read('label')
    .orderBy(['created_at', 'id'])
    .select('id', 'kind', 'state', 'fault')
    .select({ parcelId: 'parcel_id', trackingNumber: 'tracking_number', scanText: 'scan_text' });
}

const PAID = ['bought', 'void-requested', 'voided'];

/** What was paid and what we know of must be the same, and no parcel may have two labels that could be used. */
export function moneyTrouble(labels: readonly StoredLabel[], sold: readonly SoldLabel[]): string[] {
  const trouble: string[] = [];
  for (const { reference } of sold)
    if (!labels.some(({ id, state }) => id === reference && PAID.includes(state)))
      trouble.push(`${reference} was paid and is ${labels.find(({ id }) => id === reference)?.state ?? 'not known'}`);
  for (const { id, state, trackingNumber } of labels)
    if (PAID.includes(state) && trackingNumber !== '' && !sold.some(({ reference }) => reference === id))
      trouble.push(`${id} is ${state} and was never sold`);
  const usable = labels.filter(({ state, kind }) => state === 'bought' && kind === 'outbound');
  for (const { parcelId } of usable)
    if (usable.filter((other) => other.parcelId === parcelId).length > 1) trouble.push(`${parcelId} has two labels`);
  for (const { id, state } of labels)
    if (state === 'voided' && sold.some((label) => label.reference === id && !label.voided))
      trouble.push(`${id} is voided here and not at the carrier`);
  return [...new Set(trouble)];
}
