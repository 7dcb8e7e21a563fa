import { refusedAnswer } from '../channel.ts';
import type { Channel, PushResult, RemoteCarrier, RemoteShipment } from '../channel-connector.ts';
import type { TiktokClient } from './client.ts';
import { isLeft } from './mapper.ts';
import { findProvider, type TiktokProviders } from './providers.ts';
import type { TiktokLine, TiktokOrder } from './wire.ts';
import { OrderDetails, PackageDetail, Written } from './wire-api.ts';

export interface ParcelDeps {
  readonly client: TiktokClient;
  readonly providers: TiktokProviders;
}

type ParcelCalls = Required<Pick<Channel, 'ship' | 'findShipment' | 'correctTracking'>>;

/** Parcels that left, told to TikTok. The order is read first: what stands there already is not told twice. */
export function tiktokParcels(deps: ParcelDeps): ParcelCalls {
  return {
    ship: (shipment) => ship(deps, shipment),
    async findShipment(shipment) {
      const order = await findOrder(deps.client, shipment.externalId);
      const remoteId = order && packageOf(order, shipment);
      return remoteId === undefined ? null : { remoteId };
    },
    correctTracking: (shipment, before) => correct(deps, shipment, before),
  };
}

const refuse = (code: string, text: string): PushResult => ({ outcome: 'refused', code, text });

async function findOrder(client: TiktokClient, id: string): Promise<TiktokOrder | undefined> {
  const question = { method: 'GET', path: '/order/202507/orders', query: { ids: id } } as const;
  const answer = await client.ask(question, OrderDetails);
  if (!answer.refused) return answer.data.orders.find((order) => order.id === id);
  if (/not (?:exist|found)/i.test(answer.refused.text)) return undefined;
  throw refusedAnswer('tiktok_shop', 'refused', { code: answer.refused.code, message: answer.refused.text });
}

const sameNumber = (one: string, other: string): boolean =>
  one !== '' && one.replace(/\s/g, '').toUpperCase() === other.replace(/\s/g, '').toUpperCase();

/** TikTok's id of the package that bears this number; empty where it names none, undefined where none bears it. */
function packageWith(order: TiktokOrder, tracking: string): string | null | undefined {
  const unit = order.line_items.find((line) => sameNumber(line.tracking_number, tracking));
  return unit && (unit.package_id || null);
}

/** The same for this parcel: another one of the order may bear the same number. */
function packageOf(order: TiktokOrder, { lines, tracking }: RemoteShipment): string | null | undefined {
  const ids = new Set(lines.flatMap(({ externalLineIds }) => externalLineIds));
  const named = order.line_items.filter(({ id }) => ids.has(id));
  const there = named.filter((unit) => sameNumber(unit.tracking_number, tracking));
  const wanted = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return there.length >= Math.min(wanted, named.length) ? packageWith(order, tracking) : undefined;
}

/** Decided by order, never by shop. Where TikTok makes the label it also makes the number. */
const PLATFORM_LABEL =
  'TikTok makes the label of this order and its tracking number: buy it from TikTok Shipping, nothing is typed in';

async function ship(deps: ParcelDeps, shipment: RemoteShipment): Promise<PushResult> {
  const order = await findOrder(deps.client, shipment.externalId);
  if (!order) return refuse('no-order', 'TikTok does not know this order');
  const known = packageOf(order, shipment);
  if (known !== undefined) return { outcome: 'done', remoteId: known };
  if (!/^SELLER$/i.test(order.shipping_type)) return refuse('platform-label', PLATFORM_LABEL);
  const units = unitsOf(order, shipment);
  if (units.length === 0) return refuse('nothing-left', 'nothing of this parcel is left to ship with TikTok');
  const provider = await providerFor(deps, order, shipment.carrier);
  if ('outcome' in provider) return provider;
  return tell(deps, {
    order,
    units,
    told: { tracking_number: shipment.tracking, shipping_provider_id: provider.code },
  });
}

/** One line item is one unit. Where more ids than units are named, those that are still to be sent go first. */
function unitsOf(order: TiktokOrder, { lines, tracking }: RemoteShipment): readonly TiktokLine[] {
  const untold = order.line_items.filter((unit) => !sameNumber(unit.tracking_number, tracking));
  const byId = new Map(untold.map((unit) => [unit.id, unit]));
  return lines.flatMap(({ externalLineIds, quantity }) => {
    const named = externalLineIds.flatMap((id) => byId.get(id) ?? []);
    return named.length <= quantity ? named : named.filter(isLeft).slice(0, quantity);
  });
}

