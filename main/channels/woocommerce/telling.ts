import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import { unreadableAnswer } from '../channel.ts';
import type { Channel, PushResult, RemoteShipment } from '../channel-connector.ts';
import type { WooClient } from './client.ts';
import { PARCELS_KEY, readParcels, readTracking, TRACKING_KEY, type WooParcel, writeParcels } from './parcels.ts';

type Row = Readonly<Record<string, unknown>>;

/** Nothing of these is sent any more. */
const GONE = new Set(['cancelled', 'refunded', 'failed', 'trash']);

/**
 * Parcels stand in the order's own data: number and carrier where the Shipment Tracking extension looks for them, units
 * beside it, and a note for the buyer. The order is completed with its last parcel.
 */
export function wooTelling(
  client: WooClient,
): Required<Pick<Channel, 'ship' | 'findShipment' | 'correctTracking' | 'cancel'>> {
  return {
    async ship(shipment) {
      const order = await orderOf(client, shipment.externalId);
      const status = textUnder(order, 'status') ?? '';
      const parcels = parcelsOf(order);
      if (has(parcels, shipment.tracking)) return { outcome: 'done', remoteId: shipment.reference };
      if (GONE.has(status)) return { outcome: 'refused', code: status, text: `The order is ${status} in the shop.` };
      const meta = [
        { key: PARCELS_KEY, value: writeParcels([...parcels, asParcel(shipment)]) },
        { key: TRACKING_KEY, value: [...readTracking(metaOf(order, TRACKING_KEY)), trackingItem(shipment)] },
      ];
      const change = { meta_data: meta, ...(shipment.last ? { status: 'completed' } : {}) };
      await client.ask('PUT', `/orders/${shipment.externalId}`, { json: change });
      await note(client, shipment, `${shipment.carrier.name} ${shipment.tracking}`);
      return { outcome: 'done', remoteId: shipment.reference };
    },
    async findShipment(shipment) {
      const order = await orderOf(client, shipment.externalId);
      return has(parcelsOf(order), shipment.tracking) ? { remoteId: shipment.reference } : null;
    },
    correctTracking: (shipment, before) => correct(client, shipment, before.tracking),
    async cancel({ externalId, lines }) {
      if (lines !== null)
        return {
          outcome: 'refused',
          code: 'lines',
          text: 'WooCommerce cancels whole orders only: refund these lines there.',
        };
      await client.ask('PUT', `/orders/${externalId}`, { json: { status: 'cancelled' } });
      return { outcome: 'done', remoteId: null };
    },
  };
}

async function correct(client: WooClient, shipment: RemoteShipment, before: string): Promise<PushResult> {
  const order = await orderOf(client, shipment.externalId);
  const parcels = parcelsOf(order);
  if (has(parcels, shipment.tracking)) return { outcome: 'done', remoteId: shipment.reference };
  if (!has(parcels, before))
    return { outcome: 'refused', code: 'no-parcel', text: `The order has no parcel ${before} in the shop.` };
  const items = readTracking(metaOf(order, TRACKING_KEY));
  const meta = [
    {
      key: PARCELS_KEY,
      value: writeParcels(parcels.map((parcel) => (parcel.tracking === before ? asParcel(shipment) : parcel))),
    },
    {
      key: TRACKING_KEY,
      value: items.map((item) => (textUnder(item, 'tracking_number') === before ? trackingItem(shipment) : item)),
    },
  ];
  await client.ask('PUT', `/orders/${shipment.externalId}`, { json: { meta_data: meta } });
  await note(client, shipment, `${before} → ${shipment.carrier.name} ${shipment.tracking}`);
  return { outcome: 'done', remoteId: shipment.reference };
}

async function orderOf(client: WooClient, id: string): Promise<Row> {
  const { json } = await client.ask('GET', `/orders/${id}`);
  if (!isObject(json) || textUnder(json, 'id') === undefined) throw unreadableAnswer('woocommerce', json);
  return json;
}

function metaOf(order: Row, key: string): unknown {
  const meta = Array.isArray(order.meta_data) ? order.meta_data.filter(isObject) : [];
  return meta.find((entry) => entry.key === key)?.value;
}

const parcelsOf = (order: Row): WooParcel[] => readParcels(metaOf(order, PARCELS_KEY));
const has = (parcels: readonly WooParcel[], tracking: string): boolean =>
  parcels.some((parcel) => parcel.tracking === tracking);

function asParcel({ reference, tracking, carrier, lines }: RemoteShipment): WooParcel {
  return {
    ...{ reference, tracking, carrier: carrier.name },
    lines: lines.map(({ externalLineIds: [lineId = ''], quantity }) => ({ lineId, quantity })),
  };
}

/** The extension knows some carriers by name; any other one is a custom one with its own link. */
function trackingItem({ reference, tracking, trackingUrl, carrier, shippedAt }: RemoteShipment): object {
  return {
    tracking_id: reference,
    tracking_provider: '',
    custom_tracking_provider: carrier.name,
    custom_tracking_link: trackingUrl ?? '',
    tracking_number: tracking,
    date_shipped: String(Math.floor(Date.parse(shippedAt) / 1_000)),
  };
}

/** Shops without the extension still tell the buyer; a note that fails takes nothing back of what was told. */
async function note(client: WooClient, { externalId, trackingUrl }: RemoteShipment, text: string): Promise<void> {
  const words = [text, trackingUrl ?? ''].filter(Boolean).join(' ');
  await client
    .ask('POST', `/orders/${externalId}/notes`, { json: { note: words, customer_note: true } })
    .catch(() => undefined);
}
