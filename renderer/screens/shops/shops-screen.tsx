import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { ShopKind, ShopView } from '../../../shared/contract/shops.ts';
import { roleAllows } from '../../../shared/model/roles.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { Choice } from '../../ui/choice.tsx';
import { EmptyNotice } from '../../ui/error-notice.tsx';
import pageClasses from '../../ui/page.module.css';
import { Card, Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { routeHref } from '../../ui/router.ts';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { AttributionCard } from './attribution-card.tsx';
import { DropFolderCard } from './drop-folder-card.tsx';
import { EraseCard } from './erase-card.tsx';
import { KindFacts } from './kind-facts.tsx';
import { MessagesCard } from './messages-card.tsx';
import { QuarantineCard } from './quarantine-card.tsx';
import { ReconcileCard } from './reconcile-card.tsx';
import { ShopCard } from './shop-card.tsx';
import { ShopForm } from './shop-form.tsx';

/** Which kind of shop, then its form in the same place; what it cannot do is said before anybody types. */
function AddShop({ kinds }: { kinds: readonly ShopKind[] }): ReactNode {
  const { t } = useMessages();
  const [chosen, choose] = useState('');
  const [open, setOpen] = useState(false);
  const kind = kinds.find(({ name }) => name === chosen);
  if (kind && open)
    return (
      <ShopForm
        key={kind.name}
        kind={kind}
        shop={undefined}
        onClose={() => {
          setOpen(false);
          choose('');
        }}
      />
    );
  return (
    <div className={classes.panel}>
      <Choice
        label={t('shop.which')}
        value={chosen}
        options={kinds.map(({ name, title, confirmed }) => ({
          value: name,
          label: confirmed ? title : `${title} · ${t('shop.unconfirmed')}`,
        }))}
        onChange={choose}
      />
      {kind && <KindFacts kind={kind} />}
      <div className={classes.acts}>
        <Button size="lg" disabled={!kind} onClick={() => setOpen(true)}>
          {t('shop.add')}
        </Button>
      </div>
    </div>
  );
}

interface ShopsProps {
  readonly shops: readonly ShopView[];
  readonly kinds: readonly ShopKind[];
  readonly mayChange: boolean;
}

function Shops({ shops, kinds, mayChange }: ShopsProps): ReactNode {
  const { t } = useMessages();
  return (
    <Card title={t('shop.connected')}>
      <div className={classes.stack}>
        {shops.length === 0 && <EmptyNotice icon="cart" text={t('shop.none')} />}
        {shops.map((shop) => (
          <ShopCard
            key={shop.id}
            shop={shop}
            kind={kinds.find(({ name }) => name === shop.connector)}
            mayChange={mayChange}
          />
        ))}
        {mayChange ? <AddShop kinds={kinds} /> : <p className={classes.muted}>{t('settings.ask-admin')}</p>}
      </div>
    </Card>
  );
}

/** The shops that orders come from: how they are read, what they are told, what differs, what is erased. */
export function ShopsScreen({ here }: { here: CallOutput<'stations.session-view'> }): ReactNode {
  const { t } = useMessages();
  const mayChange = roleAllows(here.operator?.role ?? 'anyone', 'admin');
  const query = useStationQuery('shops.list-view', {});
  const kinds = useStationQuery('shops.kinds-view', {}, { enabled: mayChange }).data?.kinds ?? [];
  return (
    <Page
      title={t('nav.shops')}
      subtitle={t('shop.lead')}
      actions={
        <a className={pageClasses.link} href={routeHref({ screen: 'shipping' })}>
          {t('carrier.to-shipping')}
        </a>
      }
    >
      <QueryGate query={query}>
        {({ shops, dropFolder }) => (
          <>
            <Shops shops={shops} kinds={kinds} mayChange={mayChange} />
            <QuarantineCard />
            <MessagesCard />
            {shops.length > 0 && <ReconcileCard key={shops[0]?.id} shops={shops} />}
            <AttributionCard mayChange={mayChange} />
            <DropFolderCard state={dropFolder} mayChange={mayChange} />
            {mayChange && <EraseCard />}
          </>
        )}
      </QueryGate>
    </Page>
  );
}
