import type { Address } from '../../shared/model/address.ts';
import { type ChannelName, channels } from '../../shared/model/channel.ts';
import type { ImportedOrder } from '../../shared/model/imported.ts';
import { inventVatNumber } from './businesses.ts';
import type { DemoItem } from './catalogue.ts';
import { channelIds } from './channel-ids.ts';
import { inventAddress } from './people.ts';
import type { Random } from './random.ts';

const HOUR_MS = 3_600_000;

/** How many orders come through each channel, beside the others. */
const WEIGHTS: Readonly<Record<ChannelName, number>> = {
  shopify: 14,
  instagram: 12,
  tiktok: 12,
  facebook: 9,
  amazon: 9,
  woocommerce: 7,
  prestashop: 7,
  pinterest: 6,
  web: 5,
  snapchat: 4,
  x: 4,
  wechat: 4,
  xiaohongshu: 4,
  taobao: 3,
  pinduoduo: 3,
  other: 2,
};
const CURRENCIES: Readonly<Record<string, string>> = { FR: 'EUR', DE: 'EUR', GB: 'GBP', US: 'USD' };
const NOTES: readonly [string, ...string[]] = [
  'Sonnez deux fois, merci !',
  'Laisser chez la voisine si absente',
  'Bitte beim Nachbarn abgeben',
  'Klingel defekt, bitte klopfen',
  'Please leave in the porch',
  'Deliver after 6 pm if possible',
  'Sans facture dans le colis, merci',
  'Second order this week – thank you!',
];
const GIFT_NOTES: readonly [string, ...string[]] = [
  'Joyeux anniversaire Chloé !',
  'Alles Gute zum Geburtstag!',
  'Happy birthday – with love from all of us',
  'Merci pour tout, Anaïs',
];

/** What it takes to invent orders; `random` is used up as they are made. */
export interface OrderContext {
  readonly random: Random;
  readonly catalogue: readonly DemoItem[];
  /** Instant that the orders lead up to. */
  readonly now: string;
}

/** `count` orders of the last three days, every channel among the first sixteen, oldest first. */
export function inventOrders(context: OrderContext, count: number): ImportedOrder[] {
  const pickItem = weighted(context.random, context.catalogue, (entry) => entry.appeal);
  const pickChannel = weighted(context.random, channels, (channel) => WEIGHTS[channel]);
  return Array.from({ length: count }, (_, index) => {
    const channel = channels[index] ?? pickChannel();
    const age = ((count - index) / count) * 70 * HOUR_MS + context.random.whole(0, HOUR_MS);
    return inventOrder(context, { index, channel, placedAt: Date.parse(context.now) - age, pickItem });
  }).sort((left, right) => (left.placedAt < right.placedAt ? -1 : 1));
}

/** Picks from a list, each entry as often as its weight says. */
function weighted<T>(random: Random, list: readonly T[], weightOf: (entry: T) => number): () => T {
  const total = list.reduce((sum, entry) => sum + weightOf(entry), 0);
  return () => {
    let left = random.next() * total;
    const found = list.find((entry) => {
      left -= weightOf(entry);
      return left < 0;
    });
    const picked = found ?? list[0];
    if (picked === undefined) throw new RangeError('nothing to pick from');
    return picked;
  };
}

interface Draft {
  readonly index: number;
  readonly channel: ChannelName;
  readonly placedAt: number;
  readonly pickItem: () => DemoItem;
}

function inventOrder({ random, now }: OrderContext, draft: Draft): ImportedOrder {
  const placedAt = new Date(draft.placedAt).toISOString();
  const address = inventAddress(random);
  const lines = inventLines(random, draft.pickItem).map((line) => ({ ...line, ...rateFor(address.country) }));
  const gift = random.chance(0.07);
  const express = random.chance(0.12);
  const shipping = express ? 990 : 490;
  const goods = lines.reduce((sum, line) => sum + line.quantity * (line.unitPriceMinor ?? 0), 0);
  return {
    channel: draft.channel,
    shop: '',
    ...channelIds(draft.channel, { random, sequence: draft.index + 1, placedAt }),
    placedAt,
    shipBy: inventShipBy(random, Date.parse(now), express),
    priority: express ? 3 : random.chance(0.02) ? 5 : 0,
    currency: CURRENCIES[address.country] ?? 'EUR',
    totalMinor: goods + shipping,
    shippingMinor: shipping,
    ...businessOf(address, draft.index),
    gift,
    note: gift ? random.pick(GIFT_NOTES) : random.chance(0.1) ? random.pick(NOTES) : null,
    shippingMethod: express ? 'Express' : random.pick(['Standard', 'Standard', 'Relais colis', 'Colissimo']),
    cancelled: false,
    paid: !random.chance(0.03),
    address,
    lines,
  };
}

/** A business gives its VAT number where it has one. */
function businessOf(address: Address, index: number): Pick<ImportedOrder, 'vatNumber'> {
  const vatNumber = address.company === undefined ? undefined : inventVatNumber(address.country, index);
  return vatNumber === undefined ? {} : { vatNumber };
}

/** Consumers abroad pay the rate of their own country; at home the catalogue knows it. */
function rateFor(country: string): { vatRate?: number } {
  return country === 'DE' ? { vatRate: 1900 } : {};
}

/** One to six lines, 1.9 on average; mostly one unit each. */
function inventLines(random: Random, pickItem: () => DemoItem): ImportedOrder['lines'] {
  const share = random.next();
  const count = [0.52, 0.77, 0.89, 0.95, 0.98].filter((limit) => share > limit).length + 1;
  const chosen = new Map<string, DemoItem>();
  while (chosen.size < count) {
    const entry = pickItem();
    chosen.set(entry.item.sku, entry);
  }
  return [...chosen.values()].map(({ item, priceMinor }) => ({
    externalLineId: String(random.whole(10_000_000, 99_999_999)),
    sku: item.sku,
    title: item.title,
    quantity: random.chance(0.87) ? 1 : random.whole(2, 3),
    unitPriceMinor: priceMinor,
  }));
}

/** At a full hour of the next two days, express within one; one order in thirty is late already. */
function inventShipBy(random: Random, now: number, express: boolean): string {
  const hours = random.chance(1 / 30) ? -random.whole(1, 5) : random.whole(1, express ? 14 : 47);
  return new Date(Math.ceil(now / HOUR_MS) * HOUR_MS + hours * HOUR_MS).toISOString();
}
