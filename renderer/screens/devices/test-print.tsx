import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useCommand } from '../../station/use-command.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Icon } from '../../ui/icons.tsx';
import { messageFor } from '../../ui/message-for.ts';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';

/** Where the test label is, as far as anybody knows. */
function Progress({ jobId }: { jobId: string }): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const { data } = useStationQuery('printing.jobs-view', { limit: 8 });
  const job = [...(data?.open ?? []), ...(data?.jobs ?? [])].find(({ id }) => id === jobId);
  if (!job) return <p role="status">{t('test-print.sent')}</p>;
  const told = job.code === null ? undefined : messageFor(messages, job.code, job.params);
  return (
    <p role="status" data-test-print={job.state} className={job.state === 'failed' ? classes.wrong : undefined}>
      <b>{t(`print.${job.state}`)}</b> {told?.title} {told?.action}
    </p>
  );
}

/** The calibration label: what comes out shows whether size and darkness are right. */
export function TestPrint({ deviceId }: { deviceId: string }): ReactNode {
  const { t } = useMessages();
  const print = useCommand('devices.test-print');
  return (
    <section className={classes.panel} aria-label={t('test-print.title')}>
      <div className={classes.acts}>
        <Button size="lg" loading={print.isPending} onClick={() => print.mutate({ deviceId })}>
          <Icon name="printer" /> <span className={classes.afterIcon}>{t('test-print.title')}</span>
        </Button>
        {print.data && <Progress jobId={print.data.jobId} />}
      </div>
      <ul className={classes.meaning}>
        <li>{t('test-print.rule')}</li>
        <li>{t('test-print.bars')}</li>
        <li>{t('test-print.edge')}</li>
      </ul>
      {print.error && <ErrorNotice error={print.error} />}
    </section>
  );
}
