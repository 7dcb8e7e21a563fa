import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { AccountView, ConnectorView } from '../../../shared/contract/shipping-accounts.ts';
import { roleAllows } from '../../../shared/model/roles.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { Choice } from '../../ui/choice.tsx';
import { EmptyNotice } from '../../ui/error-notice.tsx';
import { isMessageKey } from '../../ui/message-key.ts';
import pageClasses from '../../ui/page.module.css';
import { Card, Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { routeHref } from '../../ui/router.ts';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { AccountCard } from './account-card.tsx';
import { AccountForm } from './account-form.tsx';
import { RulesCard } from './rules-card.tsx';

interface ListProps {
  readonly accounts: readonly AccountView[];
  readonly connectors: readonly ConnectorView[];
  readonly mayChange: boolean;
}

/** Which carrier, then its form in the same place; what is missing at that carrier is said before anybody types. */
function AddAccount({ connectors }: { connectors: readonly ConnectorView[] }): ReactNode {
  const { t } = useMessages();
  const [chosen, choose] = useState('');
  const [open, setOpen] = useState(false);
  const settings = useStationQuery('stations.settings-view', {});
  const connector = connectors.find(({ name }) => name === chosen);
  if (connector && open)
    return (
      <AccountForm
        key={connector.name}
        connector={connector}
        account={undefined}
        timeZone={settings.data?.settings.timeZone ?? 'Europe/Paris'}
        onClose={() => {
          setOpen(false);
          choose('');
        }}
      />
    );
  return (
    <div className={classes.panel}>
      <Choice
        label={t('carrier.which')}
        value={chosen}
        options={connectors.map(({ name, title, kind }) => ({
          value: name,
          label: `${title} · ${t(`carrier.kind.${kind}`)}`,
        }))}
        onChange={choose}
      />
      {connector?.missing && isMessageKey(connector.missing) && <p className={classes.note}>{t(connector.missing)}</p>}
      <div className={classes.acts}>
        <Button size="lg" disabled={!connector} onClick={() => setOpen(true)}>
          {t('carrier.add')}
        </Button>
      </div>
    </div>
  );
}

function Accounts({ accounts, connectors, mayChange }: ListProps): ReactNode {
  const { t } = useMessages();
  return (
    <Card title={t('carrier.accounts')}>
      <div className={classes.stack}>
        {accounts.length === 0 && <EmptyNotice icon="label" text={t('carrier.none')} />}
        {accounts.map((account) => (
          <AccountCard
            key={account.id}
            account={account}
            connector={connectors.find(({ name }) => name === account.connector)}
            mayChange={mayChange}
          />
        ))}
        {mayChange ? (
          <AddAccount connectors={connectors} />
        ) : (
          <p className={classes.muted}>{t('settings.ask-admin')}</p>
        )}
      </div>
    </Card>
  );
}

/** The carriers that this warehouse ships with, their numbers, and the rules that choose among them. */
export function CarriersScreen({ here }: { here: CallOutput<'stations.session-view'> }): ReactNode {
  const { t } = useMessages();
  const mayChange = roleAllows(here.operator?.role ?? 'anyone', 'admin');
  const query = useStationQuery('shipping.accounts-view', {});
  const connectors = useStationQuery('shipping.connectors-view', {}, { enabled: mayChange }).data?.connectors ?? [];
  return (
    <Page
      title={t('nav.carriers')}
      subtitle={t('carrier.lead')}
      actions={
        <a className={pageClasses.link} href={routeHref({ screen: 'shipping' })}>
          {t('carrier.to-shipping')}
        </a>
      }
    >
      <QueryGate query={query}>
        {({ accounts }) => (
          <>
            <Accounts accounts={accounts} connectors={connectors} mayChange={mayChange} />
            <RulesCard accounts={accounts} mayChange={mayChange} />
          </>
        )}
      </QueryGate>
    </Page>
  );
}
