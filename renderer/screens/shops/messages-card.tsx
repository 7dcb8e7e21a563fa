import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { OutboxView } from '../../../shared/contract/shops.ts';
import { useCommand } from '../../station/use-command.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { EmptyNotice, ErrorNotice } from '../../ui/error-notice.tsx';
import { formatInstant } from '../../ui/format.ts';
import { messageFor } from '../../ui/message-for.ts';
import { isMessageKey } from '../../ui/message-key.ts';
import { Card } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';

function Acts({ id }: { id: string }): ReactNode {
  const { t } = useMessages();
  const [asked, setAsked] = useState(false);
  const retry = useCommand('shops.retry-message');
  const drop = useCommand('shops.drop-message');
  const error = retry.error ?? drop.error;
  return (
    <>
      <Button size="lg" variant="default" loading={retry.isPending} onClick={() => retry.mutate({ id })}>
        {t('shop.retry')}
      </Button>
      {asked ? (
        <>
          <span>{t('shop.message.drop-ask')}</span>
          <Button size="lg" color="red.9" loading={drop.isPending} onClick={() => drop.mutate({ id })}>
            {t('shop.message.drop-yes')}
          </Button>
          <Button size="lg" variant="default" onClick={() => setAsked(false)}>
            {t('device.remove-no')}
          </Button>
        </>
      ) : (
        <Button size="lg" variant="default" onClick={() => setAsked(true)}>
          {t('shop.message.drop')}
        </Button>
      )}
      {error && <ErrorNotice error={error} />}
    </>
  );
}

function Row({ message }: { message: OutboxView }): ReactNode {
  const words = useMessages();
  const { t, language } = words;
  const key = `shop.topic.${message.topic}`;
  const why = message.reason && messageFor(words, message.reason.code);
  return (
    <li className={classes.row} data-topic={message.topic}>
      <span className={classes.grow}>
        <b>{[isMessageKey(key) ? t(key) : message.topic, message.subject, message.shop].filter(Boolean).join(' · ')}</b>
        <br />
        {why && (
          <span>
            {why.title} {message.reason?.text}
            {why.action !== undefined && ` – ${why.action}`}
            <br />
          </span>
        )}
        <span className={classes.muted}>
          {t('shop.message.tries', { count: message.attempts, at: formatInstant(message.createdAt, language) })}
          {message.state !== 'parked' && ` · ${t('shop.message.next', { at: formatInstant(message.dueAt, language) })}`}
        </span>
      </span>
      {message.state === 'parked' && <Acts id={message.id} />}
    </li>
  );
}

/** What was to be told outside: what was given up with its reason, and what waits. */
export function MessagesCard(): ReactNode {
  const { t } = useMessages();
  const [which, choose] = useState<'parked' | 'open'>('parked');
  const query = useStationQuery('shops.messages-view', { which }, { keepPrevious: true });
  return (
    <Card title={t('shop.messages')}>
      <div className={classes.stack}>
        <div className={classes.acts}>
          {(['parked', 'open'] as const).map((name) => (
            <Button
              key={name}
              size="lg"
              variant={name === which ? 'filled' : 'default'}
              aria-pressed={name === which}
              onClick={() => choose(name)}
            >
              {t(`shop.messages.${name}`, { count: query.data?.[name] ?? 0 })}
            </Button>
          ))}
        </div>
        <QueryGate query={query}>
          {({ messages }) =>
            messages.length === 0 ? (
              <EmptyNotice
                icon="check"
                text={t(which === 'parked' ? 'shop.messages.none' : 'shop.messages.none-open')}
              />
            ) : (
              <ul className={classes.rows}>
                {messages.map((message) => (
                  <Row key={message.id} message={message} />
                ))}
              </ul>
            )
          }
        </QueryGate>
      </div>
    </Card>
  );
}
