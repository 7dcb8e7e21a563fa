import type { Actor } from '../model/actor.ts';
import type { CallName, CallOutput, ParsedInput } from './index.ts';

/** What answers a set of calls; input is parsed already, output is checked afterwards. */
export type Handlers<Name extends CallName> = {
  readonly [N in Name]: (actor: Actor, input: ParsedInput<N>) => Promise<CallOutput<N>>;
};
