import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';

export interface CarrierCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs?: number;
  /** SOAP tells refusals with status 500: such an answer comes back whole, and the connector tells it from a breakdown. */
  readonly reads500?: boolean;
}

/** A whole answer: status below 500 (or 500 where the call reads it) and not 429; the connector reads what it means. */
export interface CarrierReply {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/** One request. Never repeats anything by itself: whoever asks knows whether asking again may cost. */
export type CarrierHttp = (call: CarrierCall) => Promise<CarrierReply>;

const TIMEOUT_MS = 20_000;
/** A label with its customs papers is far below; what is larger is no label. */
const MOST_BYTES = 20 * 1024 * 1024;
/** Causes of undici and the system that stand before the first byte was sent. */
const NEVER_SENT = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_INVALID_URL'],
]);

/**
 * Asks a carrier. Errors, all `remote`: `carrier.unreachable` (nothing was sent), `carrier.throttled` (429, or 503 that
 * says when to come back; `retryAfterMs`), `carrier.timeout`, `carrier.unavailable` (5xx), `carrier.unreadable` (the
 * answer broke off or is larger than 20 MiB). `details.host` names the other side, never a path or a key.
 */
export const carrierHttp: CarrierHttp = httpDoor('carrier');

/** One way out for one kind of other side: `family` begins the codes of its errors; `send` is the network unless told. */
export function httpDoor(family: 'carrier' | 'channel', send: typeof fetch = fetch): CarrierHttp {
  return async (call) => {
    const host = hostOf(call.url);
    const signal = AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS);
    const fault = (reason: string, details: object = {}, cause?: unknown): AppError =>
      new AppError('remote', `${family}.${reason}`, { host, ...details }, cause);
    let response: Response;
    try {
      response = await send(call.url, {
        method: call.method,
        redirect: 'error',
        signal,
        ...(call.headers ? { headers: call.headers } : {}),
        ...(call.body === undefined ? {} : { body: call.body }),
      });
    } catch (error) {
      if (signal.aborted) throw fault('timeout', {}, error);
      throw fault(NEVER_SENT.has(causeCode(error)) ? 'unreachable' : 'timeout', {}, error);
    }
    const bytes = await readAll(response, { signal, fault });
    const retryAfterMs = retryAfter(response.headers);
    if (response.status === 429 || (response.status === 503 && retryAfterMs !== null))
      throw fault('throttled', { retryAfterMs: retryAfterMs ?? 1_000 });
    if (response.status >= 500 && !(call.reads500 && response.status === 500))
      throw fault('unavailable', { status: response.status });
    return { status: response.status, headers: response.headers, bytes };
  };
}

interface Reading {
  readonly signal: AbortSignal;
  fault(reason: string, details?: object, cause?: unknown): AppError;
}

async function readAll(response: Response, { signal, fault }: Reading): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > MOST_BYTES) throw fault('unreadable', { why: 'too-large' });
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw fault(signal.aborted ? 'timeout' : 'unreadable', { why: 'broke-off' }, error);
  }
  return Buffer.concat(chunks);
}

/** Milliseconds of `Retry-After`, at most an hour; null where there is none. */
function retryAfter(headers: Headers): number | null {
  const text = headers.get('retry-after');
  if (text === null) return null;
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 3_600_000) : null;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

function causeCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** Seconds' worth of requests that may go out at once before the pace holds them back. */
const BURST_SECONDS = 10;

/**
 * The same, with at most so many requests a minute: a few at once, then a request waits for its turn. A carrier that says
 * "later" (`carrier.throttled`) holds the next ones back as well.
 */
export function pacedHttp(http: CarrierHttp, requestsPerMinute: number): CarrierHttp {
  const gapMs = 60_000 / requestsPerMinute;
  const burstMs = Math.max(gapMs, BURST_SECONDS * 1_000);
  let freeAt = 0;
  return async (call) => {
    const now = performance.now();
    freeAt = Math.max(freeAt, now - burstMs + gapMs) + gapMs;
    const waitMs = freeAt - gapMs - now;
    if (waitMs > 0) await wait(waitMs);
    try {
      return await http(call);
    } catch (error) {
      const ms = error instanceof AppError && error.code === 'carrier.throttled' ? error.details.retryAfterMs : 0;
      if (typeof ms === 'number' && ms > 0) freeAt = Math.max(freeAt, performance.now() + ms);
      throw error;
    }
  };
}
