import type { z } from 'zod';
import { journeyOf } from '../carrier-journey.ts';
import {
  type ContentFault,
  createSimulator,
  type SimulatedCall,
  type SimulatedCarrier,
  type SimulatedReply,
  type SimulatedRoute,
  type SimulatorDeps,
} from '../carrier-simulator.ts';
import {
  asAddress,
  InOptions,
  InReturn,
  InShipment,
  MOST_KG,
  numberFor,
  OPTIONS,
  type SimulatedParcel,
  statusOf,
} from './simulated-shipments.ts';

/** Carriers confirm a cancellation within a day. */
const CANCEL_MS = 24 * 3_600_000;

interface Store {
  readonly deps: SimulatorDeps;
  readonly parcels: SimulatedParcel[];
}
type Answer = SimulatedReply | Promise<SimulatedReply>;

/** Sendcloud's API v3 as its documents show it; every public key that begins with `sim` is known. */
export function simulateSendcloud(deps: SimulatorDeps): SimulatedCarrier {
  const store: Store = { deps, parcels: [] };
  const sold = () =>
    store.parcels
      .filter(({ refusal }) => refusal === null)
      .map(({ reference, trackingNumber, cancelledAt }) => ({
        reference,
        trackingNumber,
        voided: cancelledAt !== null,
      }));
  return createSimulator({ name: 'sendcloud', routes: routesOf(store), sold }, deps.hangMs);
}

function routesOf(store: Store): readonly SimulatedRoute[] {
  const route = (method: string, path: RegExp, answer: (call: SimulatedCall) => Answer): SimulatedRoute => ({
    method,
    path,
    answer: async (call) =>
      isKnown(call.headers) ? answer(call) : fault(401, 'authentication_failed', 'Invalid username/password.'),
  });
  const one =
    (
      find: (parcel: SimulatedParcel, id: string) => boolean,
      answer: (parcel: SimulatedParcel, call: SimulatedCall) => Answer,
    ) =>
    (call: SimulatedCall): Answer => {
      const parcel = store.parcels.find((each) => find(each, decodeURIComponent(call.params[0] ?? '')));
      return parcel ? answer(parcel, call) : fault(404, 'not_found', 'No such object.');
    };
  const byShipment = (parcel: SimulatedParcel, id: string): boolean => !parcel.back && parcel.shipment === id;
  const byReturn = (parcel: SimulatedParcel, id: string): boolean => parcel.back && parcel.shipment === id;
  const show = one(byShipment, (parcel, call) => json({ data: shipmentView(store, parcel, call.url.origin) }));
  return [
    route('GET', /^\/shipments$/, (call) => list(store, call)),
    { ...route('POST', /^\/shipments\/announce$/, (call) => announce(store, call)), buys: true },
    route('GET', /^\/shipments\/([^/]+)$/, show),
    route(
      'POST',
      /^\/shipments\/([^/]+)\/cancel$/,
      one(byShipment, (parcel) => cancel(store, parcel)),
    ),
    { ...route('POST', /^\/returns\/announce-synchronously$/, (call) => announceReturn(store, call)), buys: true },
    route('GET', /^\/returns$/, (call) => listReturns(store, call)),
    route(
      'GET',
      /^\/returns\/([^/]+)$/,
      one(byReturn, (parcel, call) => json(returnView(store, parcel, call.url.origin))),
    ),
    route(
      'PATCH',
      /^\/returns\/([^/]+)\/cancel$/,
      one(byReturn, (parcel) => cancel(store, parcel)),
    ),
    route('POST', /^\/shipping-options$/, options),
    route(
      'GET',
      /^\/parcels\/tracking\/([^/]+)$/,
      one(
        (parcel, number) => parcel.trackingNumber === number,
        (parcel) => track(store, parcel),
      ),
    ),
    route(
      'GET',
      /^\/parcels\/(\d+)\/documents\/label$/,
      one(
        (parcel, id) => String(parcel.id) === id,
        (parcel, call) => label(store, parcel, call),
      ),
    ),
    route('GET', /^\/service-points$/, servicePoints),
  ];
}

const json = (body: object, status = 200): SimulatedReply => ({ status, body: JSON.stringify(body) });
const fault = (status: number, code: string, detail: string): SimulatedReply =>
  json({ errors: [{ status: String(status), code, detail }] }, status);
const isReply = (value: object): value is SimulatedReply => 'body' in value && 'status' in value;

function isKnown(headers: Headers): boolean {
  const [scheme, sent = ''] = (headers.get('authorization') ?? '').split(' ');
  return scheme === 'Basic' && /^sim[^:]*:.+$/.test(Buffer.from(sent, 'base64').toString());
}

function read<T extends object>(schema: z.ZodType<T>, { body }: SimulatedCall): T | SimulatedReply {
  const parsed = schema.safeParse(JSON.parse(body === '' ? '{}' : body));
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({
    status: '400',
    code: 'invalid',
    detail: message,
    source: { pointer: `/${path.join('/')}` },
  }));
  return json({ errors }, 400);
}

