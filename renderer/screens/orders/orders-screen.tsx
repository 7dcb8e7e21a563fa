import type { ReactNode } from 'react';
import type { OrderSummary } from '../../../shared/contract/common.ts';
import { stationChannel } from '../../../shared/model/attribution.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { ChannelBadge } from '../../ui/channel-badge.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyNotice } from '../../ui/error-notice.tsx';
import { formatCountry, formatDay, formatNumber } from '../../ui/format.ts';
import { HoldMark, OrderState } from '../../ui/order-marks.tsx';
import classes from '../../ui/page.module.css';
import { Page } from '../../ui/page.tsx';
import { Paging } from '../../ui/paging.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { routeHref } from '../../ui/router.ts';
import { ShipBy } from '../../ui/ship-by.tsx';
import { type Messages, useMessages } from '../../ui/use-messages.ts';
import { OrderFilters } from './order-filters.tsx';
import { useOrderFilter } from './use-order-filter.ts';

const openStates: readonly string[] = ['new', 'ready', 'allocated', 'backordered', 'picking', 'picked', 'packing'];

function orderColumns({ t, language }: Messages): readonly Column<OrderSummary>[] {
  return [
    {
      key: 'number',
      title: t('order.number'),
      cell: ({ id, number }) => (
        <a className={classes.link} href={routeHref({ screen: 'orders', id })}>
          {number}
        </a>
      ),
    },
    {
      key: 'channel',
      title: t('order.channel'),
      cell: ({ channel, attribution }) => (
        <>
          <ChannelBadge channel={channel} />
          {attribution && stationChannel(attribution.channel) !== channel && (
            <span title={attribution.evidence}> {t(`shop.from.${attribution.channel}`)}</span>
          )}
        </>
      ),
    },
    {
      key: 'state',
      title: t('order.state'),
      cell: ({ state, hold }) => (
        <>
          <OrderState state={state} /> <HoldMark hold={hold} />
        </>
      ),
    },
    {
      key: 'ship-by',
      title: t('order.ship-by'),
      cell: ({ shipBy, state }) =>
        openStates.includes(state) ? <ShipBy shipBy={shipBy} short /> : formatDay(shipBy, language),
    },
    { key: 'units', title: t('order.unit-count'), numeric: true, cell: ({ unitCount }) => unitCount },
    { key: 'country', title: t('order.country'), cell: ({ country }) => formatCountry(country, language) },
    {
      key: 'placed',
      title: t('order.placed'),
      cell: ({ placedAt }) => <span className={classes.nowrap}>{formatDay(placedAt, language)}</span>,
    },
  ];
}

/** Every order, by state, channel, hold and text. */
export function OrdersScreen(): ReactNode {
  const messages = useMessages();
  const { t, language } = messages;
  const filter = useOrderFilter();
  const query = useStationQuery('orders.list-view', filter.input, { keepPrevious: true });
  const total = query.data?.total;
  return (
    <Page
      title={t('nav.orders')}
      subtitle={
        total === undefined ? undefined : t('orders.count', { count: total, number: formatNumber(total, language) })
      }
      actions={<OrderFilters filter={filter} byState={query.data?.byState} byChannel={query.data?.byChannel} />}
    >
      <QueryGate query={query}>
        {(data) =>
          data.orders.length === 0 ? (
            <EmptyNotice icon="file" text={t(filter.active ? 'orders.none-found' : 'orders.none')} />
          ) : (
            <>
              <DataTable
                label={t('nav.orders')}
                columns={orderColumns(messages)}
                rows={data.orders}
                rowKey={({ id }) => id}
              />
              <Paging offset={filter.input.offset} total={data.total} onMove={filter.move} />
            </>
          )
        }
      </QueryGate>
    </Page>
  );
}
