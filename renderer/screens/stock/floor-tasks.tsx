import type { ReactNode } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyNotice } from '../../ui/error-notice.tsx';
import { formatInstant } from '../../ui/format.ts';
import type { MessageKey } from '../../ui/message-key.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { type Messages, useMessages } from '../../ui/use-messages.ts';

type Tasks = CallOutput<'stock.floor-tasks-view'>;
type Count = Tasks['counts'][number];
type PutBack = Tasks['putBacks'][number];

const reasons: Readonly<Record<string, MessageKey>> = {
  'not-found': 'to-do.not-found',
  damaged: 'to-do.damaged',
  expired: 'to-do.expired',
  substituted: 'to-do.substituted',
  other: 'to-do.other',
};

/** Why a bin is to be counted, in words; its own name for a reason that this version does not know. */
function reasonWords(reason: string, { t }: Messages): string {
  const key = reasons[reason];
  return key ? t(key) : reason;
}

function goodsColumns<T extends { location: string; sku: string; title: string }>({ t }: Messages): Column<T>[] {
  return [
    { key: 'location', title: t('stock.location'), cell: ({ location }) => <strong>{location}</strong> },
    { key: 'sku', title: t('item.sku'), cell: ({ sku }) => sku },
    { key: 'title', title: t('item.title'), cell: ({ title }) => title },
  ];
}

function countColumns(messages: Messages): readonly Column<Count>[] {
  const { t, language } = messages;
  return [
    ...goodsColumns<Count>(messages),
    { key: 'reason', title: t('to-do.why'), cell: ({ reason }) => reasonWords(reason, messages) },
    { key: 'order', title: t('order.order'), cell: ({ orderNumber }) => orderNumber ?? '–' },
    { key: 'since', title: t('to-do.since'), cell: ({ since }) => formatInstant(since, language) },
  ];
}

function putBackColumns(messages: Messages): readonly Column<PutBack>[] {
  const { t, language } = messages;
  return [
    { key: 'tote', title: t('order.tote'), cell: ({ tote }) => <strong>{tote ?? '–'}</strong> },
    { key: 'order', title: t('order.order'), cell: ({ orderNumber }) => orderNumber },
    ...goodsColumns<PutBack>(messages),
    { key: 'left', title: t('to-do.left'), numeric: true, cell: ({ quantity, done }) => quantity - done },
    { key: 'since', title: t('to-do.since'), cell: ({ since }) => formatInstant(since, language) },
  ];
}

/** What waits on the floor: bins to be counted, and goods of cancelled orders that go back. */
export function FloorTasks(): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const query = useStationQuery('stock.floor-tasks-view', {});
  return (
    <QueryGate query={query}>
      {({ counts, putBacks }) => (
        <>
          <h2>{t('to-do.put-backs')}</h2>
          {putBacks.length === 0 ? (
            <EmptyNotice icon="box" text={t('to-do.no-put-backs')} />
          ) : (
            <DataTable
              label={t('to-do.put-backs')}
              columns={putBackColumns(messages)}
              rows={putBacks}
              rowKey={({ id }) => id}
            />
          )}
          <h2>{t('to-do.counts')}</h2>
          {counts.length === 0 ? (
            <EmptyNotice icon="box" text={t('to-do.no-counts')} />
          ) : (
            <DataTable
              label={t('to-do.counts')}
              columns={countColumns(messages)}
              rows={counts}
              rowKey={({ id }) => id}
            />
          )}
        </>
      )}
    </QueryGate>
  );
}
