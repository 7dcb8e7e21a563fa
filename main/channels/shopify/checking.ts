import { AppError } from '../../../shared/errors.ts';
import { textUnder } from '../../../shared/json/wire-values.ts';
import type { Channel, CheckMessage } from '../channel-connector.ts';
import type { ShopifyAnswer, ShopifyClient } from './client.ts';
import { rowsUnder, under } from './whole-orders.ts';

type Checked = Awaited<ReturnType<Channel['check']>>;

/** Without these nothing can be packed. A right to write covers the one to read. */
const NEEDED = ['read_orders', 'read_merchant_managed_fulfillment_orders'] as const;
/** Without these one thing less can be told. */
const WANTED = [
  ...(['write_merchant_managed_fulfillment_orders', 'write_orders', 'write_order_edits'] as const),
  ...(['write_inventory', 'read_locations', 'write_returns'] as const),
];
const SKEW_MS = 60_000;

/** One question that shows key, shop, rights, approval for personal data, and the clock. */
export async function checkShopify(
  client: ShopifyClient,
  { clock, domain }: { readonly clock: () => Date; readonly domain: string },
): Promise<Checked> {
  let answer: ShopifyAnswer;
  try {
    answer = await client.ask('Check', {});
  } catch (error) {
    return { account: null, messages: [faultOf(error)] };
  }
  const { data } = answer;
  const messages = [...shopIn(data, domain), ...rightsIn(data), ...personalDataIn(answer), ...clockIn(answer, clock())];
  const fine: CheckMessage = { level: 'info', code: 'shop.check.ok', text: '' };
  return {
    account: textUnder(under(data, 'shop'), 'name') ?? null,
    messages: messages.length > 0 ? messages : [fine],
  };
}

function faultOf(error: unknown): CheckMessage {
  if (!(error instanceof AppError) || error.kind !== 'remote') throw error;
  const text = String(error.details.message ?? error.details.host ?? '');
  if (error.code === 'channel.sign-in-expired') return { level: 'error', code: 'shop.check.bad-key', text };
  if (['channel.unreachable', 'channel.timeout', 'channel.unavailable'].includes(error.code))
    return { level: 'error', code: 'shop.check.unreachable', text };
  const code = String(error.details.code ?? '');
  if (code === '404' || error.code === 'channel.not-json') return { level: 'error', code: 'shop.check.bad-shop', text };
  if (code === 'ACCESS_DENIED' || code === '403') return { level: 'error', code: 'shop.check.missing-right', text };
  throw error;
}

/** A token speaks for one shop, whatever the form says. */
function shopIn(data: ShopifyAnswer['data'], domain: string): CheckMessage[] {
  const own = textUnder(under(data, 'shop'), 'myshopifyDomain') ?? '';
  if (own === '' || own === domain || !domain.endsWith('.myshopify.com')) return [];
  return [{ level: 'error', code: 'shop.check.bad-shop', text: own }];
}

function rightsIn(data: ShopifyAnswer['data']): CheckMessage[] {
  const scopes = rowsUnder(data, 'currentAppInstallation', 'accessScopes').map((row) => textUnder(row, 'handle') ?? '');
  const held = new Set(scopes.flatMap((scope) => [scope, scope.replace(/^write_/, 'read_')]));
  const missing = (level: 'error' | 'warning', rights: readonly string[]): CheckMessage[] => {
    const text = rights.filter((right) => !held.has(right)).join(', ');
    return text === '' ? [] : [{ level, code: 'shop.check.missing-right', text }];
  };
  return [...missing('error', NEEDED), ...missing('warning', WANTED)];
}

function personalDataIn({ data, withheld }: ShopifyAnswer): CheckMessage[] {
  const [order] = rowsUnder(data, 'orders', 'nodes');
  const address = under(order, 'shippingAddress');
  const isMasked = address !== null && order !== undefined && textUnder(address, 'address1') === undefined;
  if (!withheld && !isMasked) return [];
  return [{ level: 'warning', code: 'shop.check.personal-data-withheld', text: '' }];
}

function clockIn({ at }: ShopifyAnswer, now: Date): CheckMessage[] {
  const skew = at === null ? 0 : now.getTime() - Date.parse(at);
  if (Math.abs(skew) <= SKEW_MS) return [];
  return [{ level: 'warning', code: 'shop.check.clock', text: String(Math.round(skew / 1_000)) }];
}
