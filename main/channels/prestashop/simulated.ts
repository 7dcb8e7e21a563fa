import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import { isTimeZone } from '../../../shared/model/local-time.ts';
import { OrderBook } from '../channel-order-book.ts';
import {
  createPlatform,
  type PlatformCall,
  type PlatformOptions,
  type PlatformReply,
  type PlatformRoute,
  type SimulatedPlatform,
} from '../channel-simulator.ts';
import { prestashopAuthorization } from './sign.ts';
import { type PlayedShop, rowsOf, takeWrite } from './simulated-rows.ts';
import { readXml } from './xml.ts';

export interface PrestashopPlatformOptions extends PlatformOptions {
  /** The shop's own zone; its times say no other one. */
  readonly timeZone?: string;
  /** Resources that the key may not read or write. */
  readonly forbidden?: readonly string[];
  /** The host takes the header `Authorization` away. */
  readonly stripsSignIn?: boolean;
}

/** Mails that the shop sent: the number that stood in each. */
export interface SimulatedPrestashop extends SimulatedPlatform {
  mails(): readonly string[];
}

const KEY = 'PLAYEDPRESTASHOPKEY0000000000000';

function xmlError(status: number, code: string, message: string): PlatformReply {
  const body = `<?xml version="1.0" encoding="UTF-8"?><prestashop><errors><error><code><![CDATA[${code}]]></code><message><![CDATA[${message}]]></message></error></errors></prestashop>`;
  return { status, headers: { 'content-type': 'text/xml;charset=utf-8' }, body };
}

/** Plays the Webservice of a shop: JSON or XML out, XML in, local times, one number an order. */
export function simulatePrestashop(options: PrestashopPlatformOptions): SimulatedPrestashop {
  const book = new OrderBook({ ...options, prefix: 'PS', first: options.first ?? 301 });
  const zone = options.timeZone !== undefined && isTimeZone(options.timeZone) ? options.timeZone : 'Europe/Paris';
  const shop: PlayedShop = {
    ...{ book, zone, states: new Map(), numbers: new Map(), threads: new Map(), products: new Map() },
    ...{ messages: [], mails: [], parcels: new Map() },
  };
  const guarded = (call: PlatformCall, answer: () => PlatformReply): PlatformReply => {
    const byHeader = !options.stripsSignIn && call.headers.get('authorization') === prestashopAuthorization(KEY);
    if (!byHeader && call.url.searchParams.get('ws_key') !== KEY)
      return xmlError(401, '17', 'Authentication key is empty or does not exist.');
    const [resource = ''] = call.params;
    if (options.forbidden?.includes(resource))
      return xmlError(call.method === 'GET' ? 403 : 405, '25', `Method ${call.method} not allowed for ${resource}`);
    return answer();
  };
  const route = (method: string, path: RegExp, answer: (call: PlatformCall) => PlatformReply): PlatformRoute => ({
    ...{ method, path },
    answer: (call) => guarded(call, () => answer(call)),
  });
  const platform = createPlatform(
    {
      name: 'prestashop',
      book,
      routes: [
        route('GET', /^\/api\/([a-z_]+)$/, (call) => list(shop, call)),
        route('GET', /^\/api\/([a-z_]+)\/(\d+)$/, (call) => one(shop, call)),
        route('PUT', /^\/api\/([a-z_]+)\/(\d+)$/, (call) => write(shop, call)),
        route('POST', /^\/api\/([a-z_]+)$/, (call) => write(shop, call)),
      ],
      account: { apiKey: KEY, timeZone: zone },
      throttled: () => ({ status: 429, headers: { 'retry-after': '1' }, body: 'Too Many Requests' }),
      signInRefused: () => xmlError(401, '17', 'Invalid authentication key format'),
    },
    options,
  );
  return { ...platform, mails: () => shop.mails };
}

