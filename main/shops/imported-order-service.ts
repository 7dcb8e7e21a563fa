import type { Address } from '../../shared/model/address.ts';
import type { ChannelName } from '../../shared/model/channel.ts';
import type { ImportedOrder } from '../../shared/model/imported.ts';
import type { OrderState } from '../../shared/model/machines.ts';
import type { NormalisedOrder } from '../channels/channel.ts';
import { lineIdOf, spreadOver, wantedNow } from './reading-rules.ts';
import type { RemoteState } from './source-store.ts';

/** What stands in for a country that the platform withholds: ISO 3166 leaves it to its users. */
const NO_COUNTRY = 'ZZ';

/** Our side of an order that is known. */
export interface KnownUnits {
  readonly state: OrderState;
  readonly lines: readonly {
    readonly key: string;
    readonly sku: string;
    /** Those that have left included, whoever labelled them. */
    readonly wanted: number;
    readonly shipped: number;
  }[];
  /** Whether the platform, when it said this, had heard of every parcel that has left. */
  readonly allTold: boolean;
}

/** How an order stands at its platform. */
export function remoteStateOf(order: NormalisedOrder): RemoteState {
  if (order.shipState === 'cancelled') return 'cancelled';
  if (order.shipState === 'shipped') return 'shipped';
  return keptBackFor(order) === null ? 'open' : 'held';
}

/** Nothing of it is ours to send: gone, or all units somebody else's. */
export function isNothingToPack(order: NormalisedOrder): boolean {
  return order.shipState === 'shipped' || order.lines.every(({ quantityToPack }) => quantityToPack === 0);
}

/** Why the platform, or what it withholds, keeps an order back. */
export function keptBackFor(order: NormalisedOrder): NonNullable<ImportedOrder['keptBack']> | null {
  if (order.cancelRequested) return { reason: 'cancel-requested', detail: '' };
  if (order.hold !== null)
    return { reason: /risk|fraud/i.test(order.hold) ? 'risk' : 'channel-hold', detail: order.hold.slice(0, 200) };
  if (order.shipState === 'waiting' || order.payState === 'unpaid')
    return { reason: 'waiting-for-channel', detail: order.payState === 'unpaid' ? 'unpaid' : '' };
  if (order.payState === 'refunded') return { reason: 'channel-hold', detail: 'refunded' };
  const withheld = order.address === null || order.addressState !== 'clear';
  if (withheld && order.labelMode === 'seller' && order.needsLabel)
    return { reason: 'address-unknown', detail: order.address === null ? 'pending' : order.addressState };
  return null;
}

/** A platform's label was bought, and with it the platform counts the order as sent before it has left. */
function isBeingLabelled(order: NormalisedOrder, known: KnownUnits): boolean {
  const onBench: readonly OrderState[] = ['picking', 'picked', 'packing', 'packed'];
  return order.labelMode === 'platform' && order.shipState === 'shipped' && onBench.includes(known.state);
}

/** The buyer wants it back and nobody has decided: some platforms count nothing to send meanwhile. */
const isAskedBack = (order: NormalisedOrder): boolean =>
  order.cancelRequested && order.shipState !== 'cancelled' && order.shipState !== 'shipped';

/**
 * An order of a platform as the station takes it. Of a known one quantities are what is wanted in all, parts that have left
 * included; `null` when the platform wants nothing of an unknown one.
 */
export function toImported(
  order: NormalisedOrder,
  shop: { readonly channel: ChannelName; readonly key: string },
  known: KnownUnits | undefined,
): ImportedOrder | null {
  if (!known && (order.shipState === 'cancelled' || isNothingToPack(order))) return null;
  const lines = linesOf(order, known);
  const cancelled = order.shipState === 'cancelled';
  // Somebody sent or took back everything elsewhere: nothing of it is to be packed any more. What is only asked for waits.
  const gone = !isAskedBack(order) && lines.every(({ quantity }) => quantity === 0);
  return {
    channel: shop.channel,
    shop: shop.key,
    externalId: order.externalId.slice(0, 120),
    number: order.externalNumber.slice(0, 60),
    placedAt: order.placedAt,
    shipBy: order.shipBy,
    priority: 0,
    currency: order.currency,
    totalMinor: order.totalMinor,
    gift: order.lines.some(({ gift }) => gift),
    note: noteOf(order),
    shippingMethod: order.shippingOption,
    cancelled: cancelled || gone,
    labelMode: order.labelMode,
    keptBack: cancelled || gone ? null : keptBackFor(order),
    paid: order.payState !== 'unpaid',
    address: addressOf(order),
    lines,
    ...(order.deliverBy === null ? {} : { promisedBy: order.deliverBy.slice(0, 10) }),
  };
}

function linesOf(order: NormalisedOrder, known: KnownUnits | undefined): ImportedOrder['lines'] {
  const quantities = quantitiesOf(order, known);
  return order.lines.map((line, index) => ({
    externalLineId: lineIdOf(line.externalLineIds),
    sku: line.sku.slice(0, 80),
    title: line.variant ? `${line.title} – ${line.variant}` : line.title,
    quantity: quantities[index] ?? 0,
    unitPriceMinor: line.unitPriceMinor,
  }));
}

/** Wanted units of each line. Ours are known by the platform's id of a line, which several of its lines may share. */
function quantitiesOf(order: NormalisedOrder, known: KnownUnits | undefined): number[] {
  const lines = order.lines.map(({ externalLineIds, quantityOrdered: ordered, quantityToPack }) => {
    const remaining = order.shipState === 'shipped' ? 0 : quantityToPack;
    return { key: lineIdOf(externalLineIds), ordered, remaining };
  });
  const quantities = lines.map(({ remaining }) => remaining);
  for (const key of new Set(lines.map((line) => line.key))) {
    const before = known?.lines.find((line) => line.key === key);
    const sharing = lines.flatMap((line, index) => (line.key === key ? [{ ...line, index }] : []));
    const remaining = sharing.reduce((sum, line) => sum + line.remaining, 0);
    const spread = spreadOver(quantityOf({ order, known, before, remaining }), sharing);
    for (const [at, { index }] of sharing.entries()) quantities[index] = spread[at] ?? 0;
  }
  return quantities;
}

function quantityOf(at: {
  readonly order: NormalisedOrder;
  readonly known: KnownUnits | undefined;
  readonly before: KnownUnits['lines'][number] | undefined;
  readonly remaining: number;
}): number {
  const { order, known, before, remaining } = at;
  if (!known || !before) return remaining;
  if (isBeingLabelled(order, known) || isAskedBack(order)) return before.wanted;
  // What a cancel leaves is decided by the cancel itself; its lines are told as they were.
  if (order.shipState === 'cancelled') return before.wanted;
  return wantedNow(remaining, before, known.allTold);
}

function noteOf(order: NormalisedOrder): string | null {
  const messages = order.lines.flatMap(({ giftMessage }) => giftMessage ?? []);
  return [order.note ?? '', ...new Set(messages)].filter(Boolean).join('\n') || null;
}

function addressOf({ address }: NormalisedOrder): Address {
  const country = /^[A-Z]{2}$/.test(address?.country ?? '') ? (address?.country ?? NO_COUNTRY) : NO_COUNTRY;
  const { name = '', company, street1 = '', street2, postcode = '', city = '', region, phone, email } = address ?? {};
  return {
    ...{ name, street1, postcode, city, country },
    ...(company ? { company } : {}),
    ...(street2 ? { street2 } : {}),
    ...(region ? { region } : {}),
    ...(phone ? { phone } : {}),
    ...(email ? { email } : {}),
  };
}
