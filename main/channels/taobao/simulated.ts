import { OrderBook } from '../channel-order-book.ts';
import {
  createPlatform,
  type PlatformOptions,
  type PlatformReply,
  type SimulatedPlatform,
} from '../channel-simulator.ts';
import { chinaInstant } from '../channel-windows.ts';
import { signTaobaoRequest, type TopSignMethod } from './sign.ts';
import { simulatedMethods, type TopForm, TopRefusal } from './simulated-methods.ts';

export interface TaobaoSimulation extends PlatformOptions {
  /** Life of the session; a year where missing. */
  readonly tokenSeconds?: number;
}

const [APP_KEY, APP_SECRET, SESSION] = ['12345678', 'top-secret-1', 'session-1'];
const SKEW_MS = 600_000;

/** TOP writes ids as numbers that no double holds. */
const answer = (fields: object): PlatformReply => ({
  body: JSON.stringify(fields).replace(/"(tid|oid)":"(\d+)"/g, '"$1":$2'),
});
const refusal = ({ code, message, sub }: TopRefusal): PlatformReply =>
  answer({ error_response: { code, msg: message, ...(sub === '' ? {} : { sub_code: sub, sub_msg: message }) } });

const signMethodOf = (text: string | undefined): TopSignMethod =>
  text === 'hmac-sha256' || text === 'hmac' ? text : 'md5';

/** Plays the TOP router: signs, ten minutes of clock in Chinese time, pages newest first, starred receivers. */
export function simulateTaobao(options: TaobaoSimulation): SimulatedPlatform {
  const { clock } = options;
  const book = new OrderBook({
    ...{ clock, prefix: 'TB-', first: options.first ?? 1 },
    ...(options.lagMs ? { lagMs: options.lagMs } : {}),
  });
  const sessionUntil = clock().getTime() + (options.tokenSeconds ?? 365 * 86_400) * 1_000;
  const methods = simulatedMethods(book);
  const ask = (form: TopForm): object => {
    if (form.app_key !== APP_KEY) throw new TopRefusal(29, 'Invalid app Key', 'isv.appkey-not-exists');
    if (form.sign !== signTaobaoRequest(APP_SECRET, form, signMethodOf(form.sign_method)))
      throw new TopRefusal(25, 'Invalid signature', 'isv.invalid-signature');
    const at = Date.parse(chinaInstant(form.timestamp ?? '') ?? '');
    if (!(Math.abs(at - clock().getTime()) <= SKEW_MS)) throw new TopRefusal(31, 'Invalid timestamp');
    if (form.session !== SESSION || clock().getTime() >= sessionUntil)
      throw new TopRefusal(27, 'Invalid session', 'invalid-sessionkey');
    const method = methods[form.method ?? ''];
    if (!method) throw new TopRefusal(22, 'Invalid method');
    return method(form);
  };
  return createPlatform(
    {
      name: 'taobao',
      book,
      account: { appKey: APP_KEY, appSecret: APP_SECRET, session: SESSION },
      routes: [
        {
          method: 'POST',
          path: /^\/router\/rest$/,
          answer({ rawBody }) {
            try {
              return answer(ask(Object.fromEntries(new URLSearchParams(rawBody))));
            } catch (error) {
              if (error instanceof TopRefusal) return refusal(error);
              throw error;
            }
          },
        },
      ],
      throttled: () => refusal(new TopRefusal(7, 'App Call Limited', 'accesscontrol.limited-by-api-access-count')),
      signInRefused: () => refusal(new TopRefusal(27, 'Invalid session', 'invalid-sessionkey')),
    },
    options,
  );
}
