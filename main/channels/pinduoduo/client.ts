import { z } from 'zod';
import { isObject, wireText } from '../../../shared/json/wire-values.ts';
import type { AccountField } from '../../../shared/model/carrier.ts';
import { baseUrlField } from '../../carriers/carrier-config.ts';
import { unreadableAnswer } from '../channel.ts';
import { readShopConfig } from '../channel-config.ts';
import type { ChannelDeps } from '../channel-connector.ts';
import { channelRouter, type Router, type RouterAnswer, type RouterParams } from '../channel-router.ts';
import type { StoredTokens } from '../channel-token.ts';
import { refusePdd } from './answer.ts';
import { signPddRequest } from './sign.ts';

export const pddFields: readonly AccountField[] = [
  { name: 'clientId', kind: 'text', required: true },
  { name: 'clientSecret', kind: 'secret', required: true },
  { name: 'accessToken', kind: 'secret', required: true },
  // A shop's own app gets a token for a year, and none to renew it with.
  { name: 'refreshToken', kind: 'secret', required: false },
  { name: 'shopId', kind: 'text', required: false },
  baseUrlField('https://gw-api.pinduoduo.com'),
];

/** A client of the POP router. Throws `channel.bad-config`. */
export function pddClient(config: Readonly<Record<string, string>>, deps: ChannelDeps): Router {
  const field = readShopConfig(pddFields, config);
  return channelRouter({
    channel: 'pinduoduo',
    deps,
    typed: { accessToken: field('accessToken'), refreshToken: field('refreshToken') },
    clockWords: /timestamp|时间戳/i,
    refuse: refusePdd,
    call(method, params, { token, at }) {
      const form = {
        ...textsOf(params),
        type: method,
        client_id: field('clientId'),
        timestamp: String(Math.floor(at.getTime() / 1_000)),
        data_type: 'JSON',
        ...(token === null ? {} : { access_token: token }),
      };
      const sign = signPddRequest(field('clientSecret'), form);
      return {
        method: 'POST',
        url: `${field('baseUrl')}/api/router`,
        headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
        body: new URLSearchParams({ ...form, sign }).toString(),
      };
    },
    async renew(refreshToken, ask) {
      const answer = await ask('pdd.pop.auth.token.refresh', { refresh_token: refreshToken });
      return tokensIn(answer, deps.clock());
    },
  });
}

/** Nested values go as JSON text, and that text is signed. */
function textsOf(params: RouterParams): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value),
    ]),
  );
}

const Granted = z.object({
  access_token: wireText.pipe(z.string().min(1)),
  refresh_token: wireText,
  expires_in: z.coerce.number().positive().nullish().catch(null),
});

function tokensIn(answer: RouterAnswer, now: Date): StoredTokens {
  const granted = pddData(answer, Granted);
  const life = granted.expires_in ?? null;
  return {
    accessToken: granted.access_token,
    accessUntil: life === null ? null : new Date(now.getTime() + life * 1_000).toISOString(),
    refreshToken: granted.refresh_token || null,
    refreshUntil: null,
  };
}

/** What stands under `…_response`, a name that cannot be told from the method. Throws `channel.unreadable-answer`. */
export function pddData<T>(answer: RouterAnswer, schema: z.ZodType<T>): T {
  const [, body] = Object.entries(answer).find(([key]) => key.endsWith('_response')) ?? [];
  const found = schema.safeParse(isObject(body) ? body : answer);
  if (!found.success) throw unreadableAnswer('pinduoduo', answer);
  return found.data;
}
