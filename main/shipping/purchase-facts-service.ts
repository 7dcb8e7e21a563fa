import type { DeviceSettings } from '../../shared/contract/devices.ts';
import type { SharedSettings } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import { Address } from '../../shared/model/address.ts';
import { labelMedia } from '../../shared/model/label.ts';
import { isSameMedia, parseMedia } from '../../shared/model/media.ts';
import type { ShipmentRequest } from '../carriers/carrier.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { type OrderFacts, orderFactsOf } from '../orders/order-facts-service.ts';
import { wanted } from '../orders/orders-rules.ts';
import { leafLines, orderById, privateOf } from '../orders/orders-service.ts';
import type { Order, OrderLine } from '../orders/orders-store.ts';
import { outerSizeOf } from '../packing/carton-service.ts';
import { parcelById, parcelsOf, unitsOf } from '../packing/packing-service.ts';
import type { Parcel } from '../packing/packing-store.ts';
import type { ParcelUnit } from '../packing/parcel-units-store.ts';
import { prints } from '../stations/device-rules.ts';
import { printersOf } from '../stations/device-service.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { hazardousAmong } from '../stock/catalogue-service.ts';
import type { ShipmentFacts } from './choice-rules.ts';
import { localDate } from './dock-clock-rules.ts';
import { revisionOf } from './revision-rules.ts';
import { shipperAddress } from './shipping-rules.ts';
import { findRma, type Label, type Rma } from './shipping-store.ts';

/** Everything that labels of one parcel are chosen, asked and drawn by. */
export interface PurchaseFacts {
  readonly parcel: Parcel;
  /** Which of the order's parcels this is, and of how many; those that were voided do not count. */
  readonly index: number;
  readonly count: number;
  readonly order: Order;
  readonly money: OrderFacts;
  readonly lines: readonly OrderLine[];
  readonly units: readonly ParcelUnit[];
  readonly address: Address;
  readonly hazardous: boolean;
  readonly size: { readonly lengthMm: number; readonly widthMm: number; readonly heightMm: number };
  /** Labels are drawn for what lies in the bench's own printer. */
  readonly settings: SharedSettings;
  readonly printers: Awaited<ReturnType<typeof printersOf>>;
  readonly rma: Rma | undefined;
  readonly revision: string;
  readonly now: string;
}

/** Of a parcel whose carton nobody chose: the size that most services take without surcharge. */
const USUAL_BOX = { lengthMm: 300, widthMm: 200, heightMm: 100 };

/** Step: reads what a parcel's labels need. Error: `label.bad-model` for an address that was purged or makes no label. */
export async function purchaseFacts(uow: UnitOfWork, parcelId: string): Promise<PurchaseFacts> {
  const parcel = await parcelById(uow, parcelId);
  const order = await orderById(uow, parcel.orderId);
  const units = await unitsOf(uow, parcelId);
  const address = await addressOf(uow, order.id);
  const standing = (await parcelsOf(uow, order.id)).filter((other) => other.state !== 'voided');
  const printers = await printersOf(uow, parcel.stationId);
  const money = await orderFactsOf(uow, order.id);
  const hazardous = await hazardousAmong(
    uow,
    units.map(({ itemId }) => itemId),
  );
  const lines = await leafLines(uow, order.id);
  // A parcel that was closed while units are left is not the last one, although nobody opened the next one yet.
  const isFollowed =
    lines.some((line) => wanted(line) > line.packed) && !standing.some(({ state }) => state === 'open');
  const size = parcel.cartonId === null ? undefined : await outerSizeOf(uow, parcel.cartonId);
  return {
    parcel,
    index: standing.filter((other) => other.sequence <= parcel.sequence).length,
    count: Math.max(1, standing.length + (isFollowed ? 1 : 0)),
    order,
    money,
    lines,
    units,
    address,
    hazardous: hazardous.length > 0,
    size: size ?? USUAL_BOX,
    settings: drawnFor(
      await sharedSettings(uow),
      printers.find((printer) => prints(printer, 'label')),
    ),
    printers,
    rma: await findRma(uow.tx, parcelId),
    revision: revisionOf({ address, weightMg: weightOf(parcel), contents: contentsOf(units), ...pickupOf(money) }),
    now: uow.now,
  };
}

/** Step: the revision as the parcel stands now, to be held against that of its label. */
export async function presentRevision(uow: UnitOfWork, parcelId: string): Promise<string | undefined> {
  const parcel = await parcelById(uow, parcelId);
  const stored = Address.safeParse((await privateOf(uow, parcel.orderId))?.address ?? {});
  // A buyer whose data were erased did not move.
  if (!stored.success) return undefined;
  const money = await orderFactsOf(uow, parcel.orderId);
  const contents = contentsOf(await unitsOf(uow, parcelId));
  return revisionOf({ address: stored.data, weightMg: weightOf(parcel), contents, ...pickupOf(money) });
}

