import { AppError } from '../../../shared/errors.ts';
import type { Channel, CheckMessage } from '../channel-connector.ts';
import type { WooClient } from './client.ts';

const SKEW_MS = 60_000;

/** Reads one order, then asks for a batch of nothing, which only a key that may write is allowed. */
export async function checkWoo(
  client: WooClient,
  { clock, baseUrl }: { readonly clock: () => Date; readonly baseUrl: string },
): ReturnType<Channel['check']> {
  const messages: CheckMessage[] = [];
  try {
    const { at } = await client.ask('GET', '/orders', { query: { per_page: '1' } });
    const skew = at === null ? 0 : clock().getTime() - Date.parse(at);
    if (Math.abs(skew) > SKEW_MS)
      messages.push({ level: 'warning', code: 'shop.check.clock', text: String(Math.round(skew / 1_000)) });
    await client.ask('POST', '/orders/batch', { json: {} });
  } catch (error) {
    messages.push(faultOf(error));
  }
  const { hostname, protocol } = new URL(baseUrl);
  if (protocol === 'http:' && !/^(?:127\.|localhost$|\[::1\])/.test(hostname))
    messages.push({ level: 'error', code: 'shop.check.bad-shop', text: 'https' });
  const fine: CheckMessage = { level: 'info', code: 'shop.check.ok', text: '' };
  return { account: hostname, messages: messages.length > 0 ? messages : [fine] };
}

function faultOf(error: unknown): CheckMessage {
  if (!(error instanceof AppError) || error.kind !== 'remote') throw error;
  const text = [error.details.code, error.details.message].filter((one) => typeof one === 'string').join(': ');
  if (error.code === 'channel.sign-in-expired') return { level: 'error', code: 'shop.check.bad-key', text };
  if (error.code === 'channel.not-json') return { level: 'error', code: 'shop.check.bad-shop', text };
  if (error.code === 'channel.refused') return { level: 'error', code: 'shop.check.missing-right', text };
  return { level: 'error', code: 'shop.check.unreachable', text };
}
