import type { z } from 'zod';
import { buildImpb } from '../../../shared/carriers/usps.ts';
import { journeyOf } from '../carrier-journey.ts';
import {
  createSimulator,
  type SimulatedCall,
  type SimulatedCarrier,
  type SimulatedReply,
  type SimulatedRoute,
  type SimulatorDeps,
} from '../carrier-simulator.ts';
import {
  asAddress,
  InLabel,
  InPayment,
  InPrices,
  InReprint,
  InScanForm,
  InToken,
  MOST_POUNDS,
  priceOf,
} from './simulated-checks.ts';

/** Credentials that the simulated USPS knows. */
export const simulatedUspsAccount = {
  clientId: 'simulated-client',
  clientSecret: 'simulated-secret',
  crid: '12345678',
  mailerId: '901103680',
  manifestMid: '901103680',
  paymentAccount: '1000012345',
  originName: 'Simulated Shop',
  originStreet: '388 Townsend St',
  originCity: 'San Francisco',
  originState: 'CA',
  originZip: '94107',
} as const;

interface Sold {
  readonly key: string;
  readonly trackingNumber: string;
  readonly postage: number;
  readonly at: Date;
  readonly draw: (imageType: string) => Promise<Uint8Array>;
  reprints: number;
  cancelled: boolean;
}

interface Store {
  readonly deps: SimulatorDeps;
  readonly sold: Sold[];
  /** Tokens of either kind, and when they end. */
  readonly tokens: Map<string, number>;
  manifests: number;
}

const EIGHT_HOURS_MS = 8 * 3_600_000;

/** USPS APIs v3 as their documents describe them. */
export function simulateUsps(deps: SimulatorDeps): SimulatedCarrier {
  const store: Store = { deps, sold: [], tokens: new Map(), manifests: 0 };
  const sold = () =>
    store.sold.map(({ key, trackingNumber, cancelled }) => ({ reference: key, trackingNumber, voided: cancelled }));
  return createSimulator({ name: 'usps', routes: routesOf(store), sold }, deps.hangMs);
}

const json = (body: object, status = 200): SimulatedReply => ({ status, body: JSON.stringify(body) });
const refuse = (status: number, code: string, detail: string, parameter = ''): SimulatedReply =>
  json(
    {
      apiVersion: '/labels/v3',
      error: { code: String(status), message: detail, errors: [{ code, detail, source: { parameter } }] },
    },
    status,
  );

/** The body by its schema, or what USPS says against it. */
function read<T>(schema: z.ZodType<T>, body: string): { given: T } | { against: SimulatedReply } {
  const parsed = schema.safeParse(JSON.parse(body));
  if (parsed.success) return { given: parsed.data };
  const [issue] = parsed.error.issues;
  const path = issue?.path.join('.') ?? '';
  return { against: refuse(400, '160001', `${path}: ${issue?.message ?? 'is not valid'}`, path) };
}

type Answer = (call: SimulatedCall) => SimulatedReply | Promise<SimulatedReply>;

function routesOf(store: Store): readonly SimulatedRoute[] {
  const route = (method: string, path: RegExp, answer: Answer): SimulatedRoute => ({
    method,
    path,
    answer: async (call) =>
      isKnown(store, call.headers, 'authorization') ? answer(call) : refuse(401, '401', 'Invalid token'),
  });
  const paid = (path: RegExp, answer: Answer): SimulatedRoute =>
    route('POST', path, (call) =>
      isKnown(store, call.headers, 'x-payment-authorization-token')
        ? answer(call)
        : refuse(401, '401', 'The payment authorization has ended.'),
    );
  return [
    { method: 'POST', path: /^\/oauth2\/v3\/token$/, answer: async (call) => giveToken(store, call) },
    route('POST', /^\/payments\/v3\/payment-authorization$/, (call) => authorize(store, call)),
    route('POST', /^\/prices\/v3\/base-rates\/search$/, prices),
    { ...paid(/^\/labels\/v3\/label$/, (call) => sell(store, call)), buys: true },
    { ...paid(/^\/labels\/v3\/return-label$/, (call) => sell(store, call)), buys: true },
    paid(/^\/labels\/v3\/label-reprint(?:\/(\d+))?$/, (call) => reprint(store, call)),
    route('DELETE', /^\/labels\/v3\/label\/(\d+)$/, (call) => cancel(store, call)),
    route('GET', /^\/tracking\/v3\/tracking\/(\d+)$/, (call) => track(store, call)),
    route('POST', /^\/scan-forms\/v3\/scan-form$/, (call) => scanForm(store, call)),
  ];
}