const pickupOf = ({ pickupPoint }: OrderFacts): { pickupPoint: string | null } => ({ pickupPoint });
const contentsOf = (units: readonly ParcelUnit[]) =>
  units.map(({ orderLineId, itemId, quantity }) => ({ lineId: orderLineId, itemId, quantity }));

/** What lay on the scale, else what catalogue and carton say. */
export function weightOf(parcel: Pick<Parcel, 'weightMg' | 'expectedMg'>): number {
  return parcel.weightMg ?? parcel.expectedMg ?? 0;
}

/** The buyer's address as it stands now; one that was purged, or never came, makes no label. */
async function addressOf(uow: UnitOfWork, orderId: string): Promise<Address> {
  const read = Address.safeParse((await privateOf(uow, orderId))?.address ?? {});
  if (!read.success)
    throw new AppError('validation', 'label.bad-model', {
      issues: read.error.issues.map(({ path, message }) => ({ field: `to.${path.join('.')}`, message })),
    });
  return read.data;
}

/** Labels are drawn for what lies in the bench's own printer where that is label media, else as all benches share it. */
function drawnFor(
  settings: SharedSettings,
  printer: { readonly settings: DeviceSettings } | undefined,
): SharedSettings {
  const size = parseMedia(printer?.settings.media ?? '');
  const media = size && labelMedia.find((name) => isSameMedia(size, parseMedia(name) ?? size));
  if (!media) return settings;
  return { ...settings, labelMedia: media, labelDpi: printer?.settings.dpi ?? settings.labelDpi };
}

/** A label printer that speaks ZPL burns the carrier's own bars instead of a picture of them. */
function speaksZpl({ printers }: PurchaseFacts): boolean {
  return printers.find((printer) => prints(printer, 'label'))?.settings.language === 'zpl';
}

/** The facts that rules look at. */
export function choiceFacts(facts: PurchaseFacts): ShipmentFacts {
  const { address, parcel, order, money, size } = facts;
  return {
    country: address.country,
    postcode: address.postcode,
    weightMg: weightOf(parcel),
    longestMm: Math.max(size.lengthMm, size.widthMm, size.heightMm),
    valueMinor: money.totalMinor,
    currency: money.currency,
    channel: order.channel,
    method: order.shippingMethod ?? '',
    hazardous: facts.hazardous,
    pickupPoint: money.pickupPoint,
    gift: order.gift,
    promisedBy: money.promisedBy,
    platformLabel: money.labelMode === 'platform',
    now: facts.now,
  };
}

/** What a carrier is asked for. A return names the buyer as who sends it. */
export function requestOf(
  facts: PurchaseFacts,
  label: Pick<Label, 'id' | 'kind' | 'serviceCode'>,
  rest: Pick<ShipmentRequest, 'customs'> & { readonly outboundTracking?: string },
): ShipmentRequest {
  const { settings, parcel, order, money, rma, size } = facts;
  const shipper = withContact(facts);
  const back = label.kind === 'return';
  return {
    reference: label.id,
    kind: label.kind,
    service: label.serviceCode,
    from: back ? facts.address : shipper,
    to: back ? shipper : facts.address,
    parcel: {
      weightMg: weightOf(parcel),
      ...size,
      ...(back ? { index: 1, count: 1 } : { index: facts.index, count: facts.count }),
    },
    orderNumber: order.number,
    ...(back && rma ? { rma: rma.code } : {}),
    shipDate: localDate(settings.timeZone, facts.now),
    label: { media: settings.labelMedia, dpi: settings.labelDpi, file: speaksZpl(facts) ? 'zpl' : 'pdf' },
    ...(money.pickupPoint && !back ? { pickupPoint: money.pickupPoint } : {}),
    ...(money.labelMode === 'platform' && !back ? { platformOrder: platformOrder(facts) } : {}),
    ...(facts.hazardous ? { options: { hazardous: true } } : {}),
    ...(rest.customs ? { customs: rest.customs } : {}),
    ...(back && rest.outboundTracking ? { outboundTracking: rest.outboundTracking } : {}),
  };
}

function withContact({ settings }: PurchaseFacts): Address {
  const { phone, email } = settings;
  return { ...shipperAddress(settings), ...(phone ? { phone } : {}), ...(email ? { email } : {}) };
}

function platformOrder({ order, lines, units }: PurchaseFacts): NonNullable<ShipmentRequest['platformOrder']> {
  const packed = (lineId: string): number =>
    units.reduce((sum, unit) => sum + (unit.orderLineId === lineId ? unit.quantity : 0), 0);
  return {
    externalId: order.externalId,
    lines: lines.flatMap(({ id, externalLineId }) =>
      externalLineId === null || packed(id) === 0 ? [] : [{ externalLineId, quantity: packed(id) }],
    ),
  };
}
