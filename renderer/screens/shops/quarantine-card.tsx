import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { useCommand } from '../../station/use-command.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { EmptyNotice, ErrorNotice } from '../../ui/error-notice.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Card } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';

type Aside = CallOutput<'shops.quarantine-view'>['orders'][number];

function Row({ order }: { order: Aside }): ReactNode {
  const { t, language } = useMessages();
  const retry = useCommand('shops.retry-quarantined');
  return (
    <li className={classes.row} data-aside={order.externalId}>
      <span className={classes.grow}>
        <b>{order.externalId}</b> · {order.shop}
        <br />
        <span className={classes.sample}>{order.reason}</span>
        <br />
        <span className={classes.muted}>
          {t('shop.aside.times', { count: order.times, at: formatInstant(order.lastAt, language) })}
        </span>
      </span>
      <Button
        size="lg"
        variant="default"
        loading={retry.isPending}
        onClick={() => retry.mutate({ shopId: order.shopId, externalId: order.externalId })}
      >
        {t('shop.retry')}
      </Button>
      {retry.data && (
        <span role="status">
          <b>{t(`shop.aside.${retry.data.outcome}`)}</b> {retry.data.reason}
        </span>
      )}
      {retry.error && <ErrorNotice error={retry.error} />}
    </li>
  );
}

/** Orders that could not be read: the reason, and one more try. */
export function QuarantineCard(): ReactNode {
  const { t } = useMessages();
  const query = useStationQuery('shops.quarantine-view', {});
  return (
    <Card title={t('shop.aside')}>
      <QueryGate query={query}>
        {({ orders }) =>
          orders.length === 0 ? (
            <EmptyNotice icon="check" text={t('shop.aside.none')} />
          ) : (
            <ul className={classes.rows}>
              {orders.map((order) => (
                <Row key={`${order.shopId} ${order.externalId}`} order={order} />
              ))}
            </ul>
          )
        }
      </QueryGate>
    </Card>
  );
}
