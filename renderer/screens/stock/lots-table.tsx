import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { useCommand } from '../../station/use-command.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyNotice, ErrorNotice } from '../../ui/error-notice.tsx';
import { formatNumber } from '../../ui/format.ts';
import pageClasses from '../../ui/page.module.css';
import { Paging } from '../../ui/paging.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { type Messages, useMessages } from '../../ui/use-messages.ts';
import type { usePagedSearch } from '../../ui/use-paged-search.ts';

type Lot = CallOutput<'stock.lots-view'>['lots'][number];

/** Recalls a lot in every bin, or frees it again. */
function BlockLot({ lot }: { lot: Lot }): ReactNode {
  const { t } = useMessages();
  const client = useQueryClient();
  const block = useCommand('stock.block-lot', () => client.invalidateQueries({ queryKey: ['stock.lots-view'] }));
  return (
    <>
      <Button
        size="sm"
        variant="default"
        loading={block.isPending}
        aria-label={t(lot.blocked ? 'lots.free-lot' : 'lots.block-lot', { lot: lot.lot, sku: lot.sku })}
        onClick={() => block.mutate({ sku: lot.sku, lot: lot.lot, blocked: !lot.blocked })}
      >
        {t(lot.blocked ? 'lots.free' : 'lots.block')}
      </Button>
      {block.error && <ErrorNotice error={block.error} />}
    </>
  );
}

function lotColumns({ t, language }: Messages, mayBlock: boolean): readonly Column<Lot>[] {
  const columns: Column<Lot>[] = [
    { key: 'expiry', title: t('lots.expiry'), cell: ({ expiry }) => expiry ?? '–' },
    {
      key: 'lot',
      title: t('lots.lot'),
      cell: ({ lot, blocked }) => (
        <>
          <strong>{lot}</strong>
          {blocked && <span className={`${pageClasses.chip} ${pageClasses.chipLate}`}>{t('lots.blocked')}</span>}
        </>
      ),
    },
    { key: 'sku', title: t('item.sku'), cell: ({ sku }) => sku },
    { key: 'title', title: t('item.title'), cell: ({ title }) => title },
    { key: 'location', title: t('stock.location'), cell: ({ location }) => location },
    {
      key: 'quantity',
      title: t('lots.counted'),
      numeric: true,
      cell: ({ quantity }) => formatNumber(quantity, language),
    },
  ];
  if (mayBlock) columns.push({ key: 'block', title: t('lots.recall'), cell: (lot) => <BlockLot lot={lot} /> });
  return columns;
}

export interface LotsTableProps {
  readonly list: ReturnType<typeof usePagedSearch>;
  readonly mayBlock: boolean;
}

/** Lots by bin, the first to expire on top; supervisors recall them. */
export function LotsTable({ list, mayBlock }: LotsTableProps): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const query = useStationQuery('stock.lots-view', list.input, { keepPrevious: true });
  return (
    <QueryGate query={query}>
      {(data) =>
        data.lots.length === 0 ? (
          <EmptyNotice icon="box" text={t(list.input.search ? 'stock.none-found' : 'lots.none')} />
        ) : (
          <>
            <DataTable
              label={t('lots.title')}
              columns={lotColumns(messages, mayBlock)}
              rows={data.lots}
              rowKey={({ sku, lot, location }) => `${location} ${sku} ${lot}`}
            />
            <Paging offset={list.input.offset} total={data.total} onMove={list.move} />
          </>
        )
      }
    </QueryGate>
  );
}