function isKnown({ deps, tokens }: Store, headers: Headers, name: string): boolean {
  const until = tokens.get((headers.get(name) ?? '').replace(/^Bearer /, '')) ?? 0;
  return until > deps.clock().getTime();
}

function newToken({ deps, tokens }: Store, kind: string): string {
  const token = `simulated-${kind}-${tokens.size + 1}`;
  tokens.set(token, deps.clock().getTime() + EIGHT_HOURS_MS);
  return token;
}

function giveToken(store: Store, { body }: SimulatedCall): SimulatedReply {
  const { clientId, clientSecret } = simulatedUspsAccount;
  const given = InToken.safeParse(JSON.parse(body)).data;
  if (given?.client_id !== clientId || given.client_secret !== clientSecret)
    return json({ error: 'invalid_client', error_description: 'Client credentials are not valid.' }, 401);
  // USPS writes the seconds as a text.
  return json({
    access_token: newToken(store, 'token'),
    token_type: 'Bearer',
    expires_in: String(EIGHT_HOURS_MS / 1_000),
  });
}

function authorize(store: Store, { body }: SimulatedCall): SimulatedReply {
  const asked = read(InPayment, body);
  if ('against' in asked) return asked.against;
  const { crid, paymentAccount } = simulatedUspsAccount;
  if (asked.given.roles.some(({ CRID, accountNumber }) => CRID !== crid || accountNumber !== paymentAccount))
    return refuse(400, '500001', 'The payment account does not belong to this customer.');
  return json({ paymentAuthorizationToken: newToken(store, 'payment'), roles: asked.given.roles });
}

function prices({ body }: SimulatedCall): SimulatedReply {
  const asked = read(InPrices, body);
  if ('against' in asked) return asked.against;
  const price = priceOf(asked.given);
  if (price === undefined || asked.given.weight > MOST_POUNDS)
    return refuse(400, '030007', 'No rate was found for this parcel.', 'weight');
  return json({ totalBasePrice: price, rates: [{ mailClass: asked.given.mailClass, price }] });
}

/** Serials have nine digits; this one no parcel has. */
const NOBODYS = 9_999_999;
const numberAt = (serial: number): string =>
  buildImpb({ channel: '92', serviceType: '001', mailerId: simulatedUspsAccount.mailerId, digits: 22 }, serial);

async function sell(store: Store, call: SimulatedCall): Promise<SimulatedReply> {
  const asked = read(InLabel, call.body);
  if ('against' in asked) return asked.against;
  const { packageDescription, imageInfo } = asked.given;
  const postage = priceOf(packageDescription);
  const key = call.headers.get('x-idempotency-key') ?? '';
  if (postage === undefined)
    return refuse(400, '160110', 'The mail class is not known.', 'packageDescription.mailClass');
  if (packageDescription.weight > MOST_POUNDS)
    return refuse(400, '160120', 'The weight must not exceed 70 pounds.', 'packageDescription.weight');
  if (packageDescription.mailClass.endsWith('_RETURN_SERVICE') !== call.url.pathname.endsWith('/return-label'))
    return refuse(400, '160111', 'The mail class does not fit this label.', 'packageDescription.mailClass');
  const own = numberAt((store.deps.soldBefore ?? 0) + store.sold.length + 1);
  const number = call.fault === 'same-label' ? (store.sold.at(-1)?.trackingNumber ?? own) : own;
  const draw = drawerOf(store, asked.given, call.fault === 'wrong-label' ? numberAt(NOBODYS) : number);
  const bytes = await draw(imageInfo.imageType);
  const at = store.deps.clock();
  store.sold.push({ key, trackingNumber: number, postage, at, draw, reprints: 0, cancelled: false });
  const shown = call.fault === 'half-file' ? bytes.subarray(0, bytes.length / 2) : bytes;
  return json({ ...saidOf(number, postage), labelImage: Buffer.from(shown).toString('base64') }, 201);
}

const saidOf = (trackingNumber: string, postage: number): object => ({
  trackingNumber,
  postage,
  extraServices: [{ name: 'USPS Tracking', price: 0 }],
  fees: [],
});

