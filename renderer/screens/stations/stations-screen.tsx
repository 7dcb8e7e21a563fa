import type { ReactNode } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyNotice } from '../../ui/error-notice.tsx';
import { isMessageKey } from '../../ui/message-key.ts';
import pageClasses from '../../ui/page.module.css';
import { Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { type Translate, useMessages } from '../../ui/use-messages.ts';

type Bench = CallOutput<'stations.stations-view'>['stations'][number];

function modeWords(mode: string, t: Translate): string {
  const key = `mode.${mode}`;
  return isMessageKey(key) ? t(key) : mode;
}

/** Every bench on this database: who works there and on what. */
export function StationsScreen(): ReactNode {
  const { t } = useMessages();
  const query = useStationQuery('stations.stations-view', {});
  const session = useStationQuery('stations.session-view', {});
  const columns: readonly Column<Bench>[] = [
    {
      key: 'name',
      title: t('stations.name'),
      cell: ({ id, name }) => (
        <>
          <strong>{name}</strong>{' '}
          {id === session.data?.station.id && <span className={pageClasses.chip}>{t('stations.here')}</span>}
        </>
      ),
    },
    { key: 'operator', title: t('stations.operator'), cell: ({ operator }) => operator ?? t('stations.nobody') },
    { key: 'mode', title: t('stations.doing'), cell: ({ mode }) => modeWords(mode, t) },
    { key: 'order', title: t('order.number'), cell: ({ orderNumber }) => orderNumber ?? '–' },
  ];
  return (
    <Page title={t('nav.stations')} subtitle={t('stations.lead')}>
      <QueryGate query={query}>
        {({ stations }) =>
          stations.length === 0 ? (
            <EmptyNotice icon="person" text={t('stations.none')} />
          ) : (
            <DataTable label={t('nav.stations')} columns={columns} rows={stations} rowKey={({ id }) => id} />
          )
        }
      </QueryGate>
    </Page>
  );
}
