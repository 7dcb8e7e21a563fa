import { randomBytes } from 'node:crypto';
import type { PlatformCall, PlatformReply } from '../channel-simulator.ts';
import { signTiktokRequest } from './sign.ts';

/** App and shop as the played TikTok knows them, with the first tokens. */
export const playedTiktokAccount = {
  appKey: 'played-app',
  appSecret: 'played-app-secret',
  shopCipher: 'GCP_played_shop_cipher',
  accessToken: 'TTP_first_access',
  refreshToken: 'TTP_first_refresh',
} as const;

export const ok = (data: object): PlatformReply => ({
  body: JSON.stringify({ code: 0, message: 'Success', data, request_id: requestId() }),
});
/** Refusals come with status 200 too, but for too many requests. */
export const fault = (code: number, message: string, status = 200): PlatformReply => ({
  status,
  body: JSON.stringify({ code, message, data: null, request_id: requestId() }),
});
export const badParameter = (what: string): PlatformReply => fault(36_009_004, `Invalid parameter. ${what}`);

const requestId = (): string => randomBytes(16).toString('hex').toUpperCase();

/** The documented window of `timestamp`. */
const PAST_S = 300;
const AHEAD_S = 30;

export interface TiktokDoor {
  /** Why this request is not let in; undefined when it is. */
  refuse(call: PlatformCall): PlatformReply | undefined;
  /** `GET /api/v2/token/refresh`: both tokens change, and the former ones are worth nothing. */
  refresh(call: PlatformCall): PlatformReply;
}

/** Keeps tokens, signatures and time as the documents tell it. */
export function tiktokDoor(
  clock: () => Date,
  lives: { readonly accessS: number; readonly refreshS: number },
): TiktokDoor {
  const { appKey, appSecret, shopCipher } = playedTiktokAccount;
  const nowS = (): number => Math.floor(clock().getTime() / 1_000);
  let serial = 1;
  let granted = {
    access: playedTiktokAccount.accessToken as string, // it is replaced by others
    accessUntil: nowS() + lives.accessS,
    refresh: playedTiktokAccount.refreshToken as string, // as above
    refreshUntil: nowS() + lives.refreshS,
  };
  return {
    refuse({ url, headers, rawBody, method }) {
      const query = Object.fromEntries(url.searchParams);
      if (query.app_key !== appKey) return fault(36_009_004, 'Invalid credentials. Invalid `app_key` query parameter.');
      const signed = { path: url.pathname, query, rawBody: method === 'GET' ? '' : rawBody };
      if (query.sign !== signTiktokRequest(appSecret, signed))
        return fault(106_001, 'Invalid credentials. The `sign` query parameter is invalid.');
      const ahead = Number(query.timestamp) - nowS();
      if (!(ahead <= AHEAD_S)) return fault(36_009_004, `${BAD_TIME} exceed the current time by more than 30 seconds.`);
      if (ahead < -PAST_S) return fault(36_009_004, `${BAD_TIME} be more than 5 minutes before the current time.`);
      if (headers.get('x-tts-access-token') !== granted.access || granted.accessUntil <= nowS())
        return fault(105_002, 'Expired credentials. The `access_token` or `x-tts-access-token` header has expired.');
      if (url.pathname.startsWith('/authorization/')) return undefined;
      if (!query.shop_cipher)
        return fault(
          106_013,
          'Missing identifier. The `shop_cipher` query parameter is required to identify the target shop.',
        );
      return query.shop_cipher === shopCipher ? undefined : fault(106_011, 'Invalid shop_cipher.');
    },
    refresh({ url }) {
      const query = Object.fromEntries(url.searchParams);
      if (query.app_key !== appKey || query.app_secret !== appSecret)
        return fault(36_004_002, 'Invalid app_key or app_secret.');
      if (query.grant_type !== 'refresh_token') return fault(36_004_003, 'Invalid grant_type.');
      if (query.refresh_token !== granted.refresh || granted.refreshUntil <= nowS())
        return fault(36_004_001, 'The refresh token has expired: authorise again.');
      serial++;
      granted = {
        access: `TTP_access_${serial}`,
        accessUntil: nowS() + lives.accessS,
        refresh: `TTP_refresh_${serial}`,
        refreshUntil: nowS() + lives.refreshS,
      };
      return ok({
        access_token: granted.access,
        access_token_expire_in: granted.accessUntil,
        refresh_token: granted.refresh,
        refresh_token_expire_in: granted.refreshUntil,
        open_id: '7010736057180325637',
        seller_name: 'Played shop',
        seller_base_region: 'FR',
        user_type: 0,
        granted_scopes: ['seller.order.info', 'seller.fulfillment.basic', 'seller.logistics', 'seller.product.basic'],
      });
    },
  };
}

const BAD_TIME = 'Invalid timestamp. The value of the `timestamp` query parameter must not';
