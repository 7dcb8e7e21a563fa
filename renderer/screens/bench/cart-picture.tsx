import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './cart-picture.module.css';

type Run = NonNullable<BenchView['run']>;
type Slot = Run['slots'][number];

/** Shelves as a cart has them: two wide up to four totes, then wider. */
function columnsFor(slots: number): number {
  if (slots <= 4) return 2;
  if (slots <= 9) return 3;
  return slots <= 16 ? 4 : 6;
}

function SlotPlace({ slot, dense }: { slot: Slot; dense: boolean }): ReactNode {
  const { t } = useMessages();
  const { tote, unitsLeft, current, orderNumber } = slot;
  const done = unitsLeft === 0;
  return (
    <li
      className={`${classes.slot} ${current ? classes.current : ''} ${done && !current ? classes.done : ''}`}
      aria-current={current ? 'step' : undefined}
      data-slot={slot.slot}
    >
      <span className={classes.number}>
        {current && <Icon name="here" size={dense ? 26 : 40} />}
        {done && !current && <Icon name="check" size={dense ? 26 : 36} />}
        {slot.slot}
      </span>
      <span className={classes.tote}>{tote ?? t('run.no-tote')}</span>
      {!dense && <span className={classes.order}>{orderNumber}</span>}
      <span className={classes.left}>{done ? t('bench.line-done') : t('run.units-left', { count: unitsLeft })}</span>
    </li>
  );
}

/** The cart as it stands before the picker: every place with its tote, the one to use unmistakable. */
export function CartPicture({ run }: { run: Run }): ReactNode {
  const { t } = useMessages();
  const columns = columnsFor(run.slots.length);
  const dense = columns > 3;
  return (
    <div className={classes.cart}>
      <p className={classes.name}>
        <Icon name="cart" size={34} /> {t('run.name', { code: run.code })}
        {run.zone !== null && ` · ${t('run.zone', { zone: run.zone })}`}
      </p>
      <ol
        className={`${classes.shelves} ${dense ? classes.dense : ''}`}
        data-columns={columns}
        aria-label={t('run.slots')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {run.slots.map((slot) => (
          <SlotPlace key={slot.slot} slot={slot} dense={dense} />
        ))}
      </ol>
    </div>
  );
}

/** The same in one line each, beside the picture of an item: which totes still want something. */
export function CartStrip({ run }: { run: Run }): ReactNode {
  const { t } = useMessages();
  return (
    <ol
      className={classes.strip}
      aria-label={t('run.slots')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {run.slots.map(({ slot, tote, unitsLeft, current }) => (
        <li
          key={slot}
          className={`${classes.chip} ${current ? classes.current : ''} ${unitsLeft === 0 && !current ? classes.done : ''}`}
          aria-current={current ? 'step' : undefined}
        >
          {unitsLeft === 0 && <Icon name="check" size={24} />}
          <b>{slot}</b> {tote}
          <span className={classes.left}>{unitsLeft === 0 ? '' : t('run.units-left', { count: unitsLeft })}</span>
        </li>
      ))}
    </ol>
  );
}
