import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ShopKind, ShopView } from '../../../shared/contract/shops.ts';
import { useCommand } from '../../station/use-command.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Icon } from '../../ui/icons.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { ShopForm } from './shop-form.tsx';
import { lagWords, Said, ShopState } from './shop-state.tsx';
import { StockRefusals } from './stock-refusals.tsx';

function Facts({ shop }: { shop: ShopView }): ReactNode {
  const words = useMessages();
  const { t } = words;
  const facts: readonly (readonly [string, string | number])[] = [
    [t('shop.kind'), `${shop.connectorTitle} · ${shop.key}`],
    [t('shop.lag'), shop.lagSeconds === null ? '–' : lagWords(shop.lagSeconds, words)],
    [t('shop.orders-today'), shop.ordersToday],
    [t('shop.set-aside'), shop.quarantined],
    [t('shop.parked'), shop.parked],
    [t('shop.waiting'), shop.waiting],
  ];
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

function Check({ shop }: { shop: ShopView }): ReactNode {
  const { t } = useMessages();
  const check = useCommand('shops.check-shop');
  return (
    <>
      <Button size="lg" variant="default" loading={check.isPending} onClick={() => check.mutate({ id: shop.id })}>
        {t('shop.check')}
      </Button>
      <div role="status">
        {check.error && <ErrorNotice error={check.error} />}
        <Said messages={shop.checkMessages} />
      </div>
    </>
  );
}

function Reading({ shop }: { shop: ShopView }): ReactNode {
  const { t } = useMessages();
  const read = useCommand('shops.read-now');
  const pause = useCommand('shops.set-active');
  const error = read.error ?? pause.error;
  return (
    <>
      <Button size="lg" loading={read.isPending} onClick={() => read.mutate({ id: shop.id })}>
        {t('shop.read-now')}
      </Button>
      <Button
        size="lg"
        variant="default"
        loading={pause.isPending}
        onClick={() => pause.mutate({ id: shop.id, active: !shop.active })}
      >
        {t(shop.active ? 'shop.pause' : 'shop.resume')}
      </Button>
      {read.data && !read.isPending && (
        <b role="status">
          {t('shop.read-done', {
            fresh: read.data.new,
            changed: read.data.changed,
            aside: read.data.quarantined,
          })}
        </b>
      )}
      {error && <ErrorNotice error={error} />}
    </>
  );
}

export interface ShopCardProps {
  readonly shop: ShopView;
  readonly kind: ShopKind | undefined;
  readonly mayChange: boolean;
}

/** One shop: whether it is read, what waits or was set aside, and what may be done. */
export function ShopCard({ shop, kind, mayChange }: ShopCardProps): ReactNode {
  const { t } = useMessages();
  const [open, setOpen] = useState(false);
  return (
    <article className={classes.device} aria-label={shop.title} data-shop={shop.connector}>
      <div className={classes.deviceHead}>
        <Icon name="cart" size={48} />
        <h3 className={classes.heading}>{shop.title}</h3>
        <ShopState shop={shop} />
      </div>
      <Facts shop={shop} />
      <StockRefusals stock={shop.stock} />
      <div className={classes.acts}>
        <Reading shop={shop} />
        {mayChange && kind && (
          <Button size="lg" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('operators.change')}
          </Button>
        )}
        {mayChange && <Check shop={shop} />}
      </div>
      {open && kind && <ShopForm key={shop.version} kind={kind} shop={shop} onClose={() => setOpen(false)} />}
    </article>
  );
}