async function providerFor(
  { providers }: ParcelDeps,
  order: TiktokOrder,
  carrier: RemoteCarrier,
): Promise<RemoteCarrier | PushResult> {
  const list = await (order.delivery_option_id ? providers.of(order.delivery_option_id) : providers.all());
  const found = findProvider(list, carrier);
  if (found) return found;
  const names = list.map(({ name }) => name).slice(0, 12);
  return refuse(
    'unknown-carrier',
    `TikTok takes no carrier “${carrier.name}” for this order: ${names.join(', ') || 'none'}`,
  );
}

interface Told {
  readonly order: TiktokOrder;
  readonly units: readonly TiktokLine[];
  readonly told: { readonly tracking_number: string; readonly shipping_provider_id: string };
}

async function tell({ client }: ParcelDeps, { order, units, told }: Told): Promise<PushResult> {
  const combined = /COMBIN/i.test(order.split_or_combine_tag) ? await combinedPackage(client, units) : undefined;
  if (combined)
    return written(client, {
      path: `/fulfillment/202309/packages/${combined.id}/ship`,
      json: { self_shipment: told },
      known: combined.id,
      note: `TikTok ships this in one package with ${combined.others.join(', ')}`,
    });
  return written(client, {
    path: `/fulfillment/202309/orders/${order.id}/packages`,
    json: { ...told, order_line_item_ids: units.map(({ id }) => id) },
    known: null,
  });
}

/** A package that TikTok made of several orders of one buyer: only the package itself says of which. */
async function combinedPackage(
  client: TiktokClient,
  units: readonly TiktokLine[],
): Promise<{ readonly id: string; readonly others: readonly string[] } | undefined> {
  const ids = new Set(units.flatMap(({ package_id: id, tracking_number: tracking }) => (tracking ? [] : id || [])));
  const [id] = ids;
  if (id === undefined || ids.size > 1) return undefined;
  const held = await client.demand({ method: 'GET', path: `/fulfillment/202309/packages/${id}` }, PackageDetail);
  if (held.orders.length < 2) return undefined;
  return { id, others: held.orders.map((order) => order.id) };
}

interface Writing {
  readonly path: string;
  readonly json: object;
  readonly known: string | null;
  readonly note?: string;
}

/** Code 0 is not yet success: parts of the call may have failed. */
async function written(client: TiktokClient, { path, json, known, note }: Writing): Promise<PushResult> {
  const answer = await client.ask({ method: 'POST', path, json }, Written);
  if (answer.refused) return refuse(answer.refused.code, answer.refused.text);
  const { package_id: made, warning, errors } = answer.data;
  const [failed] = errors;
  if (failed) return refuse(failed.code, failed.message);
  const notes = [note, warning?.message].filter(Boolean).join('; ');
  return { outcome: 'done', remoteId: made || known, ...(notes === '' ? {} : { note: notes }) };
}

async function correct(
  deps: ParcelDeps,
  shipment: RemoteShipment,
  before: { readonly remoteId: string | null; readonly tracking: string },
): Promise<PushResult> {
  const order = await findOrder(deps.client, shipment.externalId);
  if (!order) return refuse('no-order', 'TikTok does not know this order');
  if (!/^SELLER$/i.test(order.shipping_type)) return refuse('platform-label', PLATFORM_LABEL);
  const remoteId = before.remoteId ?? packageWith(order, before.tracking);
  const there = packageWith(order, shipment.tracking);
  if (there !== undefined && (!remoteId || there === remoteId)) return { outcome: 'done', remoteId: there };
  if (!remoteId) return refuse('no-package', 'TikTok has no package with the former tracking number');
  const provider = await providerFor(deps, order, shipment.carrier);
  if ('outcome' in provider) return provider;
  return written(deps.client, {
    path: `/fulfillment/202309/packages/${remoteId}/shipping_info/update`,
    json: { tracking_number: shipment.tracking, shipping_provider_id: provider.code },
    known: remoteId,
  });
}
