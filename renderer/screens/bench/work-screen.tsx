import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import type { Verdict } from '../../../shared/contract/common.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { barCards } from './asked-print.ts';
import { CartonStrip } from './carton-strip.tsx';
import { CommandBar } from './command-bar.tsx';
import { HelpText } from './help-text.tsx';
import { nextStep } from './next-step.ts';
import { ParcelStrip } from './parcel-strip.tsx';
import { ScaleTile } from './scale-focus.tsx';
import { StepFacts } from './step-facts.tsx';
import { StepFocus } from './step-focus.tsx';
import { StepList } from './step-list.tsx';
import { VerdictBanner } from './verdict-banner.tsx';
import classes from './work-screen.module.css';

/** How far the whole order or walk is, beside the step. */
function Total({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  const { parcel, task, run, step } = view;
  if (step === 'pack-item' && parcel) {
    return (
      <span className={classes.total}>
        <Icon name="box" size={30} /> {t('bench.total', { done: parcel.unitsPacked, total: parcel.unitsToPack })}
      </span>
    );
  }
  const left = run?.tasksLeft ?? task?.tasksLeft ?? view.count?.tasksLeft;
  if (left === undefined) return null;
  return (
    <span className={classes.total}>
      <Icon name="pin" size={30} /> <span aria-hidden="true">{left}</span>
      <span className="visually-hidden">{t('bench.tasks-left', { count: left })}</span>
    </span>
  );
}

export interface WorkScreenProps {
  readonly view: BenchView;
  readonly verdict: Verdict | undefined;
  /** The help card was scanned last: its words stand where the facts were. */
  readonly help: boolean;
}

/** Whatever is in hand: one layout whose regions change with the step. */
export function WorkScreen({ view, verdict, help }: WorkScreenProps): ReactNode {
  const { t } = useMessages();
  return (
    <div className={classes.work} data-step={view.step} data-mode={view.mode}>
      <div className={classes.bannerArea}>{verdict && <VerdictBanner verdict={verdict} />}</div>
      <section className={classes.focus} aria-label={t('bench.focus')}>
        <StepFocus view={view} />
        {view.step === 'pack-item' && <ScaleTile stationId={view.station.id} />}
      </section>
      <p className={classes.next} data-testid="next-step">
        <Icon name="scan" size={34} /> <span>{nextStep(view, t)}</span>
        <Total view={view} />
      </p>
      <section className={classes.detail} aria-label={t('bench.detail')}>
        <ParcelStrip view={view} />
        <CartonStrip view={view} />
        {view.note && view.step !== 'instructions' && (
          <p className={classes.note}>
            <Icon name="note" size={30} /> {view.note}
          </p>
        )}
        {help ? <HelpText step={view.step} /> : <StepFacts view={view} />}
        <StepList view={view} />
      </section>
      <div className={classes.commands}>
        <CommandBar expects={barCards(view)} latched={view.latched !== null} />
      </div>
    </div>
  );
}
