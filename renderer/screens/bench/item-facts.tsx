import type { ReactNode } from 'react';
import type { BenchLine, BenchView } from '../../../shared/contract/bench.ts';
import { formatDay } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { Figure, Place } from './figures.tsx';
import classes from './item-focus.module.css';

/** Units of this line done at this step, of how many. */
export function lineCount(view: BenchView, line: BenchLine): { done: number; total: number } {
  if (view.mode === 'pack' || view.mode === 'singles') return { done: line.packed, total: line.picked };
  if (view.task && view.task.lineId === line.id) return { done: view.task.picked, total: view.task.quantity };
  return { done: line.picked, total: line.allocated };
}

/** The lot to take first, so that the older goods leave before the younger ones. */
function LotHint({ hint }: { hint: NonNullable<BenchView['hint']> }): ReactNode {
  const { t, language } = useMessages();
  return (
    <p className={classes.hint} data-testid="lot-hint">
      <Icon name="calendar" size={32} />
      <span>
        {t('bench.take-lot')} <b>{hint.lot}</b>
        {hint.expiry !== null && ` · ${t('bench.best-before', { date: formatDay(hint.expiry, language) })}`}
      </span>
    </p>
  );
}

/** Name and SKU of what is in hand. */
export function ItemName({ sku, title }: { sku: string; title: string }): ReactNode {
  return (
    <div>
      <div className={classes.sku}>{sku}</div>
      <h2 className={classes.title}>{title}</h2>
    </div>
  );
}

/** Where, what and how many, in the largest type of the screen. */
export function ItemFacts({ view, line }: { view: BenchView; line: BenchLine }): ReactNode {
  const { t } = useMessages();
  const { done, total } = lineCount(view, line);
  const { task, pendingQuantity, hint } = view;
  const packs = view.mode === 'pack' || view.mode === 'singles';
  return (
    <>
      <ItemName sku={line.sku} title={line.title} />
      <div className={classes.numbers}>
        <Figure name={t(packs ? 'bench.packed' : 'bench.picked')} done={done} total={total} />
        {pendingQuantity !== null && (
          <div className={classes.pending} data-testid="pending-quantity">
            <span className={classes.figureName}>{t('bench.next-scan')}</span>
            <span className={classes.pendingNumber}>× {pendingQuantity}</span>
          </div>
        )}
        {!packs && task && <Place location={task.location} />}
      </div>
      {hint && <LotHint hint={hint} />}
    </>
  );
}
