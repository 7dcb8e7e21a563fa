import type { ReactNode } from 'react';
import type { FloorView, UrgentOrder } from '../../../shared/contract/reporting.ts';
import { ChannelBadge } from '../../ui/channel-badge.tsx';
import { Icon } from '../../ui/icons.tsx';
import pageClasses from '../../ui/page.module.css';
import { routeHref } from '../../ui/router.ts';
import { ShipBy } from '../../ui/ship-by.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './charts.module.css';
import { blockTitles } from './tiles.tsx';

function OrderRow({ order }: { order: UrgentOrder }): ReactNode {
  const { t } = useMessages();
  return (
    <li className={classes.urgent}>
      <a className={pageClasses.link} href={routeHref({ screen: 'orders', id: order.id })}>
        {order.number}
      </a>
      <ShipBy shipBy={order.shipBy} short />
      <span className={classes.urgentWhat}>
        <ChannelBadge channel={order.channel} />
        <span>{t(`order-state.${order.state}`)}</span>
        <span>{t('order.units', { count: order.units })}</span>
        {order.station !== null && (
          <span className={classes.mark}>
            <Icon name="person" size={20} /> {order.station}
          </span>
        )}
        {order.block !== null && (
          <span className={`${pageClasses.chip} ${pageClasses.chipHold}`}>{t(blockTitles[order.block])}</span>
        )}
      </span>
    </li>
  );
}

/** Orders that leave within the hour or not in time at all; each leads to its page. */
export function UrgentCard({ floor }: { floor: FloorView }): ReactNode {
  const { t } = useMessages();
  const { atRisk, late } = floor;
  return (
    <div className={classes.card} style={{ gridArea: 'urgent' }}>
      <h2 className={classes.cardTitle}>{t('throughput.at-risk')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={classes.scrolls} tabIndex={0} aria-label={t('throughput.at-risk')}>
        {atRisk.total === 0 && (
          <p className={classes.calm}>
            <Icon name="check" size={24} /> {t('throughput.nothing-at-risk')}
          </p>
        )}
        <OrderList list={atRisk} />
        {late.total > 0 && <h3 className={classes.subTitle}>{t('throughput.late-orders', { count: late.total })}</h3>}
        <OrderList list={late} />
      </section>
    </div>
  );
}

function OrderList({ list }: { list: FloorView['late'] }): ReactNode {
  const { t } = useMessages();
  if (list.total === 0) return null;
  const more = list.total - list.orders.length;
  return (
    <>
      <ol className={classes.urgents}>
        {list.orders.map((order) => (
          <OrderRow key={order.id} order={order} />
        ))}
      </ol>
      {more > 0 && <p className={classes.more}>{t('throughput.more', { count: more })}</p>}
    </>
  );
}
