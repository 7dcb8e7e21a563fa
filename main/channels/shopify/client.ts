import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../../shared/errors.ts';
import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import { readJsonAnswer, refusedAnswer, unreadableAnswer } from '../channel.ts';
import type { ChannelDeps } from '../channel-connector.ts';
import type { ChannelHttp } from '../channel-http.ts';
import { type Signer, type StoredTokens, signer } from '../channel-token.ts';
import { costBucket } from './cost-bucket.ts';
import { type OperationName, operations } from './operations.ts';

/** Pinned: Shopify keeps a version for twelve months at least. */
export const API_VERSION = '2026-10';

export interface ShopifyAccess {
  readonly baseUrl: string;
  readonly authUrl: string;
  /** Of an app that was made before 2026; otherwise the two below. */
  readonly accessToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface ShopifyAnswer {
  readonly data: Readonly<Record<string, unknown>>;
  /** The platform's clock when it answered, ISO-8601 UTC with whole seconds; null where it sent none. */
  readonly at: string | null;
  /** Points that it was counted for before it ran. */
  readonly cost: number | null;
  /** Whether fields that hold personal data were kept back. */
  readonly withheld: boolean;
}

export interface ShopifyClient {
  /** Throws what `Channel` throws; what a mutation refuses stands in its `userErrors` and is left to the caller. */
  ask(operation: OperationName, variables: Readonly<Record<string, unknown>>): Promise<ShopifyAnswer>;
}

/** Waiting for points is the client's own business for so long; then the caller hears of it. */
const PATIENCE_MS = 10_000;

export function shopifyClient(deps: ChannelDeps, access: ShopifyAccess): ShopifyClient {
  const bucket = costBucket();
  const tokens = access.accessToken === '' ? clientCredentials(deps, access) : undefined;
  const current = async (): Promise<string> => (tokens ? tokens.current() : access.accessToken);
  const send = async (operation: OperationName, variables: object, token: string): Promise<Reply> => {
    const reply = await post(deps.http, { access, token, body: { query: operations[operation], variables } });
    bucket.learn(operation, reply.cost);
    return reply;
  };
  return {
    async ask(operation, variables) {
      let [token, patience, renewed] = [await current(), PATIENCE_MS, tokens === undefined];
      for (;;) {
        const pause = bucket.waitFor(operation);
        if (pause > patience) throw throttled(pause);
        if (pause > 0) await wait(pause);
        patience -= pause;
        const reply = await send(operation, variables, token).catch((error: unknown) => laterOrThrow(error));
        if (reply === 'sign-in' && tokens && !renewed) {
          renewed = true;
          token = await tokens.after(token);
        } else if (reply === 'sign-in') throw signInExpired('The access token is not taken.');
        else if ('retryAfterMs' in reply) {
          if (reply.retryAfterMs > patience) throw throttled(reply.retryAfterMs);
          await wait(reply.retryAfterMs);
          patience -= Math.max(reply.retryAfterMs, 50);
        } else if (reply.throttledFor !== null) {
          // What was not run may be asked again; how long is the platform's own sum.
          if (reply.throttledFor > patience) throw throttled(reply.throttledFor);
          await wait(reply.throttledFor);
          patience -= Math.max(reply.throttledFor, 50);
        } else return reply.answer();
      }
    },
  };
}

/** 401, and 429 of whatever stands before Shopify: nothing was done yet. */
function laterOrThrow(error: unknown): 'sign-in' | { readonly retryAfterMs: number } {
  if (error instanceof AppError && error.code === 'channel.sign-in-expired') return 'sign-in';
  const ms = error instanceof AppError && error.code === 'channel.throttled' ? error.details.retryAfterMs : undefined;
  if (typeof ms === 'number') return { retryAfterMs: ms };
  throw error;
}

const throttled = (retryAfterMs: number): AppError =>
  new AppError('remote', 'channel.throttled', {
    channel: 'shopify',
    code: 'THROTTLED',
    message: 'Shopify counts too many points',
    retryAfterMs,
  });
const signInExpired = (message: string): AppError =>
  refusedAnswer('shopify', 'sign-in-expired', { code: '401', message });

export interface Cost {
  readonly requested: number;
  readonly available: number;
  readonly maximum: number;
  /** Points a second. */
  readonly restore: number;
}

interface Reply {
  readonly cost: Cost | null;
  /** Milliseconds until it may be asked again; null when it was answered. */
  readonly throttledFor: number | null;
  answer(): ShopifyAnswer;
}

interface Post {
  readonly access: ShopifyAccess;
  readonly token: string;
  readonly body: object;
}

async function post(http: ChannelHttp, { access, token, body }: Post): Promise<Reply> {
  const { status, headers, bytes } = await http({
    method: 'POST',
    url: `${access.baseUrl}/admin/api/${API_VERSION}/graphql.json`,
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-shopify-access-token': token },
    body: JSON.stringify(body),
  });
  const text = Buffer.from(bytes).toString('utf8');
  if (status === 401) throw signInExpired('The access token is not taken.');
  if (status !== 200) throw refusedAnswer('shopify', 'refused', { code: String(status), message: text.slice(0, 200) });
  const json = readJsonAnswer('shopify', text);
  if (!isObject(json) || !(isObject(json.data) || 'errors' in json)) throw unreadableAnswer('shopify', json);
  const [errors, cost] = [errorsOf(json.errors), costOf(json.extensions)];
  const hasToWait = errors.some(({ code }) => code === 'THROTTLED');
  const date = headers.get('date');
  const at = date === null || Number.isNaN(Date.parse(date)) ? null : new Date(date).toISOString();
  return {
    cost,
    throttledFor: hasToWait ? waitOf(cost) : null,
    answer: () => ({
      ...readData(json.data, errors),
      at,
      cost: cost?.requested ?? null,
    }),
  };
}

/** Points that are missing, at the pace they come back; a second where the platform does not count. */
function waitOf(cost: Cost | null): number {
  if (!cost || cost.restore <= 0) return 1_000;
  return Math.ceil((Math.max(cost.requested - cost.available, 1) / cost.restore) * 1_000);
}

interface GraphError {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

function errorsOf(errors: unknown): readonly GraphError[] {
  if (errors === undefined || errors === null) return [];
  if (!Array.isArray(errors)) {
    const message = typeof errors === 'string' ? errors : JSON.stringify(errors);
    if (/access token|api key/i.test(message)) throw signInExpired(message);
    return [{ code: '', message, path: [] }];
  }
  return errors.map((error: unknown) => ({
    code: (isObject(error) ? textUnder(error.extensions, 'code') : undefined) ?? '',
    message: textUnder(error, 'message') ?? 'no reason given',
    path: isObject(error) && Array.isArray(error.path) ? error.path.map(String) : [],
  }));
}

/** Fields that an order may lack: personal data without Shopify's approval, and hints that are nice to have. */
const MAY_BE_WITHHELD = new Set([
  ...['shippingAddress', 'email', 'phone', 'name', 'company', 'address1', 'address2', 'city', 'zip', 'province'],
  ...['provinceCode', 'countryCodeV2', 'customerJourneySummary', 'risk', 'attribution', 'app'],
]);

function readData(data: unknown, errors: readonly GraphError[]): Pick<ShopifyAnswer, 'data' | 'withheld'> {
  // Anything else that is missing, fulfillment orders above all, would read as an order of which nothing is to be sent.
  const isHarmless = ({ code, path }: GraphError): boolean =>
    code === 'ACCESS_DENIED' && MAY_BE_WITHHELD.has(path.at(-1) ?? '');
  const worst = errors.find((error) => !isHarmless(error));
  if (worst) throw faultOf(worst);
  if (!isObject(data)) throw unreadableAnswer('shopify', data);
  return { data, withheld: errors.length > 0 };
}

/** `details.path` says which part of the answer is missing, where the rest was answered. */
function faultOf({ code, message, path }: GraphError): AppError {
  const kind = code === 'INTERNAL_SERVER_ERROR' ? 'channel.unavailable' : 'channel.refused';
  const { details } = refusedAnswer('shopify', 'refused', { code, message });
  return new AppError('remote', kind, { ...details, path: path.join('.') });
}

function costOf(extensions: unknown): Cost | null {
  const cost = isObject(extensions) ? extensions.cost : undefined;
  const status = isObject(cost) ? cost.throttleStatus : undefined;
  const number = (value: unknown, key: string): number => Number(textUnder(value, key) ?? Number.NaN);
  const read: Cost = {
    requested: number(cost, 'requestedQueryCost'),
    available: number(status, 'currentlyAvailable'),
    maximum: number(status, 'maximumAvailable'),
    restore: number(status, 'restoreRate'),
  };
  return Object.values(read).every(Number.isFinite) ? read : null;
}

/** A token of 24 hours for the app's own organisation; there is no refresh token, it is asked for again. */
function clientCredentials({ http, clock, tokens }: ChannelDeps, access: ShopifyAccess): Signer {
  return signer(tokens, clock, async (): Promise<StoredTokens> => {
    const { status, bytes } = await http({
      method: 'POST',
      url: `${access.authUrl}/admin/oauth/access_token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({
        client_id: access.clientId,
        client_secret: access.clientSecret,
        grant_type: 'client_credentials',
      }).toString(),
    });
    const text = Buffer.from(bytes).toString('utf8');
    if (status === 400 || status === 401 || status === 403)
      throw refusedAnswer('shopify', 'sign-in-expired', { code: String(status), message: text.slice(0, 200) });
    if (status !== 200)
      throw refusedAnswer('shopify', 'refused', { code: String(status), message: text.slice(0, 200) });
    const answer = readJsonAnswer('shopify', text);
    const accessToken = textUnder(answer, 'access_token');
    if (!accessToken) throw unreadableAnswer('shopify', answer);
    const seconds = Number(textUnder(answer, 'expires_in') ?? '86400');
    return {
      accessToken,
      accessUntil: new Date(clock().getTime() + seconds * 1_000).toISOString(),
      refreshToken: null,
      refreshUntil: null,
    };
  });
}
