import { textUnder } from '../../../shared/json/wire-values.ts';
import { aheadMs } from '../../../shared/model/local-time.ts';
import type { BookOrder, OrderBook } from '../channel-order-book.ts';
import { readParcel } from './parcels.ts';

type Row = Readonly<Record<string, unknown>>;

/** A played shop: orders of the book, and what a shop keeps beside them. */
export interface PlayedShop {
  readonly book: OrderBook;
  readonly zone: string;
  /** State by order, where it is not what the book says. */
  readonly states: Map<string, string>;
  /** Number of the one order carrier of an order. */
  readonly numbers: Map<string, string>;
  /** Order by thread. */
  readonly threads: Map<string, string>;
  readonly messages: { readonly id: string; readonly thread: string; readonly text: string }[];
  readonly mails: string[];
  /** Parcel of the book by the seller's reference. */
  readonly parcels: Map<string, string>;
  /** Id of a product by its reference. */
  readonly products: Map<string, string>;
}

/** States of a fresh shop that matter here. */
const STATES = [
  ...[
    [2, 'Payment accepted', 1, 0],
    [3, 'Processing in progress', 1, 0],
    [4, 'Shipped', 1, 1],
    [5, 'Delivered', 1, 1],
  ],
  ...[
    [6, 'Canceled', 0, 0],
    [7, 'Refunded', 0, 0],
    [8, 'Payment error', 0, 0],
    [10, 'Awaiting bank wire', 0, 0],
  ],
  ...[[12, 'Awaiting check', 0, 0]],
].map(([id, name, paid, shipped]) => ({ id, name, paid: String(paid), shipped: String(shipped), deleted: '0' }));

function local({ zone }: PlayedShop, instant: string): string {
  const ms = Date.parse(instant);
  return new Date(ms + aheadMs(zone, ms)).toISOString().slice(0, 19).replace('T', ' ');
}

function stateOf({ states }: PlayedShop, order: BookOrder): string {
  if (order.state === 'cancelled') return '6';
  const set = states.get(order.id);
  if (set !== undefined) return set;
  return order.state === 'unpaid' || order.held !== null ? '10' : '2';
}

function orderRow(shop: PlayedShop, order: BookOrder): Row {
  const state = stateOf(shop, order);
  const total = order.lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0);
  return {
    ...{
      id: order.id,
      reference: order.number,
      current_state: state,
      id_customer: order.id,
      id_lang: '1',
      id_currency: order.currency,
      id_shop: '1',
    },
    ...{ id_address_delivery: order.id, id_carrier: '1', module: 'ps_checkout', payment: 'Card' },
    ...{ valid: state === '10' ? '0' : '1', gift: order.gift ? '1' : '0', gift_message: '', note: order.note },
    ...{ date_add: local(shop, order.placedAt), date_upd: local(shop, order.updatedAt) },
    total_paid_tax_incl: (total / 100).toFixed(6),
    associations: {
      order_rows: order.lines.map((line) => ({
        ...{ id: line.id, product_id: line.id, product_attribute_id: '0', product_quantity: String(line.quantity) },
        ...{ product_reference: ` ${line.sku} `, product_name: line.title, product_ean13: '' },
        ...{ unit_price_tax_incl: (line.unitPriceMinor / 100).toFixed(6) },
      })),
    },
  };
}

/** What was refunded stands here alone, as in a real shop. */
const detailRows = (order: BookOrder): Row[] =>
  order.lines.map((line) => ({
    ...{ id: line.id, id_order: order.id, product_id: line.id, product_attribute_id: '0' },
    ...{ product_quantity: String(line.quantity), product_name: line.title, product_reference: line.sku },
    ...{ product_quantity_return: '0', product_quantity_refunded: String(line.cancelled) },
  }));

const splitName = (name: string): readonly [string, string] => {
  const [first = '', ...rest] = name.split(' ');
  return [first, rest.join(' ')];
};

function addressRow(order: BookOrder): Row {
  const [firstname, lastname] = splitName(order.address.name);
  const { street1: address1, street2: address2, postcode, city, phone } = order.address;
  return {
    ...{ id: order.id, id_country: order.address.country, id_state: '0', company: '' },
    ...{ firstname, lastname, address1, address2, postcode, city, phone, phone_mobile: '' },
  };
}

const skusOf = ({ book }: PlayedShop): string[] => [
  ...new Set([...book.stock.keys(), ...book.all().flatMap(({ lines }) => lines.map(({ sku }) => sku))]),
];

