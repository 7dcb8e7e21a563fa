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
  fromRefusal,
  fromTracking,
  productOf,
  products,
  toOrder,
  toPurchase,
  toReturn,
  toReturnPurchase,
  unsupported,
  warningsOf,
} from './mapper.ts';
import { DhlManifest, DhlOrders, DhlProblem, DhlReturn, DhlTracking } from './wire.ts';

const fields: readonly AccountField[] = [
  { name: 'apiKey', kind: 'secret', required: true },
  { name: 'username', kind: 'text', required: true },
  { name: 'password', kind: 'secret', required: true },
  { name: 'billingNumber', kind: 'text', required: true },
  { name: 'billingNumberAbroad', kind: 'text', required: false },
  { name: 'receiverId', kind: 'text', required: false, default: 'deu' },
  baseUrlField('https://api-eu.dhl.com'),
];

const KG = 1_000_000;

/** DHL Paket by its web services for business customers. Only parcels that were handed over are billed. */
export const dhlPaketConnector: CarrierConnector = {
  name: 'dhl-paket',
  title: 'DHL Paket',
  abilities: ['buy', 'void', 'return-label', 'manifest', 'tracking', 'customs', 'multi-parcel'],
  // Labels that are never handed in are not invoiced.
  billing: 'on-use',
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
    const abroad = field('billingNumberAbroad') || field('billingNumber');
    return openDhl({ client, billing: { home: field('billingNumber'), abroad }, receiverId: field('receiverId') });
  },
};

interface Account {
  readonly client: DhlClient;
  readonly billing: { readonly home: string; readonly abroad: string };
  readonly receiverId: string;
}

const done = <T>(details: T): CarrierAnswer<T> => ({ details, messages: [] });
const isRefused = ({ status }: JsonReply): boolean => status >= 400;

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
    voidState: ({ carrierRef }) => voidState(client, carrierRef),
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
  const number = product === 'V53WPAK' ? billing.abroad : billing.home;
  const reply = await client.create(toOrder(request, number), request.label.file);
  const orders = readWire(DhlOrders, reply.body);
  const [item] = orders.items;
  if (isRefused(reply) || Number(item?.sstatus?.statusCode) >= 400) return refused(fromRefusal(orders));
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

async function remove(client: DhlClient, shipmentNo: string): Promise<CarrierAnswer<VoidState>> {
  const reply = await client.remove(shipmentNo);
  const orders = readWire(DhlOrders, reply.body);
  const gone = orders.items.some(({ sstatus }) => Number(sstatus?.statusCode ?? sstatus?.status) === 200);
  if (!isRefused(reply) && gone) return done('voided');
  return { details: 'refused', messages: fromRefusal(orders) };
}

/** DHL deletes at once: an order that it does not know any more is void. */
async function voidState(client: DhlClient, shipmentNo: string): Promise<CarrierAnswer<VoidState>> {
  const reply = await client.order(shipmentNo);
  if (reply.status === 404 || reply.status === 400) return done('voided');
  if (isRefused(reply)) return problem(reply);
  return refused([errorMessage('not-deleted', 'the shipment still stands with DHL')]);
}

async function manifest(
  client: DhlClient,
  parcels: readonly { readonly carrierRef: string }[],
  shipDate: string,
): Promise<CarrierAnswer<TransmittedManifest>> {
  const reply = await client.manifest(parcels.map(({ carrierRef }) => carrierRef));
  if (isRefused(reply)) return refused(fromRefusal(readWire(DhlOrders, reply.body)));
  const paper = await client.manifestOf(shipDate);
  const [file] = isRefused(paper) ? [] : readWire(DhlManifest, paper.body).manifest;
  return done({ carrierRef: shipDate, pdf: file?.b64 ? Buffer.from(file.b64, 'base64') : null });
}
