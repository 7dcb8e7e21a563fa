import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { roleAllows } from '../../../shared/model/roles.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyNotice } from '../../ui/error-notice.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Paging } from '../../ui/paging.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { type Messages, useMessages } from '../../ui/use-messages.ts';
import { usePagedSearch } from '../../ui/use-paged-search.ts';
import { CountCell, type Level } from './count-cell.tsx';
import { FloorTasks } from './floor-tasks.tsx';
import { LotsTable } from './lots-table.tsx';

function levelColumns({ t, language }: Messages, mayCount: boolean): readonly Column<Level>[] {
  const number = (value: number) => formatNumber(value, language);
  const columns: Column<Level>[] = [
    { key: 'location', title: t('stock.location'), cell: ({ location }) => <strong>{location}</strong> },
    { key: 'sku', title: t('item.sku'), cell: ({ sku }) => sku },
    { key: 'title', title: t('item.title'), cell: ({ title }) => title },
    { key: 'on-hand', title: t('stock.on-hand'), numeric: true, cell: ({ onHand }) => number(onHand) },
    { key: 'allocated', title: t('stock.allocated'), numeric: true, cell: ({ allocated }) => number(allocated) },
    {
      key: 'available',
      title: t('stock.available'),
      numeric: true,
      cell: ({ available }) => <strong>{number(available)}</strong>,
    },
  ];
  if (mayCount) columns.push({ key: 'count', title: t('stock.count'), cell: (level) => <CountCell level={level} /> });
  return columns;
}

const kinds = ['bins', 'lots', 'to-do'] as const;
type Shown = (typeof kinds)[number];

/** What lies in which bin and lot, and what waits on the floor; supervisors enter what was counted and recall lots. */
export function StockScreen(): ReactNode {
  const { t } = useMessages();
  const [shown, setShown] = useState<Shown>('bins');
  const list = usePagedSearch();
  const session = useStationQuery('stations.session-view', {});
  const mayCount = roleAllows(session.data?.operator?.role ?? 'anyone', 'supervisor');
  return (
    <Page
      title={t('nav.stock')}
      subtitle={t('stock.lead')}
      actions={
        <>
          <SegmentedControl
            size="md"
            aria-label={t('stock.shown')}
            value={shown}
            data={[
              { value: 'bins', label: t('stock.bins') },
              { value: 'lots', label: t('lots.title') },
              ...(mayCount ? [{ value: 'to-do', label: t('to-do.title') }] : []),
            ]}
            onChange={(value) => {
              setShown(kinds.find((known) => known === value) ?? 'bins');
              list.move(0);
            }}
          />
          {shown !== 'to-do' && <SearchField label={t('stock.search')} onSearch={list.search} />}
        </>
      }
    >
      {shown === 'bins' && <Levels list={list} mayCount={mayCount} />}
      {shown === 'lots' && <LotsTable list={list} mayBlock={mayCount} />}
      {shown === 'to-do' && <FloorTasks />}
    </Page>
  );
}

function Levels({ list, mayCount }: { list: ReturnType<typeof usePagedSearch>; mayCount: boolean }): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const query = useStationQuery('stock.levels-view', list.input, { keepPrevious: true });
  return (
    <QueryGate query={query}>
      {(data) =>
        data.levels.length === 0 ? (
          <EmptyNotice icon="box" text={t(list.input.search ? 'stock.none-found' : 'stock.none')} />
        ) : (
          <>
            <DataTable
              label={t('nav.stock')}
              columns={levelColumns(messages, mayCount)}
              rows={data.levels}
              rowKey={({ sku, location }) => `${location} ${sku}`}
            />
            <Paging offset={list.input.offset} total={data.total} onMove={list.move} />
          </>
        )
      }
    </QueryGate>
  );
}
