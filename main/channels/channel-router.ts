import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import { isObject } from '../../shared/json/wire-values.ts';
import { type ConnectorName, readJsonAnswer, unreadableAnswer } from './channel.ts';
import type { ChannelDeps, CheckMessage, PushResult } from './channel-connector.ts';
import type { ChannelCall, ChannelHttp } from './channel-http.ts';
import { type StoredTokens, signer } from './channel-token.ts';

export type RouterAnswer = Readonly<Record<string, unknown>>;
export type RouterParams = Readonly<Record<string, unknown>>;

/** Asks one method. `params` that depend on the clock are a function: they are made again when the clock was wrong. */
export type RouterAsk = (method: string, params?: RouterParams | (() => RouterParams)) => Promise<RouterAnswer>;

/**
 * A platform with one address for every method, which signs with the time and answers HTTP 200 whatever it says.
 *
 * Throws `channel.refused`, `channel.sign-in-expired` after one renewal, `channel.throttled` after ten seconds of patience.
 */
export interface Router {
  readonly ask: RouterAsk;
  /** The platform's time, by the `Date` of its answers. */
  now(): Date;
  /** Milliseconds that the platform is ahead of this PC. */
  aheadMs(): number;
}

export interface RouterParts {
  readonly channel: ConnectorName;
  readonly deps: ChannelDeps;
  /** Tokens as typed in; `refreshToken` empty where nothing can be renewed. */
  readonly typed: { readonly accessToken: string; readonly refreshToken: string };
  /** `token` null for methods without sign-in. */
  call(method: string, params: RouterParams, signed: { readonly token: string | null; readonly at: Date }): ChannelCall;
  /** Throws `refusedAnswer` where the answer says no. */
  refuse(answer: RouterAnswer): void;
  /** The platform's words for a time that it does not take. */
  readonly clockWords: RegExp;
  /** Asks for other tokens without signing in. */
  renew?(refreshToken: string, ask: RouterAsk): Promise<StoredTokens>;
}

/** `Date` has whole seconds and an answer takes its time: less than this is no difference. */
const SAME_MS = 5_000;
const PATIENCE_MS = 10_000;
const FIRST_PAUSE_MS = 400;

export function channelRouter(parts: RouterParts): Router {
  const { deps, typed } = parts;
  let ahead = 0;
  const now = (): Date => new Date(deps.clock().getTime() + ahead);
  const learn = (headers: Headers): boolean => {
    const said = Date.parse(headers.get('date') ?? '') + 500 - deps.clock().getTime();
    if (!Number.isFinite(said)) return false;
    const found = Math.abs(said) < SAME_MS ? 0 : said;
    const changed = Math.abs(found - ahead) >= SAME_MS;
    if (changed) ahead = found;
    return changed;
  };
  const send = sender(parts, { now, learn });
  const tokens = signer(deps.tokens, now, async (stored) => {
    if (stored === null && typed.accessToken !== '') return { ...typed, accessUntil: null, refreshUntil: null };
    const refreshToken = stored?.refreshToken || typed.refreshToken;
    if (!parts.renew || refreshToken === '') throw expired(parts.channel);
    return parts.renew(refreshToken, (method, params) => send(method, params, null));
  });
  const ask: RouterAsk = async (method, params) => {
    const token = await tokens.current();
    try {
      return await send(method, params, token);
    } catch (error) {
      if (!parts.renew || !isCode(error, 'channel.sign-in-expired')) throw error;
      return send(method, params, await tokens.after(token));
    }
  };
  return { ask, now, aheadMs: () => ahead };
}

const expired = (channel: ConnectorName): AppError =>
  new AppError('remote', 'channel.sign-in-expired', { channel, code: '', message: 'no refresh token' });

interface Clock {
  now(): Date;
  learn(headers: Headers): boolean;
}

type Send = (method: string, params: Parameters<RouterAsk>[1], token: string | null) => Promise<RouterAnswer>;

