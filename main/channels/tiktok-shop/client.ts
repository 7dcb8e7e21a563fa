import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { wireText } from '../../../shared/json/wire-values.ts';
import { readJsonAnswer, refusedAnswer, unreadableAnswer } from '../channel.ts';
import type { ChannelDeps } from '../channel-connector.ts';
import { type PlatformClock, platformClock } from './platform-clock.ts';
import { type TiktokTrouble, troubleOf } from './refusal.ts';
import { type TiktokQuestion, tiktokRequest } from './request.ts';
import { type TiktokAccess, tiktokTokens } from './tokens.ts';

/** The platform's own code and words against what was asked. */
export interface TiktokRefusal {
  readonly code: string;
  readonly text: string;
  readonly trouble: TiktokTrouble;
}

export type TiktokAnswer<T> =
  | { readonly data: T; readonly refused?: undefined }
  | { readonly refused: TiktokRefusal; readonly data?: undefined };

export interface TiktokClient {
  readonly clock: PlatformClock;
  /** What TikTok says to this question; whatever may pass or needs a new sign-in is thrown. */
  ask<T>(question: TiktokQuestion, schema: z.ZodType<T>): Promise<TiktokAnswer<T>>;
  /** The same where nothing but an answer will do: throws `channel.refused`. */
  demand<T>(question: TiktokQuestion, schema: z.ZodType<T>): Promise<T>;
}

/** Every answer says by `code` whether it is one, whatever its status. */
const Envelope = z.object({
  code: z.union([z.number(), z.string()]).transform(String),
  message: wireText,
  data: z.unknown().optional(),
  request_id: wireText,
});
type Envelope = z.infer<typeof Envelope>;

/** So long a call waits in all for a platform that says "later". */
const PATIENCE_MS = 10_000;
const FIRST_PAUSE_MS = 500;

export function tiktokClient(access: TiktokAccess, deps: ChannelDeps): TiktokClient {
  const clock = platformClock(deps.clock);
  const tokens = tiktokTokens(access, { http: deps.http, now: clock.now, tokens: deps.tokens });
  const once = async (question: TiktokQuestion, token: string): Promise<{ said: Envelope; corrected: boolean }> => {
    const reply = await deps.http(tiktokRequest(access, question, { token, at: clock.now() }));
    // Only TikTok's own answers tell its time: a page of something in between has another clock.
    const said = readEnvelope(reply.bytes);
    return { said, corrected: clock.learn(reply.headers) };
  };
  const patient = heldBack();
  const send = async (question: TiktokQuestion): Promise<Envelope> => {
    let token = await tokens.current();
    for (let [renewed, timed] = [false, false]; ; ) {
      const used = token;
      const { said, corrected } = await patient(operationOf(question), () => once(question, used));
      const trouble = troubleOf(said.code, said.message);
      if (trouble === 'token' && !renewed) {
        renewed = true;
        token = await tokens.after(used);
      } else if (trouble === 'clock' && corrected && !timed) timed = true;
      else if (trouble === 'token' || trouble === 'key') throw signInRefused(said);
      else if (trouble === 'unavailable') throw new AppError('remote', 'channel.unavailable', detailsOf(said));
      else return said;
    }
  };
  const ask: TiktokClient['ask'] = async (question, schema) => {
    const said = await send(question);
    const trouble = troubleOf(said.code, said.message);
    if (trouble) return { refused: { code: said.code, text: said.message || `code ${said.code}`, trouble } };
    const read = schema.safeParse(said.data ?? {});
    if (!read.success) throw unreadableAnswer('tiktok_shop', said.data);
    return { data: read.data };
  };
  return {
    clock,
    ask,
    async demand(question, schema) {
      const answer = await ask(question, schema);
      if (answer.refused)
        throw refusedAnswer('tiktok_shop', 'refused', { ...answer.refused, message: answer.refused.text });
      return answer.data;
    },
  };
}

const detailsOf = ({ code, message, request_id: requestId }: Envelope): Readonly<Record<string, unknown>> => ({
  channel: 'tiktok_shop',
  code,
  message,
  requestId,
});

const signInRefused = ({ code, message }: Envelope): AppError =>
  refusedAnswer('tiktok_shop', 'sign-in-expired', { code, message });

function readEnvelope(bytes: Uint8Array): Envelope {
  const answer = readJsonAnswer('tiktok_shop', Buffer.from(bytes).toString('utf8'));
  const envelope = Envelope.safeParse(answer);
  if (!envelope.success) throw unreadableAnswer('tiktok_shop', answer);
  return envelope.data;
}

/** A question without the ids in it: what the platform counts as one operation. */
function operationOf({ method, path }: TiktokQuestion): string {
  return `${method} ${path.replace(/\d{6,}(?=\/|$)/g, '{id}')}`;
}

type Patient = <T extends { readonly said: Envelope }>(operation: string, act: () => Promise<T>) => Promise<T>;

/**
 * TikTok publishes no number of requests a second: an operation that it puts off waits, longer each time, and the next one
 * of that kind waits with it.
 */
function heldBack(): Patient {
  const freeAt = new Map<string, number>();
  return async (operation, act) => {
    let pause = FIRST_PAUSE_MS;
    for (let waited = 0; ; ) {
      const owed = (freeAt.get(operation) ?? 0) - performance.now();
      if (owed > 0) {
        if (waited + owed > PATIENCE_MS) throw tooMany(owed);
        await wait(owed);
        waited += owed;
      }
      const later = await tryOnce(act);
      if (later.kind === 'answer') return later.answer;
      pause = Math.max(pause * 2, later.retryAfterMs);
      freeAt.set(operation, performance.now() + pause);
      if (waited + pause > PATIENCE_MS) throw tooMany(pause);
    }
  };
}

type Tried<T> =
  | { readonly kind: 'answer'; readonly answer: T }
  | { readonly kind: 'later'; readonly retryAfterMs: number };

async function tryOnce<T extends { readonly said: Envelope }>(act: () => Promise<T>): Promise<Tried<T>> {
  try {
    const answer = await act();
    const isPutOff = troubleOf(answer.said.code, answer.said.message) === 'throttled';
    return isPutOff ? { kind: 'later', retryAfterMs: 0 } : { kind: 'answer', answer };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'channel.throttled') throw error;
    return { kind: 'later', retryAfterMs: Number(error.details.retryAfterMs ?? 0) };
  }
}

const tooMany = (retryAfterMs: number): AppError =>
  new AppError('remote', 'channel.throttled', { channel: 'tiktok_shop', retryAfterMs: Math.ceil(retryAfterMs) });
