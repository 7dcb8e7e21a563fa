import { type PickTaskState, pickTaskMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';

export interface TaskProgress {
  readonly id: string;
  readonly itemId: string;
  readonly location: string;
  readonly quantity: number;
  readonly picked: number;
  readonly state: PickTaskState;
}

const OPEN: readonly PickTaskState[] = ['open', 'claimed', 'picking'];

/** Tasks that hands still have to go to, in the walking order given. */
export function openTasksOf<T extends TaskProgress>(tasks: readonly T[]): T[] {
  return tasks.filter((task) => OPEN.includes(task.state) && task.picked < task.quantity);
}

export type PickDecision =
  | { readonly outcome: 'accepted'; readonly taskId: string; readonly quantity: number }
  | { readonly outcome: 'refused'; readonly code: 'pick.wrong-item' | 'pick.too-many' };

/** What an item scan means at a bin; a case counts for all its units or not at all. */
export function decidePick(task: TaskProgress, hits: readonly { itemId: string; quantity: number }[]): PickDecision {
  const hit = hits.find((candidate) => candidate.itemId === task.itemId);
  if (!hit) return { outcome: 'refused', code: 'pick.wrong-item' };
  if (task.picked + hit.quantity > task.quantity) return { outcome: 'refused', code: 'pick.too-many' };
  return { outcome: 'accepted', taskId: task.id, quantity: hit.quantity };
}

/** State of a task that a hand has gone to, by the moves of the machine. */
export function advanceTask(state: PickTaskState, to: 'picking' | 'done' | 'short'): PickTaskState {
  const claimed = state === 'open' ? transition(pickTaskMachine, 'open', 'claimed') : state;
  const picking = claimed === 'claimed' ? transition(pickTaskMachine, claimed, 'picking') : claimed;
  return to === 'picking' ? picking : transition(pickTaskMachine, picking, to);
}
