import { z } from 'zod';
import { isObject, wireText, wireTime } from '../../../shared/json/wire-values.ts';
import type { AccountField } from '../../../shared/model/carrier.ts';
import { sourceTime } from '../../../shared/model/source-time.ts';
import { baseUrlField } from '../../carriers/carrier-config.ts';
import { unreadableAnswer } from '../channel.ts';
import { readShopConfig } from '../channel-config.ts';
import type { ChannelDeps } from '../channel-connector.ts';
import { channelRouter, type Router, type RouterAnswer } from '../channel-router.ts';
import type { StoredTokens } from '../channel-token.ts';
import { refuseXhs } from './answer.ts';
import { signXhsRequest } from './sign.ts';

export const xhsFields: readonly AccountField[] = [
  { name: 'appId', kind: 'text', required: true },
  { name: 'appSecret', kind: 'secret', required: true },
  { name: 'accessToken', kind: 'secret', required: true },
  { name: 'refreshToken', kind: 'secret', required: true },
  // One app may be let into several shops.
  { name: 'shopId', kind: 'text', required: false },
  { name: 'decrypt', kind: 'choice', required: true, default: 'no', choices: ['no', 'yes'] },
  baseUrlField('https://ark.xiaohongshu.com'),
];

export interface XhsClient extends Router {
  /** The platform let this app read receivers in clear. */
  readonly decrypts: boolean;
}

const PATH = '/ark/open_api/v3/common_controller';

/** A client of the ARK gateway. Throws `channel.bad-config`. */
export function xhsClient(config: Readonly<Record<string, string>>, deps: ChannelDeps): XhsClient {
  const field = readShopConfig(xhsFields, config);
  const appId = field('appId');
  const router = channelRouter({
    channel: 'xiaohongshu',
    deps,
    typed: { accessToken: field('accessToken'), refreshToken: field('refreshToken') },
    clockWords: /timestamp|时间戳/i,
    refuse: refuseXhs,
    call(method, params, { token, at }) {
      const timestamp = String(Math.floor(at.getTime() / 1_000));
      const sign = signXhsRequest(field('appSecret'), { method, appId, timestamp });
      const access = token === null ? {} : { accessToken: token };
      const body = JSON.stringify({ ...params, appId, timestamp, version: '2.0', method, sign, ...access });
      return {
        method: 'POST',
        url: `${field('baseUrl')}${PATH}`,
        headers: { 'content-type': 'application/json' },
        body,
      };
    },
    // Both tokens are replaced; the one that was used is worth nothing afterwards.
    async renew(refreshToken, ask) {
      const answer = await ask('oauth.refreshToken', { refreshToken });
      return tokensIn(answer);
    },
  });
  return { ...router, decrypts: field('decrypt') === 'yes' };
}

const Granted = z.object({
  accessToken: wireText.pipe(z.string().min(1)),
  accessTokenExpiresAt: wireTime,
  refreshToken: wireText.pipe(z.string().min(1)),
  refreshTokenExpiresAt: wireTime,
});

function tokensIn(answer: RouterAnswer): StoredTokens {
  const granted = Granted.safeParse(answer.data);
  if (!granted.success) throw unreadableAnswer('xiaohongshu', answer.data);
  const { accessToken, refreshToken, accessTokenExpiresAt, refreshTokenExpiresAt } = granted.data;
  const until = (value: string | number | null | undefined): string | null => sourceTime(value)?.at ?? null;
  return {
    ...{ accessToken, accessUntil: until(accessTokenExpiresAt) },
    ...{ refreshToken, refreshUntil: until(refreshTokenExpiresAt) },
  };
}

/**
 * `data` of an answer as it should look; some methods nest a second answer there, with its own `success`. Throws
 * `channel.refused` and its like, `channel.unreadable-answer`.
 */
export function xhsData<T>(answer: RouterAnswer, schema: z.ZodType<T>): T {
  const found = schema.safeParse(answer.data);
  if (found.success) return found.data;
  if (isObject(answer.data) && 'success' in answer.data) refuseXhs(answer.data);
  const nested = isObject(answer.data) ? schema.safeParse(answer.data.data) : found;
  if (nested.success) return nested.data;
  throw unreadableAnswer('xiaohongshu', answer.data ?? answer);
}
