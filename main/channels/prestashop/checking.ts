import { AppError } from '../../../shared/errors.ts';
import type { Channel, CheckMessage } from '../channel-connector.ts';
import type { PrestashopClient } from './client.ts';

const SKEW_MS = 60_000;
/** Without these nothing can be packed or told. */
const NEEDED = [
  ...[
    'orders',
    'order_details',
    'order_carriers',
    'order_states',
    'addresses',
    'countries',
    'states',
    'customers',
    'currencies',
  ],
  ...['customer_threads', 'customer_messages'],
] as const;
/** Without these stock cannot be told. */
const WANTED = ['products', 'combinations', 'stock_availables'] as const;

/** Rights are given by resource: each is asked for one row. */
export async function checkPrestashop(
  client: PrestashopClient,
  { clock, baseUrl }: { readonly clock: () => Date; readonly baseUrl: string },
): ReturnType<Channel['check']> {
  const account = new URL(baseUrl).hostname;
  const missing: { error: string[]; warning: string[] } = { error: [], warning: [] };
  for (const resource of [...NEEDED, ...WANTED]) {
    try {
      await client.list(resource, { display: 'full', limit: '1' });
    } catch (error) {
      const message = faultOf(error);
      if (message.code !== 'shop.check.missing-right') return { account, messages: [message] };
      missing[WANTED.some((one) => one === resource) ? 'warning' : 'error'].push(resource);
    }
  }
  const messages: CheckMessage[] = (['error', 'warning'] as const).flatMap((level) =>
    missing[level].length > 0 ? [{ level, code: 'shop.check.missing-right', text: missing[level].join(', ') }] : [],
  );
  const at = client.at();
  const skew = at === null ? 0 : clock().getTime() - Date.parse(at);
  if (Math.abs(skew) > SKEW_MS)
    messages.push({ level: 'warning', code: 'shop.check.clock', text: String(Math.round(skew / 1_000)) });
  const fine: CheckMessage = { level: 'info', code: 'shop.check.ok', text: '' };
  return { account, messages: messages.length > 0 ? messages : [fine] };
}

function faultOf(error: unknown): CheckMessage {
  if (!(error instanceof AppError) || error.kind !== 'remote') throw error;
  const text = [error.details.code, error.details.message].filter((one) => typeof one === 'string').join(': ');
  if (error.code === 'channel.sign-in-expired') return { level: 'error', code: 'shop.check.bad-key', text };
  // A page instead of an answer: the web service is switched off, or the address is another one.
  if (error.code === 'channel.not-json') return { level: 'error', code: 'shop.check.bad-shop', text };
  if (error.code !== 'channel.refused') return { level: 'error', code: 'shop.check.unreachable', text };
  const isRight = /^40[35]\b/.test(String(error.details.code ?? ''));
  return { level: 'error', code: isRight ? 'shop.check.missing-right' : 'shop.check.bad-shop', text };
}
