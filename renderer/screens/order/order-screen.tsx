import type { ReactNode } from 'react';
import type { OrderView } from '../../../shared/contract/orders.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { ChannelBadge } from '../../ui/channel-badge.tsx';
import { formatInstant } from '../../ui/format.ts';
import { HoldMark, OrderState } from '../../ui/order-marks.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { routeHref } from '../../ui/router.ts';
import { ShipBy } from '../../ui/ship-by.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { OrderActions } from './order-actions.tsx';
import { OrderAddress } from './order-address.tsx';
import { OrderDocuments } from './order-documents.tsx';
import { OrderInvoice } from './order-invoice.tsx';
import { OrderLines } from './order-lines.tsx';
import { OrderParcels } from './order-parcels.tsx';
import { OrderPickList } from './order-pick-list.tsx';
import classes from './order-screen.module.css';
import { OrderSource } from './order-source.tsx';
import { OrderTimeline } from './order-timeline.tsx';

function Facts({ order }: { order: OrderView }): ReactNode {
  const { t, language } = useMessages();
  const facts = [
    [t('order.placed'), formatInstant(order.placedAt, language)],
    [t('order.external-id'), order.externalId],
    [t('order.method'), order.shippingMethod ?? '–'],
    [t('order.tote'), order.tote ?? '–'],
    [t('order.code'), order.code],
  ] as const;
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Marks({ order }: { order: OrderView }): ReactNode {
  return (
    <div className={classes.headMarks}>
      <ChannelBadge channel={order.channel} />
      <OrderState state={order.state} />
      <HoldMark hold={order.hold} />
      <ShipBy shipBy={order.shipBy} />
    </div>
  );
}

function OrderBody({ order }: { order: OrderView }): ReactNode {
  const { t } = useMessages();
  return (
    <div className={classes.columns}>
      <div className={classes.stack}>
        <Card title={t('order.lines')}>
          {order.note && <p className={classes.note}>{order.note}</p>}
          <OrderLines lines={order.lines} />
        </Card>
        <Card title={t('order.parcels')}>
          <OrderParcels parcels={order.parcels} />
        </Card>
        <Card title={t('order.actions')}>
          <OrderActions order={order} />
        </Card>
      </div>
      <div className={classes.stack}>
        <Card title={t('order.address')}>
          <OrderAddress address={order.address} />
        </Card>
        {order.source && (
          <Card title={t('source.title')}>
            <OrderSource order={order} source={order.source} />
          </Card>
        )}
        <Card title={t('order.facts')}>
          <Facts order={order} />
        </Card>
        <Card title={t('order.documents')}>
          <OrderDocuments documents={order.documents} />
          <OrderPickList order={order} />
        </Card>
        <Card title={t('invoice.title')}>
          <OrderInvoice order={order} />
        </Card>
        <Card title={t('order.timeline')}>
          <OrderTimeline entries={order.timeline} />
        </Card>
      </div>
    </div>
  );
}

/** One order: what was bought, where it goes, what was done, and what may be done with it. */
export function OrderScreen({ id }: { id: string }): ReactNode {
  const { t } = useMessages();
  const query = useStationQuery('orders.order-view', { order: id });
  return (
    <Page
      title={query.data ? t('order.title', { number: query.data.number }) : t('order.order')}
      actions={
        <a className={classes.back} href={routeHref({ screen: 'orders' })}>
          {t('order.back')}
        </a>
      }
    >
      <QueryGate query={query}>
        {(order) => (
          <>
            <Marks order={order} />
            <OrderBody order={order} />
          </>
        )}
      </QueryGate>
    </Page>
  );
}
