import { AppError } from '../../../shared/errors.ts';
import type { Address } from '../../../shared/model/address.ts';
import type { AccountField } from '../../../shared/model/carrier.ts';
import type {
  Carrier,
  CarrierAnswer,
  CarrierConnector,
  CarrierDeps,
  FoundPurchase,
  Purchase,
  ShipmentRequest,
  VoidState,
} from '../carrier.ts';
import { baseUrlField, readConfig } from '../carrier-config.ts';
import { errorMessage, fetchFile, type JsonReply, readWire, refused } from '../carrier-json.ts';
import { labelFile } from '../carrier-label.ts';
import { scanTextsOf } from '../carrier-scan.ts';
import { type EasyPostClient, easypostClient } from './client.ts';
import {
  againstAddress,
  chooseRate,
  costOf,
  fromError,
  fromMessages,
  fromRates,
  fromRefund,
  fromTracker,
  fromVerified,
  serviceCode,
  serviceTitle,
  toAddress,
  toShipment,
} from './mapper.ts';
import {
  EasyPostError,
  EasyPostScanForm,
  EasyPostShipment,
  EasyPostShipmentList,
  EasyPostTracker,
  EasyPostVerified,
} from './wire.ts';

/** A purchase that nobody answered may still be under way: until then it is not said that it was not made. */
const IN_FLIGHT_MS = 90_000;

const fields: readonly AccountField[] = [
  { name: 'apiKey', kind: 'secret', required: true },
  { name: 'carrierAccounts', kind: 'text', required: false },
  baseUrlField('https://api.easypost.com'),
];

/** EasyPost: one contract, many carriers. Labels are bought of a wallet at once. */
export const easypostConnector: CarrierConnector = {
  name: 'easypost',
  title: 'EasyPost',
  abilities: [
    ...(['rates', 'buy', 'find', 'void', 'return-label', 'manifest'] as const),
    ...(['tracking', 'customs', 'multi-parcel', 'address-check'] as const),
  ],
  billing: 'on-purchase',
  fields,
  // Which carriers and services there are is the account's business; rates tell.
  services: [],
  // UPS and FedEx take 35 letters a line; EasyPost passes on what is longer and they refuse it.
  addressLimits: { line: 35, name: 35 },
  maxWeightMg: 68_000_000,
  // Not documented as a number; a 429 says when to come back.
  requestsPerMinute: 300,
  open: (config, deps) => openEasyPost(readConfig(fields, config), deps),
};

interface Account {
  readonly client: EasyPostClient;
  readonly carrierAccounts: readonly string[];
  readonly apiKey: string;
  readonly deps: CarrierDeps;
}

function openEasyPost(field: (name: string) => string, deps: CarrierDeps): Carrier {
  const apiKey = field('apiKey');
  const client = easypostClient(deps.http, field('baseUrl'), apiKey);
  const carrierAccounts = field('carrierAccounts')
    .split(/[\s,;]+/)
    .filter(Boolean);
  const account: Account = { client, carrierAccounts, apiKey, deps };
  return {
    check: () => check(account),
    rates: (request) => rates(account, request),
    buy: (request, rateRef) => buy(account, request, rateRef),
    find: (request) => find(account, request),
    void: ({ carrierRef }) => refund(account, carrierRef),
    voidState: ({ carrierRef }) => voidState(account, carrierRef),
    track: async ({ trackingNumber }) => {
      const reply = await client.tracker(trackingNumber);
      return isRefused(reply) ? refusal(reply) : done(fromTracker(readWire(EasyPostTracker, reply.body)));
    },
    manifest: (parcels) => manifest(account, parcels),
    checkAddress: (address) => checkAddress(account, address),
  };
}

const done = <T>(details: T): CarrierAnswer<T> => ({ details, messages: [] });
const isRefused = ({ status }: JsonReply): boolean => status >= 400;
const refusal = <T>({ body }: JsonReply): CarrierAnswer<T> => refused(fromError(readWire(EasyPostError, body)));

