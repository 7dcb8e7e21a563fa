import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { OrderView } from '../../../shared/contract/orders.ts';
import { openDocument } from '../../station/documents.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatInstant, formatMoney } from '../../ui/format.ts';
import { messageFor } from '../../ui/message-for.ts';
import { isMessageKey } from '../../ui/message-key.ts';
import pageClasses from '../../ui/page.module.css';
import { type Messages, useMessages } from '../../ui/use-messages.ts';
import classes from './order-screen.module.css';

export type Label = OrderView['parcels'][number]['labels'][number];

/** Why this service: the rule, and each rate that was looked at, the one taken first. */
function Why({ choice, messages }: { choice: Label['choice']; messages: Messages }): ReactNode {
  const { t, language } = messages;
  const by = `label.by.${choice.by}`;
  const reason = (key: string | null): string =>
    key === null ? t('label.rate.taken') : isMessageKey(key) ? t(key) : key;
  return (
    <details>
      <summary>{t('label.why')}</summary>
      <p className={pageClasses.muted}>
        {[choice.rule && t('label.rule', { rule: choice.rule }), isMessageKey(by) ? t(by) : choice.by]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <ul className={classes.list}>
        {choice.rates.map((rate) => (
          <li key={`${rate.account} ${rate.service}`}>
            {[
              `${rate.account} · ${rate.service}`,
              rate.cost ? formatMoney(rate.cost, language) : undefined,
              rate.deliveryBy ? t('label.delivery-by', { day: rate.deliveryBy }) : undefined,
              reason(rate.passedOver),
            ]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
      </ul>
    </details>
  );
}

function OnItsWay({ label, messages }: { label: Label; messages: Messages }): ReactNode {
  const { t, language } = messages;
  if (label.events.length === 0) return null;
  return (
    <details>
      <summary>
        {t(`tracking.${label.trackingState}`)}
        {label.trackingUrl !== null && (
          <>
            {' · '}
            <a className={pageClasses.link} href={label.trackingUrl} target="_blank" rel="noreferrer">
              {t('label.follow')}
            </a>
          </>
        )}
      </summary>
      <ul className={classes.list}>
        {label.events.toReversed().map(({ at, code, text, place }) => (
          <li key={`${at} ${code}`}>
            <span className={classes.when}>{formatInstant(at, language)}</span> {text}
            {place !== null && ` · ${place}`}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** One label: its number, what became of it, what it cost and why it was chosen, and where the parcel is. */
export function LabelRow({ label, supervisor }: { label: Label; supervisor: boolean }): ReactNode {
  const messages = useMessages();
  const { t, language } = messages;
  const [failure, setFailure] = useState<unknown>();
  const { documentId, cost } = label;
  const facts = [
    `${label.carrier} ${label.service}`,
    label.trackingNumber === '' ? undefined : label.trackingNumber,
    t(`label-state.${label.state}`),
    cost ? formatMoney(cost, language) : undefined,
  ];
  return (
    <li className={classes.list} data-label={label.kind}>
      <div className={classes.row}>
        <span>
          <strong>{t(`label.${label.kind}`)}</strong> · {facts.filter(Boolean).join(' · ')}
          {label.problem && <span className={pageClasses.chipLate}> {messageFor(messages, label.problem).title}</span>}
        </span>
        {documentId && (
          <Button size="sm" variant="default" onClick={() => openDocument(documentId).catch(setFailure)}>
            {t('ui.open')}
          </Button>
        )}
      </div>
      <OnItsWay label={label} messages={messages} />
      {supervisor && (label.choice.rule !== null || label.choice.rates.length > 0) && (
        <Why choice={label.choice} messages={messages} />
      )}
      {failure !== undefined && <ErrorNotice error={failure} />}
    </li>
  );
}