/** A reference that is known gives the shipment of before with 409, as documented. */
function announce(store: Store, call: SimulatedCall): SimulatedReply {
  const input = read(InShipment, call);
  if (isReply(input)) return input;
  const { origin } = call.url;
  const before = store.parcels.find(({ back, reference }) => !back && reference === input.external_reference_id);
  if (before) return json({ data: shipmentView(store, before, origin) }, 409);
  const [{ weight, parcel_items: items }] = input.parcels;
  const to = asAddress(input.to_address);
  const from = asAddress(input.from_address);
  const needsCustoms = (from.country === 'US') !== (to.country === 'US');
  if (needsCustoms && (!input.customs_information || items.length === 0))
    return fault(400, 'required', 'Customs information is required for this destination.');
  const parcel = add(store, {
    option: input.ship_with.properties.shipping_option_code,
    reference: input.external_reference_id,
    orderNumber: input.order_number,
    back: false,
    from,
    to,
    weightKg: weight.value,
    fault: call.fault,
  });
  return json({ data: shipmentView(store, parcel, origin) }, 201);
}

function announceReturn(store: Store, call: SimulatedCall): SimulatedReply {
  const input = read(InReturn, call);
  if (isReply(input)) return input;
  if (store.parcels.some(({ back, reference }) => back && reference === input.external_reference))
    return fault(400, 'invalid', 'external_reference must be unique.');
  const parcel = add(store, {
    option: input.ship_with.shipping_option_code,
    reference: input.external_reference,
    orderNumber: input.order_number,
    back: true,
    from: asAddress(input.from_address),
    to: asAddress(input.to_address),
    weightKg: input.weight.value,
    fault: call.fault,
  });
  return json({ return_id: Number(parcel.shipment), parcel_id: parcel.id, multi_collo_ids: [] }, 201);
}

type Sale = Pick<SimulatedParcel, 'option' | 'reference' | 'orderNumber' | 'back' | 'from' | 'to' | 'weightKg'>;

/** A carrier that refuses leaves a shipment without a label. */
function add(
  { parcels, deps }: Store,
  { fault: planned, ...sale }: Sale & { readonly fault: ContentFault | null },
): SimulatedParcel {
  const id = 700_001 + (deps.soldBefore ?? 0) + parcels.length;
  const own = numberFor(sale.option, id);
  const before = parcels.at(-1);
  const known = OPTIONS.some(({ code, back }) => code === sale.option && back === sale.back);
  const refusal = !known
    ? 'The shipping option does not exist.'
    : sale.weightKg > MOST_KG
      ? 'The parcel is too heavy.'
      : null;
  const parcel: SimulatedParcel = {
    ...sale,
    id,
    shipment: sale.back ? String(90_000 + id) : `shipment-${id}`,
    trackingNumber: planned === 'same-label' && before ? before.trackingNumber : own,
    labelNumber: planned === 'wrong-label' ? numberFor(sale.option, id + 500_000) : own,
    madeAt: deps.clock(),
    refusal,
    cancelledAt: null,
    halfFile: planned === 'half-file',
  };
  parcels.push(parcel);
  return parcel;
}

function statusCode({ deps }: Store, { cancelledAt, refusal }: SimulatedParcel): string {
  if (refusal !== null) return 'ANNOUNCEMENT_FAILED';
  if (cancelledAt === null) return 'READY_TO_SEND';
  return deps.clock().getTime() - cancelledAt.getTime() >= CANCEL_MS ? 'CANCELLED' : 'CANCELLING_UPSTREAM';
}

function shipmentView(store: Store, parcel: SimulatedParcel, origin: string): object {
  const { id, shipment, option, orderNumber, refusal, trackingNumber } = parcel;
  const code = statusCode(store, parcel);
  const link = `${origin}/parcels/${id}/documents/label`;
  return {
    id: shipment,
    order_number: orderNumber,
    external_reference_id: parcel.reference,
    ship_with: { type: 'shipping_option_code', properties: { shipping_option_code: option } },
    carrier: { code: option.split(':')[0], name: OPTIONS.find((each) => each.code === option)?.name ?? option },
    parcels: [
      {
        id,
        status: { code, message: code },
        documents: refusal === null ? [{ type: 'label', size: 'a6', link }] : [],
        tracking_number: refusal === null ? trackingNumber : '',
        tracking_url: refusal === null ? `${origin}/track/${trackingNumber}` : null,
      },
    ],
    errors: refusal === null ? [] : [{ status: '500', code: 'parcel_announcement_error', detail: refusal }],
  };
}

