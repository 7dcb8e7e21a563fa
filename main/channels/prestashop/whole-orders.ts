import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import { currencyCode, minorUnits } from '../../../shared/model/minor-units.ts';
import { addressStateOf, mapOrders, type NormalisedAddress, type NormalisedOrder } from '../channel.ts';
import type { OrderPage } from '../channel-connector.ts';
import type { PrestashopClient, Row } from './client.ts';
import { withDetails } from './details.ts';
import { mapPrestashopOrder } from './mapper.ts';
import { type PrestashopParcel, readMessages } from './parcels.ts';
import { PrestashopOrder } from './wire.ts';

/** What belongs to orders and stands elsewhere in a shop, by the order's id. */
interface Around {
  readonly address: (order: Row) => NormalisedAddress | null;
  readonly state: (order: Row) => Row | undefined;
  readonly currency: (order: Row) => string | null;
  readonly parcels: (orderId: string) => readonly PrestashopParcel[];
  readonly tracking: (orderId: string) => string;
}

const field = (row: unknown, name: string): string => textUnder(row, name)?.trim() ?? '';
const idsOf = (rows: readonly Row[], name: string): string[] => [
  ...new Set(rows.map((row) => field(row, name)).filter((id) => id !== '' && id !== '0')),
];

/** Rows of orders with addresses, what their states mean in this shop, numbers and parcels. */
export async function wholeOrders(
  client: PrestashopClient,
  rows: readonly Row[],
  timeZone: string,
): Promise<Omit<OrderPage, 'upTo'>> {
  if (rows.length === 0) return { orders: [], quarantined: [] };
  const around = await readAround(client, rows);
  const raw = new Map(rows.map((row) => [field(row, 'id'), row]));
  const details = await client.list('order_details', {
    display: 'full',
    'filter[id_order]': `[${idsOf(rows, 'id').join('|')}]`,
  });
  const { orders, quarantined } = mapOrders(withDetails(rows, details), {
    schema: PrestashopOrder,
    idKeys: ['id', 'reference'],
    map: (order) => joined(mapPrestashopOrder(order, { timeZone }), { order, row: raw.get(order.id) ?? {}, around }),
  });
  return { orders, quarantined };
}

function joined(
  order: NormalisedOrder,
  at: { readonly order: PrestashopOrder; readonly row: Row; readonly around: Around },
): NormalisedOrder {
  const { row, around } = at;
  const currency = around.currency(row);
  const prices = new Map(at.order.associations.order_rows.map((one) => [one.id, one.unit_price_tax_incl]));
  const address = around.address(row);
  const packages = packagesOf(order, around);
  const shipState = shipStateOf(order, around.state(row), packages);
  const done = shipState === 'shipped' || shipState === 'cancelled';
  return {
    ...order,
    shipState,
    address,
    addressState: address === null ? 'pending' : addressStateOf(address),
    packages,
    currency,
    totalMinor: minorUnits(at.order.total_paid_tax_incl, currency),
    lines: order.lines.map((line) => ({
      ...line,
      unitPriceMinor: minorUnits(prices.get(line.externalLineIds[0] ?? '') ?? '', currency),
      quantityToPack: done ? 0 : Math.max(0, line.quantityToPack - sentOf(packages, line.externalLineIds[0] ?? '')),
    })),
  };
}

const sentOf = (packages: NormalisedOrder['packages'], id: string): number =>
  packages.flatMap(({ lines }) => lines).reduce((sum, { lineId, quantity }) => sum + (lineId === id ? quantity : 0), 0);

function packagesOf(order: NormalisedOrder, around: Around): NormalisedOrder['packages'] {
  const own = around.parcels(order.externalId).map(({ reference, carrier, tracking, lines }) => ({
    ...{ remoteId: reference, carrierCode: carrier, tracking },
    lines: [...lines],
  }));
  const number = around.tracking(order.externalId);
  const isKnown = number === '' || own.some(({ tracking }) => tracking === number);
  return isKnown ? own : [{ remoteId: '', carrierCode: '', tracking: number, lines: [] }, ...own];
}

