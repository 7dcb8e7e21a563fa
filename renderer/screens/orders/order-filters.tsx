import { Select, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { channels } from '../../../shared/model/channel.ts';
import { orderStates } from '../../../shared/model/machines.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { useMessages } from '../../ui/use-messages.ts';
import { asChannel, asOrderState, type OrderFilter } from './use-order-filter.ts';

export interface OrderFiltersProps {
  readonly filter: OrderFilter;
  /** Orders by state and by channel, shown behind each choice. */
  readonly byState: Readonly<Record<string, number>> | undefined;
  readonly byChannel: Readonly<Record<string, number>> | undefined;
}

/** Narrows the orders list; every choice says how many it holds. */
export function OrderFilters({ filter, byState, byChannel }: OrderFiltersProps): ReactNode {
  const { t } = useMessages();
  const { wish, change } = filter;
  const counted = (words: string, count: number | undefined) => `${words} (${count ?? 0})`;
  return (
    <>
      <SearchField label={t('orders.search')} onSearch={(search) => change({ search })} />
      <Select
        w={210}
        aria-label={t('order.state')}
        placeholder={t('orders.any-state')}
        clearable
        allowDeselect
        value={wish.state ?? null}
        data={orderStates.map((state) => ({
          value: state,
          label: counted(t(`order-state.${state}`), byState?.[state]),
        }))}
        onChange={(value) => change({ state: asOrderState(value) })}
        clearButtonProps={{ 'aria-label': t('ui.clear') }}
      />
      <Select
        w={210}
        aria-label={t('order.channel')}
        placeholder={t('orders.any-channel')}
        clearable
        allowDeselect
        value={wish.channel ?? null}
        data={channels.map((channel) => ({
          value: channel,
          label: counted(t(`channel.${channel}`), byChannel?.[channel]),
        }))}
        onChange={(value) => change({ channel: asChannel(value) })}
        clearButtonProps={{ 'aria-label': t('ui.clear') }}
      />
      <Switch
        label={t('orders.on-hold')}
        checked={wish.onHold}
        onChange={(event) => change({ onHold: event.currentTarget.checked })}
      />
      <Switch
        label={t('orders.urgent-first')}
        checked={wish.sort === 'urgent'}
        onChange={(event) => change({ sort: event.currentTarget.checked ? 'urgent' : 'newest' })}
      />
    </>
  );
}
