import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { ConnectorName } from './channel.ts';
import type { BookChange, OrderBook, OrderToPlace } from './channel-order-book.ts';

/** What can go wrong with one request, in turn, each once. `-after`: the platform did what was asked first. */
export const platformFaults = [
  'unavailable',
  'unavailable-after',
  'hang',
  'hang-after',
  'html',
  'html-after',
  'cut',
  'cut-after',
  'throttle',
  'sign-in',
] as const;
export type PlatformFault = (typeof platformFaults)[number];

export interface PlatformCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** Exactly as it came: signatures cover it. */
  readonly rawBody: string;
  /** What the path's brackets matched. */
  readonly params: readonly string[];
}

export interface PlatformReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes where the platform hands out a file. */
  readonly body: string | Uint8Array;
}

export interface PlatformRoute {
  readonly method: string;
  readonly path: RegExp;
  answer(call: PlatformCall): PlatformReply | Promise<PlatformReply>;
}

/** What a played platform is made of; the frame adds faults, the door for tests and the answers' transport. */
export interface PlatformParts {
  readonly name: ConnectorName;
  readonly book: OrderBook;
  readonly routes: readonly PlatformRoute[];
  /** Fields with which a shop is connected to it, all but `baseUrl` and `authUrl`. */
  readonly account: Readonly<Record<string, string>>;
  /** The platform's own words for "later". */
  throttled(): PlatformReply;
  /** The platform's own words for a token or key that is not taken (any more). */
  signInRefused(): PlatformReply;
  /** A webhook as the platform would send it, signed; missing where it sends none. */
  webhook?(orderId: string): {
    readonly headers: Readonly<Record<string, string>>;
    readonly rawBody: string;
    /** Of the address, where the platform signs there. */
    readonly query?: Readonly<Record<string, string>>;
  };
}

export interface SimulatedPlatform {
  readonly name: ConnectorName;
  readonly book: OrderBook;
  readonly account: Readonly<Record<string, string>>;
  fetch(request: Request): Promise<Response>;
  /** The next requests go wrong like this, in turn. */
  plan(faults: readonly PlatformFault[]): void;
  /** The next request whose path or body holds these words goes wrong like this. */
  planOn(words: string, fault: PlatformFault): void;
  /** What was planned and has not happened does not happen. */
  unplan(): void;
  /** From now on nothing goes wrong by itself. */
  calm(): void;
  /** Requests that came, as `METHOD path`, so that a test can count what a reading costs. */
  requests(): readonly string[];
  /** How many requests came in all. */
  asked(): number;
  webhook?: PlatformParts['webhook'];
}

/** Options that every played platform takes. */
export interface PlatformOptions {
  readonly clock: () => Date;
  /** Milliseconds until lists show a change; eventual consistency. */
  readonly lagMs?: () => number;
  readonly hangMs?: number;
  /** Of every hundred requests so many go wrong by themselves, by turns; 0 when missing. */
  readonly faultsPerHundred?: number;
  /** First serial number of its orders. */
  readonly first?: number;
  /** So many times the requests that its documents allow; 1 when missing. To measure a reader, not the platform. */
  readonly pace?: number;
}

/** The next requests go wrong in turn, or the next one whose path or body holds these words. */
const Faults = z.array(
  z.union([z.enum(platformFaults), z.object({ on: z.string().min(1), fault: z.enum(platformFaults) })]),
);

/**
 * Plays a platform. From outside: `POST /_place` with orders, `POST /_change` `{id, change}`, `POST /_faults`,
 * `GET /_state`: orders, acts, stock.
 */
export function createPlatform(parts: PlatformParts, options: PlatformOptions): SimulatedPlatform {
  const planned: PlatformFault[] = [];
  const aimed: { readonly words: string; readonly fault: PlatformFault }[] = [];
  const requests: string[] = [];
  let asked = 0;
  const plan = (faults: readonly PlatformFault[]): void => void planned.push(...faults);
  const planOn: SimulatedPlatform['planOn'] = (words, fault) => void aimed.push({ words, fault });
  let ownFault = faultsByTurns(options.faultsPerHundred ?? 0);
  const fetch = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const rawBody = await request.text();
    if (url.pathname.startsWith('/_')) return fromOutside(parts, { url, rawBody, plan, planOn, requests });
    requests.push(`${request.method} ${url.pathname}`);
    asked += 1;
    if (requests.length > 10_000) requests.shift();
    const route = parts.routes.find(({ method, path }) => method === request.method && path.test(url.pathname));
    const params = [...(route?.path.exec(url.pathname) ?? [])].slice(1);
    const call = { method: request.method, url, headers: request.headers, rawBody, params };
    const answer = async (): Promise<PlatformReply> => (route ? route.answer(call) : unknownPath);
    const hit = aimed.findIndex(({ words }) => `${url.pathname} ${rawBody}`.includes(words));
    const fault = hit < 0 ? (planned.shift() ?? ownFault()) : (aimed.splice(hit, 1)[0]?.fault ?? null);
    return playFault(fault, { parts, answer, hangMs: options.hangMs ?? 60_000 });
  };
  return {
    name: parts.name,
    book: parts.book,
    account: parts.account,
    fetch,
    plan,
    planOn,
    unplan: () => {
      planned.length = 0;
      aimed.length = 0;
    },
    calm: () => {
      ownFault = () => null;
    },
    requests: () => requests,
    asked: () => asked,
    ...(parts.webhook ? { webhook: parts.webhook } : {}),
  };
}

