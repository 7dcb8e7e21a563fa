import { z } from 'zod';
import { textUnder, wireText } from '../../../shared/json/wire-values.ts';
import { readJsonAnswer, refusedAnswer, unreadableAnswer } from '../channel.ts';
import type { ChannelHttp } from '../channel-http.ts';
import { type Signer, type StoredTokens, signer, type TokenBox } from '../channel-token.ts';
import { troubleOf } from './refusal.ts';
import type { TiktokShopKeys } from './request.ts';

/** Keys of a shop with the tokens that were typed in; afterwards those of the token box count. */
export interface TiktokAccess extends TiktokShopKeys {
  readonly authUrl: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Instants in epoch seconds, not spans. */
const Granted = z.object({
  access_token: z.string().min(1),
  access_token_expire_in: z.coerce.number(),
  refresh_token: z.string().min(1),
  refresh_token_expire_in: z.coerce.number().optional(),
  granted_scopes: z.array(wireText).nullish(),
});

export interface TokenDeps {
  readonly http: ChannelHttp;
  /** The platform's time: its tokens end by it. */
  readonly now: () => Date;
  readonly tokens: TokenBox;
}

/**
 * Tokens of a shop: those typed in first, then what each renewal gave. Both tokens are replaced by a renewal and stored
 * before the new one is used; the old refresh token is worth nothing afterwards.
 */
export function tiktokTokens(access: TiktokAccess, { http, now, tokens }: TokenDeps): Signer {
  return signer(tokens, now, (stored) => {
    if (stored === null && access.accessToken !== '')
      return Promise.resolve({
        accessToken: access.accessToken,
        accessUntil: null,
        refreshToken: access.refreshToken,
        refreshUntil: null,
      });
    return renewed(access, http, stored?.refreshToken ?? access.refreshToken);
  });
}

async function renewed(access: TiktokAccess, http: ChannelHttp, refreshToken: string): Promise<StoredTokens> {
  const query = new URLSearchParams({
    app_key: access.appKey,
    app_secret: access.appSecret,
    refresh_token: refreshToken,
    grant_type: 'refresh_token',
  });
  const reply = await http({ method: 'GET', url: `${access.authUrl}/api/v2/token/refresh?${query}` });
  const answer = readJsonAnswer('tiktok_shop', Buffer.from(reply.bytes).toString('utf8'));
  const code = textUnder(answer, 'code') ?? '';
  const message = textUnder(answer, 'message') ?? '';
  if (code !== '0') {
    const kind = troubleOf(code, message) === 'throttled' ? 'throttled' : 'sign-in-expired';
    throw refusedAnswer('tiktok_shop', kind, { code, message });
  }
  const granted = z.object({ data: Granted }).safeParse(answer);
  if (!granted.success) throw unreadableAnswer('tiktok_shop', answer);
  const { data } = granted.data;
  return {
    accessToken: data.access_token,
    accessUntil: instant(data.access_token_expire_in),
    refreshToken: data.refresh_token,
    refreshUntil: data.refresh_token_expire_in === undefined ? null : instant(data.refresh_token_expire_in),
  };
}

function instant(epochSeconds: number): string | null {
  return epochSeconds > 0 && epochSeconds < 1e11 ? new Date(epochSeconds * 1_000).toISOString() : null;
}
