import { z } from 'zod';
import { mod10CheckDigit } from '../../../shared/barcode/check-digits.ts';
import type { Address } from '../../../shared/model/address.ts';
import { journeyOf } from '../carrier-journey.ts';
import {
  createSimulator,
  type SimulatedCall,
  type SimulatedCarrier,
  type SimulatedReply,
  type SimulatedRoute,
  type SimulatorDeps,
} from '../carrier-simulator.ts';
import { procedures } from './mapper.ts';

/** Credentials that the simulated DHL knows; those of DHL's own sandbox look like them. */
export const simulatedDhlAccount = {
  apiKey: 'simulated-key',
  username: 'user-valid',
  password: 'SandboxPasswort2023!',
  billingNumber: '33333333330102',
  billingNumberAbroad: '33333333335301',
  billingNumberSmall: '33333333336201',
} as const;

const Text = z.string().min(1).max(50);
const Party = z.object({
  name1: Text,
  addressStreet: Text,
  postalCode: z.string().min(3),
  city: Text,
  country: z.string().regex(/^[A-Z]{3}$/),
  phone: z.string().optional(),
  email: z.string().optional(),
});
const Weight = z.object({ uom: z.literal('g'), value: z.number().positive().max(31_500) });
const Shipment = z.object({
  product: z.enum(['V01PAK', 'V62KP', 'V53WPAK']),
  billingNumber: z.string().regex(/^\d{10}[0-9A-Z]{2}\d{2}$/),
  refNo: z.string().min(8).max(35),
  shipDate: z.iso.date(),
  shipper: Party,
  consignee: Party,
  details: z.object({ weight: Weight, dim: z.object({ uom: z.literal('mm') }).loose() }),
  customs: z.looseObject({ exportType: z.string(), items: z.array(z.looseObject({})).min(1) }).optional(),
});
const Order = z.object({ profile: z.string(), shipments: z.array(z.unknown()) });
const ReturnOrder = z.object({
  receiverId: z.string().min(1),
  customerReference: z.string().max(30).or(z.string().max(35)),
  shipper: Party,
  itemWeight: Weight,
});

interface Sold {
  readonly reference: string;
  readonly trackingNumber: string;
  readonly at: Date;
  /** Made by the service of returns: that of orders knows nothing of it. */
  readonly isReturn: boolean;
  deleted: boolean;
  closed: boolean;
}

interface Store {
  readonly deps: SimulatorDeps;
  readonly sold: Sold[];
}

/** DHL's services as their documents describe them. */
export function simulateDhlPaket(deps: SimulatorDeps): SimulatedCarrier {
  const store: Store = { deps, sold: [] };
  const sold = () =>
    store.sold.map(({ reference, trackingNumber, deleted }) => ({ reference, trackingNumber, voided: deleted }));
  return createSimulator({ name: 'dhl-paket', routes: routesOf(store), sold }, deps.hangMs);
}

const json = (body: object, status = 200): SimulatedReply => ({ status, body: JSON.stringify(body) });
const refuse = (status: number, title: string, property = '', text = title): SimulatedReply =>
  json(
    {
      title,
      detail: text,
      status: { title, statusCode: status },
      items: [
        {
          sstatus: { title, statusCode: status },
          validationMessages: property === '' ? [] : [{ property, validationMessage: text, validationState: 'Error' }],
        },
      ],
    },
    status,
  );

function routesOf(store: Store): readonly SimulatedRoute[] {
  const route = (
    method: string,
    path: RegExp,
    answer: (call: SimulatedCall) => SimulatedReply | Promise<SimulatedReply>,
  ): SimulatedRoute => ({
    method,
    path,
    answer: async (call) => (isKnown(call.headers) ? answer(call) : json({ title: 'Unauthorized', detail: '' }, 401)),
  });
  const orders = /^\/parcel\/de\/shipping\/v2\/orders$/;
  const manifests = /^\/parcel\/de\/shipping\/v2\/manifests$/;
  return [
    { ...route('POST', orders, (call) => create(store, call)), buys: true },
    route('GET', orders, (call) => show(store, call)),
    route('DELETE', orders, (call) => remove(store, call)),
    route('POST', manifests, (call) => close(store, call)),
    route('GET', manifests, () => json({ manifestDate: '', manifest: { b64: [PAPER], fileFormat: 'PDF' } })),
    { ...route('POST', /^\/parcel\/de\/shipping\/returns\/v1\/orders$/, (call) => giveBack(store, call)), buys: true },
    route('GET', /^\/track\/shipments$/, (call) => track(store, call)),
  ];
}

