import type { ReactNode } from 'react';
import type { ImportSummary } from '../../../shared/contract/orders.ts';
import { formatNumber } from '../../ui/format.ts';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './import-card.module.css';

interface FindingsProps {
  readonly title: string;
  readonly findings: readonly { readonly key: string; readonly place: string; readonly text: string }[];
}

/** Rows set aside, or orders that changed, one a line. */
export function Findings({ title, findings }: FindingsProps): ReactNode {
  if (findings.length === 0) return null;
  return (
    <div>
      <strong>{title}</strong>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <ul className={classes.findings} tabIndex={0} aria-label={title}>
        {findings.map(({ key, place, text }) => (
          <li key={key} className={classes.finding}>
            <span>{place}</span>
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What came of a file: how many rows went in, and why the others did not. */
export function ImportSummaryView({ summary }: { summary: ImportSummary }): ReactNode {
  const { t, language } = useMessages();
  const counts = [
    ['imported', summary.imported],
    ['updated', summary.updated],
    ['unchanged', summary.unchanged],
    ['rejected', summary.rejectedCount],
    ...(summary.skipped > 0 ? ([['skipped', summary.skipped]] as const) : []),
  ] as const;
  const rejected = summary.rejected.map(({ row, reason }, index) => ({
    key: `${row} ${index}`,
    place: t('import.row', { row: formatNumber(row, language) }),
    text: reason,
  }));
  const changes = summary.changes.map(({ number, difference }) => ({ key: number, place: number, text: difference }));
  const hidden = summary.rejectedCount - summary.rejected.length;
  return (
    <div className={classes.summary} role="status">
      <dl className={classes.counts}>
        {counts.map(([name, count]) => (
          <div key={name}>
            <dt>{t(`import.${name}`)}</dt>
            <dd data-count={name}>{formatNumber(count, language)}</dd>
          </div>
        ))}
      </dl>
      <Findings title={t('import.set-aside')} findings={rejected} />
      {hidden > 0 && <p className={classes.text}>{t('import.more-rejected', { count: hidden })}</p>}
      <Findings title={t('import.changes')} findings={changes} />
    </div>
  );
}
