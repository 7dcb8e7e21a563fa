import { Progress } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { EventPayload } from '../../shared/contract/index.ts';
import { useStationEvent } from '../station/use-events.ts';
import { formatNumber } from './format.ts';
import classes from './task-progress.module.css';
import { useMessages } from './use-messages.ts';

/** How far the station is with a long task; moves without a number until the first one comes. */
export function TaskProgress({ label }: { label: string }): ReactNode {
  const { t, language } = useMessages();
  const [progress, setProgress] = useState<EventPayload<'stations.progress'>>();
  useStationEvent('stations.progress', setProgress);
  const known = progress !== undefined && progress.total > 0;
  const percent = known ? Math.min(100, (100 * progress.done) / progress.total) : 100;
  return (
    <div className={classes.progress} role="status">
      <span>{label}</span>
      <Progress.Root size="xl">
        <Progress.Section value={percent} animated={!known} striped={!known} aria-label={label} />
      </Progress.Root>
      <span className={classes.numbers}>
        {progress &&
          (known
            ? t('ui.progress', {
                done: formatNumber(progress.done, language),
                total: formatNumber(progress.total, language),
              })
            : t('ui.progress-rows', { done: formatNumber(progress.done, language) }))}
      </span>
    </div>
  );
}
