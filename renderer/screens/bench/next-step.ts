import type { BenchView } from '../../../shared/contract/bench.ts';
import type { Translate } from '../../ui/use-messages.ts';

/** The line that the hand should go to next. */
export function currentLine(view: BenchView): BenchView['lines'][number] | undefined {
  return view.lines.find((line) => line.id === view.currentLineId);
}

/** One short sentence in plain words: what to scan or do now. */
export function nextStep(view: BenchView, t: Translate): string {
  switch (view.step) {
    case 'tote':
      return view.run ? t('step.tote-slot', { slot: currentSlot(view) }) : t('step.tote');
    case 'location':
      return t('step.location', { location: view.task?.location ?? '' });
    case 'item':
      return t('step.item', { count: (view.task?.quantity ?? 0) - (view.task?.picked ?? 0) });
    case 'put-to-tote':
      return t('step.put-to-tote', { tote: view.run?.put?.tote ?? '' });
    case 'put-back-location':
      return t('step.put-back-location', { location: view.putBack?.location ?? '' });
    case 'count':
      return t(goesToBin(view) ? 'step.location' : 'step.count', { location: view.count?.location ?? '' });
    case 'badge':
    case 'choose':
    case 'locked':
    case 'substitute':
    case 'single-item':
    case 'put-back-item':
    case 'instructions':
    case 'pack-item':
    case 'move-item':
    case 'carton':
    case 'weigh':
    case 'override-badge':
    case 'reason':
    case 'label-pending':
    case 'label-failed':
    case 'scan-label':
    case 'scan-out':
      return t(`step.${view.step}`);
  }
}

/** A count begins with the scan of the bin. */
function goesToBin({ expects }: BenchView): boolean {
  return expects.some(({ kind }) => kind === 'location');
}

function currentSlot({ run }: BenchView): number {
  return run?.slots.find(({ current }) => current)?.slot ?? 1;
}
