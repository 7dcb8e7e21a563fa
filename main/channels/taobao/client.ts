import type { z } from 'zod';
import { isObject } from '../../../shared/json/wire-values.ts';
import type { AccountField } from '../../../shared/model/carrier.ts';
import { baseUrlField } from '../../carriers/carrier-config.ts';
import { unreadableAnswer } from '../channel.ts';
import { readShopConfig } from '../channel-config.ts';
import type { ChannelDeps } from '../channel-connector.ts';
import { channelRouter, type Router, type RouterAnswer, type RouterParams } from '../channel-router.ts';
import { chinaTime } from '../channel-windows.ts';
import { refuseTaobao } from './answer.ts';
import { signTaobaoRequest } from './sign.ts';

export const taobaoFields: readonly AccountField[] = [
  { name: 'appKey', kind: 'text', required: true },
  { name: 'appSecret', kind: 'secret', required: true },
  // Lasts for weeks or a year, by the kind of app; the seller authorises again when it ends.
  { name: 'session', kind: 'secret', required: true },
  { name: 'shopId', kind: 'text', required: false },
  baseUrlField('https://gw.api.taobao.com'),
];

/** A client of the TOP router. Throws `channel.bad-config`. */
export function taobaoClient(config: Readonly<Record<string, string>>, deps: ChannelDeps): Router {
  const field = readShopConfig(taobaoFields, config);
  return channelRouter({
    channel: 'taobao',
    deps,
    typed: { accessToken: field('session'), refreshToken: '' },
    clockWords: /timestamp|时间戳/i,
    refuse: refuseTaobao,
    call(method, params, { token, at }) {
      const form = {
        ...textsOf(params),
        method,
        app_key: field('appKey'),
        timestamp: chinaTime(at),
        format: 'json',
        v: '2.0',
        sign_method: 'hmac-sha256',
        ...(token === null ? {} : { session: token }),
      };
      const sign = signTaobaoRequest(field('appSecret'), form, 'hmac-sha256');
      return {
        method: 'POST',
        url: `${field('baseUrl')}/router/rest`,
        headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
        body: new URLSearchParams({ ...form, sign }).toString(),
      };
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

/** What stands under `…_response`. Throws `channel.unreadable-answer`. */
export function taobaoData<T>(answer: RouterAnswer, schema: z.ZodType<T>): T {
  const [, body] = Object.entries(answer).find(([key]) => key.endsWith('_response')) ?? [];
  const found = schema.safeParse(isObject(body) ? body : answer);
  if (!found.success) throw unreadableAnswer('taobao', answer);
  return found.data;
}
