import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { openDocument } from '../../station/documents.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { documentWords } from '../../ui/document-words.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './demo-panel.module.css';

type PrintJob = CallOutput<'printing.jobs-view'>['jobs'][number];

function Print({ job, onError }: { job: PrintJob; onError: (error: unknown) => void }): ReactNode {
  const { t } = useMessages();
  return (
    <li className={classes.print} data-print={job.kind}>
      <span>
        <strong>{documentWords(job.kind, t)}</strong>
        <br />
        {job.orderNumber} · {t(`print.${job.state}`)}
        {job.reprint > 0 && ` · ${t('print.reprint', { number: job.reprint })}`}
      </span>
      <Button size="sm" variant="default" onClick={() => openDocument(job.documentId).catch(onError)}>
        {t('ui.open')}
      </Button>
    </li>
  );
}

/** What came out of the printer last, as the real PDF files. */
export function SimulatedPrinter(): ReactNode {
  const { t } = useMessages();
  const prints = useStationQuery('printing.jobs-view', { limit: 8 });
  const [failure, setFailure] = useState<unknown>();
  const jobs = prints.data?.jobs ?? [];
  return (
    <section className={classes.part} aria-label={t('demo.printer')}>
      <h3 className={classes.partTitle}>
        <Icon name="printer" /> {t('demo.printer')}
      </h3>
      {jobs.length === 0 && <p className={classes.muted}>{t('demo.no-prints')}</p>}
      <ul className={classes.prints}>
        {jobs.map((job) => (
          <Print key={job.id} job={job} onError={setFailure} />
        ))}
      </ul>
      {failure !== undefined && <ErrorNotice error={failure} />}
      {prints.error && <ErrorNotice error={prints.error} />}
    </section>
  );
}
