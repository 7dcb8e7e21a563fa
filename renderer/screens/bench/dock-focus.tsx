import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { formatDeadline } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './dock-focus.module.css';
import { IconFocus } from './icon-focus.tsx';

type Dock = NonNullable<BenchView['dock']>;

/** The pile that the parcel in the hand belongs on: nothing on the screen is larger. */
export function DockFocus({ dock }: { dock: Dock }): ReactNode {
  const { t } = useMessages();
  const { last, asks, manifest } = dock;
  if (asks === 'close' && manifest)
    return <IconFocus icon="question">{t('dock.close-ask', { carrier: manifest.carrier })}</IconFocus>;
  if (!last) return <IconFocus icon="scan">{t('dock.scan-labels')}</IconFocus>;
  return (
    <div className={classes.focus}>
      <span className={classes.lead}>{t('dock.pile')}</span>
      <span className={classes.pile} data-testid="dock-pile">
        {last.carrier}
      </span>
      <span className={classes.parcel}>
        {t('order.title', { number: last.orderNumber })}
        <br />
        {last.trackingNumber}
      </span>
    </div>
  );
}

/** Each carrier: how many are scanned out, how many still lie about, until when. */
export function DockFacts({ dock }: { dock: Dock }): ReactNode {
  const { t, language } = useMessages();
  return (
    <ul className={classes.carriers}>
      {dock.carriers.map(({ accountId, title, manifest, waiting, cutOffAt, late }) => (
        <li
          key={accountId ?? 'own'}
          className={classes.carrier}
          data-current={dock.last !== null && dock.last.accountId === accountId}
        >
          <b className={classes.name}>{title}</b>
          <span className={classes.until} data-late={late > 0}>
            {cutOffAt !== null && (
              <>
                <Icon name="clock" size={24} /> {formatDeadline(cutOffAt, language)}
              </>
            )}
          </span>
          <span>
            <b className={classes.count}>{manifest?.parcels ?? 0}</b> {t('dock.scanned')}
          </span>
          <span className={classes.missing} data-missing={waiting > 0}>
            <b className={classes.count}>{waiting}</b> {t('dock.waiting')}
          </span>
        </li>
      ))}
    </ul>
  );
}
