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
  InManifest,
  InRefund,
  InShipment,
  InTransaction,
  numberFor,
  rate,
  type SimulatedRate,
  type SimulatedShipment,
  type SimulatedTransaction,
  trackStatus,
} from './simulated-shipments.ts';

/** Carriers take weeks over a refund. */
const REFUND_MS = 14 * 24 * 3_600_000;

interface Store {
  readonly deps: SimulatorDeps;
  readonly shipments: Map<string, SimulatedShipment>;
  readonly transactions: Map<string, SimulatedTransaction>;
  readonly files: Map<string, { readonly bytes: Uint8Array; half: boolean }>;
  count: number;
  numbers: number;
}
type Answer = SimulatedReply | Promise<SimulatedReply>;

/** Shippo as its documents show it; every token that begins with `shippo_test_` or `shippo_live_` is known. */
export function simulateShippo(deps: SimulatorDeps): SimulatedCarrier {
  const store: Store = {
    deps,
    shipments: new Map(),
    transactions: new Map(),
    files: new Map(),
    count: 0,
    numbers: deps.soldBefore ?? 0,
  };
  const sold = () =>
    [...store.transactions.values()].map(({ metadata, trackingNumber, refundedAt }) => ({
      reference: metadata,
      trackingNumber,
      voided: refundedAt !== null,
    }));
  return createSimulator({ name: 'shippo', routes: routesOf(store), sold }, deps.hangMs);
}

function routesOf(store: Store): readonly SimulatedRoute[] {
  const route = (method: string, path: RegExp, answer: (call: SimulatedCall) => Answer): SimulatedRoute => ({
    method,
    path,
    answer: async (call) =>
      /^ShippoToken shippo_(?:test|live)_/.test(call.headers.get('authorization') ?? '')
        ? answer(call)
        : json({ detail: 'Token does not exist' }, 401),
  });
  const one =
    <T>(kept: ReadonlyMap<string, T>, show: (found: T, call: SimulatedCall) => object) =>
    (call: SimulatedCall) => {
      const found = kept.get(call.params[0] ?? '');
      return found ? json(show(found, call)) : json({ detail: 'Not found.' }, 404);
    };
  const rates = {
    get: (id: string) => [...store.shipments.values()].flatMap((each) => each.rates).find((each) => each.id === id),
  };
  return [
    route('GET', /^\/carrier_accounts\/?$/, () => json({ next: null, previous: null, results: [] })),
    route('POST', /^\/shipments\/?$/, (call) => create(store, call)),
    route(
      'GET',
      /^\/shipments\/([^/]+)\/?$/,
      one(store.shipments, (shipment) => shipmentView(shipment)),
    ),
    route('GET', /^\/rates\/([^/]+)\/?$/, ({ params }) => {
      const found = rates.get(params[0] ?? '');
      return found ? json(rateView(found)) : json({ detail: 'Not found.' }, 404);
    }),
    { ...route('POST', /^\/transactions\/?$/, (call) => buy(store, call)), buys: true },
    route('GET', /^\/transactions\/?$/, (call) => list(store, call)),
    route(
      'GET',
      /^\/transactions\/([^/]+)\/?$/,
      one(store.transactions, (made, { url }) => view(store, made, url.origin)),
    ),
    route('POST', /^\/refunds\/?$/, (call) => refund(store, call)),
    route('GET', /^\/tracks\/([^/]+)\/([^/]+)\/?$/, (call) => track(store, call)),
    route('POST', /^\/manifests\/?$/, (call) => manifest(store, call)),
    route('GET', /^\/v2\/addresses\/validate$/, ({ url }) => validate(url.searchParams)),
    // Files lie with a storage service and ask for no token.
    { method: 'GET', path: /^\/files\/(.+)$/, answer: async ({ params }) => fileOf(store, params[0] ?? '') },
  ];
}

const json = (body: object, status = 200): SimulatedReply => ({ status, body: JSON.stringify(body) });
const isReply = (value: object): value is SimulatedReply => 'body' in value && 'status' in value;

/** What does not fit is named as Shippo does: a tree of fields with lists of words. */
function read<T extends object>(schema: z.ZodType<T>, { body }: SimulatedCall): T | SimulatedReply {
  const parsed = schema.safeParse(JSON.parse(body === '' ? '{}' : body));
  if (parsed.success) return parsed.data;
  const rows = parsed.error.issues.map(({ path, message }) =>
    [...path].reverse().reduce<unknown>((inner, name) => ({ [String(name)]: inner }), [message]),
  );
  return json(rows.length === 1 ? Object(rows[0]) : { __all__: rows }, 400);
}

