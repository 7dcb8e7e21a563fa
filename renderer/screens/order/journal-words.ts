import type { OrderView } from '../../../shared/contract/orders.ts';
import { formatWeight } from '../../ui/format.ts';
import { isMessageKey } from '../../ui/message-key.ts';
import { holdWords } from '../../ui/order-marks.tsx';
import type { Messages } from '../../ui/use-messages.ts';

type Entry = OrderView['timeline'][number];

/** Small facts of a journal row as placeholders of its text; weights in the reader's form. */
function factsOf({ data, from, to }: Entry, { t, language }: Messages): Record<string, string | number> {
  const facts: Record<string, string | number> = { from: from ?? '', to: to ?? '' };
  for (const [name, value] of Object.entries(data)) {
    if (typeof value === 'number' && name.endsWith('Mg')) facts[name] = formatWeight(value, language);
    else if (name === 'reason' && typeof value === 'string') facts[name] = holdWords(value, t);
    else if (typeof value === 'string' || typeof value === 'number') facts[name] = value;
  }
  return facts;
}

/** One line of the journal in words; its own name for a kind that this version does not know. */
export function journalWords(entry: Entry, messages: Messages): string {
  const { t } = messages;
  const key = `journal.${entry.kind}`;
  return isMessageKey(key) ? t(key, factsOf(entry, messages)) : t('journal.unlisted', { kind: entry.kind });
}

/** `Allocated → Picking` where the act moved the order. */
export function moveWords({ from, to }: Entry, { t }: Messages): string | undefined {
  const words = (state: string) => {
    const key = `order-state.${state}`;
    return isMessageKey(key) ? t(key) : state;
  };
  return from && to ? `${words(from)} → ${words(to)}` : undefined;
}
