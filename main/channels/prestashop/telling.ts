import { AppError } from '../../../shared/errors.ts';
import { textUnder } from '../../../shared/json/wire-values.ts';
import type { Channel, PushResult, RemoteShipment } from '../channel-connector.ts';
import type { PrestashopClient, Row } from './client.ts';
import { parcelText } from './parcels.ts';
import { parcelsByOrder } from './whole-orders.ts';

type Xml = NonNullable<Awaited<ReturnType<PrestashopClient['whole']>>>;

export interface PrestashopStates {
  /** Id of the state that means "sent"; empty: the first one of the shop that does. */
  readonly shipped: string;
  /** Id of the state that means "cancelled". */
  readonly cancelled: string;
}

const field = (row: unknown, name: string): string => textUnder(row, name)?.trim() ?? '';
/** The buyer gets the shop's own mail with the number in it. */
const MAIL = { sendemail: '1' };

/**
 * The order of things matters: number first, then the state, because the state sends the mail that shows the number. One
 * number an order is all that a shop has: every parcel stands in a private message with its units, and the state is set
 * with the last one.
 */
export function prestashopTelling(
  client: PrestashopClient,
  states: PrestashopStates,
): Required<Pick<Channel, 'ship' | 'findShipment' | 'correctTracking' | 'cancel'>> {
  const parcelsOf = async (id: string) => (await parcelsByOrder(client, [id])).get(id) ?? [];
  const isTold = async ({ externalId, tracking, last }: RemoteShipment): Promise<boolean> => {
    const at = (await parcelsOf(externalId)).findIndex((parcel) => parcel.tracking === tracking);
    if (at < 0) return false;
    // A try may have ended between the message of the first parcel and the number that the buyer sees.
    if (at === 0 && !(await isNumbered(client, externalId, tracking))) return false;
    return !last || (await isSent(client, externalId));
  };
  return {
    async ship(shipment) {
      const order = await orderOf(client, shipment.externalId);
      const gone = await goneState(client, order);
      if (gone !== undefined)
        return { outcome: 'refused', code: 'cancelled', text: `The order is “${gone}” in the shop.` };
      const known = await parcelsOf(shipment.externalId);
      if (!known.some(({ tracking }) => tracking === shipment.tracking)) await message(client, order, shipment);
      if (known.length === 0 || known[0]?.tracking === shipment.tracking) await setNumber(client, shipment);
      if (shipment.last && !(await isSent(client, shipment.externalId)))
        await moveTo(client, shipment.externalId, await shippedState(client, states));
      return { outcome: 'done', remoteId: shipment.reference };
    },
    findShipment: async (shipment) => ((await isTold(shipment)) ? { remoteId: shipment.reference } : null),
    correctTracking: (shipment, before) => correct(client, shipment, before.tracking),
    async cancel({ externalId, lines }) {
      if (lines !== null)
        return {
          outcome: 'refused',
          code: 'lines',
          text: 'PrestaShop cancels whole orders here: take the lines out there.',
        };
      await moveTo(client, externalId, states.cancelled);
      return { outcome: 'done', remoteId: null };
    },
  };
}

async function orderOf(client: PrestashopClient, id: string): Promise<Row> {
  const [order] = await client.list('orders', { display: 'full', 'filter[id]': `[${id}]` });
  if (!order)
    throw new AppError('remote', 'channel.refused', { channel: 'prestashop', code: '404', message: `order ${id}` });
  return order;
}

const stateOf = async (client: PrestashopClient, id: string): Promise<Row | undefined> =>
  (await client.list('order_states', { display: 'full', 'filter[id]': `[${id}]` }))[0];

/** The states of a fresh shop in which nothing is sent: cancelled, refunded, payment error. */
const GONE = new Set(['6', '7', '8']);

async function goneState(client: PrestashopClient, order: Row): Promise<string | undefined> {
  const id = field(order, 'current_state');
  return GONE.has(id) ? field(await stateOf(client, id), 'name') || id : undefined;
}

async function isSent(client: PrestashopClient, orderId: string): Promise<boolean> {
  const order = await orderOf(client, orderId);
  return field(await stateOf(client, field(order, 'current_state')), 'shipped') === '1';
}

async function shippedState(client: PrestashopClient, { shipped }: PrestashopStates): Promise<string> {
  if (shipped !== '') return shipped;
  const rows = await client.list('order_states', { display: 'full' });
  const found = rows.find((row) => field(row, 'shipped') === '1' && field(row, 'deleted') !== '1');
  if (!found)
    throw new AppError('remote', 'channel.refused', { channel: 'prestashop', code: 'no-shipped-state', message: '' });
  return field(found, 'id');
}

async function carrierRow(client: PrestashopClient, orderId: string): Promise<Row | undefined> {
  return (await client.list('order_carriers', { display: 'full', 'filter[id_order]': `[${orderId}]` }))[0];
}

/** An order without a carrier has no place for a number. */
async function isNumbered(client: PrestashopClient, orderId: string, tracking: string): Promise<boolean> {
  const row = await carrierRow(client, orderId);
  return row === undefined || field(row, 'tracking_number') === tracking;
}

/** A PUT replaces everything: what is there goes back with the number changed. */
async function setNumber(client: PrestashopClient, { externalId, tracking }: RemoteShipment): Promise<void> {
  const row = await carrierRow(client, externalId);
  const id = field(row, 'id');
  const whole: Xml | undefined = id === '' ? undefined : await client.whole('order_carriers', id);
  if (!whole || field(whole, 'tracking_number') === tracking) return;
  await client.put('order_carriers', { ...whole, tracking_number: tracking }, MAIL);
}

const moveTo = async (client: PrestashopClient, orderId: string, state: string): Promise<void> =>
  void (await client.post('order_histories', { id_order: orderId, id_order_state: state }, MAIL));

/** A private message: the buyer does not see it. */
async function message(client: PrestashopClient, order: Row, shipment: RemoteShipment): Promise<void> {
  const [known] = await client.list('customer_threads', {
    display: 'full',
    'filter[id_order]': `[${shipment.externalId}]`,
  });
  const thread =
    field(known, 'id') ||
    (await client.post('customer_threads', {
      ...{ id_lang: field(order, 'id_lang') || '1', id_shop: field(order, 'id_shop') || '1', id_contact: '0' },
      ...{ id_customer: field(order, 'id_customer'), id_order: shipment.externalId },
      ...{ email: '', token: shipment.reference.replace(/\W/g, '').slice(0, 12), status: 'open' },
    }));
  const text = parcelText(shipment);
  await client.post('customer_messages', { id_customer_thread: thread, message: text, private: '1' });
}

async function correct(client: PrestashopClient, shipment: RemoteShipment, before: string): Promise<PushResult> {
  const { externalId, tracking, reference } = shipment;
  const parcels = (await parcelsByOrder(client, [externalId])).get(externalId) ?? [];
  const index = parcels.findIndex((parcel) => parcel.reference === reference || parcel.tracking === before);
  if (index < 0)
    return { outcome: 'refused', code: 'no-parcel', text: `The order has no parcel ${before} in the shop.` };
  if (parcels[index]?.tracking !== tracking) {
    // The last message about a parcel counts; it goes by the reference of the first one.
    const known = parcels[index]?.reference ?? reference;
    await message(client, await orderOf(client, externalId), { ...shipment, reference: known });
  }
  if (index === 0) await setNumber(client, shipment);
  return { outcome: 'done', remoteId: reference };
}
