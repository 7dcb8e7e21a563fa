import type { ReactNode } from 'react';
import type { ThroughputView } from '../../../shared/contract/reporting.ts';
import type { Column } from '../../ui/data-table.tsx';
import { formatNumber } from '../../ui/format.ts';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './charts.module.css';
import { ColumnChart } from './column-chart.tsx';
import { FigureCard } from './figure-card.tsx';
import { clockText, dayText, slotLabels } from './report-words.ts';
import { shownSlots } from './shown-figures.ts';

type Slot = ThroughputView['slots'][number];

/** Orders, lines and units that left, hour by hour or day by day. */
export function VolumeCard({ report }: { report: ThroughputView }): ReactNode {
  const { t, language } = useMessages();
  const slots = shownSlots(report);
  const format = (value: number): string => formatNumber(value, language);
  const labels = slotLabels(
    slots.map(({ start }) => start),
    report.grain,
    language,
  );
  const running = slots.findIndex(({ start, end }) => start <= report.at && report.at < end);
  const span = ({ start, end }: Slot): string =>
    report.grain === 'day' ? dayText(start, language) : `${clockText(start, language)}–${clockText(end, language)}`;
  const columns: readonly Column<Slot>[] = [
    { key: 'slot', title: t(report.grain === 'hour' ? 'throughput.hour' : 'throughput.day'), cell: span },
    { key: 'orders', title: t('throughput.orders'), numeric: true, cell: ({ orders }) => format(orders) },
    { key: 'lines', title: t('throughput.lines'), numeric: true, cell: ({ lines }) => format(lines) },
    { key: 'units', title: t('throughput.units'), numeric: true, cell: ({ units }) => format(units) },
  ];
  return (
    <FigureCard
      area="volume"
      title={t(report.grain === 'hour' ? 'throughput.by-hour' : 'throughput.by-day')}
      lead={
        <>
          <span>{t('throughput.by-hour.lead')}</span>
          {running >= 0 && (
            <span className={classes.legend}>
              <span className={`${classes.swatch} ${classes.running}`} />
              {t(report.grain === 'hour' ? 'throughput.running-hour' : 'throughput.running-day')}
            </span>
          )}
        </>
      }
      columns={columns}
      rows={slots}
      rowKey={({ start }) => start}
    >
      <ColumnChart
        labels={labels}
        running={running}
        format={format}
        series={[
          { key: 'orders', title: t('throughput.orders'), values: slots.map(({ orders }) => orders) },
          { key: 'lines', title: t('throughput.lines'), values: slots.map(({ lines }) => lines) },
          { key: 'units', title: t('throughput.units'), values: slots.map(({ units }) => units) },
        ]}
      />
    </FigureCard>
  );
}