async function check({ client, apiKey }: Account): Promise<CarrierAnswer<{ account: string }>> {
  const reply = await client.listShipments();
  if (isRefused(reply)) return refusal(reply);
  readWire(EasyPostShipmentList, reply.body);
  return done({ account: apiKey.startsWith('EZTK') ? 'EasyPost test' : 'EasyPost' });
}

async function rates({ client, carrierAccounts, deps }: Account, request: ShipmentRequest) {
  const options = { carrierAccounts, reference: null, now: deps.clock() };
  const reply = await client.createShipment(toShipment(request, options));
  if (isRefused(reply)) return refusal<ReturnType<typeof fromRates>>(reply);
  const shipment = readWire(EasyPostShipment, reply.body);
  return { details: fromRates(shipment.rates), messages: fromMessages(shipment.messages) };
}

/** Buys in two steps; both stand under our reference, so that a label that was bought before is found, not bought again. */
async function buy(
  account: Account,
  request: ShipmentRequest,
  rateRef: string | null,
): Promise<CarrierAnswer<Purchase>> {
  const against = unsupported(request);
  if (against.length > 0) return refused(against);
  const prepared = await prepare(account, request);
  if (!('id' in prepared)) return prepared;
  if (isBought(prepared)) return done(await toPurchase(account, prepared));
  const choice = chooseRate(prepared, { service: request.service, rateRef });
  if ('refused' in choice) return refused(choice.refused);
  const insured = request.options?.insured;
  const reply = await account.client.buy(prepared.id, {
    rate: { id: choice.rate.id },
    ...(insured ? { insurance: (insured.minor / 100).toFixed(2) } : {}),
  });
  if (!isRefused(reply)) return bought(account, readWire(EasyPostShipment, reply.body));
  // A purchase of ours that nobody answered may have been made in the meantime.
  const now = await account.client.shipment(prepared.id);
  const shipment = isRefused(now) ? null : readWire(EasyPostShipment, now.body);
  return shipment && isBought(shipment) ? bought(account, shipment) : refusal(reply);
}

async function bought(account: Account, shipment: EasyPostShipment): Promise<CarrierAnswer<Purchase>> {
  return done(await toPurchase(account, shipment));
}

const isBought = ({ tracking_code: number, postage_label: label }: EasyPostShipment): boolean =>
  number !== null || label !== null;

/** The shipment under our reference: the one of before with rates of now, or a new one. */
async function prepare(
  { client, carrierAccounts, deps }: Account,
  request: ShipmentRequest,
): Promise<EasyPostShipment | CarrierAnswer<never>> {
  const { reference } = request;
  const before = await client.shipment(reference);
  if (before.status !== 404 && isRefused(before)) return refusal(before);
  if (before.status === 404) {
    const options = { carrierAccounts, reference, now: deps.clock() };
    const made = await client.createShipment(toShipment(request, options));
    return isRefused(made) ? refusal(made) : readWire(EasyPostShipment, made.body);
  }
  const known = readWire(EasyPostShipment, before.body);
  if (isBought(known)) return known;
  const rated = await client.rerate(known.id);
  return isRefused(rated) ? refusal(rated) : readWire(EasyPostShipment, rated.body);
}

/** What EasyPost would want to know more of than we do is refused before anything is sent. */
function unsupported({ options = {} }: ShipmentRequest) {
  const { hazardous, insured } = options;
  return [
    ...(hazardous
      ? [
          errorMessage(
            'hazardous',
            'dangerous goods need a declaration that is made with the carrier',
            'options.hazardous',
          ),
        ]
      : []),
    ...(insured && insured.currency !== 'USD'
      ? [errorMessage('insurance-currency', 'EasyPost insures amounts in USD only', 'options.insured')]
      : []),
  ];
}

