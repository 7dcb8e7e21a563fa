import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';
import { messageForError } from './message-for.ts';
import classes from './query-gate.module.css';
import { useMessages } from './use-messages.ts';

/** What went wrong, what to do, and a button where trying again may help. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }): ReactNode {
  const messages = useMessages();
  const { title, action } = messageForError(messages, error);
  return (
    <div className={classes.notice} role="alert">
      <Icon name="warning" size={28} />
      <div>
        <p className={classes.title}>{title}</p>
        {action !== undefined && <p>{action}</p>}
        {onRetry && (
          <Button variant="default" onClick={onRetry}>
            {messages.t('ui.retry')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** A list without rows says why and what fills it. */
export function EmptyNotice({ icon, text }: { icon: IconName; text: string }): ReactNode {
  return (
    <div className={classes.empty}>
      <Icon name={icon} size={56} />
      <p>{text}</p>
    </div>
  );
}
