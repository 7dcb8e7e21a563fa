import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { systemActor } from '../../shared/model/actor.ts';
import type { ImportedOrder } from '../../shared/model/imported.ts';
import type { BookChange, BookOrder, OrderToPlace } from '../channels/channel-order-book.ts';
import type { SimulatedPlatform } from '../channels/channel-simulator.ts';
import { createRandom, type Random } from '../demo/random.ts';
import { liftHold } from '../orders/hold-service.ts';
import { readShop } from '../shops/reading-service.ts';
import type { Core } from './core.ts';
import { readLocalSettings, writeLocalSettings } from './local-settings.ts';
import { connectPlayed, playedPlatform } from './played-platforms.ts';

/** A played shop that is connected to the station. */
export interface PlayedShop {
  readonly id: string;
  readonly platform: SimulatedPlatform;
}

export interface ShopFloor {
  readonly shops: readonly PlayedShop[];
  /** External ids of the orders that came as files. */
  readonly filed: readonly string[];
  /** Orders to be bought: most at once, the rest while the shift runs. */
  deliver(orders: readonly ImportedOrder[]): Promise<void>;
  /** Reads every shop until it says that all is read, whatever goes wrong on the way. */
  readAll(): Promise<void>;
  /** Buyers order, change their mind, cancel; platforms say things twice. Ends with the function it returns. */
  live(): () => Promise<void>;
  isAllPlaced(): boolean;
}

export interface ShopFloorOptions {
  readonly seed: number;
  /** Of a hundred requests so many go wrong. */
  readonly faultsPerHundred: number;
  /** Lists show a change so late. */
  readonly lagMs: number;
  readonly dataDir: string;
}

const SHOPS = ['shopify', 'tiktok_shop'] as const;
/** Of ten orders. */
const SHARES = { shopify: 4, tiktok_shop: 8 } as const;
const AT_ONCE = 0.75;
const FILE_SIZE = 20;
const TRIES = 60;

/** Two shops and a watched folder that feed a shift; the shops are played in this process. */
export async function openShopFloor(core: Core, options: ShopFloorOptions): Promise<ShopFloor> {
  const random = createRandom(options.seed);
  const folder = join(options.dataDir, 'orders-in');
  await mkdir(folder, { recursive: true });
  const shops: PlayedShop[] = [];
  const later: (() => Promise<void>)[] = [];
  const filed: string[] = [];
  const placeIn =
    (shop: PlayedShop | undefined, order: ImportedOrder): (() => Promise<void>) =>
    async () => {
      if (!shop) return;
      const placed = shop.platform.book.place(toPlace(order, random));
      // An app that copies orders of the marketplace into the shop engine.
      const engine = shops[0];
      if (shop.platform.name === 'tiktok_shop' && random.chance(0.04))
        engine?.platform.book.place({
          ...toPlace(order, random),
          source: '',
          copyOf: { marketplace: 'tiktok', id: placed.id },
        });
    };
  return {
    shops,
    filed,
    async deliver(orders) {
      for (const name of SHOPS) shops.push(await connect(core, name, options));
      const files: ImportedOrder[] = [];
      const acts = orders.flatMap((order, index) => {
        const turn = index % 10;
        if (turn < SHARES.shopify) return [placeIn(shops[0], order)];
        if (turn < SHARES.tiktok_shop) return [placeIn(shops[1], order)];
        files.push({ ...order, cancelled: false });
        filed.push(order.externalId);
        return [];
      });
      const now = Math.ceil(acts.length * AT_ONCE);
      for (const act of acts.slice(0, now)) await act();
      later.push(...acts.slice(now));
      await dropFiles(folder, files);
    },
    async readAll() {
      // Lists lag, and some count in whole seconds.
      await wait(options.lagMs + 1_500);
      for (const { id } of shops) await readToEnd(core, id);
      await untilTaken(folder);
    },
    live: () => startLife(core, { shops, later, random }),
    isAllPlaced: () => later.length === 0,
  };
}

async function connect(core: Core, name: (typeof SHOPS)[number], options: ShopFloorOptions): Promise<PlayedShop> {
  const platform = playedPlatform(core, name, {
    clock: core.deps.clock,
    faultsPerHundred: options.faultsPerHundred,
    lagMs: () => options.lagMs,
  });
  return { id: await connectPlayed(core, platform), platform };
}

function toPlace(order: ImportedOrder, random: Random): OrderToPlace {
  const { name, street1, street2 = '', postcode, city, region = '', country, phone = '', email = '' } = order.address;
  return {
    lines: order.lines
      .filter(({ quantity }) => quantity > 0)
      .map(({ sku, title, quantity, unitPriceMinor }) => ({
        sku,
        title,
        quantity,
        unitPriceMinor: unitPriceMinor ?? 0,
      })),
    address: { name, street1, street2, postcode, city, region, country, phone, email },
    currency: order.currency ?? 'EUR',
    source: random.pick(['', '', 'pinterest', 'instagram', 'fb', 'snapchat', 'twitter'] as const),
    gift: order.gift,
    note: order.note ?? '',
    state: order.paid ? 'open' : 'unpaid',
  };
}