/** One question: again with the platform's time where ours was wrong, and again after a while where it says "later". */
function sender(parts: RouterParts, clock: Clock): Send {
  const freeAt = new Map<string, number>();
  return async (method, params, token) => {
    for (let [timed, waited, pause] = [false, 0, FIRST_PAUSE_MS]; ; ) {
      const owed = Math.max(0, (freeAt.get(method) ?? 0) - performance.now());
      if (waited + owed > PATIENCE_MS) throw tooMany(parts.channel, owed);
      if (owed > 0) await wait(owed);
      waited += owed;
      const made = typeof params === 'function' ? params() : (params ?? {});
      const tried = await once(parts, clock, parts.call(method, made, { token, at: clock.now() }));
      if (tried.answer) return tried.answer;
      const { error } = tried;
      if (isCode(error, 'channel.throttled')) {
        freeAt.set(method, performance.now() + Math.max(pause, Number(error.details.retryAfterMs ?? 0)));
        pause *= 2;
      } else if (tried.corrected && !timed && isClock(parts, error)) timed = true;
      else throw error;
    }
  };
}

type Tried =
  | { readonly answer: RouterAnswer; readonly error?: undefined }
  | { readonly answer?: undefined; readonly error: unknown; readonly corrected: boolean };

async function once(parts: RouterParts, clock: Clock, call: ChannelCall): Promise<Tried> {
  let corrected = false;
  try {
    const reply: Awaited<ReturnType<ChannelHttp>> = await parts.deps.http(call);
    const answer = readJsonAnswer(parts.channel, Buffer.from(reply.bytes).toString('utf8'));
    // The time of a page that a proxy put in between says nothing of the platform's.
    corrected = clock.learn(reply.headers);
    if (!isObject(answer)) throw unreadableAnswer(parts.channel, answer);
    parts.refuse(answer);
    return { answer };
  } catch (error) {
    return { error, corrected };
  }
}

const isCode = (error: unknown, code: string): error is AppError => error instanceof AppError && error.code === code;

function isClock({ clockWords }: RouterParts, error: unknown): boolean {
  return isCode(error, 'channel.refused') && clockWords.test(String(error.details.message));
}

const tooMany = (channel: ConnectorName, ms: number): AppError =>
  new AppError('remote', 'channel.throttled', { channel, retryAfterMs: Math.ceil(ms) });

export interface Refusal {
  readonly code: string;
  readonly text: string;
}

/** What a platform said no with; anything else is thrown on. */
export function refusalIn(error: unknown): Refusal {
  if (!isCode(error, 'channel.refused')) throw error;
  const { code, message } = error.details;
  return { code: String(code), text: String(message) || String(code) };
}

/** A write that the platform took or refused; whatever may pass is thrown. */
export async function pushed(write: () => Promise<PushResult>): Promise<PushResult> {
  try {
    return await write();
  } catch (error) {
    return { outcome: 'refused', ...refusalIn(error) };
  }
}

/** The platform's words for what is wrong with a connection, matched against code and message. */
export interface CheckWords {
  readonly key: RegExp;
  readonly right: RegExp;
  readonly address: RegExp;
}

const SKEW_MS = 60_000;

/** Asks `probe`, a question that needs key, right and clock, and names what is wrong by `shop.check.*`. */
export async function checkRouter(
  router: Router,
  probe: () => Promise<unknown>,
  words: CheckWords,
): Promise<CheckMessage[]> {
  const messages: CheckMessage[] = [];
  try {
    await probe();
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'remote') throw error;
    messages.push({ level: 'error', code: checkCode(error, words), text: String(error.details.message ?? error.code) });
  }
  const skew = Math.round(Math.abs(router.aheadMs()) / 1_000);
  if (skew * 1_000 > SKEW_MS) messages.push({ level: 'warning', code: 'shop.check.clock', text: String(skew) });
  if (messages.length === 0) messages.push({ level: 'info', code: 'shop.check.ok', text: '' });
  return messages;
}

function checkCode(error: AppError, words: CheckWords): string {
  if (error.code === 'channel.sign-in-expired') return 'shop.check.bad-key';
  if (error.code !== 'channel.refused') return 'shop.check.unreachable';
  const said = `${String(error.details.code)} ${String(error.details.message)}`;
  if (words.address.test(said)) return 'shop.check.address-not-allowed';
  if (words.right.test(said)) return 'shop.check.missing-right';
  return words.key.test(said) ? 'shop.check.bad-key' : 'shop.check.unreachable';
}
