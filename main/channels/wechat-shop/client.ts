import { z } from 'zod';
import { wireText } from '../../../shared/json/wire-values.ts';
import type { AccountField } from '../../../shared/model/carrier.ts';
import { baseUrlField } from '../../carriers/carrier-config.ts';
import { unreadableAnswer } from '../channel.ts';
import { readShopConfig } from '../channel-config.ts';
import type { ChannelDeps } from '../channel-connector.ts';
import { channelRouter, type Router, type RouterAnswer } from '../channel-router.ts';
import { refuseWechat } from './answer.ts';

export const wechatFields: readonly AccountField[] = [
  { name: 'appId', kind: 'text', required: true },
  { name: 'appSecret', kind: 'secret', required: true },
  { name: 'webhookToken', kind: 'secret', required: false },
  { name: 'encodingAesKey', kind: 'secret', required: false },
  baseUrlField('https://api.weixin.qq.com'),
];

const TOKEN = '/cgi-bin/stable_token';
const Granted = z.object({ access_token: wireText.pipe(z.string().min(1)), expires_in: z.coerce.number() });

/** A client of WeChat's API: no signature, a token of two hours in the address. Throws `channel.bad-config`. */
export function wechatClient(config: Readonly<Record<string, string>>, deps: ChannelDeps): Router {
  const field = readShopConfig(wechatFields, config);
  return channelRouter({
    channel: 'wechat_shop',
    deps,
    // Nothing is refreshed: the app's own secret gets the next token.
    typed: { accessToken: '', refreshToken: field('appSecret') },
    clockWords: /^$/,
    refuse: refuseWechat,
    call(path, params, { token }) {
      const search = token === null ? '' : `?access_token=${encodeURIComponent(token)}`;
      return {
        method: 'POST',
        url: `${field('baseUrl')}${path}${search}`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(params),
      };
    },
    async renew(_secret, ask) {
      const params = { grant_type: 'client_credential', appid: field('appId'), secret: field('appSecret') };
      const granted = Granted.safeParse(await ask(TOKEN, params));
      if (!granted.success) throw unreadableAnswer('wechat_shop', {});
      const { access_token: accessToken, expires_in: seconds } = granted.data;
      const accessUntil = new Date(deps.clock().getTime() + seconds * 1_000).toISOString();
      return { accessToken, accessUntil, refreshToken: null, refreshUntil: null };
    },
  });
}

/** An answer as it should look. Throws `channel.unreadable-answer`. */
export function wechatData<T>(answer: RouterAnswer, schema: z.ZodType<T>): T {
  const found = schema.safeParse(answer);
  if (found.success) return found.data;
  throw unreadableAnswer('wechat_shop', answer);
}