const unknownPath: PlatformReply = {
  status: 404,
  headers: { 'content-type': 'text/html' },
  body: '<html><body>404</body></html>',
};

/** So many of a hundred, evenly spread, one kind after the other: the same run every time. */
function faultsByTurns(perHundred: number): () => PlatformFault | null {
  const kinds = platformFaults.filter((fault) => !fault.startsWith('hang'));
  let [seen, owed] = [0, 0];
  return () => {
    owed += perHundred;
    if (owed < 100) return null;
    owed -= 100;
    return kinds[seen++ % kinds.length] ?? null;
  };
}

async function fromOutside(
  { book }: PlatformParts,
  asked: {
    readonly url: URL;
    readonly rawBody: string;
    readonly plan: SimulatedPlatform['plan'];
    readonly planOn: SimulatedPlatform['planOn'];
    readonly requests: readonly string[];
  },
): Promise<Response> {
  const { url, rawBody } = asked;
  if (url.pathname === '/_faults') {
    for (const fault of Faults.parse(JSON.parse(rawBody)))
      if (typeof fault === 'string') asked.plan([fault]);
      else asked.planOn(fault.on, fault.fault);
    return Response.json({});
  }
  if (url.pathname === '/_place') {
    const orders = JSON.parse(rawBody) as OrderToPlace[]; // whoever plays a platform by hand speaks its types
    return Response.json(orders.map((order) => book.place(order).id));
  }
  if (url.pathname === '/_change') {
    const { id, change } = JSON.parse(rawBody) as { id: string; change: BookChange }; // as above
    const order = book.find(id) ?? book.findByNumber(id);
    if (order) book.change(order, change);
    return Response.json(order ?? null, { status: order ? 200 : 404 });
  }
  if (url.pathname === '/_state')
    return Response.json({
      orders: book.all(),
      acts: book.acts(),
      stock: Object.fromEntries(book.stock),
      requests: asked.requests,
    });
  return new Response('', { status: 404 });
}

interface Play {
  readonly parts: PlatformParts;
  readonly hangMs: number;
  answer(): Promise<PlatformReply>;
}

async function playFault(fault: PlatformFault | null, { parts, hangMs, answer }: Play): Promise<Response> {
  if (fault?.endsWith('-after')) await answer();
  // Of the platform's own clock: a PC that is wrong finds out by it.
  const now = new Date(parts.book.now);
  switch (fault) {
    case 'unavailable':
    case 'unavailable-after':
      return new Response('Internal Server Error', { status: 500 });
    case 'hang':
    case 'hang-after':
      await wait(hangMs, undefined, { ref: false });
      return new Response('', { status: 504 });
    case 'html':
    case 'html-after':
      return new Response('<!doctype html><title>Maintenance</title>', { headers: { 'content-type': 'text/html' } });
    case 'cut':
    case 'cut-after':
      return cutOff();
    case 'throttle':
      return toResponse(parts.throttled(), now);
    case 'sign-in':
      return toResponse(parts.signInRefused(), now);
    case null:
      return toResponse(await answer(), now);
  }
}

function toResponse(
  { status = 200, headers = { 'content-type': 'application/json' }, body }: PlatformReply,
  now: Date,
): Response {
  const bytes = typeof body === 'string' ? body : Buffer.from(body);
  return new Response(status === 204 ? null : bytes, { status, headers: { date: now.toUTCString(), ...headers } });
}

/** The beginning of an answer, then the line is gone. */
function cutOff(): Response {
  const half = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(Buffer.from('{"data":{"ord'));
    },
    pull(controller) {
      controller.error(new Error('the line is gone'));
    },
  });
  return new Response(half, { status: 200, headers: { 'content-type': 'application/json', 'content-length': '4096' } });
}
