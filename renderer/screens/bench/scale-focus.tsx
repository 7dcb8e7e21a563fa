import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { formatWeight } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './scale-focus.module.css';
import { type Scale, useScale } from './use-scale.ts';
import { WeightBand } from './weight-band.tsx';

function stateIcon(state: Scale['state']) {
  if (state === 'stable') return 'check' as const;
  return state === 'moving' ? ('clock' as const) : ('plug' as const);
}

/** The live weight with the scale's state and the age of the value; a stale value is greyed. */
export function ScaleFocus({ view }: { view: BenchView }): ReactNode {
  const { t, language } = useMessages();
  const scale = useScale(view.station.id);
  if (!scale) return <div className={classes.scale} aria-busy="true" />;
  const { state, mg, fresh, ageSeconds } = scale;
  return (
    <div className={classes.scale}>
      <Icon name="scale" size={72} />
      <span className={`${classes.reading} ${fresh ? '' : classes.stale}`} data-testid="weight">
        {mg === null ? '–' : formatWeight(mg, language)}
      </span>
      <span className={`${classes.state} ${classes[state]}`}>
        <Icon name={stateIcon(state)} />
        {t(`scale.${state}`)}
        {ageSeconds !== undefined && ageSeconds >= 2 && ` · ${t('scale.age', { seconds: Math.round(ageSeconds) })}`}
      </span>
      {view.weighing && <WeightBand weighing={view.weighing} scale={scale} />}
    </div>
  );
}

/** The same in one line, for the steps that do not weigh. */
export function ScaleTile({ stationId }: { stationId: string }): ReactNode {
  const { t, language } = useMessages();
  const scale = useScale(stationId);
  if (!scale || scale.state === 'absent') return null;
  const { state, mg, fresh } = scale;
  return (
    <span className={classes.tile}>
      <Icon name="scale" size={28} />
      <span className={fresh ? '' : classes.stale}>
        {mg === null ? t(`scale.${state}`) : formatWeight(mg, language)}
      </span>
    </span>
  );
}
