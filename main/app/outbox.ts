import type { OutboxView } from '../../shared/contract/shops.ts';
import { systemActor } from '../../shared/model/actor.ts';
import { messagesOf, retryMessage } from '../shops/messages-service.ts';
import type { SettledMessage } from '../sync/outbox-worker.ts';
import type { Core } from './core.ts';

const LISTED = 500;

/** What waits to be delivered, or only what was given up; oldest first. */
export async function listOutbox(core: Core, onlyParked: boolean): Promise<OutboxView[]> {
  const parked = await messagesOf(core, { which: 'parked', limit: LISTED });
  if (onlyParked) return parked.messages;
  const open = await messagesOf(core, { which: 'open', limit: LISTED });
  return [...open.messages, ...parked.messages];
}

/** A message that was given up is tried again; whoever delivers takes it at once. */
export function retryOutbox(core: Core, id: string): Promise<void> {
  return retryMessage(core.deps, systemActor, id);
}

export type Delivered = SettledMessage & { readonly subject: string };

/** Opens the data with `open`, delivers what is due and tells what became of each message. */
export async function deliverAll(
  open: (onDelivered: (message: SettledMessage) => void) => Promise<Core>,
): Promise<Delivered[]> {
  const settled: SettledMessage[] = [];
  const core = await open((message) => void settled.push(message));
  try {
    // A delivery may leave others behind: a label, then its print.
    for (let before = -1; before !== settled.length; ) {
      before = settled.length;
      await core.worker.drain();
    }
    const subjects = await core.database
      .read('sales_order')
      .whereIn(
        'id',
        settled.map(({ key }) => key),
      )
      .select('id', 'number');
    const numbers = new Map(subjects.map(({ id, number }): [string, string] => [id, number]));
    return settled.map((message) => ({ ...message, subject: numbers.get(message.key) ?? '' }));
  } finally {
    await core.close();
  }
}