async function toPurchase({ deps }: Account, shipment: EasyPostShipment): Promise<Purchase> {
  const { tracking_code: trackingNumber, selected_rate: rate, postage_label: label, tracker, forms } = shipment;
  if (trackingNumber === null || !rate) throw new AppError('remote', 'carrier.unreadable', { why: 'half-bought' });
  const file = labelFile(await fetchFile(deps.http, label?.label_url ?? ''));
  const papers = [];
  for (const { form_type: type, form_url: url } of forms)
    if (type === 'commercial_invoice')
      papers.push({ kind: 'commercial-invoice' as const, pdf: await fetchFile(deps.http, url) });
  return {
    carrierRef: shipment.id,
    trackingNumber,
    scanTexts: scanTextsOf(trackingNumber, zipsOf(shipment)),
    service: serviceCode(rate),
    serviceTitle: serviceTitle(rate),
    cost: costOf(rate),
    label: file,
    papers,
    trackingUrl: tracker?.public_url ?? null,
    validUntil: null,
  };
}

/** Of a return the ends are turned round: either may be the one on the label. */
const zipsOf = ({ to_address: to, from_address: from }: EasyPostShipment): string[] =>
  [to, from].flatMap((address) => (address?.country === 'US' ? [address.zip] : []));

async function find(account: Account, { reference }: ShipmentRequest): Promise<FoundPurchase> {
  const reply = await account.client.shipment(reference);
  if (reply.status === 404) return { outcome: 'none' };
  if (isRefused(reply)) return { outcome: 'unsure', messages: refusal(reply).messages };
  const shipment = readWire(EasyPostShipment, reply.body);
  if (isBought(shipment)) return { outcome: 'found', purchase: await toPurchase(account, shipment) };
  const quietMs = account.deps.clock().getTime() - Date.parse(shipment.updated_at);
  if (quietMs >= IN_FLIGHT_MS) return { outcome: 'none' };
  return { outcome: 'unsure', messages: [errorMessage('in-flight', 'the purchase may still be under way')] };
}

async function refund({ client }: Account, id: string): Promise<CarrierAnswer<VoidState>> {
  const reply = await client.refund(id);
  if (!isRefused(reply)) return voidAnswer(readWire(EasyPostShipment, reply.body));
  // Asked once before: what became of it counts, not that it cannot be asked twice.
  const now = await client.shipment(id);
  const shipment = isRefused(now) ? null : readWire(EasyPostShipment, now.body);
  return shipment !== null && shipment.refund_status !== null ? voidAnswer(shipment) : refusal(reply);
}

async function voidState({ client }: Account, id: string): Promise<CarrierAnswer<VoidState>> {
  const reply = await client.shipment(id);
  return isRefused(reply) ? refusal(reply) : voidAnswer(readWire(EasyPostShipment, reply.body));
}

function voidAnswer({ refund_status: status }: EasyPostShipment): CarrierAnswer<VoidState> {
  const state = fromRefund(status);
  if (state === null) return refused([errorMessage('no-refund', 'no refund was asked for')]);
  if (state !== 'refused') return done(state);
  return { details: state, messages: [errorMessage(status ?? '', `the carrier answers: ${status}`)] };
}

async function manifest({ client, deps }: Account, parcels: readonly { readonly carrierRef: string }[]) {
  const reply = await client.scanForm(parcels.map(({ carrierRef }) => carrierRef));
  if (isRefused(reply)) return refusal<{ carrierRef: string; pdf: Uint8Array | null }>(reply);
  const form = readWire(EasyPostScanForm, reply.body);
  if (form.status === 'failed') return refused<never>([errorMessage('scan-form', form.message ?? 'no form was made')]);
  const pdf = form.form_url === null ? null : await fetchFile(deps.http, form.form_url);
  return done({ carrierRef: form.id, pdf });
}

async function checkAddress({ client }: Account, address: Address) {
  const reply = await client.verify(toAddress(address));
  if (isRefused(reply)) return refusal<{ address: Address; changed: boolean }>(reply);
  const verified = readWire(EasyPostVerified, reply.body);
  const against = againstAddress(verified);
  return against.length > 0 ? refused<never>(against) : done(fromVerified(address, verified));
}
