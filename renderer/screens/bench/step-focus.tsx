import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import type { IconName } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { CartPicture } from './cart-picture.tsx';
import { CartonFocus } from './carton-focus.tsx';
import { DockFocus } from './dock-focus.tsx';
import { IconFocus } from './icon-focus.tsx';
import { InstructionFocus } from './instruction-focus.tsx';
import { GoodsFocus, ItemFocus } from './item-focus.tsx';
import { LabelFocus } from './label-focus.tsx';
import { currentLine } from './next-step.ts';
import { ScaleFocus } from './scale-focus.tsx';

/** A single big drawing with its words, for steps that are not about an item. */
function Drawing({ icon, words }: { icon: IconName; words: string }): ReactNode {
  return <IconFocus icon={icon}>{words}</IconFocus>;
}

function ToteFocus({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  return view.run ? <CartPicture run={view.run} /> : <Drawing icon="tote" words={t('bench.empty-tote')} />;
}

function LineFocus({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  const line = currentLine(view);
  if (line) return <ItemFocus line={line} />;
  return view.run ? <CartPicture run={view.run} /> : <Drawing icon="scan" words={t('bench.any-item')} />;
}

/** The left part of the screen: what the hand is about, as large as it goes. */
export function StepFocus({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  const [substitute] = view.substitutes;
  switch (view.step) {
    case 'weigh':
      return <ScaleFocus view={view} />;
    case 'override-badge':
      return view.weighing ? <ScaleFocus view={view} /> : <Drawing icon="person" words={t('bench.supervisor')} />;
    case 'reason':
      return <Drawing icon="question" words={t('bench.why')} />;
    case 'label-pending':
    case 'label-failed':
    case 'scan-label':
      return <LabelFocus view={view} />;
    case 'scan-out':
      return view.dock ? <DockFocus dock={view.dock} /> : <LabelFocus view={view} />;
    case 'tote':
      return <ToteFocus view={view} />;
    case 'put-to-tote':
      return view.run ? <CartPicture run={view.run} /> : <LineFocus view={view} />;
    case 'carton':
      return <CartonFocus view={view} />;
    case 'instructions':
      return <InstructionFocus view={view} />;
    case 'substitute':
      return substitute ? <GoodsFocus goods={substitute} /> : <LineFocus view={view} />;
    case 'put-back-item':
    case 'put-back-location':
      return view.putBack ? <GoodsFocus goods={view.putBack} /> : <Drawing icon="tote" words={t('bench.put-back')} />;
    case 'count':
      return view.count ? <GoodsFocus goods={view.count} /> : <Drawing icon="count" words={t('bench.count')} />;
    case 'badge':
    case 'locked':
    case 'choose':
    case 'single-item':
    case 'location':
    case 'item':
    case 'pack-item':
    case 'move-item':
      return <LineFocus view={view} />;
  }
}
