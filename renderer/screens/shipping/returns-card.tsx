import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ReturnView } from '../../../shared/contract/returns.ts';
import { openDocument } from '../../station/documents.ts';
import { useCommand } from '../../station/use-command.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { isMessageKey } from '../../ui/message-key.ts';
import pageClasses from '../../ui/page.module.css';
import { Card } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { routeHref } from '../../ui/router.ts';
import { SearchField } from '../../ui/search-field.tsx';
import setUp from '../../ui/set-up.module.css';
import { type Messages, useMessages } from '../../ui/use-messages.ts';

function Acts({ back, supervisor }: { back: ReturnView; supervisor: boolean }): ReactNode {
  const { t } = useMessages();
  const [failure, setFailure] = useState<unknown>();
  const [asked, setAsked] = useState(false);
  const cancel = useCommand('returns.cancel', () => setAsked(false));
  const { documentId, state, code } = back;
  const error = failure ?? cancel.error;
  return (
    <span className={setUp.acts}>
      {documentId !== null && !asked && (
        <Button variant="default" onClick={() => openDocument(documentId).catch(setFailure)}>
          {t('ui.open')}
        </Button>
      )}
      {supervisor && state === 'authorised' && !asked && (
        <Button variant="default" aria-label={t('return.cancel-of', { code })} onClick={() => setAsked(true)}>
          {t('return.cancel')}
        </Button>
      )}
      {asked && (
        <>
          <b>{t('return.cancel.sure')}</b>
          <Button color="red.9" loading={cancel.isPending} onClick={() => cancel.mutate({ returnId: back.id })}>
            {t('return.cancel-yes')}
          </Button>
          <Button variant="default" onClick={() => setAsked(false)}>
            {t('device.remove-no')}
          </Button>
        </>
      )}
      {error !== undefined && error !== null && <ErrorNotice error={error} />}
    </span>
  );
}

function columns(messages: Messages, supervisor: boolean): readonly Column<ReturnView>[] {
  const { t } = messages;
  const reason = (name: string): string => {
    const key = `return.reason.${name}`;
    return isMessageKey(key) ? t(key) : name;
  };
  return [
    { key: 'code', title: 'RMA', cell: ({ code }) => <strong className={pageClasses.nowrap}>{code}</strong> },
    {
      key: 'order',
      title: t('order.order'),
      cell: ({ orderId, orderNumber }) => (
        <a className={pageClasses.link} href={routeHref({ screen: 'orders', id: orderId })}>
          {orderNumber}
        </a>
      ),
    },
    { key: 'reason', title: t('return.reason'), cell: ({ reason: name }) => reason(name) },
    {
      key: 'tracking',
      title: t('return.tracking'),
      cell: ({ carrier, trackingNumber }) => (trackingNumber === '' ? '–' : `${carrier} ${trackingNumber}`),
    },
    { key: 'expires', title: t('return.expires'), cell: ({ expiresOn }) => expiresOn },
    {
      key: 'state',
      title: t('return.state'),
      cell: ({ state }) => <span className={pageClasses.chip}>{t(`return.state.${state}`)}</span>,
    },
    { key: 'acts', title: '', cell: (back) => <Acts {...{ back, supervisor }} /> },
  ];
}

/** Returns that were announced, found by anything that stands on the parcel that comes back. */
export function ReturnsCard({ supervisor }: { supervisor: boolean }): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const [search, setSearch] = useState('');
  const query = useStationQuery('returns.list-view', search === '' ? {} : { search }, { keepPrevious: true });
  return (
    <Card title={t('return.title')}>
      <div className={setUp.stack}>
        <SearchField label={t('return.search')} onSearch={setSearch} />
        <QueryGate query={query}>
          {({ returns }) =>
            returns.length === 0 ? (
              <p className={setUp.muted}>{t('return.none')}</p>
            ) : (
              <DataTable
                label={t('return.title')}
                columns={columns(messages, supervisor)}
                rows={returns}
                rowKey={({ id }) => id}
              />
            )
          }
        </QueryGate>
      </div>
    </Card>
  );
}
