import { z } from 'zod';
import type { DrawSimulatedLabel } from '../../carriers/carrier-simulator.ts';
import { type BookOrder, OrderBook } from '../channel-order-book.ts';
import {
  createPlatform,
  type PlatformCall,
  type PlatformOptions,
  type PlatformReply,
  type PlatformRoute,
  type SimulatedPlatform,
} from '../channel-simulator.ts';
import { signTiktokWebhook } from './sign.ts';
import { aftersaleRoutes, type PlayedReturn } from './simulated-aftersale.ts';
import { badParameter, fault, ok, playedTiktokAccount, tiktokDoor } from './simulated-door.ts';
import { labelFileRoute, labelRoute } from './simulated-labels.ts';
import {
  numberFor,
  PLAYED_OPTION,
  PLAYED_WAREHOUSE,
  playedProviders,
  type TiktokBook,
  toWire,
  unitsOf,
} from './simulated-orders.ts';
import { parcelRoutes } from './simulated-parcels.ts';
import { stockRoutes } from './simulated-stock.ts';

export interface TiktokPlatformOptions extends PlatformOptions {
  /** Seconds that an access token lives; seven days when missing. */
  readonly tokenSeconds?: number;
  /** Draws the labels of orders that TikTok ships; without it their files are not there. */
  readonly drawLabel?: DrawSimulatedLabel;
}

export interface SimulatedTiktok extends SimulatedPlatform {
  webhook(orderId: string): { readonly headers: Readonly<Record<string, string>>; readonly rawBody: string };
  /** TikTok makes one package of these orders; its id. */
  combine(orderIds: readonly string[]): string;
  /** A buyer sends the last so many units back; all that were sent where nothing is said. */
  openReturn(orderId: string, units?: number): string;
}

const WEEK_S = 7 * 86_400;
const YEAR_S = 365 * 86_400;

/** TikTok Shop as its documents tell it: signatures, time, tokens that rotate, page tokens, both ship flows. */
export function simulateTiktokShop(options: TiktokPlatformOptions): SimulatedTiktok {
  const { clock } = options;
  const { lagMs, first } = options;
  const book = new OrderBook({
    clock,
    prefix: 'TT',
    ...(first === undefined ? {} : { first }),
    ...(lagMs ? { lagMs } : {}),
  });
  const tiktok: TiktokBook = { book, cancelledUnits: new Set(), combined: new Map() };
  const returns: PlayedReturn[] = [];
  const door = tiktokDoor(clock, { accessS: options.tokenSeconds ?? WEEK_S, refreshS: YEAR_S });
  const guarded = (route: PlatformRoute): PlatformRoute => ({
    ...route,
    answer: (call) => door.refuse(call) ?? route.answer(call),
  });
  const routes = [...shopRoutes, ...orderRoutes(tiktok), ...parcelRoutes(tiktok), ...stockRoutes(tiktok)];
  const platform = createPlatform(
    {
      name: 'tiktok_shop',
      book,
      account: playedTiktokAccount,
      routes: [
        { method: 'GET', path: /^\/api\/v2\/token\/refresh$/, answer: (call) => door.refresh(call) },
        labelFileRoute(tiktok, options.drawLabel),
        ...[...routes, labelRoute(tiktok), ...aftersaleRoutes(tiktok, returns)].map(guarded),
      ],
      throttled: () =>
        fault(36_009_002, "Too many requests. You've made too many requests in a short period of time.", 429),
      signInRefused: () =>
        fault(105_002, 'Expired credentials. The `access_token` or `x-tts-access-token` header has expired.'),
    },
    options,
  );
  return {
    ...platform,
    webhook: (orderId) => statusWebhook(tiktok, orderId),
    combine(orderIds) {
      const id = book.newId();
      tiktok.combined.set(id, orderIds);
      for (const orderId of orderIds) touch(book, orderId);
      return id;
    },
    openReturn(orderId, units) {
      const order = book.find(orderId);
      const sent = order ? unitsOf(tiktok, order).filter(({ packageId }) => packageId !== null) : [];
      const back = sent.slice(-(units ?? sent.length)).map((unit) => unit.id);
      const id = book.newId();
      returns.push({ id, orderId, unitIds: back, status: 'BUYER_SHIPPED_ITEM' });
      return id;
    },
  };
}

function touch(book: OrderBook, orderId: string): void {
  const order = book.find(orderId);
  if (order) book.change(order, { kind: 'touch' });
}

/** A change of status, told as TikTok tells it: signed over app key and bytes, with an id that stays when it comes again. */
function statusWebhook(tiktok: TiktokBook, orderId: string): ReturnType<SimulatedTiktok['webhook']> {
  const order = tiktok.book.find(orderId);
  const changed = Math.floor(Date.parse(order?.updatedAt ?? tiktok.book.now) / 1_000);
  const rawBody = JSON.stringify({
    type: 1,
    tts_notification_id: numberFor('notification', `${orderId} ${changed}`),
    shop_id: '7494049642642441621',
    timestamp: changed,
    data: { order_id: orderId, order_status: statusText(tiktok, order), is_on_hold_order: false, update_time: changed },
  });
  const { appKey: key, appSecret: secret } = playedTiktokAccount;
  const authorization = signTiktokWebhook({ key, secret }, rawBody);
  return { headers: { 'content-type': 'application/json', authorization }, rawBody };
}

