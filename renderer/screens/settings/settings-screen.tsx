import type { ReactNode } from 'react';
import { roleAllows } from '../../../shared/model/roles.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { CartonsCard } from './cartons-card.tsx';
import { MachineSettings } from './machine-settings.tsx';
import { OperatorsCard } from './operators-card.tsx';
import { SharedSettingsForm } from './shared-settings-form.tsx';

/** What this screen alone remembers, and what every bench on the database shares. */
export function SettingsScreen(): ReactNode {
  const { t } = useMessages();
  const query = useStationQuery('stations.settings-view', {});
  const session = useStationQuery('stations.session-view', {});
  const mayChange = roleAllows(session.data?.operator?.role ?? 'anyone', 'admin');
  const version =
    session.data && t('settings.version', { version: session.data.version, database: session.data.database });
  return (
    <Page title={t('nav.settings')} subtitle={version}>
      <MachineSettings />
      {mayChange && <OperatorsCard />}
      <CartonsCard mayChange={mayChange} />
      <QueryGate query={query}>
        {(stored) => <SharedSettingsForm key={stored.version} stored={stored} mayChange={mayChange} />}
      </QueryGate>
    </Page>
  );
}
