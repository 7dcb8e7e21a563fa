import type { ReactNode } from 'react';
import type { OrderView } from '../../../shared/contract/orders.ts';
import { formatInstant } from '../../ui/format.ts';
import pageClasses from '../../ui/page.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { journalWords, moveWords } from './journal-words.ts';
import classes from './order-screen.module.css';

/** What was done to the order, by whom and where, newest last. */
export function OrderTimeline({ entries }: { entries: OrderView['timeline'] }): ReactNode {
  const messages = useMessages();
  const { t, language } = messages;
  if (entries.length === 0) return <p className={pageClasses.muted}>{t('order.no-timeline')}</p>;
  return (
    <ol className={classes.timeline}>
      {entries.map((entry) => (
        <li key={entry.id} className={classes.event}>
          <span>{journalWords(entry, messages)}</span>
          {moveWords(entry, messages) !== undefined && <span>{moveWords(entry, messages)}</span>}
          <span className={classes.when}>
            {[formatInstant(entry.at, language), entry.operator, entry.station].filter(Boolean).join(' · ')}
          </span>
        </li>
      ))}
    </ol>
  );
}
