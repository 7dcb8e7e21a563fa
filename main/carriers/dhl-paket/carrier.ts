import { AppError } from '../../../shared/errors.ts';
import type { AccountField } from '../../../shared/model/carrier.ts';
import type {
  Carrier,
  CarrierAnswer,
  CarrierConnector,
  Purchase,
  ShipmentRequest,
  TransmittedManifest,
  VoidState,
} from '../carrier.ts';
import { baseUrlField, readConfig } from '../carrier-config.ts';
import { errorMessage, type JsonReply, readWire, refused } from '../carrier-json.ts';
import { type DhlClient, dhlClient } from './client.ts';
import {
  billingNumberOf,
  fromRefusal,
  fromTracking,
  isReturn,
  productOf,
  products,
  toOrder,
  toPurchase,
  toReturn,
  toReturnPurchase,
  unsupported,
  warningsOf,
} from './mapper.ts';
import { type DhlItem, DhlManifest, DhlOrders, DhlProblem, DhlReturn, DhlTracking, statusOf } from './wire.ts';

const fields: readonly AccountField[] = [
  { name: 'apiKey', kind: 'secret', required: true },
  { name: 'username', kind: 'text', required: true },
  { name: 'password', kind: 'secret', required: true },
  { name: 'billingNumber', kind: 'text', required: true },
  { name: 'billingNumberAbroad', kind: 'text', required: false },
  { name: 'billingNumberSmall', kind: 'text', required: false },
  { name: 'receiverId', kind: 'text', required: false, default: 'deu' },
  baseUrlField('https://api-eu.dhl.com'),
];

const KG = 1_000_000;

/** DHL Paket by its web services for business customers. */
export const dhlPaketConnector: CarrierConnector = {
  name: 'dhl-paket',
  title: 'DHL Paket',
  abilities: ['buy', 'void', 'return-label', 'manifest', 'tracking', 'customs', 'multi-parcel'],
  // DHL bills a Paket when it is handed in, but Kleinpaket and some parcels abroad by the data of the day's end.
  billing: 'on-purchase',
  fields,
  services: [
    { code: 'V01PAK', title: products.V01PAK, direction: 'outbound', countries: ['DE'], maxWeightMg: 31_500_000 },
    { code: 'V62KP', title: products.V62KP, direction: 'outbound', countries: ['DE'], maxWeightMg: KG },
    {
      code: 'V53WPAK',
      title: products.V53WPAK,
      direction: 'outbound',
      maxWeightMg: 31_500_000,
      international: true,
    },
    { code: 'return', title: 'DHL Retoure', direction: 'return', maxWeightMg: 31_500_000 },
  ],
  addressLimits: { line: 50, name: 50 },
  maxWeightMg: 31_500_000,
  requestsPerMinute: 60,
  // Bar codes and layout come from DHL; which products the contract has only DHL knows.
  missing: 'carrier.missing.dhl-contract',
  open(config, deps) {
    const field = readConfig(fields, config);
    const client = dhlClient(deps.http, {
      baseUrl: field('baseUrl'),
      apiKey: field('apiKey'),
      username: field('username'),
      password: field('password'),
    });
    const billing = {
      home: field('billingNumber'),
      abroad: field('billingNumberAbroad'),
      small: field('billingNumberSmall'),
    };
    return openDhl({ client, billing, receiverId: field('receiverId') });
  },
};

interface Account {
  readonly client: DhlClient;
  readonly billing: { readonly home: string; readonly abroad: string; readonly small: string };
  readonly receiverId: string;
}

const done = <T>(details: T): CarrierAnswer<T> => ({ details, messages: [] });
const isRefused = ({ status }: JsonReply): boolean => status >= 400;
const isBad = (item: DhlItem): boolean => (statusOf(item) ?? 200) >= 400;

function problem<T>({ body }: JsonReply): CarrierAnswer<T> {
  const { title, detail } = readWire(DhlProblem, body);
  return refused([errorMessage(title, detail === '' ? title : detail)]);
}

function openDhl(account: Account): Carrier {
  const { client } = account;
  return {
    async check() {
      // An order that is only checked, and found empty: it proves key, user and password and makes nothing.
      const reply = await client.validate({ profile: 'STANDARD_GRUPPENPROFIL', shipments: [] });
      if (reply.status === 403) return problem(reply);
      readWire(DhlOrders, reply.body);
      if (!isRefused(reply) || reply.status === 400) return done({ account: account.billing.home });
      return problem(reply);
    },
    buy: (request) => (request.kind === 'return' ? buyReturn(account, request) : buy(account, request)),
    void: ({ carrierRef }) => remove(client, carrierRef),
    voidState: (purchase) => voidState(client, purchase),
    async track({ trackingNumber }) {
      const reply = await client.track(trackingNumber);
      return isRefused(reply) ? problem(reply) : done(fromTracking(readWire(DhlTracking, reply.body)));
    },
    manifest: (parcels, shipDate) => manifest(client, parcels, shipDate),
  };
}

