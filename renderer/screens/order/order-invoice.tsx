import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { OrderView } from '../../../shared/contract/orders.ts';
import { openDocument } from '../../station/documents.ts';
import { useCommand } from '../../station/use-command.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatMoney } from '../../ui/format.ts';
import pageClasses from '../../ui/page.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './order-screen.module.css';

/** The order's invoice and credit notes; one press issues and prints it, or prints it again. */
export function OrderInvoice({ order }: { order: OrderView }): ReactNode {
  const { t, language } = useMessages();
  const [failure, setFailure] = useState<unknown>();
  const query = useStationQuery('invoicing.list-view', { orderId: order.id });
  const issue = useCommand('invoicing.issue');
  const invoices = query.data?.invoices ?? [];
  const error = failure ?? issue.error;
  return (
    <div className={classes.list}>
      {invoices.map(({ id, number, kind, documentId, issuedOn, totalMinor, currency }) => (
        <div key={id} className={classes.row}>
          <span>
            <strong>{t(`invoice.${kind}`)}</strong> {number} · {issuedOn} ·{' '}
            {formatMoney({ minor: totalMinor, currency }, language)}
          </span>
          <Button size="sm" variant="default" onClick={() => openDocument(documentId).catch(setFailure)}>
            {t('ui.open')}
          </Button>
        </div>
      ))}
      {invoices.length === 0 && <p className={pageClasses.muted}>{t('invoice.none')}</p>}
      <Button variant="default" loading={issue.isPending} onClick={() => issue.mutate({ orderId: order.id })}>
        {t(invoices.length === 0 ? 'invoice.issue' : 'invoice.print-again')}
      </Button>
      {error !== undefined && error !== null && <ErrorNotice error={error} />}
    </div>
  );
}
