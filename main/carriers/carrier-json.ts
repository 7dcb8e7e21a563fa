import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { CarrierMessage } from '../../shared/model/carrier.ts';
import type { CarrierAnswer } from './carrier.ts';
import type { CarrierHttp } from './carrier-http.ts';

export interface JsonCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly timeoutMs?: number;
}

/** A whole answer below 500; `body` is null where there is none. */
export interface JsonReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/**
 * Sends and reads JSON. Throws what `CarrierHttp` throws, `carrier.sign-in-refused` on 401 and `carrier.unreadable` for
 * an answer that is no JSON; every other refusal is an answer with its status.
 */
export async function askJson(http: CarrierHttp, { json, headers, ...call }: JsonCall): Promise<JsonReply> {
  const reply = await http({
    ...call,
    headers: {
      accept: 'application/json',
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const host = new URL(call.url).host;
  if (reply.status === 401) throw new AppError('remote', 'carrier.sign-in-refused', { host });
  return { status: reply.status, headers: reply.headers, body: parseJson(reply.bytes, host) };
}

function parseJson(bytes: Uint8Array, host: string): unknown {
  const text = Buffer.from(bytes).toString('utf8').trim();
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown; // every use reads it by a schema
  } catch (cause) {
    throw new AppError('remote', 'carrier.unreadable', { host, why: 'no-json' }, cause);
  }
}

/** Reads an answer by its schema; throws `carrier.unreadable` with the paths that do not fit, never with what stands there. */
export function readWire<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => path.join('.')).slice(0, 5);
  throw new AppError('remote', 'carrier.unreadable', { why: 'wrong-shape', fields });
}

/** A file that the carrier has laid at an address. Whatever keeps it from coming is `remote`: it was paid already. */
export async function fetchFile(
  http: CarrierHttp,
  url: string,
  headers?: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  if (!/^https?:\/\//.test(url)) throw new AppError('remote', 'carrier.unreadable', { why: 'no-address-of-file' });
  const { status, bytes } = await http({ method: 'GET', url, ...(headers ? { headers } : {}) });
  if (status === 200) return bytes;
  throw new AppError('remote', 'carrier.unreadable', { host: new URL(url).host, why: 'no-file', status });
}

/** What a carrier said against the request. */
export function refused<T>(messages: readonly CarrierMessage[]): CarrierAnswer<T> {
  return { details: null, messages };
}

export function errorMessage(code: string, text: string, field?: string): CarrierMessage {
  return { level: 'error', code, text, ...(field === undefined ? {} : { field }) };
}
