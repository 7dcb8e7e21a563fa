import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { useMessages } from '../../ui/use-messages.ts';
import { Figure, Place } from './figures.tsx';
import { ItemName } from './item-facts.tsx';
import classes from './item-focus.module.css';

/** Pieces of a cancelled order on their way back, and into which bin. */
export function PutBackFacts({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  const { putBack } = view;
  if (!putBack) return null;
  return (
    <>
      <ItemName sku={putBack.sku} title={putBack.title} />
      <div className={classes.numbers}>
        <Place location={putBack.location} />
        <Figure name={t('floor.back')} done={putBack.done} total={putBack.quantity} />
      </div>
      <p>{t('floor.units-left', { count: putBack.unitsLeft })}</p>
    </>
  );
}

/** What has been counted in this bin so far; what the books say is not shown, so that nobody counts towards it. */
export function CountFacts({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  const { count } = view;
  if (!count) return null;
  return (
    <>
      <ItemName sku={count.sku} title={count.title} />
      <div className={classes.numbers}>
        <Place location={count.location} />
        <Figure name={t('floor.counted')} done={count.counted} />
        {view.pendingQuantity !== null && (
          <div className={classes.pending} data-testid="pending-quantity">
            <span className={classes.figureName}>{t('bench.next-scan')}</span>
            <span className={classes.pendingNumber}>× {view.pendingQuantity}</span>
          </div>
        )}
      </div>
    </>
  );
}
