import { textUnder } from '../../../shared/json/wire-values.ts';
import type { Channel, PushResult, RemoteLine, RemoteShipment } from '../channel-connector.ts';
import type { ShopifyClient } from './client.ts';
import { orderToShip } from './reading.ts';
import { cancelledOrder, type Refused, refusalOf, refused, unknownOrder } from './refusals.ts';
import { trackingInfo } from './tracking-companies.ts';
import { idOf, type Raw, rowsUnder, under } from './whole-orders.ts';

/** Units of lines, by Shopify's id of the line. */
type Units = ReadonlyMap<string, number>;

export function shopifyShipping(
  client: ShopifyClient,
): Required<Pick<Channel, 'ship' | 'findShipment' | 'correctTracking' | 'acknowledge'>> {
  return {
    ship: (shipment) => ship(client, shipment),
    async findShipment(shipment) {
      const order = await orderToShip(client, shipment.externalId);
      const told = order ? fulfillmentsOf(order, shipment.tracking) : [];
      // Half of a parcel that two locations send counts as not told: the other half is still to come.
      if (told.length === 0 || stillToTell(shipment.lines, told).size > 0) return null;
      return { remoteId: told.map(idOf).join(',') };
    },
    correctTracking: (shipment, before) => correct(client, shipment, before),
    acknowledge: (externalId) => beginWork(client, externalId),
  };
}

/** Tells of what was not told yet under this tracking number, so that a second try adds nothing. */
async function ship(client: ShopifyClient, shipment: RemoteShipment): Promise<PushResult> {
  const order = await orderToShip(client, shipment.externalId);
  if (!order) return unknownOrder;
  const told = fulfillmentsOf(order, shipment.tracking);
  const wanted = stillToTell(shipment.lines, told);
  const ids = told.map(idOf);
  if (wanted.size > 0) {
    if (typeof order.cancelledAt === 'string') return cancelledOrder;
    const plan = planOf(order, wanted);
    if ('outcome' in plan) return plan;
    for (const id of plan.scheduled) {
      const { data } = await client.ask('OpenFulfillmentOrder', { id });
      const no = refusalOf(data, 'fulfillmentOrderOpen');
      if (no) return no;
    }
    // Shopify takes the fulfillment orders of one location in one call, and no others with them.
    for (const lineItemsByFulfillmentOrder of plan.byLocation) {
      const fulfillment = { notifyCustomer: true, trackingInfo: trackingInfo(shipment), lineItemsByFulfillmentOrder };
      const { data } = await client.ask('Ship', { fulfillment });
      const no = refusalOf(data, 'fulfillmentCreate');
      if (no) return no;
      ids.push(idOf(under(data, 'fulfillmentCreate', 'fulfillment')));
    }
  }
  return { outcome: 'done', remoteId: ids.filter(Boolean).join(',') || null };
}

const GONE = /^(?:cancelled|error|failure)$/i;

const standing = (order: Raw): readonly Raw[] =>
  rowsUnder(order, 'fulfillments').filter((one) => !GONE.test(textUnder(one, 'status') ?? ''));

function fulfillmentsOf(order: Raw, tracking: string): readonly Raw[] {
  return standing(order).filter((one) =>
    rowsUnder(one, 'trackingInfo').some((info) => textUnder(info, 'number') === tracking),
  );
}

/** Units of the parcel that stand in none of these fulfillments. */
function stillToTell(lines: readonly RemoteLine[], told: readonly Raw[]): Units {
  const units = new Map<string, number>();
  for (const { externalLineIds, quantity } of lines) {
    const [id = ''] = externalLineIds;
    units.set(id, (units.get(id) ?? 0) + quantity);
  }
  for (const row of told.flatMap((one) => rowsUnder(one, 'fulfillmentLineItems', 'nodes'))) {
    const id = idOf(row.lineItem);
    units.set(id, (units.get(id) ?? 0) - Number(textUnder(row, 'quantity') ?? 0));
  }
  return new Map([...units].filter(([, quantity]) => quantity > 0));
}

interface FulfillmentOrderPart {
  readonly fulfillmentOrderId: string;
  readonly fulfillmentOrderLineItems: { readonly id: string; readonly quantity: number }[];
}

interface Plan {
  /** One list a location. */
  readonly byLocation: readonly (readonly FulfillmentOrderPart[])[];
  /** Fulfillment orders for later, to be opened first. */
  readonly scheduled: readonly string[];
}

const statusOf = (one: Raw): string => (textUnder(one, 'status') ?? '').toUpperCase();
const locationOf = (one: Raw): string =>
  idOf(under(one, 'assignedLocation', 'location')) || String(under(one, 'assignedLocation', 'name') ?? '');

