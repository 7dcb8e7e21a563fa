import { AppError } from '../errors.ts';

/** A state machine as data: from each state the states it may move to. */
export interface Machine<State extends string> {
  readonly name: string;
  readonly moves: { readonly [S in State]: readonly State[] };
}

/** Tells whether `machine` allows the move; staying is not a move. */
export function canMove<State extends string>(machine: Machine<State>, from: State, to: State): boolean {
  return machine.moves[from].includes(to);
}

/** The only way a state changes: returns `to`, or throws a `conflict` that names the machine and both states. */
export function transition<State extends string>(machine: Machine<State>, from: State, to: State): State {
  if (!canMove(machine, from, to)) {
    throw new AppError('conflict', 'state.move-not-allowed', { machine: machine.name, from, to });
  }
  return to;
}
