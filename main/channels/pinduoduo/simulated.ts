import { OrderBook } from '../channel-order-book.ts';
import {
  createPlatform,
  type PlatformOptions,
  type PlatformReply,
  type SimulatedPlatform,
} from '../channel-simulator.ts';
import { signPddRequest } from './sign.ts';
import { type PddForm, PddRefusal, simulatedMethods } from './simulated-methods.ts';

export interface PddSimulation extends PlatformOptions {
  /** Life of an access token; a day where missing. */
  readonly tokenSeconds?: number;
  /** False where the app may not ask for starred receivers. */
  readonly maskApproved?: boolean;
}

const [CLIENT_ID, CLIENT_SECRET] = ['pdd-client-1', 'pdd-secret-1'];
const SKEW_SECONDS = 600;
const REFRESH = 'pdd.pop.auth.token.refresh';

const answer = (fields: object): PlatformReply => ({ body: JSON.stringify(fields) });
const refusal = (code: number, message: string): PlatformReply =>
  answer({ error_response: { error_code: code, error_msg: message, sub_code: String(code), sub_msg: message } });

/** Plays the POP router: signs, ten minutes of clock, windows that ended three minutes ago, pages newest first. */
export function simulatePinduoduo(options: PddSimulation): SimulatedPlatform {
  const { clock } = options;
  const book = new OrderBook({
    ...{ clock, prefix: 'PDD-', first: options.first ?? 1 },
    ...(options.lagMs ? { lagMs: options.lagMs } : {}),
  });
  const tokens = tokenTable(clock, options.tokenSeconds ?? 86_400);
  const methods = simulatedMethods({ book, clock, maskApproved: options.maskApproved ?? true });
  const ask = (form: PddForm): object => {
    if (form.client_id !== CLIENT_ID) throw new PddRefusal(10002, 'client_id 错误');
    if (form.sign !== signPddRequest(CLIENT_SECRET, form)) throw new PddRefusal(20004, '签名sign校验失败');
    if (Math.abs(Number(form.timestamp) - clock().getTime() / 1_000) > SKEW_SECONDS)
      throw new PddRefusal(10001, '公共参数错误:timestamp');
    if (form.type === REFRESH) return tokens.renew(form.refresh_token);
    if (!tokens.isGood(form.access_token)) throw new PddRefusal(10019, 'access_token已过期');
    const method = methods[form.type ?? ''];
    if (!method) throw new PddRefusal(10001, '公共参数错误:type');
    return method(form);
  };
  return createPlatform(
    {
      name: 'pinduoduo',
      book,
      account: { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, accessToken: 'token-0', refreshToken: 'refresh-0' },
      routes: [
        {
          method: 'POST',
          path: /^\/api\/router$/,
          answer({ rawBody }) {
            try {
              return answer(ask(Object.fromEntries(new URLSearchParams(rawBody))));
            } catch (error) {
              if (error instanceof PddRefusal) return refusal(error.code, error.message);
              throw error;
            }
          },
        },
      ],
      throttled: () => refusal(70031, '调用过于频繁，请调整调用频率'),
      signInRefused: () => refusal(10019, 'access_token已过期'),
    },
    options,
  );
}

function tokenTable(clock: () => Date, lifeSeconds: number) {
  let [serial, until] = [0, clock().getTime() + lifeSeconds * 1_000];
  return {
    isGood: (token: string | undefined): boolean => token === `token-${serial}` && clock().getTime() < until,
    renew(refreshToken: string | undefined): object {
      if (refreshToken !== `refresh-${serial}`) throw new PddRefusal(10035, 'refresh_token无效');
      serial += 1;
      until = clock().getTime() + lifeSeconds * 1_000;
      const granted = { access_token: `token-${serial}`, refresh_token: `refresh-${serial}`, expires_in: lifeSeconds };
      return { pop_auth_token_refresh_response: granted };
    },
  };
}
