import type { ReactNode } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { EmptyNotice } from '../../ui/error-notice.tsx';
import { formatInstant, formatNumber } from '../../ui/format.ts';
import { isMessageKey } from '../../ui/message-key.ts';
import pageClasses from '../../ui/page.module.css';
import { Card, Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { ImportCard } from './import-card.tsx';
import { Findings } from './import-summary.tsx';
import classes from './imports-screen.module.css';

type Run = CallOutput<'orders.import-runs-view'>['runs'][number];

function RunRow({ run }: { run: Run }): ReactNode {
  const { t, language } = useMessages();
  const kind = `import.${run.kind}`;
  const counts = ['imported', 'updated', 'unchanged', 'rejected'] as const;
  const findings = run.findings.map(({ row, subject, detail, kind: found }, index) => ({
    key: `${found} ${row} ${index}`,
    place: found === 'rejected' ? t('import.row', { row: formatNumber(row, language) }) : (subject ?? ''),
    text: detail,
  }));
  return (
    <li className={classes.run}>
      <div className={classes.runHead}>
        <strong>{run.fileName}</strong>
        <span>{isMessageKey(kind) ? t(kind) : run.kind}</span>
        <span className={pageClasses.muted}>{formatInstant(run.at, language)}</span>
        {!run.finished && (
          <span className={`${pageClasses.chip} ${pageClasses.chipHold}`}>{t('import.unfinished')}</span>
        )}
      </div>
      <div className={classes.runHead}>
        {counts.map((name) => (
          <span key={name}>
            {t(`import.${name}`)}: <strong>{formatNumber(run[name], language)}</strong>
          </span>
        ))}
      </div>
      <Findings title={t('import.findings')} findings={findings} />
    </li>
  );
}

/** Brings files in and shows what came of the latest ones. */
export function ImportsScreen(): ReactNode {
  const { t } = useMessages();
  const query = useStationQuery('orders.import-runs-view', { limit: 10 });
  return (
    <Page title={t('nav.imports')} subtitle={t('imports.lead')}>
      <div className={classes.cards}>
        <ImportCard kind="orders" step={1} />
        <ImportCard kind="items" step={2} />
        <ImportCard kind="stock" step={3} />
      </div>
      <Card title={t('imports.runs')}>
        <QueryGate query={query}>
          {({ runs }) =>
            runs.length === 0 ? (
              <EmptyNotice icon="file" text={t('imports.none')} />
            ) : (
              <ul className={classes.runs}>
                {runs.map((run) => (
                  <RunRow key={run.id} run={run} />
                ))}
              </ul>
            )
          }
        </QueryGate>
      </Card>
    </Page>
  );
}