function isKnown(headers: Headers): boolean {
  const { apiKey, username, password } = simulatedDhlAccount;
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  return headers.get('dhl-api-key') === apiKey && headers.get('authorization') === basic;
}

/** 18 digits of DHL's own company prefix, the last one their check digit. */
function numberAt(serial: number): string {
  const body = `003404341${String(serial).padStart(8, '0')}`;
  return body + mod10CheckDigit(body);
}

const findSold = (store: Store, number: string | null): Sold | undefined =>
  store.sold.find((sold) => sold.trackingNumber === number && !sold.deleted);

/** What can still be fetched and deleted: nothing of a day that is closed. */
const findOpen = (store: Store, number: string | null): Sold | undefined => {
  const sold = findSold(store, number);
  return sold?.isReturn || sold?.closed ? undefined : sold;
};

async function create(store: Store, call: SimulatedCall): Promise<SimulatedReply> {
  const order = Order.parse(JSON.parse(call.body));
  const [given] = order.shipments;
  if (given === undefined) return refuse(400, 'Bad Request', 'shipments', 'must not be empty');
  const read = Shipment.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    return refuse(400, 'Bad Request', issue?.path.join('.') ?? '', issue?.message);
  }
  const { product, billingNumber, consignee, shipper, customs, refNo } = read.data;
  if (billingNumber.slice(10, 12) !== procedures[product])
    return refuse(400, 'Bad Request', 'billingNumber', 'The billing number does not fit the product.');
  if (product !== 'V53WPAK' && consignee.country !== 'DEU')
    return refuse(400, 'Bad Request', 'consignee.country', 'The product is for Germany only.');
  if (product !== 'V53WPAK' && !/^\d{5}$/.test(consignee.postalCode))
    return refuse(400, 'Bad Request', 'consignee.postalCode', 'Please enter a valid postcode.');
  if (product === 'V53WPAK' && ['CHE', 'USA', 'GBR'].includes(consignee.country) && !customs)
    return refuse(400, 'Bad Request', 'customs', 'Customs data is needed for this country.');
  if (call.url.searchParams.get('validate') === 'true') return json({ status: { title: 'OK', statusCode: 200 } });
  const file = call.url.searchParams.get('docFormat') === 'ZPL2' ? 'zpl' : 'pdf';
  const made = await sell(store, call, { reference: refNo, from: shipper, to: consignee, file });
  const b64 = Buffer.from(made.bytes).toString('base64');
  const zpl2 = Buffer.from(made.bytes).toString('utf8');
  const label = file === 'zpl' ? { zpl2, fileFormat: 'ZPL2' } : { b64, fileFormat: 'PDF' };
  return json({
    status: { title: 'OK', statusCode: 200 },
    items: [{ shipmentNo: made.number, sstatus: { title: 'OK', statusCode: 200 }, label, validationMessages: [] }],
  });
}

type Given = z.infer<typeof Party>;
const toAddress = ({ name1, addressStreet, postalCode, city, country }: Given): Address => ({
  name: name1,
  street1: addressStreet,
  postcode: postalCode,
  city,
  country: country.slice(0, 2),
});

async function sell(
  store: Store,
  call: SimulatedCall,
  order: { reference: string; from: Given; to: Given; file: 'pdf' | 'zpl'; isReturn?: boolean },
): Promise<{ number: string; bytes: Uint8Array }> {
  const own = numberAt((store.deps.soldBefore ?? 0) + store.sold.length + 1);
  const number = call.fault === 'same-label' ? (store.sold.at(-1)?.trackingNumber ?? own) : own;
  const shown = call.fault === 'wrong-label' ? numberAt(99_000_000) : number;
  const { reference, isReturn = false } = order;
  const at = store.deps.clock();
  store.sold.push({ reference, trackingNumber: number, at, isReturn, deleted: false, closed: false });
  const bytes = await store.deps.drawLabel({
    carrier: 'DHL',
    service: 'PAKET',
    from: toAddress(order.from),
    to: toAddress(order.to),
    trackingNumber: shown,
    symbols: [{ kind: 'gs1-128', text: `(00)${shown}` }],
    media: '4x6',
    dpi: 203,
    file: order.file,
  });
  return { number, bytes: call.fault === 'half-file' ? bytes.subarray(0, bytes.length / 2) : bytes };
}

