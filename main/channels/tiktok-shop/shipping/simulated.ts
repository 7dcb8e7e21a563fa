import { z } from 'zod';
import { buildUps1z } from '../../../../shared/carriers/ups.ts';
import {
  createSimulator,
  type SimulatedCall,
  type SimulatedCarrier,
  type SimulatedReply,
  type SimulatedRoute,
  type SimulatorDeps,
} from '../../../carriers/carrier-simulator.ts';
import { signTiktokRequest } from '../sign.ts';

/** Credentials that the simulated TikTok knows. */
export const simulatedTiktokAccount = {
  appKey: 'simulated-app',
  appSecret: 'simulated-secret',
  shopCipher: 'simulated-cipher',
  accessToken: 'simulated-token',
} as const;

const SKEW_S = 300;

const services = [
  { id: '288233559123860015', name: 'Ground', price: '5.20', days: 5 },
  { id: '288233559123860016', name: 'Second day', price: '11.80', days: 2 },
] as const;

const Measures = z.object({
  dimension: z.object({ length: z.string(), width: z.string(), height: z.string(), unit: z.enum(['CM', 'INCH']) }),
  weight: z.object({ value: z.string().regex(/^(?!0+$)\d+$/), unit: z.enum(['GRAM', 'POUND']) }),
  order_line_item_ids: z.array(z.string()).min(1),
});
const NewPackage = Measures.extend({ order_id: z.string(), shipping_service_id: z.string() });
const Handover = z.object({ handover_method: z.enum(['DROP_OFF', 'PICKUP']) });

interface Parcel {
  readonly id: string;
  readonly orderId: string;
  readonly half: boolean;
  trackingNumber: string;
  shown: string;
}

interface Store {
  readonly deps: SimulatorDeps;
  readonly parcels: Parcel[];
}

/**
 * TikTok Shop as its documents tell it. Orders whose number begins with 57 are known; of those that end in 0 TikTok has
 * made a package already, and those that begin with 579 ship by the seller.
 */
export function simulateTiktokShipping(deps: SimulatorDeps): SimulatedCarrier {
  const store: Store = { deps, parcels: [] };
  const sold = () =>
    store.parcels
      .filter(({ trackingNumber }) => trackingNumber !== '')
      .map(({ orderId, trackingNumber }) => ({ reference: orderId, trackingNumber, voided: false }));
  return createSimulator({ name: 'tiktok-shipping', routes: routesOf(store), sold }, deps.hangMs);
}

const ok = (data: object): SimulatedReply => ({ body: JSON.stringify({ code: 0, message: 'Success', data }) });
const fault = (code: number, message: string): SimulatedReply => ({ body: JSON.stringify({ code, message }) });

function routesOf(store: Store): readonly SimulatedRoute[] {
  const route = (
    method: string,
    path: RegExp,
    answer: (call: SimulatedCall) => SimulatedReply | Promise<SimulatedReply>,
  ): SimulatedRoute => ({
    method,
    path,
    answer: async (call) => dated(store, refuseStranger(store, call) ?? (await answer(call))),
  });
  const packages = '^/fulfillment/202309/packages';
  return [
    route('GET', /^\/order\/202507\/orders$/, (call) => orders(store, call)),
    route('POST', /^\/fulfillment\/202309\/orders\/(\d+)\/shipping_services\/query$/, offers),
    { ...route('POST', new RegExp(`${packages}$`), (call) => create(store, call)), buys: true },
    { ...route('POST', new RegExp(`${packages}/(\\d+)/ship$`), (call) => ship(store, call)), buys: true },
    route('GET', new RegExp(`${packages}/(\\d+)/handover_time_slots$`), () => ok({ can_drop_off: true })),
    route('GET', new RegExp(`${packages}/(\\d+)/shipping_documents$`), (call) => document(store, call)),
    route('GET', new RegExp(`${packages}/(\\d+)$`), (call) => detail(store, call)),
    // The file's own address asks for no signature.
    { method: 'GET', path: /^\/files\/(\d+)$/, answer: async ({ params }) => file(store, params[0]) },
  ];
}

/** TikTok's own time stands on every answer of it. */
function dated({ deps }: Store, reply: SimulatedReply): SimulatedReply {
  const headers = { 'content-type': 'application/json', ...reply.headers, date: deps.clock().toUTCString() };
  return { ...reply, headers };
}

function refuseStranger(store: Store, { headers, url, body, method }: SimulatedCall): SimulatedReply | undefined {
  const query = Object.fromEntries(url.searchParams);
  const { appKey, appSecret, shopCipher, accessToken } = simulatedTiktokAccount;
  if (headers.get('x-tts-access-token') !== accessToken) return fault(105_002, 'Expired credentials');
  const rawBody = method === 'GET' ? '' : body;
  const sign = signTiktokRequest(appSecret, { path: url.pathname, query, rawBody });
  if (query.app_key !== appKey || query.sign !== sign) return fault(106_001, 'Signature is invalid');
  if (query.shop_cipher !== shopCipher) return fault(106_011, 'Invalid shop_cipher');
  const skew = Math.abs(store.deps.clock().getTime() / 1_000 - Number(query.timestamp));
  return skew > SKEW_S ? fault(36_009_004, 'Invalid timestamp.') : undefined;
}

