import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { useMessages } from '../../ui/use-messages.ts';
import { PinPad } from '../sign-in/pin-pad.tsx';
import { CartonFacts } from './carton-focus.tsx';
import { DockFacts } from './dock-focus.tsx';
import classes from './facts.module.css';
import { CountFacts, PutBackFacts } from './floor-facts.tsx';
import { HelpText } from './help-text.tsx';
import { ItemFacts } from './item-facts.tsx';
import { currentLine } from './next-step.ts';
import { ParcelFacts } from './parcel-facts.tsx';
import { PutToTote, SlotToFill } from './run-facts.tsx';

function LineFacts({ view }: { view: BenchView }): ReactNode {
  const line = currentLine(view);
  return line ? <ItemFacts view={view} line={line} /> : <ParcelFacts view={view} />;
}

/** Who is asked, and for what. */
function OverrideFacts({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  const { override } = view;
  if (!override) return null;
  if (view.pin) return <PinPad pin={view.pin} beside />;
  return (
    <p className={classes.asked}>
      {t('override.asked', { action: t(override.action === 'weight' ? 'override.weight' : 'override.act') })}
      {override.supervisor !== null && (
        <>
          {' '}
          <b>{t('override.by', { name: override.supervisor })}</b>
        </>
      )}
    </p>
  );
}

/** The right part under the next step: the figures that this step is about. */
export function StepFacts({ view }: { view: BenchView }): ReactNode {
  switch (view.step) {
    case 'location':
    case 'item':
    case 'pack-item':
    case 'move-item':
    case 'substitute':
      return <LineFacts view={view} />;
    case 'tote':
      return view.run ? <SlotToFill view={view} /> : <ParcelFacts view={view} />;
    case 'put-to-tote':
      return <PutToTote view={view} />;
    case 'put-back-item':
    case 'put-back-location':
      return <PutBackFacts view={view} />;
    case 'count':
      return <CountFacts view={view} />;
    case 'carton':
      return <CartonFacts view={view} />;
    case 'override-badge':
    case 'reason':
      return <OverrideFacts view={view} />;
    case 'single-item':
      return <HelpText step={view.step} />;
    case 'scan-out':
      return view.dock ? <DockFacts dock={view.dock} /> : null;
    case 'weigh':
    case 'instructions':
      return null;
    case 'badge':
    case 'locked':
    case 'choose':
    case 'label-pending':
    case 'label-failed':
    case 'scan-label':
      return <ParcelFacts view={view} />;
  }
}
