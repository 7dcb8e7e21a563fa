import type { z } from 'zod';
import { journeyOf } from '../carrier-journey.ts';
import {
  type ContentFault,
  createSimulator,
  type SimulatedCall,
  type SimulatedCarrier,
  type SimulatedLabel,
  type SimulatedReply,
  type SimulatedRoute,
  type SimulatorDeps,
} from '../carrier-simulator.ts';
import {
  endsOf,
  InBuy,
  InScanForm,
  InShipment,
  InTracker,
  InVerify,
  numberFor,
  rate,
  type SimulatedRate,
  type SimulatedShipment,
  trackerStatus,
} from './simulated-shipments.ts';

/** Refunds of USPS take at least 15 days (docs.easypost.com/docs/shipments/shipping-refund). */
const REFUND_MS = 15 * 24 * 3_600_000;

interface Store {
  readonly deps: SimulatorDeps;
  readonly shipments: Map<string, SimulatedShipment>;
  readonly files: Map<string, { readonly bytes: Uint8Array; half: boolean }>;
  lastSold: SimulatedShipment | null;
  count: number;
  numbers: number;
}

type Answer = SimulatedReply | Promise<SimulatedReply>;

/** EasyPost as its documents and recordings show it; every key that begins with `EZTK` or `EZAK` is known. */
export function simulateEasypost(deps: SimulatorDeps): SimulatedCarrier {
  const store: Store = {
    deps,
    shipments: new Map(),
    files: new Map(),
    lastSold: null,
    count: 0,
    numbers: deps.soldBefore ?? 0,
  };
  const sold = () =>
    [...store.shipments.values()].flatMap(({ given, bought, refundedAt }) =>
      bought
        ? [{ reference: given.reference ?? '', trackingNumber: bought.trackingNumber, voided: refundedAt !== null }]
        : [],
    );
  return createSimulator({ name: 'easypost', routes: routesOf(store), sold }, deps.hangMs);
}

function routesOf(store: Store): readonly SimulatedRoute[] {
  const route = (method: string, path: RegExp, answer: (call: SimulatedCall) => Answer): SimulatedRoute => ({
    method,
    path,
    answer: async (call) =>
      isKnown(call.headers) ? answer(call) : fault(401, 'UNAUTHORIZED', 'This API key is no longer active.'),
  });
  const onShipment =
    (answer: (shipment: SimulatedShipment, call: SimulatedCall) => Answer) =>
    (call: SimulatedCall): Answer => {
      const shipment = findShipment(store, decodeURIComponent(call.params[0] ?? ''));
      return shipment ? answer(shipment, call) : fault(404, 'NOT_FOUND', 'The requested resource could not be found.');
    };
  const show = onShipment((shipment, call) => json(view(store, shipment, call.url.origin)));
  return [
    route('GET', /^\/v2\/shipments$/, () => json({ shipments: [], has_more: false })),
    route('POST', /^\/v2\/shipments$/, (call) => create(store, call)),
    route('GET', /^\/v2\/shipments\/([^/]+)$/, show),
    route('POST', /^\/v2\/shipments\/([^/]+)\/rerate$/, show),
    {
      ...route(
        'POST',
        /^\/v2\/shipments\/([^/]+)\/buy$/,
        onShipment((s, call) => buy(store, s, call)),
      ),
      buys: true,
    },
    route(
      'POST',
      /^\/v2\/shipments\/([^/]+)\/refund$/,
      onShipment((s, call) => refund(store, s, call)),
    ),
    route('POST', /^\/v2\/trackers$/, (call) => track(store, call)),
    route('POST', /^\/v2\/scan_forms$/, (call) => scanForm(store, call)),
    route('POST', /^\/v2\/addresses\/create_and_verify$/, verify),
    // Files lie with a storage service and ask for no key.
    { method: 'GET', path: /^\/files\/(.+)$/, answer: async ({ params }) => fileOf(store, params[0] ?? '') },
  ];
}

const json = (body: object, status = 200): SimulatedReply => ({ status, body: JSON.stringify(body) });
const fault = (status: number, code: string, message: string, errors: readonly object[] = []): SimulatedReply =>
  json({ error: { code, message, errors } }, status);

function isKnown(headers: Headers): boolean {
  const [scheme, sent = ''] = (headers.get('authorization') ?? '').split(' ');
  return scheme === 'Basic' && /^EZ[TA]K[^:]*:$/.test(Buffer.from(sent, 'base64').toString());
}

function read<T>(schema: z.ZodType<T>, { body }: SimulatedCall): T | SimulatedReply {
  const parsed = schema.safeParse(JSON.parse(body === '' ? '{}' : body));
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  return fault(422, 'PARAMETER.REQUIRED', 'Missing required parameter.', errors);
}
const isReply = (value: object): value is SimulatedReply => 'body' in value && 'status' in value;