function productId(shop: PlayedShop, sku: string): string {
  const id = shop.products.get(sku) ?? String(9_000 + shop.products.size);
  shop.products.set(sku, id);
  return id;
}

/** Rows of a resource with all their fields; undefined where there is no such resource. */
export function rowsOf(shop: PlayedShop, resource: string): Row[] | undefined {
  const { book } = shop;
  switch (resource) {
    case 'orders':
      return book.all().map((order) => orderRow(shop, order));
    case 'order_details':
      return book.all().flatMap(detailRows);
    case 'addresses':
      return book.all().map(addressRow);
    case 'customers':
      return book.all().map((order) => ({ id: order.id, email: order.address.email }));
    case 'countries':
      return [...new Set(book.all().map(({ address }) => address.country))].map((code) => ({
        id: code,
        iso_code: code,
      }));
    case 'currencies':
      return [...new Set(book.all().map(({ currency }) => currency))].map((code) => ({ id: code, iso_code: code }));
    case 'states':
    case 'combinations':
      return [];
    case 'order_states':
      return STATES.map((state) => ({ ...state, id: String(state.id) }));
    case 'order_carriers':
      return book.all().map(({ id }) => ({ id, id_order: id, tracking_number: shop.numbers.get(id) ?? '' }));
    case 'customer_threads':
      return [...shop.threads].map(([id, order]) => ({ id, id_order: order }));
    case 'customer_messages':
      return shop.messages.map(({ id, thread, text }) => ({ id, id_customer_thread: thread, message: text }));
    case 'products':
      return skusOf(shop).map((sku) => ({ id: productId(shop, sku), reference: sku }));
    case 'stock_availables':
      return skusOf(shop).map((sku) => ({
        ...{ id: productId(shop, sku), id_product: productId(shop, sku), id_product_attribute: '0' },
        quantity: String(book.stock.get(sku) ?? 0),
      }));
    default:
      return undefined;
  }
}

const text = (row: Row, name: string): string => textUnder(row, name)?.trim() ?? '';

/** Takes a POST or PUT over; returns the id of the row, undefined where it may not be written. */
export function takeWrite(
  shop: PlayedShop,
  { resource, row, sendsMail }: { readonly resource: string; readonly row: Row; readonly sendsMail: boolean },
): string | undefined {
  const { book } = shop;
  switch (resource) {
    case 'order_carriers':
      shop.numbers.set(text(row, 'id_order'), text(row, 'tracking_number'));
      return text(row, 'id');
    case 'order_histories':
      return moveTo(shop, { order: book.find(text(row, 'id_order')), state: text(row, 'id_order_state'), sendsMail });
    case 'customer_threads': {
      const id = book.newId();
      shop.threads.set(id, text(row, 'id_order'));
      return id;
    }
    case 'customer_messages':
      return takeMessage(shop, text(row, 'id_customer_thread'), text(row, 'message'));
    case 'stock_availables': {
      const sku = [...shop.products].find(([, id]) => id === text(row, 'id_product'))?.[0];
      if (sku !== undefined) book.stock.set(sku, Number(text(row, 'quantity')));
      return text(row, 'id');
    }
    default:
      return undefined;
  }
}

function moveTo(
  shop: PlayedShop,
  {
    order,
    state,
    sendsMail,
  }: { readonly order: BookOrder | undefined; readonly state: string; readonly sendsMail: boolean },
): string | undefined {
  if (!order) return undefined;
  shop.states.set(order.id, state);
  // The mail shows the number as it stands at this moment.
  if (sendsMail && state === '4') shop.mails.push(shop.numbers.get(order.id) ?? '');
  shop.book.change(order, state === '6' ? { kind: 'cancel' } : { kind: 'touch' });
  return shop.book.newId();
}

/** What parcels a shop was really told stands in private messages: it has no units of its own. */
function takeMessage(shop: PlayedShop, thread: string, message: string): string {
  const { book } = shop;
  const id = book.newId();
  shop.messages.push({ id, thread, text: message });
  const order = book.find(shop.threads.get(thread) ?? '');
  const parcel = readParcel(message);
  if (!order || !parcel) return id;
  const { tracking, carrier, lines, reference } = parcel;
  const known = order.packages.find((one) => one.id === shop.parcels.get(reference));
  if (known) book.correct(order, known, { tracking, carrier });
  else shop.parcels.set(reference, book.ship(order, { tracking, carrier, lines }).id);
  return id;
}
