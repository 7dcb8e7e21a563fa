import type { NormalisedOrder } from '../../../main/channels/channel.ts';
import type { Channel, ChannelConnector, RemoteCarrier } from '../../../main/channels/channel-connector.ts';
import { type ChannelHttp, channelHttp } from '../../../main/channels/channel-http.ts';
import type { BookOrder, OrderToPlace } from '../../../main/channels/channel-order-book.ts';
import type { PlatformFault, PlatformOptions, SimulatedPlatform } from '../../../main/channels/channel-simulator.ts';
import type { StoredTokens, TokenBox } from '../../../main/channels/channel-token.ts';
import { serveCarrier } from '../carriers/support/served-carrier.ts';

/** A connector with all that its played platform needs to be put to the test. */
export interface ShopUnderTest {
  readonly connector: ChannelConnector;
  play(options: PlatformOptions): SimulatedPlatform;
  /** Fields beside those of `platform.account`; `baseUrl`, and `authUrl` where there is such a field, are the platform's. */
  readonly config?: Readonly<Record<string, string>>;
  /** Fields that make the platform refuse to sign in. */
  readonly wrongConfig: Readonly<Record<string, string>>;
  /** How an order of the book is called by the connector; its id where missing. */
  externalId?(order: BookOrder): string;
  /** A carrier that the platform takes; the first one of the connector where missing. */
  readonly carrier?: RemoteCarrier;
  /** False where the key never changes, so that a refused sign-in is an error at once. */
  readonly renews?: boolean;
  /** How many orders fill more than two pages of its lists. */
  readonly many?: number;
  /** Seconds until its lists show a change, at most; two minutes where missing. */
  readonly lagSeconds?: number;
  /** Changes an order before it is placed, where the platform takes only some. */
  order?(order: OrderToPlace): OrderToPlace;
}

/** The part of a reading service that a connector is promised: a store of orders and a cursor. */
export interface ShopReader {
  readonly orders: ReadonlyMap<string, NormalisedOrder>;
  readonly quarantined: ReadonlyMap<string, string>;
  readonly cursor: string | null;
  /** How often each order came. */
  readonly seen: ReadonlyMap<string, number>;
  /** Reads what changed; the cursor goes only to where the connector said that everything is read. */
  read(): Promise<void>;
}

export interface ShopWorld {
  readonly channel: Channel;
  readonly platform: SimulatedPlatform;
  readonly config: Readonly<Record<string, string>>;
  readonly reader: ShopReader;
  open(changes?: Readonly<Record<string, string>>): Channel;
  now(): number;
  /** Lets the clock of platform and connector run on. */
  advance(ms: number): void;
  /** Runs before the request with this number (from 0, counted from now on) is answered. */
  onRequest(act: (index: number) => void): void;
  /** The request with this number goes wrong. */
  failAt(index: number, fault: PlatformFault): void;
  /** Places orders a second apart. */
  place(count: number, change?: (at: number) => Partial<OrderToPlace>): BookOrder[];
  idOf(order: BookOrder): string;
}

const HANG_MS = 4_000;
/** Where the platform is to hang; all others are given the time that a busy machine takes. */
const SHORT_MS = 2_000;
/** Lists of some platforms end minutes before now. */
export const SETTLED_MS = 240_000;

