import type { ReactNode } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { roleAllows } from '../../../shared/model/roles.ts';
import { useStationQuery } from '../../station/use-query.ts';
import pageClasses from '../../ui/page.module.css';
import { Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { routeHref } from '../../ui/router.ts';
import { useMessages } from '../../ui/use-messages.ts';
import { DockCard } from './dock-card.tsx';
import { ManifestsCard } from './manifests-card.tsx';
import { ProblemsCard } from './problems-card.tsx';
import { ReturnsCard } from './returns-card.tsx';

/** The dock: what leaves with whom and until when, what went wrong on the way, and what comes back. */
export function ShippingScreen({ here }: { here: CallOutput<'stations.session-view'> }): ReactNode {
  const { t } = useMessages();
  const supervisor = roleAllows(here.operator?.role ?? 'anyone', 'supervisor');
  const dock = useStationQuery('shipping.dock-view', {});
  return (
    <Page
      title={t('nav.shipping')}
      subtitle={t('dock.lead')}
      actions={
        supervisor && (
          <>
            <a className={pageClasses.link} href={routeHref({ screen: 'carriers' })}>
              {t('dock.to-carriers')}
            </a>
            <a className={pageClasses.link} href={routeHref({ screen: 'shops' })}>
              {t('dock.to-shops')}
            </a>
          </>
        )
      }
    >
      <QueryGate query={dock}>{({ carriers }) => <DockCard carriers={carriers} />}</QueryGate>
      {supervisor && <ProblemsCard />}
      <ManifestsCard supervisor={supervisor} />
      <ReturnsCard supervisor={supervisor} />
    </Page>
  );
}
