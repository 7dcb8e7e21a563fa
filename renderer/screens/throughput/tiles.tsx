import type { ReactNode } from 'react';
import type { Block, FloorView, ThroughputView } from '../../../shared/contract/reporting.ts';
import { formatNumber } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { type PeriodName, periodTitles } from './report-period.ts';
import { clockText } from './report-words.ts';
import { doneAt } from './shown-figures.ts';
import classes from './tiles.module.css';

export const blockTitles: { readonly [B in Block]: `throughput.block.${B}` } = {
  hold: 'throughput.block.hold',
  short: 'throughput.block.short',
  unpaid: 'throughput.block.unpaid',
  'unknown-item': 'throughput.block.unknown-item',
};

interface TileProps {
  readonly title: string;
  readonly value: number;
  readonly icon?: IconName;
  readonly tone?: 'late' | 'soon' | undefined;
  readonly children?: ReactNode;
}

function Tile({ title, value, icon, tone, children }: TileProps): ReactNode {
  const { language } = useMessages();
  return (
    <div className={`${classes.tile} ${tone ? classes[`${tone}Tile`] : ''}`}>
      <dt className={classes.tileTitle}>
        {icon && <Icon name={icon} size={22} />} {title}
      </dt>
      <dd className={classes.tileValue}>{formatNumber(value, language)}</dd>
      {children !== undefined && <dd className={classes.tileText}>{children}</dd>}
    </div>
  );
}

export interface TilesProps {
  readonly report: ThroughputView;
  readonly floor: FloorView;
  readonly period: PeriodName;
}

/** The numbers to see from across the hall. */
export function Tiles({ report, floor, period }: TilesProps): ReactNode {
  const { t, language } = useMessages();
  const { backlog, lastHour, atRisk, late } = floor;
  const blocked = backlog.blocked.filter(({ count }) => count > 0);
  const volume = (of: ThroughputView['total']): string =>
    t('throughput.lines-units', { lines: formatNumber(of.lines, language), units: formatNumber(of.units, language) });
  return (
    <dl className={classes.tiles}>
      <Tile title={t('throughput.shipped')} value={report.total.orders} icon="box">
        {t(periodTitles[period])} · {volume(report.total)}
      </Tile>
      <Tile title={t('throughput.last-hour')} value={lastHour.orders} icon="box">
        {volume(lastHour)}
      </Tile>
      <Tile title={t('throughput.open')} value={backlog.open} icon="tote">
        <TodayText floor={floor} />
      </Tile>
      <Tile
        title={t('throughput.at-risk')}
        value={atRisk.total}
        icon="clock"
        tone={atRisk.total > 0 ? 'soon' : undefined}
      >
        {t('throughput.at-risk.text')}
      </Tile>
      <Tile title={t('throughput.late')} value={late.total} icon="warning" tone={late.total > 0 ? 'late' : undefined}>
        {t('throughput.late.text')}
      </Tile>
      <Tile title={t('throughput.blocked')} value={blocked.reduce((sum, { count }) => sum + count, 0)} icon="pause">
        {blocked.map(({ block, count }) => `${formatNumber(count, language)} ${t(blockTitles[block])}`).join(' · ')}
      </Tile>
    </dl>
  );
}

function TodayText({ floor }: { floor: FloorView }): ReactNode {
  const { t, language } = useMessages();
  const done = doneAt(floor);
  const due = t('throughput.due-today', { count: floor.backlog.dueToday });
  if (done === undefined) return due;
  const today = new Date(done).toDateString() === new Date(floor.at).toDateString();
  return (
    <>
      {due} · {today ? t('throughput.done-at', { time: clockText(done, language) }) : t('throughput.not-today')}
    </>
  );
}
