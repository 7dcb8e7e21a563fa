import { mkdir } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { type CarrierHttp, carrierHttp } from '../carriers/carrier-http.ts';
import { type ChannelHttp, channelHttp } from '../channels/channel-http.ts';
import { type Database, nameOf, openDatabase } from '../db/database.ts';
import { openEventBell } from '../db/event-bell.ts';
import { type EventFeed, openEventFeed } from '../db/event-feed.ts';
import { migrate } from '../db/migrate.ts';
import { highestId, risingIds } from '../db/rising-ids.ts';
import { createVault, type SealedVault } from '../db/sealed-vault.ts';
import type { SimulatedScales } from '../devices/scale/scale.ts';
import { createSimulatedScales } from '../devices/scale/simulated/simulated-scale.ts';
import type { Documents } from '../documents/document.ts';
import { createDocuments } from '../documents/documents.ts';
import type { Platform } from '../platform/platform.ts';
import { PRINT, printJobs } from '../printing/printing-service.ts';
import type { ShippingDeps } from '../shipping/account-service.ts';
import { LOOK_UP_LABEL } from '../shipping/lookup-ask-service.ts';
import { lookUpLabel } from '../shipping/lookup-service.ts';
import { sendManifest } from '../shipping/manifest-send-service.ts';
import { SEND_MANIFEST } from '../shipping/manifest-service.ts';
import { makeLabels } from '../shipping/papers-service.ts';
import { MAKE_LABELS } from '../shipping/shipping-service.ts';
import { VOID_AT_CARRIER, voidAtCarrier } from '../shipping/void-service.ts';
import { deliverCorrection, deliverShipment } from '../shops/deliver-service.ts';
import { ACKNOWLEDGE, CANCEL, deliverEffect, REQUEST_REFUND, RETURN_RECEIVED } from '../shops/effect-service.ts';
import { rereadBeforeLabel } from '../shops/reread-service.ts';
import { CORRECT_TRACKING, SHIP } from '../shops/shipment-service.ts';
import type { ShopsDeps } from '../shops/shop-service.ts';
import { deliverStock, STOCK } from '../shops/stock-service.ts';
import { newBadge } from '../stations/operator-service.ts';
import { prepareStation } from '../stations/stations-service.ts';
import { readDemo } from '../stations/stations-views.ts';
import { allocateWaiting } from '../stock/allocation-service.ts';
import { newOwner } from '../sync/outbox-owner.ts';
import { type OutboxWorker, type SettledMessage, startOutboxWorker, type TopicHandler } from '../sync/outbox-worker.ts';
import { createCarrierDesk } from './carrier-desk.ts';
import { carrierConnectorsWith } from './carriers.ts';
import { channelConnectors } from './channel-connectors.ts';
import { createChannelDesk } from './channel-desk.ts';
import { connectedTiktok } from './connected-tiktok.ts';
import { offerNewestBackup } from './keeping.ts';
import { databaseOf, readLocalSettings } from './local-settings.ts';
import { withPlayedPlatforms } from './played-platforms.ts';
import { withSimulatedCarriers } from './simulated-carriers.ts';

/** Everything that runs behind the door, opened once a process. */
export interface Core {
  readonly deps: ShippingDeps & ShopsDeps & { readonly vault: SealedVault };
  readonly database: Database;
  readonly feed: EventFeed;
  /** Delivers what stays in the house: labels, prints, stock; and what shops are told, side by side with it. */
  readonly worker: OutboxWorker;
  readonly scales: SimulatedScales;
  readonly platform: Platform;
  readonly dataDir: string;
  /** The database as people name it: a path, or host and name. */
  readonly databaseName: string;
  /** Name of this PC's own bench. */
  readonly stationName: string;
  close(): Promise<void>;
}