async function buy({ client, billing }: Account, request: ShipmentRequest): Promise<CarrierAnswer<Purchase>> {
  const against = unsupported(request);
  if (against.length > 0) return refused(against);
  const product = productOf(request);
  // DHL names no resolution of its ZPL; where it would not fit, a PDF prints right.
  const file = request.label.dpi === 203 ? request.label.file : 'pdf';
  const reply = await client.create(toOrder(request, billingNumberOf(product, billing)), file);
  const orders = readWire(DhlOrders, reply.body);
  const [item] = orders.items;
  if (isRefused(reply) || (item && isBad(item))) return refused(fromRefusal(orders));
  // An answer that is neither: the order may stand.
  if (!item?.shipmentNo) throw new AppError('remote', 'carrier.unreadable', { why: 'no-shipment' });
  return { details: toPurchase(item, product), messages: warningsOf(item) };
}

async function buyReturn({ client, receiverId }: Account, request: ShipmentRequest): Promise<CarrierAnswer<Purchase>> {
  const against = unsupported(request);
  if (against.length > 0) return refused(against);
  const reply = await client.createReturn(toReturn(request, receiverId));
  if (isRefused(reply)) return problem(reply);
  const { shipmentNo, label } = readWire(DhlReturn, reply.body);
  return done(toReturnPurchase(shipmentNo, label.b64));
}

/** Returns have no such service: what was made stays usable. */
const keptReturn = errorMessage('return-label', 'DHL takes no return label back');

async function remove(client: DhlClient, carrierRef: string): Promise<CarrierAnswer<VoidState>> {
  if (isReturn(carrierRef)) return { details: 'refused', messages: [keptReturn] };
  const reply = await client.remove(carrierRef);
  const orders = readWire(DhlOrders, reply.body);
  const gone = orders.items.some((item) => statusOf(item) === 200);
  if (!isRefused(reply) && gone) return done('voided');
  return { details: 'refused', messages: fromRefusal(orders) };
}

/**
 * DHL deletes at once. An order that it does not show any more is deleted or closed for the day, and only a closed one is
 * on its way: it counts as void when tracking does not know it either.
 */
async function voidState(
  client: DhlClient,
  { carrierRef, trackingNumber }: { readonly carrierRef: string; readonly trackingNumber: string },
): Promise<CarrierAnswer<VoidState>> {
  if (isReturn(carrierRef)) return refused([keptReturn]);
  const order = await client.order(carrierRef);
  const shown = !isRefused(order) && !readWire(DhlOrders, order.body).items.some(isBad);
  if (shown) return refused([errorMessage('not-deleted', 'the shipment still stands with DHL')]);
  const tracked = await client.track(trackingNumber);
  if (tracked.status === 404) return done('voided');
  if (isRefused(tracked)) return problem(tracked);
  return refused([errorMessage('closed', 'DHL has closed the shipment for the day')]);
}

/** A part that DHL did not take is none of this manifest: nobody may load it. */
async function manifest(
  client: DhlClient,
  parcels: readonly { readonly carrierRef: string }[],
  shipDate: string,
): Promise<CarrierAnswer<TransmittedManifest>> {
  const reply = await client.manifest(parcels.map(({ carrierRef }) => carrierRef));
  const orders = readWire(DhlOrders, reply.body);
  const left = orders.items.filter(isBad);
  if (left.length > 0) {
    const words = left.map((item) =>
      `${item.shipmentNo ?? ''} ${item.sstatus?.detail ?? item.sstatus?.title ?? ''}`.trim(),
    );
    return refused([errorMessage('not-closed', `DHL did not take: ${words.join('; ')}`)]);
  }
  if (isRefused(reply)) return refused(fromRefusal(orders));
  return done({ carrierRef: shipDate, pdf: await paperOf(client, shipDate) });
}

/** The day's paper, where it comes: the parcels are closed already, so that its lack puts nothing in doubt. */
async function paperOf(client: DhlClient, shipDate: string): Promise<Uint8Array | null> {
  try {
    const reply = await client.manifestOf(shipDate);
    const files = isRefused(reply) ? [] : [readWire(DhlManifest, reply.body).manifest?.b64 ?? []].flat();
    const [file, ...others] = files;
    return file && others.length === 0 ? Buffer.from(file, 'base64') : null;
  } catch (error) {
    if (error instanceof AppError && error.kind === 'remote') return null;
    throw error;
  }
}
