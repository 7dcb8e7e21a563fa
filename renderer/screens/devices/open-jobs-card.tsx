import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { PrintJobView } from '../../../shared/contract/printing.ts';
import { openDocument } from '../../station/documents.ts';
import { useCommand } from '../../station/use-command.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { documentWords } from '../../ui/document-words.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Icon } from '../../ui/icons.tsx';
import { messageFor } from '../../ui/message-for.ts';
import { Card } from '../../ui/page.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { useNow } from '../../ui/use-now.ts';
import { addressWords, sinceWords } from './device-words.ts';

/** A press is done once: the buttons are gone until the station has answered. */
function Answers({ job }: { job: PrintJobView }): ReactNode {
  const { t } = useMessages();
  const answer = useCommand('printing.answer');
  const again = useCommand('printing.print-again');
  const busy = answer.isPending || again.isPending;
  const failure = answer.error ?? again.error;
  return (
    <div className={classes.acts}>
      {job.state === 'unknown' && (
        <>
          <Button size="lg" disabled={busy} onClick={() => answer.mutate({ jobId: job.id, cameOut: true })}>
            {t('print.came-out')}
          </Button>
          <Button
            size="lg"
            variant="default"
            disabled={busy}
            onClick={() => answer.mutate({ jobId: job.id, cameOut: false, again: true })}
          >
            {t('print.not-out-again')}
          </Button>
          <Button
            size="lg"
            variant="default"
            disabled={busy}
            onClick={() => answer.mutate({ jobId: job.id, cameOut: false })}
          >
            {t('print.not-out')}
          </Button>
        </>
      )}
      {job.state === 'failed' && (
        <Button size="lg" disabled={busy} onClick={() => again.mutate({ jobId: job.id })}>
          {t('print.again')}
        </Button>
      )}
      {failure && <ErrorNotice error={failure} />}
    </div>
  );
}

/** A printer by where it is plugged in; jobs name it by its id, and the demo’s own by `screen`. */
function usePrinterName(id: string): string {
  const { t } = useMessages();
  const device = useStationQuery('devices.devices-view', {}).data?.devices.find((one) => one.id === id);
  if (id === 'screen') return t('print.screen');
  return device ? addressWords(device.address) : t('print.printer-gone');
}

function Job({ job, mayAnswer }: { job: PrintJobView; mayAnswer: boolean }): ReactNode {
  const messages = useMessages();
  const { t, language } = messages;
  const nowMs = useNow(60_000);
  const [failure, setFailure] = useState<unknown>();
  const told = job.code === null ? undefined : messageFor(messages, job.code, job.params);
  const waits = job.state === 'unknown' || job.state === 'failed';
  const printer = usePrinterName(job.printer);
  const facts = [printer, sinceWords(job.createdAt, nowMs, language), ...(job.orderNumber ? [job.orderNumber] : [])];
  return (
    <li className={classes.job} data-print-job={job.state}>
      <p className={classes.acts}>
        <Icon name={waits ? 'warning' : 'printer'} size={32} />
        <span className={classes.grow}>
          <b>
            {documentWords(job.kind, t)} · {t(job.state === 'unknown' ? 'print.asked' : `print.${job.state}`)}
          </b>
          <br />
          <span className={classes.muted}>{facts.join(' · ')}</span>
        </span>
        <Button size="lg" variant="subtle" onClick={() => openDocument(job.documentId).catch(setFailure)}>
          {t('ui.open')}
        </Button>
      </p>
      {told && (
        <p className={classes.problem} data-look={waits ? 'bad' : 'quiet'}>
          <b>{told.title}</b> {told.action}
        </p>
      )}
      {mayAnswer && waits && <Answers job={job} />}
      {failure !== undefined && <ErrorNotice error={failure} />}
    </li>
  );
}

/** Papers that are not out yet, or of which nobody knows whether they are: asked of whoever stands there. */
export function OpenJobsCard({ mayAnswer }: { mayAnswer: boolean }): ReactNode {
  const { t } = useMessages();
  const query = useStationQuery('printing.jobs-view', { limit: 8 });
  const open = query.data?.open ?? [];
  if (query.error) return <ErrorNotice error={query.error} />;
  if (open.length === 0) return null;
  // What goes its way needs nobody: one line for all of it.
  const inNeed = open.filter(({ state, code }) => state === 'unknown' || state === 'failed' || code !== null);
  const onTheWay = open.length - inNeed.length;
  return (
    <Card title={t('print.open')}>
      <ul className={classes.rows}>
        {inNeed.map((job) => (
          <Job key={job.id} job={job} mayAnswer={mayAnswer} />
        ))}
      </ul>
      {onTheWay > 0 && <p className={classes.muted}>{t('print.on-the-way', { count: onTheWay })}</p>}
    </Card>
  );
}