function drawerOf({ deps }: Store, { toAddress, fromAddress, packageDescription }: InLabel, number: string) {
  return (imageType: string): Promise<Uint8Array> =>
    deps.drawLabel({
      carrier: 'USPS',
      service: packageDescription.mailClass,
      from: asAddress(fromAddress),
      to: asAddress(toAddress),
      trackingNumber: number,
      symbols: [{ kind: 'gs1-128', text: `(420)${toAddress.ZIPCode}(${number.slice(0, 2)})${number.slice(2)}` }],
      media: '4x6',
      dpi: imageType === 'ZPL300DPI' ? 300 : 203,
      file: imageType === 'PDF' ? 'pdf' : 'zpl',
    });
}

const MOST_REPRINTS = 3;

async function reprint({ sold }: Store, { params: [number], headers, body }: SimulatedCall): Promise<SimulatedReply> {
  const asked = read(InReprint, body);
  if ('against' in asked) return asked.against;
  const key = headers.get('x-idempotency-key');
  const found = sold.findLast((one) => (number === undefined ? one.key === key : one.trackingNumber === number));
  if (!found) return refuse(400, '160412', 'No label was found for a mailing date within the last 7 days.');
  if (found.cancelled) return refuse(400, '160979', 'Canceled labels are unavailable for reprint', 'trackingNumber');
  if (found.reprints >= MOST_REPRINTS) return refuse(400, '160413', 'The label was reprinted as often as is allowed.');
  found.reprints += 1;
  const labelImage = Buffer.from(await found.draw(asked.given.imageInfo.imageType)).toString('base64');
  const reprintInfo = { reprintNumber: found.reprints, reprintLimit: MOST_REPRINTS };
  return json({ labelMetadata: saidOf(found.trackingNumber, found.postage), labelImage, reprintInfo });
}

const findSold = ({ sold }: Store, number: string | undefined): Sold | undefined =>
  sold.find(({ trackingNumber }) => trackingNumber === number);

function cancel(store: Store, { params: [number] }: SimulatedCall): SimulatedReply {
  const found = findSold(store, number);
  if (!found) return refuse(400, '160414', 'The label does not exist.', 'trackingNumber');
  if (found.cancelled) return refuse(400, '160415', 'The label was canceled before.', 'trackingNumber');
  found.cancelled = true;
  return json({ trackingNumber: number, status: 'CANCELED' });
}

const STEPS = {
  label: ['GX', 'Pre-Shipment', 'Shipping Label Created, USPS Awaiting Item'],
  'picked-up': ['03', 'Accepted', 'Accepted at USPS Origin Facility'],
  'in-transit': ['10', 'In Transit', 'Processed Through Facility'],
  'out-for-delivery': ['OF', 'Out for Delivery', 'Out for Delivery'],
  delivered: ['01', 'Delivered', 'Delivered, Front Door/Porch'],
} as const;

function track(store: Store, { params: [number] }: SimulatedCall): SimulatedReply {
  const found = findSold(store, number);
  if (!found) return refuse(404, '404', 'A status update is not yet available.', 'trackingNumber');
  const steps = journeyOf(found.at, store.deps.clock());
  const trackingEvents = steps.map(({ at, step }) => {
    const [eventCode, , eventType] = STEPS[step];
    const GMTTimestamp = at.toISOString();
    return { eventCode, eventType, eventTimestamp: GMTTimestamp, GMTTimestamp, eventCity: 'DENVER', eventState: 'CO' };
  });
  const last = steps.at(-1);
  const statusCategory = last ? STEPS[last.step][1] : 'Pre-Shipment';
  return json({ trackingNumber: number, statusCategory, trackingEvents: trackingEvents.reverse() });
}

/** A form of one empty page: what matters is that it comes. */
const FORM = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n%%EOF\n',
).toString('base64');

function scanForm(store: Store, { body }: SimulatedCall): SimulatedReply {
  const asked = read(InScanForm, body);
  if ('against' in asked) return asked.against;
  const { trackingNumbers } = asked.given.shipment;
  const unknown = trackingNumbers.find((number) => findSold(store, number)?.cancelled !== false);
  if (unknown !== undefined) return refuse(400, '180010', `${unknown} cannot be on a form.`, 'trackingNumbers');
  store.manifests += 1;
  const manifestNumber = `9275090110368${String(store.manifests).padStart(9, '0')}`;
  const part = (type: string, name: string, text: string): string =>
    `--uspsparts\r\nContent-Type: ${type}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
  const said = part('application/json', 'SCANFormMetadata', JSON.stringify({ manifestNumber, trackingNumbers }));
  return {
    status: 201,
    headers: { 'content-type': 'multipart/form-data; boundary=uspsparts' },
    body: `${said}${part('application/pdf', 'SCANFormImage', FORM)}--uspsparts--\r\n`,
  };
}