/** Takes the wanted units out of the open fulfillment orders: from the location that has most of them first. */
function planOf(order: Raw, wanted: Units): Plan | Refused {
  const all = rowsUnder(order, 'fulfillmentOrders', 'nodes');
  const open = all.filter((one) => ['OPEN', 'IN_PROGRESS', 'SCHEDULED', 'INCOMPLETE'].includes(statusOf(one)));
  const locations = [...new Set(open.map(locationOf))].map((location) => {
    const parts = open.filter((one) => locationOf(one) === location);
    return { parts, covers: parts.reduce((sum, part) => sum + coveredBy(part, wanted), 0) };
  });
  locations.sort((a, b) => b.covers - a.covers);
  const left = new Map(wanted);
  const byLocation = locations
    .map(({ parts }) => parts.map((part) => take(part, left)).filter((part) => part !== null))
    .filter((parts) => parts.length > 0);
  const short = [...left.values()].reduce((sum, quantity) => sum + quantity, 0);
  if (short > 0) {
    const held = all.some((one) => statusOf(one) === 'ON_HOLD');
    if (held) return refused('on-hold', 'The order is on hold at Shopify. Release it there, then retry.');
    return refused('more-than-left', `Shopify has ${short} of these units no longer to be sent.`);
  }
  const used = new Set(byLocation.flat().map(({ fulfillmentOrderId }) => fulfillmentOrderId));
  const scheduled = open.filter((one) => statusOf(one) === 'SCHEDULED' && used.has(idOf(one))).map(idOf);
  return { byLocation, scheduled };
}

const linesOf = (part: Raw): readonly { readonly id: string; readonly lineId: string; readonly remaining: number }[] =>
  rowsUnder(part, 'lineItems', 'nodes').map((row) => ({
    id: idOf(row),
    lineId: idOf(row.lineItem),
    remaining: Number(textUnder(row, 'remainingQuantity') ?? 0),
  }));

function coveredBy(part: Raw, wanted: Units): number {
  return linesOf(part).reduce((sum, { lineId, remaining }) => sum + Math.min(remaining, wanted.get(lineId) ?? 0), 0);
}

/** Takes from `left` what this fulfillment order has; null where it has nothing of it. Every unit is named explicitly. */
function take(part: Raw, left: Map<string, number>): FulfillmentOrderPart | null {
  const fulfillmentOrderLineItems = linesOf(part).flatMap(({ id, lineId, remaining }) => {
    const wanted = left.get(lineId) ?? 0;
    const quantity = Math.min(remaining, wanted);
    if (quantity <= 0) return [];
    left.set(lineId, wanted - quantity);
    return [{ id, quantity }];
  });
  return fulfillmentOrderLineItems.length > 0 ? { fulfillmentOrderId: idOf(part), fulfillmentOrderLineItems } : null;
}

async function correct(
  client: ShopifyClient,
  shipment: RemoteShipment,
  before: { readonly remoteId: string | null; readonly tracking: string },
): Promise<PushResult> {
  const order = await orderToShip(client, shipment.externalId);
  if (!order) return unknownOrder;
  const known = new Set((before.remoteId ?? '').split(','));
  const right = fulfillmentsOf(order, shipment.tracking);
  // By id where we know it, whatever number somebody gave it meanwhile.
  const mine = standing(order).filter((one) => known.has(idOf(one)) && !right.includes(one));
  const targets = mine.length > 0 ? mine : fulfillmentsOf(order, before.tracking);
  if (targets.length === 0 && right.length > 0) return { outcome: 'done', remoteId: right.map(idOf).join(',') };
  if (targets.length === 0)
    return refused('unknown-parcel', `Shopify has no parcel ${before.tracking} of this order that could be corrected.`);
  for (const one of targets) {
    const { data } = await client.ask('CorrectTracking', { id: idOf(one), tracking: trackingInfo(shipment) });
    const no = refusalOf(data, 'fulfillmentTrackingInfoUpdate');
    if (no) return no;
  }
  return { outcome: 'done', remoteId: [...right, ...targets].map(idOf).join(',') };
}

async function beginWork(client: ShopifyClient, externalId: string): Promise<PushResult> {
  const order = await orderToShip(client, externalId);
  if (!order) return unknownOrder;
  if (typeof order.cancelledAt === 'string') return cancelledOrder;
  const open = rowsUnder(order, 'fulfillmentOrders', 'nodes').filter((one) => statusOf(one) === 'OPEN');
  for (const one of open) {
    const { data } = await client.ask('BeginWork', { id: idOf(one) });
    const no = refusalOf(data, 'fulfillmentOrderReportProgress');
    if (no) return no;
  }
  return { outcome: 'done', remoteId: null };
}
