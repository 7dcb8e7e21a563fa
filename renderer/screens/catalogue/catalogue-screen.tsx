import type { ReactNode } from 'react';
import type { ItemView } from '../../../shared/contract/stock.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyNotice } from '../../ui/error-notice.tsx';
import { formatNumber, formatWeight } from '../../ui/format.ts';
import pageClasses from '../../ui/page.module.css';
import { Page } from '../../ui/page.tsx';
import { Paging } from '../../ui/paging.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { type Messages, type Translate, useMessages } from '../../ui/use-messages.ts';
import { usePagedSearch } from '../../ui/use-paged-search.ts';

const marks = [
  'fragile',
  'hazardous',
  'upright',
  'ownBox',
  'lotControlled',
  'serialControlled',
  'expiryControlled',
] as const satisfies readonly (keyof ItemView)[];

function codesOf(item: ItemView): string {
  return item.gtins.map(({ code, quantity }) => (quantity === 1 ? code : `${code} (${quantity})`)).join(', ');
}

function Marks({ item, t }: { item: ItemView; t: Translate }): ReactNode {
  const kit = item.components.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ');
  return (
    <>
      {marks
        .filter((mark) => item[mark])
        .map((mark) => (
          <span key={mark} className={pageClasses.chip}>
            {t(`item.${mark}`)}
          </span>
        ))}
      {item.scanPolicy !== 'case' && (
        <span className={pageClasses.chip}>
          {t(item.scanPolicy === 'each' ? 'item.scan-each' : 'item.scan-quantity')}
        </span>
      )}
      {kit !== '' && <span className={pageClasses.chip}>{t('item.kit', { components: kit })}</span>}
      {kit !== '' && item.kitScan === 'one' && <span className={pageClasses.chip}>{t('item.kit-as-one')}</span>}
    </>
  );
}

function itemColumns({ t, language }: Messages): readonly Column<ItemView>[] {
  return [
    {
      key: 'picture',
      title: t('item.picture'),
      cell: ({ imageUrl }) =>
        imageUrl ? <img className={pageClasses.thumb} src={imageUrl} alt="" loading="lazy" /> : '–',
    },
    { key: 'sku', title: t('item.sku'), cell: ({ sku }) => <strong className={pageClasses.sku}>{sku}</strong> },
    { key: 'title', title: t('item.title'), cell: ({ title }) => title },
    { key: 'codes', title: t('item.codes'), cell: codesOf },
    {
      key: 'weight',
      title: t('item.weight'),
      numeric: true,
      cell: ({ weightMg }) => (weightMg > 0 ? formatWeight(weightMg, language) : '–'),
    },
    {
      key: 'size',
      title: t('item.size'),
      numeric: true,
      cell: ({ lengthMm, widthMm, heightMm }) => (lengthMm > 0 ? `${lengthMm} × ${widthMm} × ${heightMm}` : '–'),
    },
    {
      key: 'stock',
      title: t('stock.available'),
      numeric: true,
      cell: ({ onHand, allocated }) => formatNumber(onHand - allocated, language),
    },
    { key: 'marks', title: t('item.marks'), cell: (item) => <Marks item={item} t={t} /> },
  ];
}

/** Every item with its codes, weight, size, marks and stock. */
export function CatalogueScreen(): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const list = usePagedSearch();
  const query = useStationQuery('stock.items-view', list.input, { keepPrevious: true });
  return (
    <Page
      title={t('nav.catalogue')}
      subtitle={t('catalogue.lead')}
      actions={<SearchField label={t('catalogue.search')} onSearch={list.search} />}
    >
      <QueryGate query={query}>
        {(data) =>
          data.items.length === 0 ? (
            <EmptyNotice icon="box" text={t(list.input.search ? 'catalogue.none-found' : 'catalogue.none')} />
          ) : (
            <>
              <DataTable
                label={t('nav.catalogue')}
                columns={itemColumns(messages)}
                rows={data.items}
                rowKey={({ id }) => id}
              />
              <Paging offset={list.input.offset} total={data.total} onMove={list.move} />
            </>
          )
        }
      </QueryGate>
    </Page>
  );
}
