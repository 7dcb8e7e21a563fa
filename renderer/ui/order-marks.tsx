import type { ReactNode } from 'react';
import type { OrderSummary } from '../../shared/contract/common.ts';
import { formatInstant } from './format.ts';
import { isMessageKey } from './message-key.ts';
import classes from './page.module.css';
import { type Translate, useMessages } from './use-messages.ts';

const doneStates: readonly string[] = ['packed', 'shipped', 'closed'];
const badStates: readonly string[] = ['cancelled', 'backordered'];

/** State of an order in words. */
export function OrderState({ state }: { state: OrderSummary['state'] }): ReactNode {
  const { t } = useMessages();
  const tone = doneStates.includes(state) ? classes.chipDone : badStates.includes(state) ? classes.chipLate : '';
  return <span className={`${classes.chip} ${tone}`}>{t(`order-state.${state}`)}</span>;
}

/** Words for why an order is held; the reason itself for one that this version does not know. */
export function holdWords(reason: string, t: Translate): string {
  const key = `hold.${reason}`;
  return isMessageKey(key) ? t(key) : reason;
}

/** Shown beside the state while an order is held. */
export function HoldMark({ hold }: { hold: OrderSummary['hold'] }): ReactNode {
  const { t, language } = useMessages();
  if (!hold) return null;
  const until = hold.until && formatInstant(hold.until, language);
  return (
    <span className={`${classes.chip} ${classes.chipHold}`}>
      {t('order.held')}: {holdWords(hold.reason, t)}
      {until && ` · ${t('hold.ends', { date: until })}`}
    </span>
  );
}
