import { attribute, marketplaceNotes, type OrderTraces } from '../../../shared/model/attribution.ts';
import { firstTime, sourceTime } from '../../../shared/model/source-time.ts';
import {
  brokenOrder,
  type NormalisedLine,
  type NormalisedOrder,
  orderDefaults,
  type ParseOptions,
} from '../channel.ts';
import type { PrestashopOrder, PrestashopRow } from './wire.ts';

/** The states of a fresh shop; a shop may change them, then it is `order_states` that says what they mean. */
const SHIP_STATE: Readonly<Record<string, NormalisedOrder['shipState']>> = {
  '1': 'waiting',
  '2': 'to-ship',
  '3': 'to-ship',
  '4': 'shipped',
  '5': 'shipped',
  '6': 'cancelled',
  '7': 'cancelled',
  '8': 'waiting',
  '9': 'to-ship',
  '10': 'waiting',
  '11': 'to-ship',
  '12': 'waiting',
  '13': 'to-ship',
};
const [REFUNDED, AWAITING_CASH] = ['7', '13'];

/** One order of PrestaShop in our shape; its address is read by `id_address_delivery` in a second step. */
export function mapPrestashopOrder(order: PrestashopOrder, { timeZone }: ParseOptions): NormalisedOrder {
  const placedAt = firstTime([order.date_add, order.invoice_date, order.date_upd], timeZone);
  if (!placedAt) throw brokenOrder('date_add is missing');
  const updatedAt = sourceTime(order.date_upd, timeZone);
  const payState = payStateOf(order);
  const known = SHIP_STATE[order.current_state];
  const shipState = known ?? (payState === 'paid' || payState === 'cod' ? 'to-ship' : 'waiting');
  return {
    ...orderDefaults,
    channel: 'prestashop',
    externalId: order.id,
    externalNumber: order.reference || order.id,
    placedAt: placedAt.at,
    updatedAt: updatedAt?.at ?? null,
    shipBy: null,
    sourceTimes: { placedAt: placedAt.source, updatedAt: updatedAt?.source ?? null, shipBy: null },
    payState,
    shipState,
    address: null,
    addressState: 'pending',
    note: order.note || null,
    lines: order.associations.order_rows.map((row) => lineOf(row, order, shipState)),
    packages:
      order.shipping_number === ''
        ? []
        : [{ remoteId: '', carrierCode: '', tracking: order.shipping_number, lines: [] }],
    attribution: attribute(tracesOf(order)),
    traces: tracesOf(order),
  };
}

function tracesOf(order: PrestashopOrder): OrderTraces {
  return {
    engine: [
      { from: 'module', value: order.module },
      { from: 'payment', value: order.payment },
      { from: 'id_shop', value: order.id_shop },
    ],
    tags: [],
    // A shop has no place for it: apps that copy orders write where from into the note.
    attributes: marketplaceNotes(order.note),
    campaigns: [],
    referrers: [],
  };
}

/** `valid` is set by every state that counts as a sale, so also by one whose cash the carrier takes. */
function payStateOf(order: PrestashopOrder): NormalisedOrder['payState'] {
  if (order.current_state === REFUNDED) return 'refunded';
  const cash = /cashondelivery|(?:^|_)cod$/i.test(order.module) || order.current_state === AWAITING_CASH;
  if (order.valid === '1' || order.valid === 'true') return cash ? 'cod' : 'paid';
  if (order.valid !== '') return cash && order.current_state === AWAITING_CASH ? 'cod' : 'unpaid';
  const state = SHIP_STATE[order.current_state];
  return state === 'to-ship' || state === 'shipped'
    ? cash
      ? 'cod'
      : 'paid'
    : state === undefined
      ? 'unknown'
      : 'unpaid';
}

function lineOf(row: PrestashopRow, order: PrestashopOrder, state: NormalisedOrder['shipState']): NormalisedLine {
  const variant = /^[1-9]/.test(row.product_attribute_id) ? `-${row.product_attribute_id}` : '';
  const left = row.product_quantity - row.product_quantity_return - row.product_quantity_refunded;
  return {
    externalLineIds: [row.id],
    sku: row.product_reference || `${row.product_id}${variant}`,
    barcode: row.product_ean13 || null,
    title: row.product_name,
    variant: null,
    quantityOrdered: row.product_quantity,
    quantityToPack: state === 'shipped' || state === 'cancelled' ? 0 : Math.max(0, left),
    gift: order.gift,
    giftMessage: order.gift_message || null,
    unitPriceMinor: null,
  };
}
