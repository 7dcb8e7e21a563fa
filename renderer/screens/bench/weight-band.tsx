import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { formatWeight } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import type { Scale } from './use-scale.ts';
import classes from './weight-band.module.css';
import { type Band, bandOf } from './weight-band-rules.ts';

type Weighing = NonNullable<BenchView['weighing']>;

/** The weight that is judged: what lies on the scale now, else the one that was refused. */
function judgedMg(weighing: Weighing, scale: Scale | undefined): number | null {
  if (scale?.fresh && scale.mg !== null && scale.mg > 0) return scale.mg;
  return weighing.weightMg;
}

/** Too light, right or too heavy, in words beside the drawing. */
function Judgement({ band }: { band: Band }): ReactNode {
  const { t, language } = useMessages();
  const weight = formatWeight(Math.abs(band.differenceMg), language);
  return (
    <p className={`${classes.judgement} ${classes[band.side]}`} data-side={band.side}>
      <Icon name={band.side === 'right' ? 'check' : band.side === 'light' ? 'down' : 'up'} size={34} />
      {t(`weigh.${band.side}`, { weight })}
    </p>
  );
}

export interface WeightBandProps {
  readonly weighing: Weighing;
  readonly scale: Scale | undefined;
}

/** Expected weight, what is taken as right, and where the scale stands in it. */
export function WeightBand({ weighing, scale }: WeightBandProps): ReactNode {
  const { t, language } = useMessages();
  const mg = judgedMg(weighing, scale);
  const band = bandOf(weighing, mg);
  const { expectedMg, toleranceMg } = weighing;
  return (
    <div className={classes.facts}>
      <p className={classes.expected}>
        {t('weigh.expected')} <b>{formatWeight(expectedMg, language)}</b> ± {formatWeight(toleranceMg, language)}
      </p>
      <div className={classes.scale} aria-hidden="true">
        <span className={classes.band} />
        <span className={classes.middle} />
        {band && <span className={classes.needle} style={{ insetInlineStart: `${band.positionPercent}%` }} />}
      </div>
      {band && <Judgement band={band} />}
    </div>
  );
}