function nextId(store: Store): string {
  store.count += 1;
  return store.count.toString(16).padStart(32, '0');
}

function create(store: Store, call: SimulatedCall): SimulatedReply {
  const given = read(InShipment, call);
  if (isReply(given)) return given;
  const id = nextId(store);
  const shipment = { id, given, ...rate(given, { shipment: id, next: () => nextId(store) }) };
  store.shipments.set(id, shipment);
  return json(shipmentView(shipment), 201);
}

async function buy(store: Store, call: SimulatedCall): Promise<SimulatedReply> {
  const wanted = read(InTransaction, call);
  if (isReply(wanted)) return wanted;
  const shipment = [...store.shipments.values()].find(({ rates }) => rates.some(({ id }) => id === wanted.rate));
  const chosen = shipment?.rates.find(({ id }) => id === wanted.rate);
  if (!shipment || !chosen) return json({ rate: [`Rate with supplied object_id ${wanted.rate} not found.`] }, 400);
  const made = await sell(store, { shipment, chosen, wanted, fault: call.fault });
  return json(view(store, made, call.url.origin), 201);
}

interface Sale {
  readonly shipment: SimulatedShipment;
  readonly chosen: SimulatedRate;
  readonly wanted: z.infer<typeof InTransaction>;
  readonly fault: ContentFault | null;
}

async function sell(store: Store, { shipment, chosen, wanted, fault }: Sale): Promise<SimulatedTransaction> {
  const before = [...store.transactions.values()].at(-1);
  const id = nextId(store);
  store.numbers += 1;
  const trackingNumber = numberFor(chosen.provider, store.numbers);
  const form = wanted.label_file_type === 'ZPLII' ? 'zpl' : wanted.label_file_type === 'PNG' ? 'png' : 'pdf';
  const fileName = `${id}.${form}`;
  const made: SimulatedTransaction = {
    id,
    rate: chosen,
    metadata: wanted.metadata,
    madeAt: store.deps.clock(),
    ...(fault === 'same-label' && before
      ? { trackingNumber: before.trackingNumber, fileName: before.fileName }
      : { trackingNumber, fileName }),
    refundedAt: null,
    onManifest: false,
  };
  store.transactions.set(id, made);
  const shown = fault === 'wrong-label' ? numberFor(chosen.provider, store.numbers + 500_000) : trackingNumber;
  const bytes = await store.deps.drawLabel(labelOf(shipment, { chosen, trackingNumber: shown, form }));
  store.files.set(fileName, { bytes, half: fault === 'half-file' });
  return made;
}

