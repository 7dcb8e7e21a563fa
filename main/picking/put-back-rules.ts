/** Units of a task's item that lie in the tote. */
export interface TakenTask {
  readonly lineId: string;
  readonly itemId: string;
  readonly locationId: string;
  readonly picked: number;
}

export interface BackToBin {
  readonly itemId: string;
  readonly locationId: string;
  readonly quantity: number;
}

/**
 * Which units go back into which bin: of each line those that were picked and have not left, into the bins they came
 * from, the last ones first. One entry for each item and bin.
 */
export function planPutBacks(
  lines: readonly { readonly id: string; readonly picked: number; readonly shipped: number }[],
  tasks: readonly TakenTask[],
): BackToBin[] {
  const plan = new Map<string, BackToBin>();
  for (const line of lines) {
    let left = line.picked - line.shipped;
    for (const task of tasks.filter((one) => one.lineId === line.id).reverse()) {
      const quantity = Math.min(left, task.picked);
      if (quantity <= 0) continue;
      const { itemId, locationId } = task;
      const key = `${itemId} ${locationId}`;
      plan.set(key, { itemId, locationId, quantity: quantity + (plan.get(key)?.quantity ?? 0) });
      left -= quantity;
    }
  }
  return [...plan.values()];
}

/** A movement that a put-back caused, oldest first. */
export interface PutMovement {
  /** The put-back. */
  readonly subject: string;
  readonly locationId: string;
  readonly quantity: number;
  readonly reason: string;
}

export interface LastPut {
  readonly subject: string;
  readonly locationId: string;
  readonly quantity: number;
  readonly damaged: boolean;
}

/** What the last scan of a put-back that was not taken back put where; undefined when there is none. */
export function lastPut(movements: readonly PutMovement[]): LastPut | undefined {
  const puts: LastPut[] = [];
  for (const { subject, locationId, quantity, reason } of movements) {
    const top = puts.at(-1);
    if (reason === 'put-back') puts.push({ subject, locationId, quantity, damaged: false });
    else if (reason === 'put-back-undone') puts.pop();
    else if (reason === 'damaged' && top) puts.splice(-1, 1, { ...top, damaged: true });
  }
  return puts.at(-1);
}
