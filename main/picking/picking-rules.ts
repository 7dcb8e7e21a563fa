import type { PickTaskState } from '../../shared/model/machines.ts';

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