/** `filter[id]=[1|2]`, `filter[date_upd]=[from,to]` with the upper end left out, `limit=offset,count`. */
function list(shop: PlayedShop, { params: [resource = ''], url }: PlatformCall): PlatformReply {
  const { searchParams } = url;
  const rows = rowsOf(shop, resource);
  if (!rows) return xmlError(400, '34', `Resource of type "${resource}" does not exist.`);
  if (searchParams.has('filter[date_upd]') && searchParams.get('date') !== '1')
    return xmlError(400, '32', 'You have to set the parameter "date" to filter on date fields');
  // Lists by time may lag; an order that is named is shown as it is.
  const shown = new Set(shop.book.listed().map(({ id }) => id));
  const isList = resource === 'orders' && !searchParams.has('filter[id]');
  const found = rows.filter(
    (row) =>
      (!isList || shown.has(String(row.id))) &&
      [...searchParams].every(([name, value]) => {
        const field = /^filter\[(\w+)\]$/.exec(name)?.[1];
        return field === undefined || fits(String(row[field] ?? ''), value);
      }),
  );
  if (resource === 'orders') found.sort((a, b) => compare(`${a.date_upd} ${a.id}`, `${b.date_upd} ${b.id}`));
  const [offset = 0, count = found.length] = (searchParams.get('limit') ?? '').split(',').map(Number);
  const isCount = !(searchParams.get('limit') ?? '').includes(',');
  const page = searchParams.has('limit')
    ? isCount
      ? found.slice(0, offset)
      : found.slice(offset, offset + count)
    : found;
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  // Nothing found is an empty list instead of the resource.
  return { headers, body: JSON.stringify(page.length === 0 ? [] : { [resource]: page }) };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function fits(value: string, filter: string): boolean {
  const inner = /^\[(.*)\]$/.exec(filter)?.[1];
  if (inner === undefined) return value === filter;
  const [from, to] = inner.split(',');
  if (to !== undefined && from !== undefined) return value >= from && value < to;
  return inner.split('|').includes(value);
}

function one(shop: PlayedShop, { params: [resource = '', id = ''] }: PlatformCall): PlatformReply {
  const row = rowsOf(shop, resource)?.find((known) => String(known.id) === id);
  if (!row) return { status: 404, headers: { 'content-type': 'text/xml' }, body: '' };
  const name = singular(resource);
  const fields = Object.entries(row)
    .filter(([, value]) => typeof value !== 'object')
    .map(([key, value]) => `<${key}><![CDATA[${String(value)}]]></${key}>`);
  const body = `<?xml version="1.0" encoding="UTF-8"?><prestashop><${name}>${fields.join('')}</${name}></prestashop>`;
  return { headers: { 'content-type': 'text/xml;charset=utf-8' }, body };
}

const singular = (resource: string): string =>
  resource === 'order_histories' ? 'order_history' : resource.replace(/(?<=address)es$|s$/, '');

/** Read strictly: what is no XML of this resource is refused. */
function write(shop: PlayedShop, call: PlatformCall): PlatformReply {
  const [resource = '', id] = call.params;
  let root: unknown;
  try {
    root = readXml(call.rawBody);
  } catch {
    return xmlError(400, '127', 'XML error : String could not be parsed as XML');
  }
  const row = isObject(root) && isObject(root.prestashop) ? root.prestashop[singular(resource)] : undefined;
  if (!isObject(row)) return xmlError(400, '90', 'Bad XML format');
  if (id !== undefined && textUnder(row, 'id') !== id)
    return xmlError(400, '90', 'id is required when modifying a resource');
  const made = takeWrite(shop, { resource, row, sendsMail: call.url.searchParams.get('sendemail') === '1' });
  if (made === undefined) return xmlError(405, '25', `Method ${call.method} not allowed for ${resource}`);
  const name = singular(resource);
  return {
    status: call.method === 'POST' ? 201 : 200,
    headers: { 'content-type': 'text/xml;charset=utf-8' },
    body: `<?xml version="1.0"?><prestashop><${name}><id>${made}</id></${name}></prestashop>`,
  };
}