/** Names neither itself nor its parcel, as documented: only the label's address tells the parcel. */
function returnView(store: Store, parcel: SimulatedParcel, origin: string): object {
  const { id, option, orderNumber, refusal, trackingNumber, madeAt } = parcel;
  const cents = OPTIONS.find(({ code }) => code === option)?.cents ?? 0;
  return {
    order_number: orderNumber,
    shipping_option: { code: option },
    label_url: refusal === null ? `${origin}/parcels/${id}/documents/label` : null,
    label_cost: { value: cents / 100, currency: 'EUR' },
    tracking_number: refusal === null ? trackingNumber : null,
    tracking_url: refusal === null ? `${origin}/track/${trackingNumber}` : null,
    is_cancellable: parcel.cancelledAt === null,
    created_at: madeAt.toISOString(),
    status_history: [
      { carrier_update_timestamp: madeAt.toISOString(), parent_status: 'Ready to send' },
      ...(parcel.cancelledAt
        ? [{ carrier_update_timestamp: parcel.cancelledAt.toISOString(), parent_status: statusCode(store, parcel) }]
        : []),
    ],
    errors: refusal === null ? [] : [{ status: '500', code: 'parcel_announcement_error', detail: refusal }],
  };
}

function list(store: Store, { url }: SimulatedCall): SimulatedReply {
  const reference = url.searchParams.get('external_reference_id');
  const found = store.parcels.filter(
    (parcel) => !parcel.back && (reference === null || parcel.reference === reference),
  );
  return json({ data: found.slice(-40).map((parcel) => shipmentView(store, parcel, url.origin)) });
}

function listReturns(store: Store, { url }: SimulatedCall): SimulatedReply {
  const [from, to] = ['from_date', 'to_date'].map((name) => Date.parse(`${url.searchParams.get(name) ?? ''}Z`));
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to))
    return fault(400, 'required', 'from_date and to_date are required.');
  const found = store.parcels.filter(({ back, madeAt }) => back && madeAt.getTime() >= from && madeAt.getTime() <= to);
  return json({ next: null, previous: null, data: found.map((parcel) => returnView(store, parcel, url.origin)) });
}

function cancel({ deps }: Store, parcel: SimulatedParcel): SimulatedReply {
  if (parcel.cancelledAt) return fault(409, 'conflict', 'The cancellation was requested before.');
  parcel.cancelledAt = deps.clock();
  const message = 'Cancellation requested successfully';
  return json(parcel.back ? { message } : { data: { status: 'queued', message } }, 202);
}

function options(call: SimulatedCall): SimulatedReply {
  const wanted = read(InOptions, call);
  if (isReply(wanted)) return wanted;
  const kg = wanted.parcels[0]?.weight.value ?? 0;
  const fitting = OPTIONS.filter(({ back }) => back === wanted.functionalities.returns && kg <= MOST_KG);
  const data = fitting.map(({ code, name, carrier, cents, hours, back, point }) => ({
    code,
    name,
    carrier: { code: carrier, name: carrier },
    functionalities: { returns: back, last_mile: point ? 'service_point' : 'home_delivery' },
    contract: { id: 517 },
    quotes: [
      {
        price: { breakdown: [], total: { value: ((cents + Math.ceil(kg) * 40) / 100).toFixed(2), currency: 'EUR' } },
        lead_time: hours,
      },
    ],
  }));
  return json({ data });
}

function track({ deps }: Store, { madeAt }: SimulatedParcel): SimulatedReply {
  const events = journeyOf(madeAt, deps.clock()).map(({ at, step, text }) => ({
    event_at: at.toISOString(),
    event_type: 'carrier',
    status_code: statusOf(step),
    status_description: text,
    sub_status_code: 'none',
  }));
  return json({ details: { expected_delivery_date: null }, events });
}

async function label({ deps }: Store, parcel: SimulatedParcel, call: SimulatedCall): Promise<SimulatedReply> {
  if (parcel.refusal !== null) return fault(404, 'not_found', 'The parcel has no label.');
  const mime = call.headers.get('accept') ?? 'application/pdf';
  const file = mime === 'application/zpl' ? 'zpl' : mime === 'image/png' ? 'png' : 'pdf';
  const bytes = await deps.drawLabel({
    carrier: `Sendcloud ${parcel.option.split(':')[0]}`,
    service: parcel.option,
    from: parcel.from,
    to: parcel.to,
    trackingNumber: parcel.labelNumber,
    symbols: [{ kind: 'code128', text: parcel.labelNumber }],
    media: '100x150',
    dpi: call.url.searchParams.get('dpi') === '300' ? 300 : 203,
    file,
  });
  const half = parcel.halfFile;
  parcel.halfFile = false;
  return { headers: { 'content-type': mime }, body: half ? bytes.subarray(0, bytes.length / 2) : bytes };
}

function servicePoints({ url }: SimulatedCall): SimulatedReply {
  const query = url.searchParams;
  const country = query.get('country_code') ?? '';
  if (country === '' || query.get('use_integration_carriers') !== 'true')
    return fault(400, 'required', 'country_code and use_integration_carriers are required.');
  const results = ['Tabac du Port', 'Epicerie du Marché', 'Pressing de la Gare'].map((name, at) => ({
    id: 1_000_001 + at,
    name,
    carrier: { code: 'mondial_relay', name: 'Mondial Relay' },
    address: {
      street: 'rue de la Paix',
      house_number: String(3 + at),
      postal_code: query.get('address_postal_code') ?? '',
      city: query.get('address_city') ?? '',
      country_code: country,
    },
    distance: 120 + 240 * at,
  }));
  return json({ data: { results, geocoding: null } });
}