export interface CoreConfig {
  readonly dataDir: string;
  readonly platform: Platform;
  readonly databaseUrl?: string;
  /** Milliseconds until the simulated scale stands still. */
  readonly scaleSettleMs?: number;
  /** The machine's own clock unless another is handed in. */
  readonly clock?: () => Date;
  /** Drawn and proved by `main/documents` unless others are handed in; closed with the core. */
  readonly documents?: Documents;
  /** How carriers are asked; over the network unless another way is handed in. */
  readonly carrierHttp?: CarrierHttp;
  /** How shops are asked; over the network unless another way is handed in. */
  readonly channelHttp?: ChannelHttp;
  /** False for a command that only writes down what shops are to hear: a station or `outbox run` tells them. */
  readonly tellsShops?: boolean;
  /** Hears what became of each message of the outbox. */
  readonly onDelivered?: (message: SettledMessage) => void;
}

const firstOperators = () => [
  { name: 'Packer 1', role: 'packer' as const, badge: newBadge(), language: 'en' as const },
  { name: 'Packer 2', role: 'packer' as const, badge: newBadge(), language: 'fr' as const },
  { name: 'Supervisor', role: 'supervisor' as const, badge: newBadge(), language: 'en' as const },
  { name: 'Admin', role: 'admin' as const, badge: newBadge(), language: 'en' as const },
];

const LabelMessage = z.object({ parcelId: z.string() });
const OneLabel = z.object({ labelId: z.string() });
const RemoteLines = z.array(
  z.object({ externalLineIds: z.array(z.string()), sku: z.string(), quantity: z.int().min(1) }),
);
const OneEffect = z.object({ orderId: z.string(), lines: RemoteLines.nullable(), reference: z.string() });
const SomeStock = z.object({ shopId: z.string(), skus: z.array(z.string()) });
const OneShipment = z.object({ shipmentId: z.string() });
const PrintMessage = z.object({ jobIds: z.array(z.string()) });
const ManifestMessage = z.object({ manifestId: z.string(), stationId: z.string().nullable() });
const AllocateMessage = z.object({ backordered: z.boolean().default(false) });

/** Opens database, devices and worker; nothing listens anywhere yet. */
export async function openCore(config: CoreConfig): Promise<Core> {
  await mkdir(config.dataDir, { recursive: true }).catch((cause) => {
    throw new AppError('device', 'data.folder-not-writable', { folder: config.dataDir }, cause);
  });
  const settings = await readLocalSettings(config.dataDir);
  const url = config.databaseUrl ?? databaseOf(config.dataDir, settings);
  const named = (error: unknown): Promise<never> =>
    offerNewestBackup(error, { dataDir: config.dataDir, database: nameOf(url) });
  const database = await openDatabase(url).catch(named);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    return named(error);
  }
  const feed = await openEventFeed(database);
  let worker: OutboxWorker | undefined;
  const bell = openEventBell(database, () => {
    feed.wake();
    worker?.wake();
  });
  const clock = config.clock ?? (() => new Date());
  const documents = config.documents ?? createDocuments();
  const scales = createSimulatedScales(clock, config.scaleSettleMs);
  const vault = createVault(database, config.platform.secrets, clock);
  await database.personal.load(() => vault.personalKey());
  const listener = config.onDelivered ? { onSettled: config.onDelivered } : {};
  const deps: Core['deps'] = {
    database,
    documents,
    vault,
    carriers: createCarrierDesk(
      carrierConnectorsWith((cipher) => connectedTiktok(deps, cipher)),
      { http: carrierHttpOf(config, database, nameOf(url)), clock },
    ),
    channels: createChannelDesk(channelConnectors, { http: channelHttpOf(config, database, nameOf(url)), clock }),
    clock,
    newId: risingIds(clock, await highestId(database)),
    bell: {
      outbox: () => worker?.wake(),
      events: () => {
        feed.wake();
        bell.ring();
      },
    },
  };
  worker = sideBySide(
    startOutboxWorker(deps, topicsOf(deps), { owner: newOwner(), ...listener }),
    ...(config.tellsShops === false
      ? []
      : [startOutboxWorker(deps, shopTopicsOf(deps), { owner: newOwner(), lanes: SHOP_LANES, ...listener })]),
  );
  const close = async (): Promise<void> => {
    scales.close();
    await bell.close();
    await worker?.close();
    await feed.close();
    await documents.close();
    await database.close();
  };
  await prepareStation(deps, settings.station.name, firstOperators).catch(async (error) => {
    await close();
    return named(error);
  });
  return {
    deps,
    database,
    feed,
    worker,
    scales,
    platform: config.platform,
    dataDir: config.dataDir,
    databaseName: nameOf(url),
    stationName: settings.station.name,
    close,
  };
}

