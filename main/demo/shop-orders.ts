import type { BookAddress, OrderToPlace } from '../channels/channel-order-book.ts';
import type { OrderContext } from './orders.ts';
import { inventAddress } from './people.ts';

/** Where buyers of a shop engine come from: mostly nobody says. */
const SOURCES = ['', '', '', 'pinterest', 'instagram', 'fb', 'snapchat', 'twitter', 'tiktok', 'newsletter'] as const;
const HOUR_MS = 3_600_000;

/**
 * `count` orders as buyers place them in a shop, over the hours before `now`, oldest first; goods of the demo warehouse,
 * invented buyers.
 */
export function inventShopOrders(context: OrderContext, count: number): OrderToPlace[] {
  return Array.from({ length: count }, (_, index) => {
    const age = ((count - index) / (count + 1)) * 12 * HOUR_MS;
    return inventShopOrder(context, new Date(Date.parse(context.now) - age).toISOString());
  });
}

/** One order placed at this instant. */
export function inventShopOrder({ random, catalogue }: Omit<OrderContext, 'now'>, placedAt: string): OrderToPlace {
  const items = new Set(Array.from({ length: random.whole(1, 3) }, () => random.whole(0, catalogue.length - 1)));
  const lines = [...items].flatMap((index) => {
    const entry = catalogue[index];
    if (!entry) return [];
    const { sku, title } = entry.item;
    return [{ sku, title, quantity: random.chance(0.2) ? 2 : 1, unitPriceMinor: entry.priceMinor }];
  });
  const gift = random.chance(0.1);
  return {
    lines,
    address: bookAddress(inventAddress(random)),
    source: random.pick(SOURCES),
    gift,
    note: random.chance(0.15) ? 'Merci de laisser chez la gardienne' : '',
    placedAt,
  };
}

function bookAddress(address: ReturnType<typeof inventAddress>): BookAddress {
  const { name, street1, street2 = '', postcode, city, region = '', country, phone = '', email = '' } = address;
  return { name, street1, street2, postcode, city, region, country, phone, email };
}