function labelOf(
  { given }: SimulatedShipment,
  { chosen, trackingNumber, form }: { chosen: SimulatedRate; trackingNumber: string; form: SimulatedLabel['file'] },
): SimulatedLabel {
  const { from, to } = endsOf(given);
  const zip = to.postcode.slice(0, 5);
  const routed = chosen.provider === 'USPS' && to.country === 'US' && /^[0-9]{5}$/.test(zip);
  return {
    carrier: `Shippo ${chosen.provider}`,
    service: chosen.name,
    from,
    to,
    trackingNumber,
    symbols: [
      routed
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
  if (!file)
    return { status: 403, headers: { 'content-type': 'application/xml' }, body: '<Error>AccessDenied</Error>' };
  const bytes = file.half ? file.bytes.subarray(0, file.bytes.length / 2) : file.bytes;
  file.half = false;
  return { headers: { 'content-type': 'application/octet-stream' }, body: bytes };
}

function statusOf({ deps }: Store, { refundedAt }: SimulatedTransaction): string {
  if (!refundedAt) return 'SUCCESS';
  return deps.clock().getTime() - refundedAt.getTime() >= REFUND_MS ? 'REFUNDED' : 'REFUNDPENDING';
}

function view(store: Store, made: SimulatedTransaction, origin: string): object {
  return {
    object_id: made.id,
    object_state: 'VALID',
    object_created: made.madeAt.toISOString(),
    status: statusOf(store, made),
    rate: made.rate.id,
    metadata: made.metadata,
    tracking_number: made.trackingNumber,
    tracking_url_provider: `${origin}/track/${made.trackingNumber}`,
    label_url: `${origin}/files/${made.fileName}`,
    commercial_invoice_url: null,
    messages: [],
    test: true,
  };
}

/** Newest first, the rate as an object. */
function list(store: Store, { url }: SimulatedCall): SimulatedReply {
  const page = Number(url.searchParams.get('page') ?? '1');
  const size = Number(url.searchParams.get('results') ?? '5');
  const all = [...store.transactions.values()].reverse();
  const results = all.slice((page - 1) * size, page * size);
  const more = all.length > page * size;
  return json({
    next: more ? `${url.origin}/transactions?page=${page + 1}&results=${size}` : null,
    previous: null,
    results: results.map((made) => ({ ...view(store, made, url.origin), rate: rateView(made.rate) })),
  });
}

const rateView = ({ id, shipment, provider, token, name, amount, currency, days }: SimulatedRate): object => ({
  object_id: id,
  shipment,
  provider,
  amount,
  currency,
  carrier_account: `account-${provider.toLowerCase()}`,
  servicelevel: { name, token },
  estimated_days: days,
});

const shipmentView = ({ id, rates, messages, given }: SimulatedShipment): object => ({
  object_id: id,
  status: 'SUCCESS',
  address_from: { ...given.address_from, object_id: `address-${id}` },
  rates: rates.map(rateView),
  messages,
});

function refund(store: Store, call: SimulatedCall): SimulatedReply {
  const wanted = read(InRefund, call);
  if (isReply(wanted)) return wanted;
  const made = store.transactions.get(wanted.transaction);
  if (!made) return json({ transaction: ['Transaction with supplied object_id not found.'] }, 400);
  if (made.refundedAt) return json({ __all__: ['A refund was already requested for this transaction.'] }, 400);
  made.refundedAt = store.deps.clock();
  return json({ object_id: nextId(store), status: 'PENDING', transaction: made.id, test: true }, 201);
}

function track(store: Store, { params }: SimulatedCall): SimulatedReply {
  const number = decodeURIComponent(params[1] ?? '');
  const made = [...store.transactions.values()].find(({ trackingNumber }) => trackingNumber === number);
  const steps = made ? journeyOf(made.madeAt, store.deps.clock()) : [];
  const history = steps.map(({ at, step, text }) => {
    const { status, code } = trackStatus(step);
    return {
      status,
      status_details: text,
      status_date: at.toISOString(),
      substatus: { code, text, action_required: false },
      location: null,
    };
  });
  const body = { carrier: params[0], tracking_number: number, eta: null };
  return json({ ...body, tracking_status: history.at(-1) ?? null, tracking_history: history });
}

/** Each parcel once; all of one carrier account. */
async function manifest(store: Store, call: SimulatedCall): Promise<SimulatedReply> {
  const wanted = read(InManifest, call);
  if (isReply(wanted)) return wanted;
  const made = wanted.transactions.map((id) => store.transactions.get(id));
  const able = made.filter(
    (each) =>
      each &&
      !each.onManifest &&
      !each.refundedAt &&
      `account-${each.rate.provider.toLowerCase()}` === wanted.carrier_account,
  );
  const [first] = able;
  const shipment = first && store.shipments.get(first.rate.shipment);
  if (!first || !shipment || able.length < made.length)
    return json(
      { transactions: ['A transaction is unknown, on a manifest already, or of another carrier account.'] },
      400,
    );
  for (const each of able) if (each) each.onManifest = true;
  const id = nextId(store);
  const label = labelOf(shipment, { chosen: first.rate, trackingNumber: first.trackingNumber, form: 'pdf' });
  const bytes = await store.deps.drawLabel({ ...label, service: 'Manifest', symbols: [{ kind: 'code128', text: id }] });
  store.files.set(`manifest-${id}.pdf`, { bytes, half: false });
  const documents = [`${call.url.origin}/files/manifest-${id}.pdf`];
  return json({ ...wanted, object_id: id, status: 'SUCCESS', documents, errors: [] }, 201);
}

/** Every address is known but those in a city that is none. */
function validate(query: URLSearchParams): SimulatedReply {
  const given = Object.fromEntries(query);
  const unknown = /^not a city$/i.test(given.city_locality ?? '') || (given.postal_code ?? '') === '';
  const reason = { code: 'address_not_found', type: 'error', description: 'The address was not found.' };
  return json({
    original_address: given,
    recommended_address: unknown ? null : given,
    analysis: { validation_result: { value: unknown ? 'invalid' : 'valid', reasons: unknown ? [reason] : [] } },
  });
}
