import type { z } from 'zod';
import { AppError } from '../../../../shared/errors.ts';
import type { CarrierMessage } from '../../../../shared/model/carrier.ts';
import type { CarrierDeps } from '../../../carriers/carrier.ts';
import { askJson, errorMessage, readWire } from '../../../carriers/carrier-json.ts';
import { signTiktokRequest } from '../sign.ts';
import { TiktokEnvelope } from './wire.ts';

export interface TiktokAccess {
  readonly baseUrl: string;
  readonly appKey: string;
  readonly appSecret: string;
  readonly shopCipher: string;
  readonly accessToken: string;
}

/** What TikTok answered, or why not. */
export type TiktokAnswer<T> =
  | { readonly data: T; readonly refused?: undefined }
  | { readonly refused: readonly CarrierMessage[] };

export interface TiktokAsk<T> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: object;
  readonly schema: z.ZodType<T>;
}

export type TiktokClient = <T>(ask: TiktokAsk<T>) => Promise<TiktokAnswer<T>>;

/** Codes of a token, signature, scope or address that is not taken. */
const SIGN_IN = /^10[56]\d{3}$/;
/** "Too many requests." */
const THROTTLED = 36_009_033;

/** Signs each request over the exact bytes that are sent. Codes beside 0 are answers; those of the sign-in are thrown. */
export function tiktokClient(access: TiktokAccess, { http, clock }: CarrierDeps): TiktokClient {
  const host = new URL(access.baseUrl).host;
  return async ({ method, path, query = {}, json, schema }) => {
    const rawBody = json === undefined ? '' : JSON.stringify(json);
    const asked = {
      ...query,
      app_key: access.appKey,
      shop_cipher: access.shopCipher,
      timestamp: String(Math.floor(clock().getTime() / 1_000)),
    };
    const sign = signTiktokRequest(access.appSecret, { path, query: asked, rawBody });
    const url = `${access.baseUrl}${path}?${new URLSearchParams({ ...asked, sign })}`;
    const headers = { 'x-tts-access-token': access.accessToken, 'content-type': 'application/json' };
    const reply = await askJson(http, { method, url, headers, ...(json === undefined ? {} : { json }) });
    const { code, message, data } = readWire(TiktokEnvelope, reply.body);
    if (code === 0) return { data: readWire(schema, data ?? {}) };
    if (SIGN_IN.test(String(code))) throw new AppError('remote', 'carrier.sign-in-refused', { host, code });
    if (code === THROTTLED) throw new AppError('remote', 'carrier.throttled', { host, retryAfterMs: 1_000 });
    return { refused: [errorMessage(String(code), message === '' ? `code ${code}` : message)] };
  };
}
