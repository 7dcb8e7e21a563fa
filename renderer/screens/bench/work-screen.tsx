import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import type { Verdict } from '../../../shared/contract/common.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { CommandBar } from './command-bar.tsx';
import { HelpText } from './help-text.tsx';
import { ItemFacts, ItemFocus } from './item-focus.tsx';
import { LabelFocus } from './label-focus.tsx';
import { LineList } from './line-list.tsx';
import { currentLine, nextStep } from './next-step.ts';
import { ParcelFacts } from './parcel-facts.tsx';
import { ScaleFocus, ScaleTile } from './scale-focus.tsx';
import { ToteFocus } from './tote-focus.tsx';
import { VerdictBanner } from './verdict-banner.tsx';
import classes from './work-screen.module.css';

/** The left third: what the hand is about. */
function Focus({ view }: { view: BenchView }): ReactNode {
  const line = currentLine(view);
  switch (view.step) {
    case 'weigh':
    case 'override-badge':
      return <ScaleFocus view={view} />;
    case 'label-pending':
    case 'label-failed':
    case 'scan-label':
      return <LabelFocus view={view} />;
    case 'tote':
      return <ToteFocus />;
    case 'badge':
    case 'locked':
    case 'choose':
    case 'put-to-tote':
    case 'substitute':
    case 'single-item':
    case 'put-back-item':
    case 'put-back-location':
    case 'count':
    case 'instructions':
    case 'move-item':
    case 'carton':
    case 'reason':
    case 'location':
    case 'item':
    case 'pack-item':
      return line ? <ItemFocus line={line} /> : null;
  }
}

function Facts({ view }: { view: BenchView }): ReactNode {
  const line = currentLine(view);
  const aboutItem = view.step === 'location' || view.step === 'item' || view.step === 'pack-item';
  return aboutItem && line ? <ItemFacts view={view} line={line} /> : <ParcelFacts view={view} />;
}

/** How far the whole order is, beside the step. */
function Total({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  const { parcel, task } = view;
  if (view.step === 'pack-item' && parcel) {
    return (
      <span className={classes.total}>{t('bench.total', { done: parcel.unitsPacked, total: parcel.unitsToPack })}</span>
    );
  }
  if (!task) return null;
  return <span className={classes.total}>{t('bench.tasks-left', { count: task.tasksLeft })}</span>;
}

export interface WorkScreenProps {
  readonly view: BenchView;
  readonly verdict: Verdict | undefined;
  readonly help: boolean;
}

/** An order being picked or packed: one layout whose regions change with the step. */
export function WorkScreen({ view, verdict, help }: WorkScreenProps): ReactNode {
  const { t } = useMessages();
  const next = nextStep(view, t);
  return (
    <div className={classes.work} data-step={view.step}>
      <div className={classes.bannerArea}>
        {verdict && <VerdictBanner verdict={verdict} />}
        <p className={classes.next} data-testid="next-step">
          <Icon name="scan" size={34} /> {next}
          <Total view={view} />
        </p>
      </div>
      <section className={classes.focus} aria-label={t('bench.focus')}>
        <Focus view={view} />
      </section>
      <section className={classes.detail} aria-label={t('bench.detail')}>
        {view.note && (
          <p className={classes.note}>
            <Icon name="note" size={30} /> {view.note}
          </p>
        )}
        {help ? <HelpText step={view.step} /> : <Facts view={view} />}
        <LineList view={view} />
      </section>
      <div className={classes.commands}>
        <CommandBar expects={view.expects} latched={view.latched !== null} />
        {view.step === 'pack-item' && <ScaleTile stationId={view.station.id} />}
      </div>
    </div>
  );
}
