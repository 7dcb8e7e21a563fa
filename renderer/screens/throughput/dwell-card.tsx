import type { ReactNode } from 'react';
import type { Dwell, FloorView, ThroughputView } from '../../../shared/contract/reporting.ts';
import type { Column } from '../../ui/data-table.tsx';
import { formatNumber } from '../../ui/format.ts';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './charts.module.css';
import { FigureCard } from './figure-card.tsx';
import { durationText } from './report-words.ts';

const titles = {
  pick: 'throughput.step.pick',
  waiting: 'throughput.step.waiting',
  pack: 'throughput.step.pack',
  label: 'throughput.step.label',
} as const;

/** How long orders stay in each step, and how many are in it now. */
export function DwellCard({ report, stages }: { report: ThroughputView; stages: FloorView['stages'] }): ReactNode {
  const { t, language } = useMessages();
  const inStep = { pick: stages.picking, waiting: stages.toPack, pack: stages.packing, label: null };
  const time = (ms: number | null): string => (ms === null ? '–' : durationText(ms, t));
  const now = ({ step }: Dwell): string => {
    const count = inStep[step];
    return count === null ? '–' : formatNumber(count, language);
  };
  const longest = Math.max(1, ...report.dwell.map(({ p90Ms }) => p90Ms ?? 0));
  const columns: readonly Column<Dwell>[] = [
    { key: 'step', title: t('throughput.step'), cell: ({ step }) => t(titles[step]) },
    { key: 'median', title: t('throughput.median'), numeric: true, cell: ({ medianMs }) => time(medianMs) },
    { key: 'p90', title: t('throughput.p90'), numeric: true, cell: ({ p90Ms }) => time(p90Ms) },
    { key: 'count', title: t('throughput.ended'), numeric: true, cell: ({ count }) => formatNumber(count, language) },
    { key: 'now', title: t('throughput.in-step'), numeric: true, cell: now },
  ];
  return (
    <FigureCard
      area="dwell"
      title={t('throughput.dwell')}
      lead={
        <>
          <span className={classes.legend}>
            <span className={`${classes.swatch} ${classes.plain}`} /> {t('throughput.median')}
          </span>
          <span className={classes.legend}>
            <span className={`${classes.swatch} ${classes.upTo}`} /> {t('throughput.p90')}
          </span>
        </>
      }
      columns={columns}
      rows={report.dwell}
      rowKey={({ step }) => step}
    >
      <div className={classes.steps}>
        {report.dwell.map((dwell) => (
          <div key={dwell.step} className={classes.step}>
            <span className={classes.stepTitle}>{t(titles[dwell.step])}</span>
            <span className={classes.stepNow}>
              {inStep[dwell.step] === null ? '' : t('throughput.now-in-step', { number: now(dwell) })}
            </span>
            <span className={classes.dwellTrack}>
              {dwell.p90Ms !== null && (
                <span className={classes.upTo} style={{ width: `${(100 * dwell.p90Ms) / longest}%` }} />
              )}
              {dwell.medianMs !== null && (
                <span className={classes.plain} style={{ width: `${(100 * dwell.medianMs) / longest}%` }} />
              )}
            </span>
            <span className={classes.stepTimes}>
              <strong>{time(dwell.medianMs)}</strong> · {time(dwell.p90Ms)}
            </span>
          </div>
        ))}
      </div>
    </FigureCard>
  );
}