async function giveBack(store: Store, call: SimulatedCall): Promise<SimulatedReply> {
  const read = ReturnOrder.safeParse(JSON.parse(call.body));
  if (!read.success) {
    const [issue] = read.error.issues;
    return refuse(400, 'Bad Request', issue?.path.join('.') ?? '', issue?.message);
  }
  const { shipper, customerReference: reference } = read.data;
  const shop = { ...shipper, name1: 'Retourenzentrum', city: 'Hannover', postalCode: '30179', country: 'DEU' };
  const { number, bytes } = await sell(store, call, {
    reference,
    from: shipper,
    to: shop,
    file: 'pdf',
    isReturn: true,
  });
  return json({ shipmentNo: number, label: { b64: Buffer.from(bytes).toString('base64') } }, 201);
}

function show(store: Store, { url }: SimulatedCall): SimulatedReply {
  const shipmentNo = url.searchParams.get('shipment');
  if (!findOpen(store, shipmentNo)) return refuse(404, 'Not Found', '', 'No shipment of this number.');
  return json({ items: [{ shipmentNo, sstatus: { title: 'OK', statusCode: 200 } }] });
}

function remove(store: Store, { url }: SimulatedCall): SimulatedReply {
  const sold = findOpen(store, url.searchParams.get('shipment'));
  if (!sold) return refuse(400, 'Bad Request', 'shipment', 'The shipment is unknown, closed or was deleted before.');
  sold.deleted = true;
  return json({ items: [{ shipmentNo: sold.trackingNumber, sstatus: { title: 'OK', statusCode: 200 } }] });
}

/** A paper of one empty page: what matters is that it comes. */
const PAPER = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n%%EOF\n',
).toString('base64');

const Closing = z.object({ profile: z.string(), shipmentNumbers: z.array(z.string()).min(1) });

/** Says of each shipment whether it is closed now; 207 where some are and others are not. */
function close(store: Store, { body }: SimulatedCall): SimulatedReply {
  const items = Closing.parse(JSON.parse(body)).shipmentNumbers.map((shipmentNo) => {
    const sold = findOpen(store, shipmentNo);
    if (!sold) return { shipmentNo, sstatus: { title: 'Unknown or closed before', statusCode: 400 } };
    sold.closed = true;
    return { shipmentNo, sstatus: { title: 'OK', statusCode: 200 } };
  });
  const taken = items.filter(({ sstatus }) => sstatus.statusCode === 200).length;
  const status = taken === items.length ? 200 : taken === 0 ? 400 : 207;
  return json({ status: { title: status === 200 ? 'OK' : 'Not all were closed', statusCode: status }, items }, status);
}

const codes = {
  label: 'pre-transit',
  'picked-up': 'transit',
  'in-transit': 'transit',
  'out-for-delivery': 'transit',
  delivered: 'delivered',
} as const;

function track(store: Store, { url }: SimulatedCall): SimulatedReply {
  const sold = findSold(store, url.searchParams.get('trackingNumber'));
  if (!sold) return json({ title: 'No result found', detail: 'No shipment with this number.' }, 404);
  const events = journeyOf(sold.at, store.deps.clock()).map(({ at, step, text }) => ({
    timestamp: at.toISOString(),
    statusCode: codes[step],
    status: step.toUpperCase(),
    description: text,
    location: { address: { addressLocality: 'Köln' } },
  }));
  const status = { statusCode: events.at(-1)?.statusCode ?? 'unknown' };
  return json({ shipments: [{ id: sold.trackingNumber, status, events: events.reverse() }] });
}
