import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { isObject } from '../../../shared/json/wire-values.ts';
import { readJsonAnswer, refusedAnswer, unreadableAnswer } from '../channel.ts';
import type { ChannelDeps } from '../channel-connector.ts';
import { type Signer, signer } from '../channel-token.ts';
import { refuseErrors } from './answer.ts';
import { allowance, type Operation } from './rates.ts';

export interface AmazonShopAccess {
  readonly baseUrl: string;
  /** Address of Login with Amazon's token, whole. */
  readonly signInUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

export interface AmazonQuestion {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: object;
}

export interface AmazonShopClient {
  /** Throws what `Channel` throws; null for an answer without a body. */
  ask(operation: Operation, question: AmazonQuestion): Promise<unknown>;
  /** Milliseconds until so many questions of this kind may go out. */
  waitFor(operation: Operation, count: number): number;
  /** Amazon's time, by the `Date` of its answers. */
  now(): Date;
  /** Milliseconds that Amazon is ahead of this PC. */
  aheadMs(): number;
}

/** So long a call waits for its turn by itself; then its caller hears of it. */
const PATIENCE_MS = 10_000;
const SAME_MS = 5_000;

const Granted = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** Speaks with the token of Login with Amazon; nothing is signed. */
export function amazonShopClient(deps: ChannelDeps, access: AmazonShopAccess): AmazonShopClient {
  const allowed = allowance(deps.clock);
  let ahead = 0;
  const learnTime = (headers: Headers): void => {
    const said = Date.parse(headers.get('date') ?? '') + 500 - deps.clock().getTime();
    if (Number.isFinite(said)) ahead = Math.abs(said) < SAME_MS ? 0 : said;
  };
  const tokens = loginWithAmazon(deps, access);
  const send = async (operation: Operation, question: AmazonQuestion, token: string): Promise<unknown> => {
    const search = new URLSearchParams(question.query).toString();
    allowed.spend(operation);
    const { status, headers, bytes } = await deps.http({
      method: question.method,
      url: `${access.baseUrl}${question.path}${search === '' ? '' : `?${search}`}`,
      headers: {
        ...{ 'x-amz-access-token': token, 'user-agent': 'Packwright (Language=TypeScript)' },
        ...{ accept: 'application/json', 'content-type': 'application/json' },
      },
      ...(question.json === undefined ? {} : { body: JSON.stringify(question.json) }),
    });
    const text = Buffer.from(bytes).toString('utf8');
    const isEmpty = text.trim() === '' && status < 400;
    const json = isEmpty ? null : readJsonAnswer('amazon', text);
    // The time of a page that a proxy put in between says nothing of Amazon's.
    learnTime(headers);
    allowed.learn(operation, Number(headers.get('x-amzn-ratelimit-limit') ?? Number.NaN));
    if (isObject(json)) refuseErrors(json);
    if (status >= 400) throw refusedAnswer('amazon', 'refused', { code: String(status), message: '' });
    return json;
  };
  return {
    now: () => new Date(deps.clock().getTime() + ahead),
    aheadMs: () => ahead,
    waitFor: allowed.waitFor,
    async ask(operation, question) {
      let token = await tokens.current();
      for (let [renewed, waited] = [false, 0]; ; ) {
        const pause = allowed.waitFor(operation);
        if (waited + pause > PATIENCE_MS) throw tooMany(pause);
        if (pause > 0) await wait(pause);
        waited += pause;
        try {
          return await send(operation, question, token);
        } catch (error) {
          if (isCode(error, 'channel.throttled')) {
            allowed.exhausted(operation);
            waited += 1;
          } else if (isCode(error, 'channel.sign-in-expired') && !renewed) {
            renewed = true;
            token = await tokens.after(token);
          } else throw renewed ? withoutRight(error) : error;
        }
      }
    },
  };
}

const isCode = (error: unknown, code: string): error is AppError => error instanceof AppError && error.code === code;

const tooMany = (ms: number): AppError =>
  new AppError('remote', 'channel.throttled', { channel: 'amazon', retryAfterMs: Math.ceil(ms) });

/** Amazon says the same of a token that ended and of a role that is missing: with a new token it is the role. */
function withoutRight(error: unknown): unknown {
  if (!isCode(error, 'channel.sign-in-expired')) return error;
  return refusedAnswer('amazon', 'refused', { code: MISSING_RIGHT, message: String(error.details.message ?? '') });
}

/** Code of a refusal for an app that has not the role for what it asked. */
export const MISSING_RIGHT = 'missing-right';

function loginWithAmazon(deps: ChannelDeps, access: AmazonShopAccess): Signer {
  return signer(deps.tokens, deps.clock, async () => {
    const { status, bytes } = await deps.http({
      method: 'POST',
      url: access.signInUrl,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        ...{ grant_type: 'refresh_token', refresh_token: access.refreshToken },
        ...{ client_id: access.clientId, client_secret: access.clientSecret },
      }).toString(),
    });
    const answer = readJsonAnswer('amazon', Buffer.from(bytes).toString('utf8'));
    if (isObject(answer)) refuseErrors(answer);
    const granted = Granted.safeParse(answer);
    if (status >= 400 || !granted.success) throw unreadableAnswer('amazon', answer);
    const { access_token: accessToken, expires_in: seconds } = granted.data;
    const accessUntil = new Date(deps.clock().getTime() + seconds * 1_000).toISOString();
    // The refresh token of an authorisation stays the same.
    return { accessToken, accessUntil, refreshToken: null, refreshUntil: null };
  });
}