/** Opens the connector on a played platform behind a socket, hands both over, and closes. */
export async function inShop(
  subject: ShopUnderTest,
  act: (world: ShopWorld) => Promise<void>,
  options: Partial<PlatformOptions> = {},
): Promise<void> {
  let now = Date.parse('2026-11-23T09:00:00.000Z');
  const clock = (): Date => new Date(now);
  const advance = (ms: number): void => {
    now += ms;
  };
  const platform = subject.play({ clock, hangMs: HANG_MS, ...options });
  let [requests, before] = [0, (_index: number): void => {}];
  const onRequest: ShopWorld['onRequest'] = (hook) => {
    requests = 0;
    before = hook;
  };
  const served = await serveCarrier({
    fetch(request) {
      before(requests++);
      return platform.fetch(request);
    },
  });
  let hangs = false;
  const http: ChannelHttp = (call) => channelHttp(hangs ? { ...call, timeoutMs: SHORT_MS } : call);
  const config = configOf(subject, platform, served.baseUrl);
  const open: ShopWorld['open'] = (changes = {}) =>
    subject.connector.open({ ...config, ...changes }, { http, clock, tokens: memoryTokens() });
  const channel = open();
  const world: ShopWorld = {
    ...{ channel, platform, config, open, advance, onRequest, now: () => now },
    reader: shopReader(subject.connector, channel, now),
    idOf: (order) => subject.externalId?.(order) ?? order.id,
    failAt(index, fault) {
      hangs = fault.startsWith('hang');
      onRequest((at) => at === index && platform.plan([fault]));
    },
    place: (count, change) =>
      Array.from({ length: count }, (_, at) => {
        advance(1_000);
        const order = { ...anOrderToPlace(at), ...change?.(at) };
        return platform.book.place(subject.order?.(order) ?? order);
      }),
  };
  try {
    await act(world);
  } finally {
    await served.close();
  }
}

function configOf(
  { connector, config }: ShopUnderTest,
  platform: SimulatedPlatform,
  baseUrl: string,
): Record<string, string> {
  const urls = connector.fields.filter(({ name }) => name === 'baseUrl' || name === 'authUrl');
  return { ...platform.account, ...config, ...Object.fromEntries(urls.map(({ name }) => [name, baseUrl])) };
}

/** Tokens of one shop in memory; one renewal at a time. */
export function memoryTokens(first: StoredTokens | null = null): TokenBox {
  let stored = first;
  let renewal: Promise<StoredTokens> | undefined;
  return {
    read: async () => stored,
    renew(stale, ask) {
      if (stored && stored.accessToken !== stale?.accessToken) return Promise.resolve(stored);
      renewal ??= ask(stored)
        .then((tokens) => {
          stored = tokens;
          return tokens;
        })
        .finally(() => {
          renewal = undefined;
        });
      return renewal;
    },
  };
}

const LOOK_BACK_MS = 600_000;

function shopReader(connector: ChannelConnector, channel: Channel, startMs: number): ShopReader {
  const orders = new Map<string, NormalisedOrder>();
  const quarantined = new Map<string, string>();
  const seen = new Map<string, number>();
  let cursor: string | null = null;
  const since = (): string =>
    new Date(
      cursor === null ? startMs - LOOK_BACK_MS : Date.parse(cursor) - connector.overlapSeconds * 1_000,
    ).toISOString();
  return {
    orders,
    quarantined,
    seen,
    get cursor() {
      return cursor;
    },
    async read() {
      const unseen = async (headers: readonly { externalId: string; updatedAt: string | null }[]) =>
        headers
          .filter((header) => isNews(orders.get(header.externalId), header.updatedAt))
          .map((one) => one.externalId);
      for await (const page of channel.changes({ since: since(), unseen })) {
        for (const order of page.orders) {
          seen.set(order.externalId, (seen.get(order.externalId) ?? 0) + 1);
          const known = orders.get(order.externalId);
          if ((known?.updatedAt ?? '') <= (order.updatedAt ?? '')) orders.set(order.externalId, order);
        }
        for (const { id, reason } of page.quarantined) quarantined.set(id ?? '?', reason);
        if (page.upTo !== null && (cursor === null || page.upTo > cursor)) cursor = page.upTo;
      }
    },
  };
}

function isNews(known: NormalisedOrder | undefined, updatedAt: string | null): boolean {
  return !known?.attribution.settled || updatedAt === null || known.updatedAt === null || known.updatedAt < updatedAt;
}

/** An order of two lines, three and one units. */
export function anOrderToPlace(at: number): OrderToPlace {
  return {
    lines: [
      { sku: `MUG-${at % 7}`, title: 'Mug', quantity: 3, unitPriceMinor: 1_250 },
      { sku: `CUP-${at % 5}`, title: 'Cup', quantity: 1, unitPriceMinor: 900 },
    ],
    address: {
      name: `Ada Example ${at}`,
      street1: `${at + 1} Sample Street`,
      street2: '',
      postcode: '75011',
      city: 'Paris',
      region: '',
      country: 'FR',
      phone: '+33123456789',
      email: `ada.${at}@example.org`,
    },
  };
}
