import { Button, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CarrierName } from '../../../shared/contract/shops.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { Choice, fieldOrder } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import classes from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';

export interface ShopCarriersProps {
  readonly shopId: string;
  readonly rows: readonly CarrierName[];
  set(rows: readonly CarrierName[]): void;
}

/** What we call a carrier beside the name that the platform knows; without a row the connector's own table decides. */
export function ShopCarriers({ shopId, rows, set }: ShopCarriersProps): ReactNode {
  const { t } = useMessages();
  const { data, error } = useStationQuery('shops.carriers-view', { id: shopId });
  const known = data?.carriers ?? [];
  const put = (at: number, part: Partial<CarrierName>): void =>
    set(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  return (
    <fieldset className={classes.group}>
      <legend>{t('shop.carriers')}</legend>
      <p className={classes.muted}>{t('shop.carriers.text')}</p>
      {error && <ErrorNotice error={error} />}
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name while they are typed
        <div key={at} className={classes.fields}>
          <TextInput
            size="lg"
            inputWrapperOrder={fieldOrder}
            label={t('shop.carriers.ours')}
            maxLength={60}
            value={row.ours}
            onChange={(event) => put(at, { ours: event.currentTarget.value })}
          />
          <Choice
            label={t('shop.carriers.theirs')}
            value={row.code}
            options={[
              ...known.map(({ code, name }) => ({ value: code, label: name })),
              ...(row.code === '' || known.some(({ code }) => code === row.code)
                ? []
                : [{ value: row.code, label: row.name || row.code }]),
            ]}
            onChange={(code) => put(at, { code, name: known.find((one) => one.code === code)?.name ?? code })}
          />
          <Button size="lg" variant="default" onClick={() => set(rows.filter((_, index) => index !== at))}>
            {t('shop.remove')}
          </Button>
        </div>
      ))}
      <Button size="lg" variant="default" onClick={() => set([...rows, { ours: '', code: '', name: '' }])}>
        {t('shop.carriers.add')}
      </Button>
    </fieldset>
  );
}
