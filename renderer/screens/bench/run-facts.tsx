import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { ItemPicture } from '../../ui/item-picture.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { ItemName } from './item-facts.tsx';
import { currentLine } from './next-step.ts';
import classes from './run-facts.module.css';

/** How many into which tote: nothing on the screen is larger. */
export function PutToTote({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  const put = view.run?.put;
  const line = currentLine(view);
  if (!put) return null;
  return (
    <>
      <div className={classes.put}>
        <span className={classes.quantity} data-testid="quantity">
          {put.quantity} ×
        </span>
        <span className={classes.into}>{t('run.into', { slot: put.slot })}</span>
        <span className={classes.tote} data-testid="put-tote">
          {put.tote}
        </span>
      </div>
      {line && (
        <div className={classes.item}>
          <div className={classes.picture}>
            <ItemPicture item={line} />
          </div>
          <ItemName sku={line.sku} title={line.title} />
        </div>
      )}
    </>
  );
}

/** Which tote goes where before the walk begins. */
export function SlotToFill({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  const slot = view.run?.slots.find(({ current }) => current);
  if (!slot) return null;
  return (
    <div className={classes.put}>
      <span className={classes.into}>{t('run.empty-tote-for', { number: slot.orderNumber })}</span>
      <span className={classes.tote}>{t('run.slot', { slot: slot.slot })}</span>
      <span className={classes.slot}>{t('order.units', { count: slot.unitsLeft })}</span>
    </div>
  );
}
