import { Slider } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useCommand } from '../../station/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatWeight } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { useScale } from '../bench/use-scale.ts';
import classes from './demo-panel.module.css';

const MAX_MG = 30_000_000;
const STEP_MG = 10_000;

/** Puts the open parcel, nothing or any weight on the demo's scale. */
export function SimulatedScale({ stationId, weighs }: { stationId: string; weighs: boolean }): ReactNode {
  const { t, language } = useMessages();
  const scale = useScale(stationId);
  const put = useCommand('stations.put-on-simulated-scale');
  const [dragged, setDragged] = useState<number>();
  if (!scale?.simulated) return null;
  const mg = dragged ?? scale.mg ?? 0;
  return (
    <section className={classes.part} aria-label={t('demo.scale')}>
      <h3 className={classes.partTitle}>
        <Icon name="scale" /> {t('demo.scale')} · {formatWeight(scale.mg ?? 0, language)}
      </h3>
      <div className={classes.row}>
        <button
          type="button"
          className={`${classes.scan} ${weighs ? classes.first : ''}`}
          onClick={() => put.mutate({ mg: null })}
        >
          {t('demo.put-parcel')}
        </button>
        <button type="button" className={classes.scan} onClick={() => put.mutate({ mg: 0 })}>
          {t('demo.empty-scale')}
        </button>
      </div>
      <Slider
        min={0}
        max={MAX_MG}
        step={STEP_MG}
        value={mg}
        thumbLabel={t('demo.weight')}
        label={(value) => formatWeight(value, language)}
        onChange={setDragged}
        onChangeEnd={(value) => put.mutate({ mg: value }, { onSettled: () => setDragged(undefined) })}
      />
      {put.error && <ErrorNotice error={put.error} />}
    </section>
  );
}
