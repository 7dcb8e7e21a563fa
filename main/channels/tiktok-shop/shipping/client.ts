import type { z } from 'zod';
import { AppError } from '../../../../shared/errors.ts';
import type { CarrierMessage } from '../../../../shared/model/carrier.ts';
import type { CarrierDeps } from '../../../carriers/carrier.ts';
import { errorMessage, readWire } from '../../../carriers/carrier-json.ts';
import type { Signer } from '../../channel-token.ts';
import { platformClock } from '../platform-clock.ts';
import { troubleOf } from '../refusal.ts';
import { type TiktokQuestion, type TiktokShopKeys, tiktokRequest } from '../request.ts';
import { TiktokEnvelope } from './wire.ts';

/** In whose name labels are asked for: keys, and tokens that may be renewed. */
export interface TiktokSession {
  readonly keys: TiktokShopKeys;
  /** `after` missing: the token is typed in and cannot be renewed. */
  readonly tokens: Pick<Signer, 'current'> & Partial<Signer>;
}

/** What TikTok answered, or why not. */
export type TiktokAnswer<T> =
  | { readonly data: T; readonly refused?: undefined }
  | { readonly refused: readonly CarrierMessage[] };

export interface TiktokAsk<T> extends TiktokQuestion {
  readonly schema: z.ZodType<T>;
}

export type TiktokClient = <T>(ask: TiktokAsk<T>) => Promise<TiktokAnswer<T>>;

const NO_SHOP = 'no TikTok shop is connected that these labels are for: connect it, or fill in the whole form';

/**
 * Asks for labels. Codes beside 0 are answers; those of the sign-in are thrown once a renewal did not help, where there is
 * one. Signed with TikTok's own time as soon as an answer told it.
 */
export function tiktokClient(
  session: (clock: () => Date) => Promise<TiktokSession | null>,
  { http, clock }: CarrierDeps,
): TiktokClient {
  const platform = platformClock(clock);
  const once = async (keys: TiktokShopKeys, question: TiktokQuestion, token: string) => {
    const { method, path, query, json } = question;
    const reply = await http(
      tiktokRequest(
        keys,
        { method, path, ...(query && { query }), ...(json && { json }) },
        { token, at: platform.now() },
      ),
    );
    const said = readWire(TiktokEnvelope, readJson(reply.bytes, keys));
    return { said, corrected: platform.learn(reply.headers) };
  };
  return async ({ schema, ...question }) => {
    const mine = await session(platform.now);
    if (!mine) return { refused: [errorMessage('no-shop', NO_SHOP)] };
    const { keys, tokens } = mine;
    let token = await tokens.current();
    for (let [renewed, timed] = [false, false]; ; ) {
      const { said, corrected } = await once(keys, question, token);
      const { code, message, data } = said;
      const trouble = troubleOf(String(code), message);
      if (!trouble) return { data: readWire(schema, data ?? {}) };
      if (trouble === 'clock' && corrected && !timed) timed = true;
      else if (trouble === 'token' && tokens.after && !renewed) {
        renewed = true;
        token = await tokens.after(token);
      } else return against(keys, { code, message });
    }
  };
}

/** Bytes as JSON; `carrier.unreadable` where they are none. */
function readJson(bytes: Uint8Array, { baseUrl }: TiktokShopKeys): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown; // read by a schema
  } catch (cause) {
    throw new AppError('remote', 'carrier.unreadable', { host: new URL(baseUrl).host, why: 'no-json' }, cause);
  }
}

function against(
  { baseUrl }: TiktokShopKeys,
  { code, message }: { readonly code: number; readonly message: string },
): { readonly refused: readonly CarrierMessage[] } {
  const { host } = new URL(baseUrl);
  switch (troubleOf(String(code), message)) {
    case 'token':
    case 'key':
    case 'clock':
    case 'right':
    case 'address':
    case 'shop':
      throw new AppError('remote', 'carrier.sign-in-refused', { host, code });
    case 'throttled':
      throw new AppError('remote', 'carrier.throttled', { host, retryAfterMs: 1_000 });
    case 'unavailable':
      throw new AppError('remote', 'carrier.unavailable', { host, code });
    default:
      return { refused: [errorMessage(String(code), message === '' ? `code ${code}` : message)] };
  }
}