/** A reference is not unique: the last shipment that bears it answers. */
function findShipment({ shipments }: Store, name: string): SimulatedShipment | undefined {
  return shipments.get(name) ?? [...shipments.values()].reverse().find(({ given }) => given.reference === name);
}

function nextId(store: Store, prefix: string): string {
  store.count += 1;
  return `${prefix}_${store.count.toString(16).padStart(32, '0')}`;
}

function create(store: Store, call: SimulatedCall): SimulatedReply {
  const input = read(InShipment, call);
  if (isReply(input)) return input;
  const given = input.shipment;
  for (const country of [given.to_address.country, given.from_address.country])
    if (!/^[A-Z]{2}$/.test(country)) return fault(422, 'ADDRESS.COUNTRY.INVALID', 'Invalid country.');
  const shipment: SimulatedShipment = {
    id: nextId(store, 'shp'),
    given,
    createdAt: store.deps.clock(),
    ...rate(given, (prefix) => nextId(store, prefix)),
    bought: null,
    refundedAt: null,
    onScanForm: false,
  };
  store.shipments.set(shipment.id, shipment);
  return json(view(store, shipment, call.url.origin), 201);
}

async function buy(store: Store, shipment: SimulatedShipment, call: SimulatedCall): Promise<SimulatedReply> {
  if (shipment.bought) return fault(422, 'SHIPMENT.POSTAGE.EXISTS', 'Postage already exists for this shipment.');
  const input = read(InBuy, call);
  if (isReply(input)) return input;
  const chosen = shipment.rates.find(({ id }) => id === input.rate.id);
  if (!chosen) return fault(404, 'RATE.NOT_FOUND', 'The rate is not one of this shipment.');
  await sell(store, { shipment, chosen, fault: call.fault });
  return json(view(store, shipment, call.url.origin));
}

async function sell(
  store: Store,
  {
    shipment,
    chosen,
    fault: planned,
  }: { shipment: SimulatedShipment; chosen: SimulatedRate; fault: ContentFault | null },
): Promise<void> {
  const before = store.lastSold?.bought;
  store.numbers += 1;
  const serial = 1_000 + store.numbers;
  const trackingNumber = numberFor(chosen.carrier, serial);
  const format = shipment.given.options.label_format.toLowerCase();
  const form = format === 'pdf' || format === 'zpl' ? format : 'png';
  const fileName = `postage_label/${shipment.id}.${form}`;
  const shown = planned === 'wrong-label' ? numberFor(chosen.carrier, serial + 500_000) : trackingNumber;
  const bytes = await store.deps.drawLabel(labelOf(shipment, { chosen, trackingNumber: shown, form }));
  store.files.set(fileName, { bytes, half: planned === 'half-file' });
  const same = planned === 'same-label' && before ? before : { trackingNumber, fileName };
  shipment.bought = {
    rate: chosen,
    trackingNumber: same.trackingNumber,
    fileName: same.fileName,
    at: store.deps.clock(),
  };
  store.lastSold = shipment;
}

function labelOf(
  { given }: SimulatedShipment,
  { chosen, trackingNumber, form }: { chosen: SimulatedRate; trackingNumber: string; form: SimulatedLabel['file'] },
): SimulatedLabel {
  const { from, to } = endsOf(given);
  const zip = to.postcode.replace(/\D/g, '').slice(0, 5);
  return {
    carrier: `EasyPost ${chosen.carrier}`,
    service: chosen.service,
    from,
    to,
    trackingNumber,
    symbols: [
      chosen.carrier === 'USPS' && to.country === 'US' && zip.length === 5
        ? { kind: 'gs1-128', text: `(420)${zip}(${trackingNumber.slice(0, 2)})${trackingNumber.slice(2)}` }
        : { kind: 'code128', text: trackingNumber },
    ],
    media: '4x6',
    dpi: 203,
    file: form,
  };
}