function statusText(tiktok: TiktokBook, order: BookOrder | undefined): string {
  return order ? z.object({ status: z.string() }).parse(toWire(tiktok, order)).status : 'UNPAID';
}

const shopRoutes: readonly PlatformRoute[] = [
  {
    method: 'GET',
    path: /^\/authorization\/202309\/shops$/,
    answer: () =>
      ok({
        shops: [
          {
            id: '7494049642642441621',
            cipher: playedTiktokAccount.shopCipher,
            name: 'Played shop',
            region: 'FR',
            code: 'FRPLAYED',
          },
        ],
      }),
  },
  {
    method: 'GET',
    path: /^\/logistics\/202309\/warehouses$/,
    answer: () =>
      ok({
        warehouses: [
          { id: PLAYED_WAREHOUSE, name: 'Main', effect_status: 'ENABLED', type: 'SALES_WAREHOUSE', is_default: true },
        ],
      }),
  },
  {
    method: 'GET',
    path: /^\/logistics\/202309\/warehouses\/(\d+)\/delivery_options$/,
    answer: ({ params }) =>
      ok({
        delivery_options:
          params[0] === PLAYED_WAREHOUSE ? [{ id: PLAYED_OPTION, name: 'TTS-STD', type: 'STANDARD' }] : [],
      }),
  },
  {
    method: 'GET',
    path: /^\/logistics\/202309\/delivery_options\/(\d+)\/shipping_providers$/,
    answer: ({ params }) => ok({ shipping_providers: params[0] === PLAYED_OPTION ? playedProviders : [] }),
  },
];

function orderRoutes(tiktok: TiktokBook): readonly PlatformRoute[] {
  return [
    { method: 'POST', path: /^\/order\/202309\/orders\/search$/, answer: (call) => search(tiktok, call) },
    {
      method: 'GET',
      path: /^\/order\/(?:202507|202309)\/orders$/,
      answer: ({ url }) => {
        const ids = (url.searchParams.get('ids') ?? '').split(',');
        if (ids.length > 50) return badParameter('`ids` holds more than 50.');
        return ok({ orders: ids.flatMap((id) => tiktok.book.find(id) ?? []).map((order) => toWire(tiktok, order)) });
      },
    },
  ];
}

const Filter = z.object({
  update_time_ge: z.int().optional(),
  update_time_lt: z.int().optional(),
  create_time_ge: z.int().optional(),
  create_time_lt: z.int().optional(),
  order_status: z.string().optional(),
});
/** A place in the list: behind this order, as it was when the page was made. */
const Place = z.object({ at: z.string(), id: z.string(), filter: z.string() });

function search(tiktok: TiktokBook, call: PlatformCall): PlatformReply {
  const { searchParams } = call.url;
  const size = Number(searchParams.get('page_size'));
  if (!(size >= 1 && size <= 100)) return badParameter('`page_size` must be 1 to 100.');
  const filter = Filter.safeParse(JSON.parse(call.rawBody || '{}'));
  if (!filter.success) return badParameter(filter.error.issues[0]?.path.join('.') ?? '');
  const token = searchParams.get('page_token');
  const place = token ? placeOf(token) : null;
  if (place === undefined || (place && place.filter !== call.rawBody)) return badParameter('`page_token` is invalid.');
  if ((searchParams.get('sort_order') ?? 'ASC') !== 'ASC') return badParameter('`sort_order`: played is only ASC.');
  const all = tiktok.book.listed().filter(askedBy(tiktok, filter.data));
  const rest = place ? all.filter((order) => isBehind(order, place)) : all;
  const page = rest.slice(0, size);
  const last = page.at(-1);
  const more = last !== undefined && rest.length > size;
  return ok({
    ...(page.length > 0 ? { orders: page.map((order) => toWire(tiktok, order)) } : {}),
    next_page_token: more ? tokenFor({ at: last.updatedAt, id: last.id, filter: call.rawBody }) : '',
    total_count: all.length,
  });
}

/** Bounds as texts, once for all orders: there may be tens of thousands. */
function askedBy(tiktok: TiktokBook, filter: z.infer<typeof Filter>): (order: BookOrder) => boolean {
  const within = (from = 0, to = LATEST_S): ((instant: string) => boolean) => {
    const [first, behind] = [isoAt(from), isoAt(to)];
    return (instant) => instant >= first && instant < behind;
  };
  const updated = within(filter.update_time_ge, filter.update_time_lt);
  const created = within(filter.create_time_ge, filter.create_time_lt);
  const { order_status: status } = filter;
  return (order) =>
    updated(order.updatedAt) &&
    created(order.placedAt) &&
    (status === undefined || statusText(tiktok, order) === status);
}

const LATEST_S = 253_402_300_799;
const isoAt = (epochSeconds: number): string => new Date(epochSeconds * 1_000).toISOString();

const isBehind = (order: BookOrder, place: z.infer<typeof Place>): boolean =>
  order.updatedAt > place.at || (order.updatedAt === place.at && order.id > place.id);

const tokenFor = (place: z.infer<typeof Place>): string => Buffer.from(JSON.stringify(place)).toString('base64');

function placeOf(token: string): z.infer<typeof Place> | undefined {
  try {
    return Place.safeParse(JSON.parse(Buffer.from(token, 'base64').toString())).data;
  } catch {
    return undefined;
  }
}
