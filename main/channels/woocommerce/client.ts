import { textUnder } from '../../../shared/json/wire-values.ts';
import { readJsonAnswer, refusedAnswer } from '../channel.ts';
import type { ChannelDeps } from '../channel-connector.ts';
import { wooAuthorization } from './sign.ts';

export interface WooAccess {
  readonly baseUrl: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
}

export interface WooAnswer {
  readonly json: unknown;
  /** `X-WP-Total`: how many rows the whole list has; null where the shop does not say. */
  readonly total: number | null;
  /** The shop's clock when it answered, ISO-8601 UTC; null where it sent none. */
  readonly at: string | null;
}

export interface WooClient {
  /** `path` below `/wp-json/wc/v3`. Throws what `Channel` throws. */
  ask(method: 'GET' | 'POST' | 'PUT', path: string, asked?: Asked): Promise<WooAnswer>;
}

export interface Asked {
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: object;
}

/** REST wc/v3 with key and secret as user and password. Woo counts no requests; a host before it may say 429. */
export function wooClient({ http }: ChannelDeps, access: WooAccess): WooClient {
  const authorization = wooAuthorization(access.consumerKey, access.consumerSecret);
  return {
    async ask(method, path, { query = {}, json } = {}) {
      const search = new URLSearchParams(query).toString();
      const { status, headers, bytes } = await http({
        method,
        url: `${access.baseUrl}/wp-json/wc/v3${path}${search === '' ? '' : `?${search}`}`,
        headers: { authorization, accept: 'application/json', 'content-type': 'application/json' },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
      const text = Buffer.from(bytes).toString('utf8');
      if (status >= 400) throw refusal(status, text);
      const total = Number(headers.get('x-wp-total') ?? Number.NaN);
      const date = Date.parse(headers.get('date') ?? '');
      return {
        json: readJsonAnswer('woocommerce', text),
        total: Number.isNaN(total) ? null : total,
        at: Number.isNaN(date) ? null : new Date(date).toISOString(),
      };
    },
  };
}

/** 401 is the key or a right of it; Woo's own code tells which. */
function refusal(status: number, text: string): Error {
  let answer: unknown;
  try {
    answer = readJsonAnswer('woocommerce', text);
  } catch (error) {
    // A page of the server in front of the shop, or of a shop without permalinks.
    if (status !== 401 && status !== 403) throw error;
  }
  const said = { code: textUnder(answer, 'code') ?? String(status), message: textUnder(answer, 'message') ?? '' };
  const isRight = /cannot_(?:view|edit|create|batch)|write_permission|read_permission/.test(
    `${said.code} ${said.message}`,
  );
  if ((status === 401 || status === 403) && !isRight) return refusedAnswer('woocommerce', 'sign-in-expired', said);
  return refusedAnswer('woocommerce', 'refused', said);
}
