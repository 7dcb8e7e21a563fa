import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Carton } from '../../../shared/contract/packing.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { formatNumber, formatWeight } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import pageClasses from '../../ui/page.module.css';
import { Card } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { type Messages, useMessages } from '../../ui/use-messages.ts';
import classes from './carton-form.module.css';
import { CartonForm } from './carton-form.tsx';

const sizeOf = ({ lengthMm, widthMm, heightMm }: Carton['inner']): string => `${lengthMm} × ${widthMm} × ${heightMm}`;

function Stock({ carton, messages }: { carton: Carton; messages: Messages }): ReactNode {
  const { t, language } = messages;
  if (carton.stock === null) return <span className={pageClasses.muted}>{t('cartons.not-counted')}</span>;
  return (
    <span className={carton.low ? classes.low : undefined}>
      {carton.low && <Icon name="warning" size={20} />} {formatNumber(carton.stock, language)}
      {carton.low && ` · ${t('cartons.low')}`}
    </span>
  );
}

function cartonColumns(messages: Messages, edit: ((id: string) => void) | undefined): readonly Column<Carton>[] {
  const { t, language } = messages;
  const cents = (minor: number): string =>
    new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { minimumFractionDigits: 2 }).format(minor / 100);
  return [
    {
      key: 'code',
      title: t('cartons.code'),
      cell: ({ code, active }) => (
        <>
          <strong>{code}</strong> {!active && <span className={pageClasses.chip}>{t('cartons.retired')}</span>}
        </>
      ),
    },
    { key: 'title', title: t('cartons.name'), cell: ({ title }) => title },
    {
      key: 'inner',
      title: t('cartons.inner'),
      cell: ({ inner }) => <span className={classes.size}>{sizeOf(inner)}</span>,
    },
    { key: 'tare', title: t('cartons.tare'), numeric: true, cell: ({ tareMg }) => formatWeight(tareMg, language) },
    {
      key: 'bears',
      title: t('cartons.bears'),
      numeric: true,
      cell: ({ maxWeightMg }) => formatNumber(maxWeightMg / 1_000_000, language),
    },
    { key: 'cost', title: t('cartons.cost'), numeric: true, cell: ({ costMinor }) => cents(costMinor) },
    { key: 'stock', title: t('cartons.stock'), numeric: true, cell: (carton) => <Stock {...{ carton, messages }} /> },
    { key: 'used', title: t('cartons.used'), numeric: true, cell: ({ usedInWeek }) => usedInWeek },
    ...(edit
      ? [
          {
            key: 'acts',
            title: '',
            cell: ({ id, code }: Carton) => (
              <Button variant="default" aria-label={t('cartons.edit-of', { code })} onClick={() => edit(id)}>
                {t('cartons.edit')}
              </Button>
            ),
          },
        ]
      : []),
  ];
}

function CartonList({ cartons, mayChange }: { cartons: readonly Carton[]; mayChange: boolean }): ReactNode {
  const messages = useMessages();
  const { t } = messages;
  const [edited, setEdited] = useState<string>();
  const carton = cartons.find(({ id }) => id === edited);
  return (
    <div className={classes.list}>
      {mayChange && edited === undefined && (
        <div>
          <Button onClick={() => setEdited('')}>{t('cartons.add')}</Button>
        </div>
      )}
      {edited !== undefined && <CartonForm key={edited} carton={carton} onClose={() => setEdited(undefined)} />}
      {cartons.length === 0 ? (
        <p>{t('cartons.none')}</p>
      ) : (
        <DataTable
          label={t('cartons.title')}
          columns={cartonColumns(messages, mayChange ? setEdited : undefined)}
          rows={cartons}
          rowKey={({ id }) => id}
        />
      )}
    </div>
  );
}

/** The cartons beside the benches with their stock; everybody sees them, admins change them. */
export function CartonsCard({ mayChange }: { mayChange: boolean }): ReactNode {
  const { t } = useMessages();
  const query = useStationQuery('packing.cartons-view', {});
  return (
    <Card title={t('cartons.title')}>
      <p className={pageClasses.muted}>{t('cartons.text')}</p>
      <QueryGate query={query}>{({ cartons }) => <CartonList cartons={cartons} mayChange={mayChange} />}</QueryGate>
    </Card>
  );
}
