import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { FloorView, ThroughputView } from '../../../shared/contract/reporting.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { BacklogCard } from './backlog-card.tsx';
import classes from './charts.module.css';
import { DwellCard } from './dwell-card.tsx';
import { AsTables } from './figure-card.tsx';
import { RefusalsCard } from './refusals-card.tsx';
import { hereZone, type PeriodName, periodNames, periodOf, periodTitles } from './report-period.ts';
import { StationsCard } from './stations-card.tsx';
import { Tiles } from './tiles.tsx';
import { UrgentCard } from './urgent-card.tsx';
import { useLiveQuery } from './use-live-query.ts';
import { VolumeCard } from './volume-card.tsx';

/** Where the shift stands: what left, what waits, what is in danger, and where help is needed. */
export function ThroughputScreen(): ReactNode {
  const { t } = useMessages();
  const [period, setPeriod] = useState<PeriodName>('today');
  const [asTables, setAsTables] = useState(false);
  const zone = hereZone();
  const floor = useLiveQuery('reporting.floor-view', { zone });
  const report = useLiveQuery('reporting.throughput-view', { zone, period: periodOf(period, new Date()) });
  return (
    <Page
      title={t('throughput.title')}
      subtitle={t('throughput.subtitle')}
      actions={
        <>
          <PeriodChoice period={period} onChange={setPeriod} />
          <SegmentedControl
            aria-label={t('throughput.form')}
            value={asTables ? 'tables' : 'charts'}
            data={[
              { value: 'charts', label: t('throughput.form.charts') },
              { value: 'tables', label: t('throughput.form.tables') },
            ]}
            onChange={(value) => setAsTables(value === 'tables')}
          />
        </>
      }
    >
      <QueryGate query={floor}>
        {(now) => (
          <QueryGate query={report}>
            {(counted) => (
              <AsTables value={asTables}>
                {(floor.error ?? report.error) && <ErrorNotice error={floor.error ?? report.error} />}
                <Board period={period} floor={now} report={counted} receivedAt={floor.dataUpdatedAt} />
              </AsTables>
            )}
          </QueryGate>
        )}
      </QueryGate>
    </Page>
  );
}

function PeriodChoice({ period, onChange }: { period: PeriodName; onChange: (period: PeriodName) => void }): ReactNode {
  const { t } = useMessages();
  return (
    <SegmentedControl
      aria-label={t('throughput.period')}
      value={period}
      data={periodNames.map((name) => ({ value: name, label: t(periodTitles[name]) }))}
      onChange={(value) => {
        const chosen = periodNames.find((name) => name === value);
        if (chosen) onChange(chosen);
      }}
    />
  );
}

interface BoardProps {
  readonly period: PeriodName;
  readonly floor: FloorView;
  readonly report: ThroughputView;
  readonly receivedAt: number;
}

function Board({ period, floor, report, receivedAt }: BoardProps): ReactNode {
  return (
    <>
      <Tiles report={report} floor={floor} period={period} />
      <div className={classes.board}>
        <VolumeCard report={report} />
        <UrgentCard floor={floor} />
        <StationsCard floor={floor} receivedAt={receivedAt} />
        <BacklogCard floor={floor} />
        <DwellCard report={report} stages={floor.stages} />
        <RefusalsCard report={report} />
      </div>
    </>
  );
}