function fileOf({ files }: Store, name: string): SimulatedReply {
  const file = files.get(name);
  if (!file) return { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>NoSuchKey</html>' };
  const bytes = file.half ? file.bytes.subarray(0, file.bytes.length / 2) : file.bytes;
  file.half = false;
  return { headers: { 'content-type': 'application/octet-stream' }, body: bytes };
}

function refund({ deps }: Store, shipment: SimulatedShipment, call: SimulatedCall): SimulatedReply {
  if (!shipment.bought)
    return fault(422, 'SHIPMENT.REFUND.UNAVAILABLE', 'Refund is not available: no postage was bought.');
  if (shipment.refundedAt) return fault(422, 'REFUND.ALREADY_SUBMITTED', 'A refund was already submitted.');
  shipment.refundedAt = deps.clock();
  return json(view({ deps }, shipment, call.url.origin));
}

function view({ deps }: Pick<Store, 'deps'>, shipment: SimulatedShipment, origin: string): object {
  const { id, given, createdAt, bought, refundedAt, rates, messages } = shipment;
  const now = deps.clock();
  const refunded = refundedAt && now.getTime() - refundedAt.getTime() >= REFUND_MS ? 'refunded' : 'submitted';
  const { customs_info, ...rest } = given;
  return {
    ...rest,
    id,
    object: 'Shipment',
    mode: 'test',
    reference: given.reference ?? null,
    created_at: createdAt.toISOString(),
    updated_at: (refundedAt ?? bought?.at ?? createdAt).toISOString(),
    customs_info: customs_info ?? null,
    rates: rates.map((each) => rateView(each, createdAt)),
    selected_rate: bought ? rateView(bought.rate, createdAt) : null,
    messages,
    tracking_code: bought?.trackingNumber ?? null,
    refund_status: refundedAt ? refunded : null,
    postage_label: bought
      ? { object: 'PostageLabel', label_size: '4x6', label_url: `${origin}/files/${bought.fileName}` }
      : null,
    tracker: bought ? { object: 'Tracker', public_url: `${origin}/track/${bought.trackingNumber}` } : null,
    forms: [],
  };
}

function rateView({ id, carrier, service, rate: amount, days }: SimulatedRate, from: Date): object {
  const by = new Date(from.getTime() + days * 24 * 3_600_000).toISOString();
  return { id, carrier, service, rate: amount, currency: 'USD', delivery_days: days, delivery_date: by };
}

function track(store: Store, call: SimulatedCall): SimulatedReply {
  const input = read(InTracker, call);
  if (isReply(input)) return input;
  const code = input.tracker.tracking_code;
  const at = [...store.shipments.values()].find(({ bought }) => bought?.trackingNumber === code)?.bought?.at;
  const steps = at ? journeyOf(at, store.deps.clock()) : [];
  const last = steps.at(-1);
  const details = steps.map((step) => ({
    message: step.text,
    status: trackerStatus(step.step),
    status_detail: step.step.replaceAll('-', '_'),
    datetime: step.at.toISOString(),
    tracking_location: { city: null, state: null, country: null, zip: null },
  }));
  return json({
    id: `trk_${code}`,
    object: 'Tracker',
    tracking_code: code,
    status: last ? trackerStatus(last.step) : 'unknown',
    est_delivery_date: null,
    tracking_details: details,
    public_url: null,
  });
}

/** USPS only, each parcel once. */
async function scanForm(store: Store, call: SimulatedCall): Promise<SimulatedReply> {
  const input = read(InScanForm, call);
  if (isReply(input)) return input;
  const shipments = input.scan_form.shipments.map(({ id }) => store.shipments.get(id));
  const able = shipments.filter((shipment) => shipment?.bought && !shipment.onScanForm && !shipment.refundedAt);
  const [first] = able;
  if (!first?.bought || able.length < shipments.length)
    return fault(422, 'SCAN_FORM.INVALID_SHIPMENTS', 'A shipment has no postage, or is on a form already.');
  for (const shipment of able) if (shipment) shipment.onScanForm = true;
  const id = nextId(store, 'sf');
  const label = labelOf(first, { chosen: first.bought.rate, trackingNumber: first.bought.trackingNumber, form: 'pdf' });
  const bytes = await store.deps.drawLabel({
    ...label,
    service: 'SCAN form',
    symbols: [{ kind: 'code128', text: id }],
  });
  store.files.set(`scan_form/${id}.pdf`, { bytes, half: false });
  return json({
    id,
    object: 'ScanForm',
    status: 'created',
    message: null,
    form_url: `${call.url.origin}/files/scan_form/${id}.pdf`,
  });
}

/** Every address is known but those in a city that is none: those come back as a success with errors, as recorded. */
function verify(call: SimulatedCall): SimulatedReply {
  const input = read(InVerify, call);
  if (isReply(input)) return input;
  const { street1, city, zip, country } = input.address;
  const notFound = { code: 'E.ADDRESS.NOT_FOUND', field: 'address', message: 'Address not found', suggestion: null };
  if (!/\d/.test(street1) || zip === '' || country === '')
    return fault(422, 'ADDRESS.VERIFY.FAILURE', 'Unable to verify address.', [notFound]);
  const errors = /^not a city$/i.test(city) ? [notFound] : [];
  const capitals = Object.entries(input.address).map(([part, value]) => [part, value.toUpperCase()]);
  const verifications = { delivery: { success: true, errors } };
  return json({ address: { id: 'adr_simulated', object: 'Address', ...Object.fromEntries(capitals), verifications } });
}
