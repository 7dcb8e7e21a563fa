import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import type { CallInput, CallName, CallOutput } from '../../shared/contract/index.ts';
import { delayBefore, pause } from './back-off.ts';
import { callDoor, newCommandId } from './door.ts';
import { UnreachableError } from './door-error.ts';

const MAX_REPEATS = 4;

/** Sends a command; after a lost answer it is repeated under the same id, so that it is done once. */
export async function sendCommand<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const commandId = newCommandId();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await callDoor(name, input, { commandId });
    } catch (error) {
      if (!(error instanceof UnreachableError) || attempt === MAX_REPEATS) throw error;
      await pause(delayBefore(attempt));
    }
  }
}

export type Command<N extends CallName> = UseMutationResult<CallOutput<N>, Error, CallInput<N>>;

/** One command of the door for a button or a form: one press, one command id. */
export function useCommand<N extends CallName>(
  name: N,
  onDone?: (output: CallOutput<N>, input: CallInput<N>) => unknown,
): Command<N> {
  return useMutation<CallOutput<N>, Error, CallInput<N>>({
    mutationFn: (input) => sendCommand(name, input),
    ...(onDone ? { onSuccess: onDone } : {}),
  });
}