/** A shop may rename its states and add others: what they mean stands with them. */
function shipStateOf(
  order: NormalisedOrder,
  state: Row | undefined,
  packages: NormalisedOrder['packages'],
): NormalisedOrder['shipState'] {
  const is = (name: string): boolean => field(state, name) === '1';
  if (order.shipState === 'cancelled') return 'cancelled';
  if (state && (is('shipped') || is('delivery'))) return is('shipped') ? 'shipped' : order.shipState;
  const isPartly = packages.some(({ lines }) => lines.length > 0);
  if (order.shipState === 'to-ship' && isPartly) return 'partly-shipped';
  return order.shipState;
}

async function readAround(client: PrestashopClient, rows: readonly Row[]): Promise<Around> {
  const byId = async (resource: string, ids: readonly string[]): Promise<Map<string, Row>> => {
    if (ids.length === 0) return new Map();
    const found = await client.list(resource, { display: 'full', 'filter[id]': `[${ids.join('|')}]` });
    return new Map(found.map((row) => [field(row, 'id'), row]));
  };
  const addresses = await byId('addresses', idsOf(rows, 'id_address_delivery'));
  const [countries, customers] = await Promise.all([
    byId('countries', idsOf([...addresses.values()], 'id_country')),
    byId('customers', idsOf(rows, 'id_customer')),
  ]);
  const currencies = await byId('currencies', idsOf(rows, 'id_currency'));
  const [regions, states] = await Promise.all([
    byId('states', idsOf([...addresses.values()], 'id_state')),
    byId('order_states', idsOf(rows, 'current_state')),
  ]);
  const ids = idsOf(rows, 'id');
  const [carriers, parcels] = await Promise.all([
    client.list('order_carriers', { display: 'full', 'filter[id_order]': `[${ids.join('|')}]` }),
    parcelsByOrder(client, ids),
  ]);
  return {
    address: (order) => addressOf(order, { addresses, countries, regions, customers }),
    currency: (order) => currencyCode(field(currencies.get(field(order, 'id_currency')), 'iso_code')),
    state: (order) => states.get(field(order, 'current_state')),
    parcels: (orderId) => parcels.get(orderId) ?? [],
    tracking: (orderId) =>
      carriers.map((row) => (field(row, 'id_order') === orderId ? field(row, 'tracking_number') : '')).find(Boolean) ??
      '',
  };
}

/** Parcels that stand in private messages, by order. */
export async function parcelsByOrder(
  client: PrestashopClient,
  orderIds: readonly string[],
): Promise<Map<string, PrestashopParcel[]>> {
  const threads = await client.list('customer_threads', {
    display: 'full',
    'filter[id_order]': `[${orderIds.join('|')}]`,
  });
  if (threads.length === 0) return new Map();
  const messages = await client.list('customer_messages', {
    display: 'full',
    'filter[id_customer_thread]': `[${idsOf(threads, 'id').join('|')}]`,
    sort: '[id_ASC]',
  });
  const found = new Map<string, PrestashopParcel[]>();
  for (const orderId of orderIds) {
    const own = new Set(
      idsOf(
        threads.filter((thread) => field(thread, 'id_order') === orderId),
        'id',
      ),
    );
    const texts = messages
      .filter((row) => own.has(field(row, 'id_customer_thread')))
      .map((row) => field(row, 'message'));
    const parcels = readMessages(texts);
    if (parcels.length > 0) found.set(orderId, parcels);
  }
  return found;
}

interface Places {
  readonly addresses: ReadonlyMap<string, Row>;
  readonly countries: ReadonlyMap<string, Row>;
  readonly regions: ReadonlyMap<string, Row>;
  readonly customers: ReadonlyMap<string, Row>;
}

function addressOf(order: Row, { addresses, countries, regions, customers }: Places): NormalisedAddress | null {
  const address = addresses.get(field(order, 'id_address_delivery'));
  if (!isObject(address)) return null;
  const region = regions.get(field(address, 'id_state'));
  return {
    name: [field(address, 'firstname'), field(address, 'lastname')].filter(Boolean).join(' '),
    company: field(address, 'company'),
    street1: field(address, 'address1'),
    street2: field(address, 'address2'),
    postcode: field(address, 'postcode'),
    city: field(address, 'city'),
    region: field(region, 'iso_code') || field(region, 'name'),
    country: field(countries.get(field(address, 'id_country')), 'iso_code').toUpperCase(),
    phone: field(address, 'phone_mobile') || field(address, 'phone'),
    email: field(customers.get(field(order, 'id_customer')), 'email'),
  };
}
