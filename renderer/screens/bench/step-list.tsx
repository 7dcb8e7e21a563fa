import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { CartStrip } from './cart-picture.tsx';
import { ExplanationList } from './explanation-list.tsx';
import { InstructionList } from './instruction-focus.tsx';
import { LineList } from './line-list.tsx';
import { ReasonCards } from './reason-cards.tsx';
import { SubstituteList } from './substitute-list.tsx';

/** The lower right part, which scrolls in itself: lines, totes, reasons, whatever the step chooses from. */
export function StepList({ view }: { view: BenchView }): ReactNode {
  switch (view.step) {
    case 'reason':
      return <ReasonCards view={view} />;
    case 'substitute':
      return <SubstituteList substitutes={view.substitutes} />;
    case 'instructions':
      return <InstructionList view={view} />;
    case 'weigh':
    case 'override-badge':
      return view.weighing && view.weighing.explanations.length > 0 ? (
        <ExplanationList view={view} explanations={view.weighing.explanations} />
      ) : (
        <LineList view={view} />
      );
    case 'single-item':
    case 'put-to-tote':
    case 'put-back-item':
    case 'put-back-location':
    case 'count':
    case 'scan-out':
      return null;
    case 'location':
    case 'item':
      return view.run ? <CartStrip run={view.run} /> : <LineList view={view} />;
    case 'tote':
      return view.run ? null : <LineList view={view} />;
    case 'badge':
    case 'locked':
    case 'choose':
    case 'pack-item':
    case 'move-item':
    case 'carton':
    case 'label-pending':
    case 'label-failed':
    case 'scan-label':
      return <LineList view={view} />;
  }
}
