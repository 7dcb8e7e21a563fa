import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { cannotWeigh } from '../../../shared/scale/no-weight.ts';
import { formatWeight } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './scale-focus.module.css';
import { type Says, type Scale, saysOf, useScale } from './use-scale.ts';
import { WeightBand } from './weight-band.tsx';
import { WeightPad } from './weight-pad.tsx';

const LOOKS: { readonly [K in Says]: { readonly icon: IconName; readonly look: 'stable' | 'moving' | 'silent' } } = {
  stable: { icon: 'check', look: 'stable' },
  empty: { icon: 'check', look: 'stable' },
  moving: { icon: 'clock', look: 'moving' },
  taken: { icon: 'lock', look: 'moving' },
  over: { icon: 'warning', look: 'silent' },
  under: { icon: 'warning', look: 'silent' },
  'not-told': { icon: 'warning', look: 'silent' },
  'no-unit': { icon: 'warning', look: 'silent' },
  unclear: { icon: 'warning', look: 'silent' },
  silent: { icon: 'plug', look: 'silent' },
  absent: { icon: 'plug', look: 'silent' },
};

const METRIC: readonly string[] = ['g', 'kg'];

/** What the scale sent, where it is not what the screen shows anyway: another unit, or less than lies on it. */
function AsReceived({ scale }: { scale: Scale }): ReactNode {
  const { t } = useMessages();
  const { received, fresh } = scale;
  if (!received || !fresh || (METRIC.includes(received.unit) && received.mode !== 'net')) return null;
  const { value, unit, mode } = received;
  const words = [`${value} ${unit}`, ...(mode === null ? [] : [t(`scale.${mode}`)])];
  return <span className={classes.received}>{words.join(' · ')}</span>;
}

/** The live weight with the scale's state and the age of the value; a stale value is greyed. */
export function ScaleFocus({ view }: { view: BenchView }): ReactNode {
  const { t, language } = useMessages();
  const scale = useScale(view.station.id);
  if (!scale) return <div className={classes.scale} aria-busy="true" />;
  const { mg, fresh, ageSeconds } = scale;
  const says = saysOf(scale);
  const state = (
    <span className={`${classes.state} ${classes[LOOKS[says].look]}`} data-says={says}>
      <Icon name={LOOKS[says].icon} />
      {t(`scale.${says}`)}
      {ageSeconds !== undefined && ageSeconds >= 2 && ` · ${t('scale.age', { seconds: Math.round(ageSeconds) })}`}
    </span>
  );
  if (view.weighing && cannotWeigh(scale.why))
    return (
      <div className={classes.scale}>
        {state}
        <WeightPad weighing={view.weighing} />
      </div>
    );
  return (
    <div className={classes.scale}>
      <Icon name="scale" size={72} />
      <span className={`${classes.reading} ${fresh ? '' : classes.stale}`} data-testid="weight">
        {mg === null ? '–' : formatWeight(mg, language)}
      </span>
      <AsReceived scale={scale} />
      {state}
      {view.weighing && <WeightBand weighing={view.weighing} scale={scale} />}
    </div>
  );
}

/** The same in one line, for the steps that do not weigh. */
export function ScaleTile({ stationId }: { stationId: string }): ReactNode {
  const { t, language } = useMessages();
  const scale = useScale(stationId);
  if (!scale || scale.state === 'absent') return null;
  const { mg, fresh } = scale;
  return (
    <span className={classes.tile}>
      <Icon name="scale" size={28} />
      <span className={fresh ? '' : classes.stale}>
        {mg === null ? t(`scale.${saysOf(scale)}`) : formatWeight(mg, language)}
      </span>
    </span>
  );
}