/**
 * In the demo, hosts of simulated carriers are answered here, and so are played shops that label themselves; a database is
 * the demo's from its first day or never.
 */
function carrierHttpOf(config: CoreConfig, database: Database, name: string): CarrierHttp {
  const clock = config.clock ?? (() => new Date());
  const isDemo = demoFlag(database);
  const at = { databaseName: name, dataDir: config.dataDir };
  const shops = withPlayedPlatforms(config.carrierHttp ?? carrierHttp, { ...at, clock, isDemo });
  return withSimulatedCarriers(shops, { database: name, clock, isDemo });
}

/** The demo's shops are played here as well. */
function channelHttpOf(config: CoreConfig, database: Database, name: string): ChannelHttp {
  const clock = config.clock ?? (() => new Date());
  const isDemo = demoFlag(database);
  const at = { databaseName: name, dataDir: config.dataDir };
  return withPlayedPlatforms(config.channelHttp ?? channelHttp, { ...at, clock, isDemo });
}

function demoFlag(database: Database): () => Promise<boolean> {
  let demo = false;
  return async () => {
    demo ||= await readDemo(database);
    return demo;
  };
}

/** So many shops, or orders of one shop, are told at once: one that does not answer holds up no other. */
const SHOP_LANES = 6;

function sideBySide(...workers: readonly OutboxWorker[]): OutboxWorker {
  return {
    wake: () => {
      for (const worker of workers) worker.wake();
    },
    drain: async () => void (await Promise.all(workers.map((worker) => worker.drain()))),
    close: async () => void (await Promise.all(workers.map((worker) => worker.close()))),
  };
}

function shopTopicsOf(deps: Core['deps']): ReadonlyMap<string, TopicHandler> {
  return new Map<string, TopicHandler>([
    [SHIP, async ({ payload }) => deliverShipment(deps, OneShipment.parse(payload).shipmentId)],
    ...[CANCEL, ACKNOWLEDGE, RETURN_RECEIVED, REQUEST_REFUND].map((topic): [string, TopicHandler] => [
      topic,
      async ({ payload }) => deliverEffect(deps, topic, OneEffect.parse(payload)),
    ]),
    [STOCK, async ({ id, payload }) => deliverStock(deps, { ...SomeStock.parse(payload), reference: id })],
    [CORRECT_TRACKING, async ({ payload }) => deliverCorrection(deps, OneShipment.parse(payload).shipmentId)],
  ]);
}

function topicsOf(deps: Core['deps']): ReadonlyMap<string, TopicHandler> {
  return new Map<string, TopicHandler>([
    [
      MAKE_LABELS,
      async ({ payload }) => {
        const { parcelId } = LabelMessage.parse(payload);
        await rereadBeforeLabel(deps, parcelId);
        await makeLabels(deps, parcelId);
      },
    ],
    [LOOK_UP_LABEL, async ({ payload }) => lookUpLabel(deps, OneLabel.parse(payload).labelId)],
    [VOID_AT_CARRIER, async ({ payload }) => voidAtCarrier(deps, OneLabel.parse(payload).labelId)],
    [PRINT, async ({ payload }) => printJobs(deps, PrintMessage.parse(payload).jobIds)],
    [SEND_MANIFEST, async ({ payload }) => sendManifest(deps, ManifestMessage.parse(payload))],
    ['stock.allocate', async ({ payload }) => void (await allocateWaiting(deps, AllocateMessage.parse(payload)))],
  ]);
}
