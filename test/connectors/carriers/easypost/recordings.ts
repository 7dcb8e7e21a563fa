import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { CarrierCall, CarrierHttp, CarrierReply } from '../../../../main/carriers/carrier-http.ts';

const folder = resolve(import.meta.dirname, '../../../../../shared/fixtures/carriers/easypost');

/** Recordings of the true service lie beside the checkout; where they do not, tests that need them say so and are skipped. */
export const recordingsAreThere = existsSync(folder);
export const withoutRecordings = 'skipped where ../shared/fixtures/carriers is not there';

const Har = z.object({
  log: z.object({
    entries: z.array(
      z.object({
        request: z.object({
          method: z.string(),
          url: z.string(),
          postData: z.object({ text: z.string() }).optional(),
        }),
        response: z.object({ status: z.number(), content: z.object({ text: z.string() }) }),
      }),
    ),
  }),
});
type Entry = z.infer<typeof Har>['log']['entries'][number];

export function recorded(name: string): readonly Entry[] {
  return Har.parse(JSON.parse(readFileSync(resolve(folder, `${name}.har.json`), 'utf8'))).log.entries;
}

/** The JSON that was answered. */
export function answerOf(name: string, at: number): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(recorded(name)[at]?.response.content.text ?? ''));
}

export interface Replay {
  readonly http: CarrierHttp;
  /** What was asked and which recording answered, in turn. */
  readonly played: readonly string[];
}

/** Parts of a request that the recording was made with and that mean nothing for what we test. */
const UNIMPORTANT = new Set([
  'options',
  'contents_explanation',
  'service',
  'carrier',
  'carrier_accounts',
  'verify_carrier',
]);

/**
 * Plays recordings: the one answers whose method and path are those of the call, and all of whose body stands in the
 * call's body with the same value. What nobody recorded is answered as the service answers what it does not know; files
 * come from `files`.
 */
export function replay(names: readonly string[], file: Uint8Array): Replay {
  const entries = names.flatMap(recorded);
  const played: string[] = [];
  const http: CarrierHttp = async (call) => {
    const { host, pathname } = new URL(call.url);
    if (host.endsWith('amazonaws.com')) return reply(200, file);
    const entry = entries.find((candidate) => fits(candidate, call));
    played.push(`${call.method} ${pathname} ${entry ? entry.response.status : 404}`);
    return entry ? reply(entry.response.status, Buffer.from(entry.response.content.text)) : notFound;
  };
  return { http, played };
}

const reply = (status: number, bytes: Uint8Array): CarrierReply => ({ status, headers: new Headers(), bytes });
const notFound = reply(
  404,
  Buffer.from('{"error":{"code":"NOT_FOUND","errors":[],"message":"The requested resource could not be found."}}'),
);

function fits({ request }: Entry, call: CarrierCall): boolean {
  if (request.method !== call.method || new URL(request.url).pathname !== new URL(call.url).pathname) return false;
  const [known, sent] = [request.postData?.text, call.body].map((text) => JSON.parse(text || '{}') as unknown); // compared as values
  return contains(sent, known);
}

/** All that was recorded is there; a number as text is the same number. */
function contains(sent: unknown, known: unknown): boolean {
  if (Array.isArray(known))
    return Array.isArray(sent) && sent.length === known.length && known.every((each, at) => contains(sent[at], each));
  if (typeof known === 'object' && known !== null) {
    if (typeof sent !== 'object' || sent === null) return false;
    const given = new Map(Object.entries(sent));
    return Object.entries(known).every(([key, value]) => UNIMPORTANT.has(key) || contains(given.get(key), value));
  }
  if (typeof known === 'number') return Number(sent) === known;
  return isDeepStrictEqual(sent, known);
}
