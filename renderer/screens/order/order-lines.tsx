import type { ReactNode } from 'react';
import type { OrderView } from '../../../shared/contract/orders.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import pageClasses from '../../ui/page.module.css';
import { useMessages } from '../../ui/use-messages.ts';

type Line = OrderView['lines'][number];

function Title({ line }: { line: Line }): ReactNode {
  const { t } = useMessages();
  return (
    <>
      <strong className={pageClasses.sku}>{line.sku}</strong>
      <br />
      {line.title}
      {line.replaces !== null && <div className={pageClasses.muted}>{t('line.replaces', { sku: line.replaces })}</div>}
      {line.quantitySentElsewhere > 0 && (
        <div className={pageClasses.muted}>{t('line.sent-elsewhere', { units: line.quantitySentElsewhere })}</div>
      )}
      {!line.known && <span className={`${pageClasses.chip} ${pageClasses.chipLate}`}>{t('order.unknown-item')}</span>}
      {line.components.map(({ sku, title, quantityOrdered, quantityPacked }) => (
        <div key={sku} className={pageClasses.muted}>
          {quantityPacked} / {quantityOrdered} · {sku} · {title}
        </div>
      ))}
    </>
  );
}

/** Lines with the quantities that are the truth about an order. */
export function OrderLines({ lines }: { lines: OrderView['lines'] }): ReactNode {
  const { t } = useMessages();
  const columns: readonly Column<Line>[] = [
    {
      key: 'picture',
      title: t('item.picture'),
      cell: ({ imageUrl }) => (imageUrl ? <img className={pageClasses.thumb} src={imageUrl} alt="" /> : '–'),
    },
    { key: 'item', title: t('item.title'), cell: (line) => <Title line={line} /> },
    {
      key: 'ordered',
      title: t('line.ordered'),
      numeric: true,
      cell: ({ quantityOrdered, quantityCancelled }) => quantityOrdered - quantityCancelled,
    },
    { key: 'allocated', title: t('line.allocated'), numeric: true, cell: (line) => line.quantityAllocated },
    { key: 'picked', title: t('line.picked'), numeric: true, cell: (line) => line.quantityPicked },
    { key: 'packed', title: t('line.packed'), numeric: true, cell: (line) => line.quantityPacked },
    { key: 'shipped', title: t('line.shipped'), numeric: true, cell: (line) => line.quantityShipped },
  ];
  return <DataTable label={t('order.lines')} columns={columns} rows={lines} rowKey={({ id }) => id} />;
}
