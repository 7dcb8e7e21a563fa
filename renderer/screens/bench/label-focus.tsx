import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import type { BenchPrint, BenchView } from '../../../shared/contract/bench.ts';
import { documentWords } from '../../ui/document-words.ts';
import { Icon } from '../../ui/icons.tsx';
import { messageFor } from '../../ui/message-for.ts';
import { useMessages } from '../../ui/use-messages.ts';
import { askedPrint, noCard, waitingPrint, yesCard } from './asked-print.ts';
import { CardButton } from './card-button.tsx';
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

/**
 * Did it come out? Why nobody knows or why it failed, what to do, and the cards that answer.
 *
 * Scanning the label answers as well: nothing here stands between the packer and the next scan.
 */
function PrintQuestion({ print }: { print: BenchPrint }): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const failed = print.state === 'failed';
  const paper = documentWords(print.kind, t);
  const told = print.code === null ? undefined : messageFor(messages, print.code, print.params);
  return (
    <section className={`${classes.question} ${failed ? classes.failed : ''}`} data-print-state={print.state}>
      <p className={classes.asked} role="alert">
        <Icon name={failed ? 'warning' : 'printer'} size={40} />
        {t(failed ? 'label.not-out' : 'label.came-out', { paper })}
      </p>
      {told && (
        <p className={classes.why}>
          <b>{told.title}</b> {told.action}
        </p>
      )}
      {!failed && told?.action === undefined && <p className={classes.why}>{t('label.came-out.look')}</p>}
      <div className={classes.answers}>
        {!failed && (
          <CardButton text={yesCard} className={classes.answer}>
            <Icon name="check" size={34} /> {t('command.yes')}
          </CardButton>
        )}
        <CardButton text={noCard} className={classes.answer}>
          <Icon name="printer" size={34} /> {t(failed ? 'print.again' : 'print.not-out-again')}
        </CardButton>
      </div>
    </section>
  );
}

/** It comes by itself: nothing to answer, but somebody must look after the printer. */
function PrintWaits({ print }: { print: BenchPrint }): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const told = messageFor(messages, print.code ?? '', print.params);
  return (
    <section className={classes.question} data-print-state={print.state}>
      <p className={classes.asked} role="status">
        <Icon name="clock" size={40} />
        {t('label.waits', { paper: documentWords(print.kind, t) })}
      </p>
      <p className={classes.why}>
        <b>{told.title}</b> {told.action}
      </p>
    </section>
  );
}

/** Why there is no label yet, and what to do about it. */
function LabelProblem({ code, params }: { code: string; params: Label['problemParams'] }): ReactNode {
  const told = messageFor(useMessages(), code, params);
  return (
    <p className={classes.problem}>
      {told.title}
      {told.action && <span className={classes.why}> {told.action}</span>}
    </p>
  );
}

/** The label on its way: being made, failed with its reason, or printed and to be scanned back. */
export function LabelFocus({ view }: { view: BenchView }): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const outbound = view.labels.find((label) => label.kind === 'outbound');
  const back = view.labels.find((label) => label.kind === 'return');
  const wrong = outbound?.problem ? outbound : back;
  const waiting = view.step === 'label-pending';
  const asked = askedPrint(view.prints);
  const waits = asked ? undefined : waitingPrint(view.prints);
  const label = view.prints.find(({ kind }) => kind === 'label');
  return (
    <div className={`${classes.label} ${asked || waits ? classes.asking : ''}`} data-label-state={outbound?.state}>
      {asked && <PrintQuestion print={asked} />}
      {waits && <PrintWaits print={waits} />}
      <Paper label={outbound} waiting={waiting} />
      {waiting && <Loader aria-label={t('label.making')} />}
      {wrong?.problem && <LabelProblem code={wrong.problem} params={wrong.problemParams} />}
      {!asked && !waits && (label?.state === 'queued' || label?.state === 'submitted') && (
        <span className={classes.return} data-print-state={label.state}>
          <Icon name="printer" size={36} />
          {t(label.state === 'queued' ? 'label.sending' : 'label.sent')}
        </span>
      )}
      {back?.state === 'bought' && (
        <span className={classes.return}>
          <Icon name="label" size={36} />
          {t('label.return-in-box')}
        </span>
      )}
    </div>
  );
}
