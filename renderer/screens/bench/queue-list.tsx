import type { ReactNode } from 'react';
import type { OrderSummary } from '../../../shared/contract/common.ts';
import { ChannelBadge } from '../../ui/channel-badge.tsx';
import { formatDeadline } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { ShipBy } from '../../ui/ship-by.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './idle-screen.module.css';

function QueuedOrder({ order }: { order: OrderSummary }): ReactNode {
  const { t, language } = useMessages();
  return (
    <li className={classes.order}>
      <span className={classes.number}>{order.number}</span>
      <ShipBy shipBy={order.shipBy} short />
      <div className={classes.what}>
        <ChannelBadge channel={order.channel} />
        <span>{t('order.units', { count: order.unitCount })}</span>
        {order.gift && (
          <span className={classes.mark}>
            <Icon name="gift" /> {t('order.gift')}
          </span>
        )}
        {order.priority > 0 && (
          <span className={classes.mark}>
            <Icon name="warning" /> <span aria-hidden="true">{order.priority}</span>
            <span className="visually-hidden">{t('order.priority', { priority: order.priority })}</span>
          </span>
        )}
      </div>
      <span className={classes.deadline}>{formatDeadline(order.shipBy, language)}</span>
    </li>
  );
}

/** The orders that are due first, most urgent on top. */
export function QueueList({ orders }: { orders: readonly OrderSummary[] }): ReactNode {
  const { t } = useMessages();
  return (
    <section className={classes.queue} aria-label={t('queue.title')}>
      <h2 className={classes.queueTitle}>{t('queue.title')}</h2>
      {orders.length === 0 ? (
        <p className={classes.empty}>{t('queue.none')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <ol className={classes.orders} tabIndex={0} aria-label={t('queue.title')}>
          {orders.map((order) => (
            <QueuedOrder key={order.id} order={order} />
          ))}
        </ol>
      )}
    </section>
  );
}
