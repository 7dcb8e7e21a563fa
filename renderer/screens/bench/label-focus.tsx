import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { Icon } from '../../ui/icons.tsx';
import { messageFor } from '../../ui/message-for.ts';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './label-focus.module.css';

type Label = BenchView['labels'][number];

function Paper({ label, waiting }: { label: Label | undefined; waiting: boolean }): ReactNode {
  const { t } = useMessages();
  const number = label?.trackingNumber ?? '';
  return (
    <div className={`${classes.paper} ${waiting ? classes.waiting : ''}`}>
      <span className={classes.name}>{t('label.outbound')}</span>
      <div className={classes.bars} />
      {number !== '' && (
        <>
          <span className={classes.number}>{number}</span>
          <span className={classes.tail}>…{number.slice(-4)}</span>
        </>
      )}
    </div>
  );
}

/** The label on its way: being made, failed with its reason, or printed and to be scanned back. */
export function LabelFocus({ view }: { view: BenchView }): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const outbound = view.labels.find((label) => label.kind === 'outbound');
  const back = view.labels.find((label) => label.kind === 'return');
  const waiting = view.step === 'label-pending';
  return (
    <div className={classes.label} data-label-state={outbound?.state}>
      <Paper label={outbound} waiting={waiting} />
      {waiting && <Loader aria-label={t('label.making')} />}
      {outbound?.problem && <p className={classes.problem}>{messageFor(messages, outbound.problem).title}</p>}
      {back?.state === 'bought' && (
        <span className={classes.return}>
          <Icon name="label" size={36} />
          {t('label.return-in-box')}
        </span>
      )}
    </div>
  );
}
