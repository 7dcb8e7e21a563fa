import type { ReactNode } from 'react';
import { type ImportColumn, itemColumns, stockColumns } from '../../../shared/model/import-columns.ts';
import { orderColumns } from '../../../shared/model/import-order-columns.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import classes from './import-card.module.css';

export type ImportKind = 'items' | 'stock' | 'orders';

const columnsOf: { readonly [K in ImportKind]: readonly ImportColumn[] } = {
  items: itemColumns,
  stock: stockColumns,
  orders: orderColumns,
};

/** The columns that the readers look for: the same list that the readers use. */
export function ColumnsNote({ kind }: { kind: ImportKind }): ReactNode {
  const { t, language } = useMessages();
  const columns: readonly Column<ImportColumn>[] = [
    {
      key: 'name',
      title: t('import.column'),
      cell: ({ name, required }) => (
        <>
          <code>{name}</code>
          {required && <span className={classes.required}> {t('import.required')}</span>}
        </>
      ),
    },
    { key: 'meaning', title: t('import.meaning'), cell: ({ meaning }) => meaning[language] },
    { key: 'example', title: t('import.example'), cell: ({ example }) => <code>{example}</code> },
  ];
  return (
    <details className={classes.columns}>
      <summary>{t('import.columns')}</summary>
      {kind === 'orders' && <p className={classes.text}>{t('import.shopify')}</p>}
      <DataTable label={t('import.columns')} columns={columns} rows={columnsOf[kind]} rowKey={({ name }) => name} />
    </details>
  );
}
