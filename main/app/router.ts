import type { Handlers } from '../../shared/contract/handlers.ts';
import { type Answer, type CallName, calls, type ParsedInput } from '../../shared/contract/index.ts';
import { AppError, type ErrorKind } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { roleAllows } from '../../shared/model/roles.ts';
import { withStoreName } from '../db/store-faults.ts';

export const statusOf: Readonly<Record<ErrorKind, 400 | 403 | 404 | 409 | 422 | 500 | 502 | 503>> = {
  validation: 400,
  permission: 403,
  'not-found': 404,
  conflict: 409,
  rule: 422,
  device: 503,
  remote: 502,
  bug: 500,
};

export type Report = (error: AppError, ref: string) => void;

/** Whether the contract has a call of this name. */
export function isCall(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}

/** The input as the contract wants it, or a refusal that names each field. */
export function parseInput<N extends CallName>(name: N, input: unknown): ParsedInput<N> {
  const parsed = calls[name].input.safeParse(input);
  if (parsed.success) return parsed.data as ParsedInput<N>; // parsed by this very name's schema
  throw new AppError('validation', 'door.bad-input', {
    name,
    issues: parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message })),
  });
}

/** Every call of either shell ends here: input checked, role checked, answer checked, no raw exception leaves. */
export async function answerCall(
  handlers: Handlers<CallName>,
  request: { actor: Actor; name: string; input: unknown },
  report: Report,
): Promise<Answer> {
  try {
    const { actor, name } = request;
    if (!isCall(name)) throw new AppError('not-found', 'door.unknown-call', { name });
    const call = calls[name];
    if (!roleAllows(actor.role, call.role)) throw refusal(actor, call.role);
    const input = parseInput(name, request.input);
    // The map is checked name by name where it is built; here one name stands for all.
    const handle = handlers[name] as (actor: Actor, input: unknown) => Promise<unknown>;
    const output = call.output.parse(await handle(actor, input));
    return { ok: true, output: output as never }; // parsed by this call's own schema on the line above
  } catch (error) {
    return failed(error, report);
  }
}

/** Nobody signed in needs a badge, somebody with too small a role needs another person. */
export function refusal(actor: Actor, needs: string): AppError {
  return actor.role === 'anyone'
    ? new AppError('permission', 'badge.needed', { needs })
    : new AppError('permission', 'permission.supervisor-needed', { needs });
}

/** The envelope of a failure; only faults of our own are reported, with a reference that the screen shows. */
export function failed(error: unknown, report: Report): Extract<Answer, { ok: false }> {
  const named = withStoreName(error);
  const known = named instanceof AppError ? named : new AppError('bug', 'door.unexpected', {}, named);
  const ref = crypto.randomUUID().slice(0, 8);
  if (known.kind === 'bug' || known.kind === 'device') report(known, ref);
  return { ok: false, error: { kind: known.kind, code: known.code, details: { ...known.details }, ref } };
}
