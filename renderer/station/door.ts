import type { Answer, CallInput, CallName, CallOutput } from '../../shared/contract/index.ts';
import { reachable } from './connection.ts';
import { DoorError, UnreachableError } from './door-error.ts';
import { endSession, sessionToken } from './session-state.ts';

/** An answer that takes longer is taken for lost; a repeat with the same command id gets the first answer. */
const ANSWER_TIMEOUT_MS = 20_000;
const UNTIMED: readonly string[] = ['stations.load-demo', 'orders.import-upload', 'devices.probe'];

/** Names one act of the operator, so that a repeat after a lost answer is not done twice (UUID v4). */
export function newCommandId(): string {
  // `randomUUID` is missing where a supervisor opens the station over plain http from another machine.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const sessionOver: readonly string[] = ['session.missing', 'session.unknown'];

export interface CallOptions {
  /** Given for commands only. */
  readonly commandId?: string;
  readonly signal?: AbortSignal;
}

/**
 * Makes one call of the door and gives its output.
 *
 * Throws `DoorError` for a refusal, `SessionLostError` on 401, `UnreachableError` when no answer came.
 */
export async function callDoor<N extends CallName>(
  name: N,
  input: CallInput<N>,
  options: CallOptions = {},
): Promise<CallOutput<N>> {
  const timeout = UNTIMED.includes(name) ? undefined : AbortSignal.timeout(ANSWER_TIMEOUT_MS);
  const signals = [options.signal, timeout].filter((signal) => signal !== undefined);
  const headers = { 'Content-Type': 'application/json', ...commandHeader(options.commandId) };
  const answer = await askDoor<CallOutput<N>>(`/api/${name}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(input),
    signal: AbortSignal.any(signals),
  });
  return answer;
}

function commandHeader(commandId: string | undefined): Record<string, string> {
  return commandId === undefined ? {} : { 'Idempotency-Key': commandId };
}

/** Sends one request with the session's token and opens its envelope. */
export async function askDoor<Output>(path: string, init: RequestInit): Promise<Output> {
  return openEnvelope<Output>(await fetchFromDoor(path, init));
}

/** The output of an answer; throws `DoorError` or `SessionLostError` where it is a refusal. */
export async function openEnvelope<Output>(response: Response): Promise<Output> {
  const answer = await readEnvelope<Output>(response);
  reachable.set(true);
  if (answer.ok) return answer.output;
  if (response.status === 401 || sessionOver.includes(answer.error.code)) throw endSession();
  throw new DoorError(answer.error);
}

/** One request with the session's token; the answer is not looked at. Throws `UnreachableError` only. */
export async function fetchFromDoor(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  const token = sessionToken();
  if (token) headers.set('Authorization', `Bearer ${token}`);
  try {
    return await fetch(path, { ...init, headers, cache: 'no-store' });
  } catch (error) {
    if (init.signal?.aborted && isAbort(init.signal.reason)) throw error;
    reachable.set(false);
    throw new UnreachableError(error);
  }
}

function isAbort(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'AbortError';
}

type Envelope<Output> = { ok: true; output: Output } | Extract<Answer, { ok: false }>;

async function readEnvelope<Output>(response: Response): Promise<Envelope<Output>> {
  try {
    const body: unknown = await response.json();
    if (typeof body === 'object' && body !== null && 'ok' in body) {
      // The station has checked its own answer against the contract before it sent it.
      return body as Envelope<Output>;
    }
    throw new TypeError(`no envelope, status ${response.status}`);
  } catch (error) {
    reachable.set(false);
    throw new UnreachableError(error);
  }
}
