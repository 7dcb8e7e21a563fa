import { createHmac, randomBytes } from 'node:crypto';
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

type Kind = 'access' | 'refresh';

/** Tokens bear their number: one that was given before this process began is known again. */
function tokenOf(kind: Kind, serial: number): string {
  const { accessToken, refreshToken, appSecret } = playedTiktokAccount;
  if (serial === 1) return kind === 'access' ? accessToken : refreshToken;
  return `TTP_${kind}_${serial}_${createHmac('sha256', appSecret).update(`${kind} ${serial}`).digest('hex').slice(0, 12)}`;
}

/** Number of a token that was really given; 0 for any other text. */
function serialOf(kind: Kind, token: string | null): number {
  if (token === tokenOf(kind, 1)) return 1;
  const serial = Number(/^TTP_[a-z]+_(\d+)_/.exec(token ?? '')?.[1] ?? 0);
  return serial > 1 && token === tokenOf(kind, serial) ? serial : 0;
}

interface Grants {
  /** Whether this is the newest token of its kind, and not at its end. */
  isGood(kind: Kind, token: string | null): boolean;
  next(): {
    readonly access: string;
    readonly accessUntil: number;
    readonly refresh: string;
    readonly refreshUntil: number;
  };
}

function grants(nowS: () => number, lives: TokenLives): Grants {
  let [serial, since] = [1, nowS()];
  return {
    isGood(kind, token) {
      const given = serialOf(kind, token);
      if (given > serial) [serial, since] = [given, nowS()];
      return given === serial && nowS() < since + (kind === 'access' ? lives.accessS : lives.refreshS);
    },
    next() {
      [serial, since] = [serial + 1, nowS()];
      return {
        access: tokenOf('access', serial),
        accessUntil: since + lives.accessS,
        refresh: tokenOf('refresh', serial),
        refreshUntil: since + lives.refreshS,
      };
    },
  };
}

interface TokenLives {
  readonly accessS: number;
  readonly refreshS: number;
}

const BAD_TIME = 'Invalid timestamp. The value of the `timestamp` query parameter must not';
const EXPIRED = fault(105_002, 'Expired credentials. The `access_token` or `x-tts-access-token` header has expired.');

/** Keeps tokens, signatures and time as the documents tell it. */
export function tiktokDoor(clock: () => Date, lives: TokenLives): TiktokDoor {
  const nowS = (): number => Math.floor(clock().getTime() / 1_000);
  const given = grants(nowS, lives);
  return {
    refuse: (call) => refuseCall(call, { nowS, given }),
    refresh: (call) => refreshTokens(call, given),
  };
}

function refuseCall(
  { url, headers, rawBody, method }: PlatformCall,
  { nowS, given }: { readonly nowS: () => number; readonly given: Grants },
): PlatformReply | undefined {
  const { appKey, appSecret, shopCipher } = playedTiktokAccount;
  const query = Object.fromEntries(url.searchParams);
  if (query.app_key !== appKey) return fault(36_009_004, 'Invalid credentials. Invalid `app_key` query parameter.');
  const signed = { path: url.pathname, query, rawBody: method === 'GET' ? '' : rawBody };
  if (query.sign !== signTiktokRequest(appSecret, signed))
    return fault(106_001, 'Invalid credentials. The `sign` query parameter is invalid.');
  const ahead = Number(query.timestamp) - nowS();
  if (!(ahead <= AHEAD_S)) return fault(36_009_004, `${BAD_TIME} exceed the current time by more than 30 seconds.`);
  if (ahead < -PAST_S) return fault(36_009_004, `${BAD_TIME} be more than 5 minutes before the current time.`);
  if (!given.isGood('access', headers.get('x-tts-access-token'))) return EXPIRED;
  if (url.pathname.startsWith('/authorization/')) return undefined;
  if (!query.shop_cipher)
    return fault(
      106_013,
      'Missing identifier. The `shop_cipher` query parameter is required to identify the target shop.',
    );
  return query.shop_cipher === shopCipher ? undefined : fault(106_011, 'Invalid shop_cipher.');
}

function refreshTokens({ url }: PlatformCall, given: Grants): PlatformReply {
  const { appKey, appSecret } = playedTiktokAccount;
  const query = Object.fromEntries(url.searchParams);
  if (query.app_key !== appKey || query.app_secret !== appSecret)
    return fault(36_004_002, 'Invalid app_key or app_secret.');
  if (query.grant_type !== 'refresh_token') return fault(36_004_003, 'Invalid grant_type.');
  if (!given.isGood('refresh', query.refresh_token ?? null))
    return fault(36_004_001, 'The refresh token has expired: authorise again.');
  const tokens = given.next();
  return ok({
    access_token: tokens.access,
    access_token_expire_in: tokens.accessUntil,
    refresh_token: tokens.refresh,
    refresh_token_expire_in: tokens.refreshUntil,
    open_id: '7010736057180325637',
    seller_name: 'Played shop',
    seller_base_region: 'FR',
    user_type: 0,
    granted_scopes: ['seller.order.info', 'seller.fulfillment.basic', 'seller.logistics', 'seller.product.basic'],
  });
}
