import type { OutboxView } from '../../shared/contract/shops.ts';
import type { Database } from '../db/database.ts';
import { countMessages, listMessages, OPEN_STATES, readReason } from '../sync/outbox-desk.ts';

export { dropMessage, retryMessage } from '../sync/outbox-desk.ts';

import { findSubjects } from './message-subject-store.ts';

/** Messages to anybody outside, with what each is about in words: the number of its order, the title of its shop. */
export async function messagesOf(
  { database }: { readonly database: Database },
  asked: { readonly which: 'parked' | 'open'; readonly limit: number },
): Promise<{ messages: OutboxView[]; parked: number; open: number }> {
  const states = asked.which === 'parked' ? (['parked'] as const) : OPEN_STATES;
  const rows = await listMessages(database, { states, limit: asked.limit });
  const subjects = await findSubjects(
    database.read,
    rows.map(({ key }) => key),
  );
  const messages = rows.map(({ key, lastError, ...row }) => ({
    ...row,
    subject: subjects.get(key)?.subject ?? '',
    shop: subjects.get(key)?.shop ?? null,
    reason: readReason(lastError),
  }));
  return { messages, ...(await countMessages(database)) };
}