/** The same file twice, as it happens when somebody is not sure. */
async function dropFiles(folder: string, orders: readonly ImportedOrder[]): Promise<void> {
  for (let start = 0; start < orders.length; start += FILE_SIZE) {
    const part = orders.slice(start, start + FILE_SIZE).map(asRow);
    const text = JSON.stringify({ orders: part });
    await writeFile(join(folder, `orders-${start}.json`), text);
    if (start === 0) await writeFile(join(folder, `orders-${start}-again.json`), text);
  }
}

function asRow(order: ImportedOrder): object {
  const { externalId, number, channel, placedAt, shipBy, currency, gift, note, shippingMethod, paid, address } = order;
  return {
    ...{ order_id: externalId, order_number: number, channel, placed_at: placedAt, ship_by: shipBy ?? '' },
    ...{ currency: currency ?? '', gift, note: note ?? '', shipping_method: shippingMethod ?? '', paid },
    address: { ...address },
    lines: order.lines.map(({ externalLineId, sku, title, quantity, unitPriceMinor }) => ({
      ...{ line_id: externalLineId ?? '', sku, title, quantity },
      unit_price: ((unitPriceMinor ?? 0) / 100).toFixed(2),
    })),
  };
}

/** Another bench may read it at this moment; faults are asked again. */
async function readToEnd(core: Core, shopId: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      if (await readShop(core.deps, systemActor, { shopId, owner: 'shift' })) return;
    } catch {
      // What the shop refused is kept with it; the next try goes on where this one stopped.
    }
    await wait(250);
  }
}

/** The station looks at its folder by itself. */
async function untilTaken(folder: string): Promise<void> {
  for (let look = 0; look < TRIES; look += 1) {
    if ((await readdir(folder)).every((name) => !name.endsWith('.json'))) return;
    await wait(500);
  }
}

interface Life {
  readonly shops: readonly PlayedShop[];
  readonly later: (() => Promise<void>)[];
  readonly random: Random;
}

const EVERY_MS = 120;

function startLife(core: Core, life: Life): () => Promise<void> {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(() => happen(core, life)).catch(() => undefined); // the next turn does something else
  }, EVERY_MS);
  return async () => {
    clearInterval(timer);
    await running;
    for (const act of life.later.splice(0)) await act();
    for (let turn = 0; turn < 200; turn += 1) await lookAtChanged(core);
    for (const { platform } of life.shops)
      for (const order of platform.book.all())
        if (order.held !== null) platform.book.change(order, { kind: 'release' });
  };
}

async function happen(core: Core, { shops, later, random }: Life): Promise<void> {
  for (const act of later.splice(0, 2)) await act();
  await lookAtChanged(core);
  const shop = random.pick(shops as [PlayedShop, ...PlayedShop[]]); // two are connected
  const open = shop.platform.book.all().filter((order) => order.state !== 'cancelled' && order.packages.length === 0);
  if (open.length === 0) return;
  const order = open[random.whole(0, open.length - 1)];
  const change = order && nextChange(order, random);
  if (order && change && (await isUnlabelled(core, order))) shop.platform.book.change(order, change);
}

/** A supervisor looks at what was kept back because the buyer moved, and lets it go on. */
async function lookAtChanged(core: Core): Promise<void> {
  const held: { id: string } | undefined = await core.database
    .read('order_hold')
    .where({ reason: 'changed-by-channel', detail: 'address changed' })
    .first('order_id as id');
  if (held) await liftHold(core.deps, systemActor, held.id).catch(() => undefined); // a bench had it at this moment
}

/** Once it carries a label a buyer can no longer cancel; platforms refuse it as soon as they are told. */
async function isUnlabelled(core: Core, order: BookOrder): Promise<boolean> {
  const row = await core.database
    .read('order_source')
    .join('parcel', 'parcel.order_id', 'order_source.order_id')
    .where('order_source.external_id', 'like', `%${order.id}`)
    .whereNotIn('parcel.state', ['open', 'voided'])
    .first('parcel.id');
  return row === undefined;
}

/** What a buyer or the platform does next to an order; mostly nothing. */
function nextChange(order: BookOrder, random: Random): BookChange | undefined {
  const dice = random.next();
  if (order.state === 'unpaid') return { kind: 'pay' };
  if (order.held !== null) return { kind: 'release' };
  if (dice < 0.12) return { kind: 'cancel' };
  if (dice < 0.2) return { kind: 'hold', reason: 'Address is being checked' };
  if (dice < 0.3) return { kind: 'address', address: { street2: `Door ${random.whole(1, 9)}` } };
  const line = dice < 0.36 ? order.lines.find(({ quantity, cancelled }) => quantity - cancelled > 1) : undefined;
  if (line) return { kind: 'quantity', sku: line.sku, quantity: 1 };
  return dice < 0.7 ? { kind: 'touch' } : undefined;
}

/** The folder that the station watches, in the settings of this PC. */
export async function watchFolderOf(dataDir: string): Promise<void> {
  const folder = join(dataDir, 'orders-in');
  await mkdir(folder, { recursive: true });
  await writeLocalSettings(dataDir, { ...(await readLocalSettings(dataDir)), dropFolder: folder });
}
