import { signTiktokRequest } from './sign.ts';

/** What an app and a shop are to TikTok; no tokens. */
export interface TiktokShopKeys {
  readonly baseUrl: string;
  readonly appKey: string;
  readonly appSecret: string;
  readonly shopCipher: string;
}

export interface TiktokQuestion {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: object;
  /** Questions about the account itself name no shop. */
  readonly ofAccount?: boolean;
}

export interface TiktokSigned {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request as it goes out: signed over the exact bytes of its body. `at` is the platform's time. */
export function tiktokRequest(
  keys: TiktokShopKeys,
  asked: TiktokQuestion,
  { token, at }: { readonly token: string; readonly at: Date },
): TiktokSigned {
  const { method, path, json } = asked;
  const body = json === undefined ? '' : JSON.stringify(json);
  const query = {
    ...asked.query,
    app_key: keys.appKey,
    ...(asked.ofAccount ? {} : { shop_cipher: keys.shopCipher }),
    timestamp: String(Math.floor(at.getTime() / 1_000)),
  };
  const sign = signTiktokRequest(keys.appSecret, { path, query, rawBody: body });
  return {
    method,
    url: `${keys.baseUrl}${path}?${new URLSearchParams({ ...query, sign })}`,
    headers: { 'x-tts-access-token': token, 'content-type': 'application/json', accept: 'application/json' },
    ...(json === undefined ? {} : { body }),
  };
}
