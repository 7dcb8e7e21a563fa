import type { ReactNode } from 'react';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { ChannelBadge } from '../../ui/channel-badge.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ShipBy } from '../../ui/ship-by.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './header.module.css';

/** The order in hand: channel, number, tote, parcel and how much time is left. */
export function OrderStrip({ view }: { view: BenchView }): ReactNode {
  const { t } = useMessages();
  const { order, tote, parcel } = view;
  if (!order) return null;
  return (
    <section className={classes.strip} aria-label={t('bench.order')}>
      <ChannelBadge channel={order.channel} />
      <h1 className={classes.number}>{order.number}</h1>
      {tote && (
        <span className={classes.stripItem}>
          <Icon name="tote" size={28} /> {tote}
        </span>
      )}
      {parcel && (
        <span className={classes.stripItem} title={t('bench.parcel', { number: parcel.sequence })}>
          <Icon name="box" size={28} /> {parcel.sequence}
        </span>
      )}
      {order.gift && (
        <span className={classes.stripItem}>
          <Icon name="gift" size={28} /> {t('order.gift')}
        </span>
      )}
      <ShipBy shipBy={order.shipBy} short />
    </section>
  );
}