function parcelOf(store: Store, orderId: string): Parcel | undefined {
  const made = store.parcels.find((parcel) => parcel.orderId === orderId);
  if (made || !orderId.endsWith('0')) return made;
  const own: Parcel = { id: `11${orderId}`, orderId, half: false, trackingNumber: '', shown: '' };
  store.parcels.push(own);
  return own;
}

function orders(store: Store, { url }: SimulatedCall): SimulatedReply {
  const id = url.searchParams.get('ids') ?? '';
  if (!/^57\d{6,}$/.test(id)) return ok({ orders: [] });
  const parcel = parcelOf(store, id);
  const shippingType = id.startsWith('579') ? 'SELLER' : 'TIKTOK';
  const line = { id: `22${id}`, ...(parcel ? { package_id: parcel.id } : {}) };
  return ok({ orders: [{ id, shipping_type: shippingType, line_items: [line] }] });
}

function offers({ body }: SimulatedCall): SimulatedReply {
  const asked = Measures.safeParse(JSON.parse(body));
  if (!asked.success) return fault(21_001_001, `Invalid parameter: ${asked.error.issues[0]?.path.join('.')}`);
  return ok({
    shipping_services: services.map(({ id, name, price, days }) => ({
      id,
      name,
      price,
      currency: 'USD',
      is_default: false,
      earliest_delivery_days: 1,
      latest_delivery_days: days,
      shipping_provider_id: '1',
      shipping_provider_name: 'UPS',
    })),
  });
}

const numberAt = (place: number): string => buildUps1z({ shipper: '88TT01', service: '03' }, place);

/** What the label shows and what TikTok says, as the fault wants it. */
function numbersFor(store: Store, call: SimulatedCall): Pick<Parcel, 'trackingNumber' | 'shown' | 'half'> {
  const sold = store.parcels.filter(({ trackingNumber }) => trackingNumber !== '');
  const own = numberAt((store.deps.soldBefore ?? 0) + sold.length + 1);
  const trackingNumber = call.fault === 'same-label' ? (sold.at(-1)?.trackingNumber ?? own) : own;
  const shown = call.fault === 'wrong-label' ? numberAt(9_000_000) : trackingNumber;
  return { trackingNumber, shown, half: call.fault === 'half-file' };
}

function create(store: Store, call: SimulatedCall): SimulatedReply {
  const asked = NewPackage.safeParse(JSON.parse(call.body));
  if (!asked.success) return fault(21_001_001, `Invalid parameter: ${asked.error.issues[0]?.path.join('.')}`);
  const { order_id: orderId } = asked.data;
  if (parcelOf(store, orderId)) return fault(21_011_003, 'The package of these lines exists already.');
  const parcel: Parcel = { id: `11${orderId}`, orderId, ...numbersFor(store, call) };
  store.parcels.push(parcel);
  return ok({ package_id: parcel.id, order_id: orderId });
}

const named = (store: Store, call: SimulatedCall): Parcel | undefined =>
  store.parcels.find(({ id }) => id === call.params[0]);

function ship(store: Store, call: SimulatedCall): SimulatedReply {
  const parcel = named(store, call);
  if (!parcel) return fault(21_011_001, 'Package not found.');
  if (!Handover.safeParse(JSON.parse(call.body)).success) return fault(21_001_001, 'Invalid handover_method.');
  if (parcel.trackingNumber !== '') return fault(21_011_008, 'The package is shipped already.');
  Object.assign(parcel, numbersFor(store, call));
  return ok({});
}

function document(store: Store, call: SimulatedCall): SimulatedReply {
  const parcel = named(store, call);
  if (!parcel || parcel.trackingNumber === '') return fault(21_011_012, 'The label is not ready.');
  return ok({ doc_url: `${call.url.origin}/files/${parcel.id}`, tracking_number: parcel.trackingNumber });
}

function detail(store: Store, call: SimulatedCall): SimulatedReply {
  const parcel = named(store, call);
  if (!parcel) return fault(21_011_001, 'Package not found.');
  const { id, trackingNumber } = parcel;
  return ok({
    package_id: id,
    package_status: trackingNumber === '' ? 'PROCESSING' : 'FULFILLING',
    shipping_provider_name: 'UPS',
    tracking_number: trackingNumber,
  });
}

/** Half of the file once; the next time it is whole. */
const halved = new WeakSet<Parcel>();

async function file(store: Store, id: string | undefined): Promise<SimulatedReply> {
  const parcel = store.parcels.find((known) => known.id === id);
  if (!parcel) return { status: 404, body: '' };
  const address = { name: 'TikTok Buyer', street1: '1 Sample Street', postcode: '90001', city: 'Los Angeles' };
  const bytes = await store.deps.drawLabel({
    carrier: 'UPS',
    service: 'Ground',
    from: { ...address, name: 'Seller', country: 'US' },
    to: { ...address, country: 'US' },
    trackingNumber: parcel.shown,
    symbols: [{ kind: 'code128', text: parcel.shown }],
    media: '4x6',
    dpi: 203,
    file: 'pdf',
  });
  const half = parcel.half && !halved.has(parcel);
  halved.add(parcel);
  const headers = { 'content-type': 'application/pdf' };
  return { headers, body: half ? bytes.subarray(0, bytes.length / 2) : bytes };
}
