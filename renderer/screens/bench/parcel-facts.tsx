import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { formatWeight } from '../../ui/format.ts';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './facts.module.css';

/** What is known of the parcel, or of the order before its first bin. */
export function ParcelFacts({ view }: { view: BenchView }): ReactNode {
  const { t, language } = useMessages();
  const { parcel, order } = view;
  const outbound = view.labels.find((label) => label.kind === 'outbound');
  return (
    <dl className={classes.facts}>
      {parcel && (
        <>
          <dt>{t('bench.packed')}</dt>
          <dd className={classes.big}>
            {parcel.unitsPacked} / {parcel.unitsToPack}
          </dd>
        </>
      )}
      {!parcel && order && (
        <>
          <dt>{t('bench.to-pick')}</dt>
          <dd className={classes.big}>{order.unitCount}</dd>
        </>
      )}
      {parcel?.weightMg != null && (
        <>
          <dt>{t('parcel.weight')}</dt>
          <dd>{formatWeight(parcel.weightMg, language)}</dd>
        </>
      )}
      {outbound && outbound.trackingNumber !== '' && (
        <>
          <dt>{t('label.tracking')}</dt>
          <dd>{outbound.trackingNumber}</dd>
        </>
      )}
    </dl>
  );
}
