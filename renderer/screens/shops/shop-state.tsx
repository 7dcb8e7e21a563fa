import type { ReactNode } from 'react';
import type { ShopMessage, ShopView } from '../../../shared/contract/shops.ts';
import { formatInstant } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { messageFor } from '../../ui/message-for.ts';
import classes from '../../ui/set-up.module.css';
import { type Messages, useMessages } from '../../ui/use-messages.ts';

const shapes: Readonly<Record<ShopView['state'], IconName>> = {
  reading: 'check',
  late: 'clock',
  failing: 'warning',
  refused: 'stop',
  paused: 'pause',
  'never-read': 'question',
};

/** `4 min`, `3 h`, `2 days`: how far behind a shop is. */
export function lagWords(seconds: number, { t }: Messages): string {
  if (seconds < 60) return t('shop.lag.now');
  if (seconds < 3_600) return t('shop.lag.minutes', { count: Math.round(seconds / 60) });
  if (seconds < 86_400) return t('shop.lag.hours', { count: Math.round(seconds / 3_600) });
  return t('shop.lag.days', { count: Math.round(seconds / 86_400) });
}

/** What was said of a shop: our words, what to do, and the platform's own words beside them. */
export function Said({ messages }: { messages: readonly ShopMessage[] }): ReactNode {
  const words = useMessages();
  if (messages.length === 0) return null;
  return (
    <ul className={classes.meaning}>
      {messages.map(({ level, code, text }) => {
        const { title, action } = messageFor(words, code);
        return (
          <li key={`${code} ${text}`} data-level={level} data-code={code}>
            <b>{title}</b>
            {text !== '' && <span> · {text}</span>}
            {action !== undefined && level !== 'info' && <span> – {action}</span>}
          </li>
        );
      })}
    </ul>
  );
}

/** Whether a shop is read, as a word and a shape, and what stands in the way. */
export function ShopState({ shop }: { shop: ShopView }): ReactNode {
  const words = useMessages();
  const { t, language } = words;
  const problem = shop.problem === null ? undefined : messageFor(words, shop.problem);
  return (
    <div className={classes.health} role="status">
      <p className={classes.acts} data-state={shop.state}>
        <Icon name={shapes[shop.state]} size={28} />
        <b>{t(`shop.state.${shop.state}`)}</b>
        <span className={classes.muted}>
          {shop.readAt === null ? t('shop.not-read') : t('shop.read-at', { at: formatInstant(shop.readAt, language) })}
        </span>
      </p>
      {problem && (
        <p className={classes.problem} data-look="bad">
          <b>{problem.title}</b> {problem.action}
        </p>
      )}
      {shop.fault && (
        <div className={classes.problem} data-look={shop.state === 'refused' ? 'bad' : 'quiet'}>
          <Said messages={[shop.fault]} />
        </div>
      )}
    </div>
  );
}
