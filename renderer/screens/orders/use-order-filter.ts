import { useState } from 'react';
import { type ChannelName, channels } from '../../../shared/model/channel.ts';
import { type OrderState, orderStates } from '../../../shared/model/machines.ts';
import { PAGE_SIZE } from '../../ui/paging.tsx';

export interface OrderWish {
  readonly state: OrderState | undefined;
  readonly channel: ChannelName | undefined;
  readonly search: string;
  readonly onHold: boolean;
  readonly sort: 'urgent' | 'newest';
}

const everything: OrderWish = { state: undefined, channel: undefined, search: '', onHold: false, sort: 'newest' };

export interface OrderFilter {
  readonly wish: OrderWish;
  /** Input of `orders.list-view`. */
  readonly input: {
    readonly states?: OrderState[];
    readonly channel?: ChannelName;
    readonly search?: string;
    readonly onHold?: boolean;
    readonly sort: 'urgent' | 'newest';
    readonly offset: number;
    readonly limit: number;
  };
  /** Something is left out. */
  readonly active: boolean;
  /** Changes the wish and goes to its first page. */
  readonly change: (part: Partial<OrderWish>) => void;
  readonly move: (offset: number) => void;
}

/** What the orders list shows and on which page. */
export function useOrderFilter(): OrderFilter {
  const [wish, setWish] = useState(everything);
  const [offset, setOffset] = useState(0);
  const { state, channel, search, onHold, sort } = wish;
  return {
    wish,
    input: {
      ...(state ? { states: [state] } : {}),
      ...(channel ? { channel } : {}),
      ...(search === '' ? {} : { search: search.slice(0, 80) }),
      ...(onHold ? { onHold } : {}),
      sort,
      offset,
      limit: PAGE_SIZE,
    },
    active: state !== undefined || channel !== undefined || search !== '' || onHold,
    change: (part) => {
      setWish({ ...wish, ...part });
      setOffset(0);
    },
    move: setOffset,
  };
}

export function asOrderState(value: string | null): OrderState | undefined {
  return orderStates.find((state) => state === value);
}

export function asChannel(value: string | null): ChannelName | undefined {
  return channels.find((channel) => channel === value);
}
