import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import { type BookOrder, OrderBook } from '../channel-order-book.ts';
import {
  createPlatform,
  type PlatformOptions,
  type PlatformReply,
  type SimulatedPlatform,
} from '../channel-simulator.ts';
import { signXhsRequest } from './sign.ts';
import { simulatedMethods, type XhsMethod, XhsRefusal } from './simulated-methods.ts';
import { orderIdOf } from './simulated-orders.ts';

export interface XhsSimulation extends PlatformOptions {
  /** Life of an access token; a day where missing. */
  readonly tokenSeconds?: number;
  /** The app may read receivers in clear. */
  readonly decryptApproved?: boolean;
}

const [APP_ID, APP_SECRET] = ['xhs-app-1', 'xhs-secret-1'];
/** So far the time of a request may be from the platform's. */
const SKEW_SECONDS = 600;

const answer = (fields: object): PlatformReply => ({ body: JSON.stringify(fields) });
const refusal = (code: number, message: string): PlatformReply =>
  answer({ success: false, error_code: code, error_msg: message, data: null });

/** Plays the ARK gateway: signs, clock, rotating tokens, half-hour windows, pages newest first, parcels by SKU. */
export function simulateXiaohongshu(options: XhsSimulation): SimulatedPlatform {
  const { clock } = options;
  const book = new OrderBook({
    ...{ clock, prefix: 'XHS-', first: options.first ?? 1 },
    ...(options.lagMs ? { lagMs: options.lagMs } : {}),
  });
  const tokens = tokenTable(clock, (options.tokenSeconds ?? 86_400) * 1_000);
  const find = (id: unknown): BookOrder => {
    const order = book.all().find((one) => orderIdOf(one) === id);
    if (!order) throw new XhsRefusal(-10001, '订单不存在');
    return order;
  };
  const methods: Readonly<Record<string, XhsMethod>> = {
    ...simulatedMethods({ book, clock, find, decryptApproved: options.decryptApproved ?? false }),
    'oauth.refreshToken': ({ refreshToken }) => tokens.renew(String(refreshToken)),
  };
  const ask = (rawBody: string): PlatformReply => {
    const body: unknown = JSON.parse(rawBody);
    if (!isObject(body)) return refusal(-1, 'bad request');
    const text = (key: string): string => textUnder(body, key) ?? '';
    const method = methods[text('method')];
    if (text('appId') !== APP_ID) return refusal(-2, 'appId is unknown');
    const signed = { method: text('method'), appId: APP_ID, timestamp: text('timestamp') };
    if (text('sign') !== signXhsRequest(APP_SECRET, signed)) return refusal(-3, 'sign 签名错误');
    if (Math.abs(Number(signed.timestamp) * 1_000 - clock().getTime()) > SKEW_SECONDS * 1_000)
      return refusal(-4, 'timestamp is out of range');
    if (signed.method !== 'oauth.refreshToken' && !tokens.isGood(text('accessToken')))
      return refusal(-5, 'accessToken is invalid or expired');
    if (!method) return refusal(-6, `no method ${signed.method}`);
    return answer({ success: true, error_code: 0, error_msg: '', data: method(body) });
  };
  return createPlatform(
    {
      name: 'xiaohongshu',
      book,
      account: { appId: APP_ID, appSecret: APP_SECRET, accessToken: tokens.first, refreshToken: 'refresh-0' },
      routes: [
        {
          method: 'POST',
          path: /^\/ark\/open_api\/v3\/common_controller$/,
          answer({ rawBody }) {
            try {
              return ask(rawBody);
            } catch (error) {
              if (error instanceof XhsRefusal) return refusal(error.code, error.message);
              throw error;
            }
          },
        },
      ],
      // Said with `success: true`, as the real one does.
      throttled: () => answer({ success: true, error_code: -9013, error_msg: '限流' }),
      signInRefused: () => refusal(-5, 'accessToken is invalid or expired'),
    },
    options,
  );
}

/** Each renewal ends both tokens that were there. */
function tokenTable(clock: () => Date, lifeMs: number) {
  let [serial, until] = [0, clock().getTime() + lifeMs];
  return {
    first: 'access-0',
    isGood: (token: string): boolean => token === `access-${serial}` && clock().getTime() < until,
    renew(refreshToken: string): unknown {
      if (refreshToken !== `refresh-${serial}`) throw new XhsRefusal(-7, 'refreshToken is invalid');
      serial += 1;
      until = clock().getTime() + lifeMs;
      return {
        accessToken: `access-${serial}`,
        accessTokenExpiresAt: until,
        refreshToken: `refresh-${serial}`,
        refreshTokenExpiresAt: until + 14 * 86_400_000,
      };
    },
  };
}
