import type { z } from 'zod';
import type { Role } from '../model/roles.ts';

/** One call of the door: what goes in, what comes out, who may make it. Commands change something, queries do not. */
export interface CallDefinition<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly kind: 'command' | 'query';
  readonly role: Role;
  readonly summary: string;
  readonly input: Input;
  readonly output: Output;
}

/** Keeps the exact types of a definition, so that callers know input and output from the name alone. */
export function defineCall<Input extends z.ZodType, Output extends z.ZodType>(
  definition: CallDefinition<Input, Output>,
): CallDefinition<Input, Output> {
  return definition;
}
