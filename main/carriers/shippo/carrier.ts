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
  TransmittedManifest,
  VoidState,
} from '../carrier.ts';
import { baseUrlField, readConfig } from '../carrier-config.ts';
import { type OpenPurchases, openPurchases, timeOf } from '../carrier-doubt.ts';
import { errorMessage, fetchFile, type JsonReply, readWire, refused } from '../carrier-json.ts';
import { labelFile } from '../carrier-label.ts';
import { scanTextsOf } from '../carrier-scan.ts';
import { type ShippoClient, shippoClient } from './client.ts';
import {
  carrierToken,
  cheapest,
  costOf,
  fromError,
  fromMessages,
  fromRates,
  fromStatus,
  fromTrack,
  fromValidated,
  titleOf,
  toQuery,
  toShipment,
} from './mapper.ts';
import {
  ShippoAccounts,
  ShippoManifest,
  ShippoRate,
  ShippoRefund,
  ShippoShipment,
  ShippoTrack,
  ShippoTransaction,
  ShippoTransactions,
  ShippoValidated,
} from './wire.ts';

/** Pages of a hundred purchases that are looked through for one of ours. */
const MOST_PAGES = 20;
/** The clock of the service may be behind ours. */
const CLOCKS_APART_MS = 10 * 60_000;

const fields: readonly AccountField[] = [
  { name: 'apiToken', kind: 'secret', required: true },
  baseUrlField('https://api.goshippo.com'),
];

/** Shippo: one account, many carriers. Its return labels are billed when they are used, all others at once. */
export const shippoConnector: CarrierConnector = {
  name: 'shippo',
  title: 'Shippo',
  abilities: [
    ...(['rates', 'buy', 'find', 'void', 'return-label', 'manifest'] as const),
    ...(['tracking', 'customs', 'multi-parcel', 'address-check'] as const),
  ],
  billing: 'on-purchase',
  fields,
  // Which carriers and services there are is the account's business; rates tell.
  services: [],
  // docs.goshippo.com: 35 letters in `street1`.
  addressLimits: { line: 35, name: 35 },
  maxWeightMg: 68_000_000,
  // 500 writes a minute; a look-up reads lists, of which 50 are allowed (docs.goshippo.com/docs/api_concepts/ratelimits).
  requestsPerMinute: 300,
  open: (config, deps) => openShippo(readConfig(fields, config), deps),
};

interface Account {
  readonly client: ShippoClient;
  readonly deps: CarrierDeps;
  readonly purchases: OpenPurchases;
}

function openShippo(field: (name: string) => string, deps: CarrierDeps): Carrier {
  const apiToken = field('apiToken');
  const client = shippoClient(deps.http, field('baseUrl'), apiToken);
  const account: Account = { client, deps, purchases: openPurchases(deps.clock) };
  return {
    async check() {
      const reply = await client.accounts();
      if (isRefused(reply)) return refusal(reply);
      readWire(ShippoAccounts, reply.body);
      return done({ account: apiToken.startsWith('shippo_test_') ? 'Shippo test' : 'Shippo' });
    },
    async rates(request) {
      const reply = await client.createShipment(toShipment(request));
      if (isRefused(reply)) return refusal(reply);
      const { rates, messages } = readWire(ShippoShipment, reply.body);
      return { details: fromRates(rates), messages: fromMessages(messages, 'warning') };
    },
    buy: (request, rateRef) => account.purchases.during(request.reference, () => buy(account, request, rateRef)),
    find: (request) => find(account, request),
    void: ({ carrierRef }) => refund(account, carrierRef),
    voidState: ({ carrierRef }) => voidState(account, carrierRef),
    async track({ carrierRef, trackingNumber }) {
      const reply = await client.track(partsOf(carrierRef).carrier, trackingNumber);
      return isRefused(reply) ? refusal(reply) : done(fromTrack(readWire(ShippoTrack, reply.body)));
    },
    manifest: (parcels, shipDate) => manifest(account, { refs: parcels.map(({ carrierRef }) => carrierRef), shipDate }),
    checkAddress: (address) => checkAddress(account, address),
  };
}

const done = <T>(details: T): CarrierAnswer<T> => ({ details, messages: [] });
const isRefused = ({ status }: JsonReply): boolean => status >= 400;
const refusal = <T>({ body }: JsonReply): CarrierAnswer<T> => refused(fromError(body));

/** Tracking is asked by carrier: it stands before the purchase's id, `usps:915d9494…`. */
function partsOf(carrierRef: string): { readonly carrier: string; readonly transaction: string } {
  const [carrier = '', transaction = ''] = carrierRef.split(':');
  return { carrier, transaction };
}

async function buy(
  { client, deps }: Account,
  request: ShipmentRequest,
  rateRef: string | null,
): Promise<CarrierAnswer<Purchase>> {
  if (request.options?.hazardous)
    return refused([
      errorMessage(
        'hazardous',
        'dangerous goods need a declaration that is made with the carrier',
        'options.hazardous',
      ),
    ]);
  const rate = await (rateRef === null ? rateFor(client, request) : rateOf(client, rateRef));
  if ('messages' in rate) return rate;
  const reply = await client.purchase({
    rate: rate.object_id,
    label_file_type: request.label.file === 'zpl' ? 'ZPLII' : 'PDF_4x6',
    metadata: request.reference,
  });
  if (isRefused(reply)) return refusal(reply);
  const made = readWire(ShippoTransaction, reply.body);
  if (made.status === 'ERROR') return refused(against(made));
  return done(await toPurchase(deps, { made, rate, to: request.to }));
}

function against({ messages }: ShippoTransaction) {
  const words = fromMessages(messages, 'error');
  return words.length > 0 ? words : [errorMessage('error', 'the carrier gave no label and no reason')];
}

async function rateFor(client: ShippoClient, request: ShipmentRequest): Promise<ShippoRate | CarrierAnswer<never>> {
  const reply = await client.createShipment(toShipment(request));
  if (isRefused(reply)) return refusal(reply);
  const shipment = readWire(ShippoShipment, reply.body);
  const rate = cheapest(shipment, request.service);
  if (rate) return rate;
  const words = `no rate for ${request.service === '' ? 'this parcel' : request.service}`;
  return refused([errorMessage('no-rate', words, 'service'), ...fromMessages(shipment.messages, 'warning')]);
}

async function rateOf(client: ShippoClient, id: string): Promise<ShippoRate | CarrierAnswer<never>> {
  const reply = await client.rate(id);
  return isRefused(reply) ? refusal(reply) : readWire(ShippoRate, reply.body);
}

interface Bought {
  readonly made: ShippoTransaction;
  readonly rate: ShippoRate;
  readonly to: Address;
}

async function toPurchase(deps: CarrierDeps, { made, rate, to }: Bought): Promise<Purchase> {
  // Queued in spite of `async: false`: it is paid sooner or later, and the look-up finds it.
  if (made.status === 'QUEUED' || made.status === 'WAITING')
    throw new AppError('remote', 'carrier.timeout', { why: 'queued' });
  const number = made.tracking_number;
  if (number === '') throw new AppError('remote', 'carrier.unreadable', { why: 'no-number' });
  const invoice = made.commercial_invoice_url;
  return {
    carrierRef: `${carrierToken(rate.provider)}:${made.object_id}`,
    trackingNumber: number,
    scanTexts: scanTextsOf(number, to.country === 'US' ? [to.postcode] : []),
    service: rate.servicelevel.token,
    serviceTitle: titleOf(rate),
    cost: costOf(rate),
    label: labelFile(await fetchFile(deps.http, made.label_url)),
    papers: invoice === '' ? [] : [{ kind: 'commercial-invoice', pdf: await fetchFile(deps.http, invoice) }],
    trackingUrl: made.tracking_url_provider || null,
    validUntil: null,
  };
}

/** There is no search by our reference: purchases are read newest first until they are older than the reference. */
async function find({ client, deps, purchases }: Account, { reference, to }: ShipmentRequest): Promise<FoundPurchase> {
  const oldest = (timeOf(reference) ?? 0) - CLOCKS_APART_MS;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const reply = await client.transactions(page);
    if (isRefused(reply)) return { outcome: 'unsure', messages: fromError(reply.body) };
    const { results, next } = readWire(ShippoTransactions, reply.body);
    const made = results.find(({ metadata, status }) => metadata === reference && status !== 'ERROR');
    if (made) return foundOf({ client, deps }, made, to);
    const last = Date.parse(results.at(-1)?.object_created ?? '');
    if (next === null || results.length === 0 || last < oldest) return notFound(purchases, reference);
  }
  return { outcome: 'unsure', messages: [errorMessage('too-many', 'too many purchases to look through')] };
}

function notFound(purchases: OpenPurchases, reference: string): FoundPurchase {
  if (!purchases.isOpen(reference)) return { outcome: 'none' };
  return { outcome: 'unsure', messages: [errorMessage('in-flight', 'the purchase may still be under way')] };
}

async function foundOf(
  { client, deps }: Pick<Account, 'client' | 'deps'>,
  made: ShippoTransaction,
  to: Address,
): Promise<FoundPurchase> {
  if (made.status === 'QUEUED' || made.status === 'WAITING')
    return { outcome: 'unsure', messages: [errorMessage('queued', 'the carrier has not answered yet')] };
  const rate = await rateOf(client, made.rate ?? '');
  if ('messages' in rate) return { outcome: 'unsure', messages: rate.messages };
  return { outcome: 'found', purchase: await toPurchase(deps, { made, rate, to }) };
}

async function refund(account: Account, carrierRef: string): Promise<CarrierAnswer<VoidState>> {
  const reply = await account.client.refund(partsOf(carrierRef).transaction);
  if (!isRefused(reply)) {
    const { status } = readWire(ShippoRefund, reply.body);
    if (status === 'ERROR') return { details: 'refused', messages: [errorMessage(status, 'the refund was refused')] };
    return done(status === 'SUCCESS' ? 'voided' : 'requested');
  }
  // Asked once before: what became of it counts, not that it cannot be asked twice.
  const before = await voidState(account, carrierRef);
  return before.details === null ? refusal(reply) : before;
}

async function voidState({ client }: Account, carrierRef: string): Promise<CarrierAnswer<VoidState>> {
  const reply = await client.transaction(partsOf(carrierRef).transaction);
  if (isRefused(reply)) return refusal(reply);
  const state = fromStatus(readWire(ShippoTransaction, reply.body).status);
  if (state === null) return refused([errorMessage('no-refund', 'no refund was asked for')]);
  return { details: state, messages: state === 'refused' ? [errorMessage(state, 'the refund was refused')] : [] };
}

/** One form has parcels of one carrier account that leave from one address: those of the first parcel. */
async function manifest(
  { client, deps }: Account,
  { refs, shipDate }: { readonly refs: readonly string[]; readonly shipDate: string },
): Promise<CarrierAnswer<TransmittedManifest>> {
  const transactions = refs.map((ref) => partsOf(ref).transaction);
  const first = await client.transaction(transactions[0] ?? '');
  if (isRefused(first)) return refusal(first);
  const rate = await rateOf(client, readWire(ShippoTransaction, first.body).rate ?? '');
  if ('messages' in rate) return rate;
  const shipment = await client.shipment(rate.shipment);
  if (isRefused(shipment)) return refusal(shipment);
  const reply = await client.manifest({
    carrier_account: rate.carrier_account,
    shipment_date: `${shipDate}T12:00:00Z`,
    address_from: readWire(ShippoShipment, shipment.body).address_from.object_id,
    transactions,
  });
  if (isRefused(reply)) return refusal(reply);
  const { object_id: carrierRef, status, documents, errors } = readWire(ShippoManifest, reply.body);
  if (status === 'ERROR') return refused([errorMessage('manifest', errors.join(' ') || 'no form was made')]);
  const [url] = documents;
  return done({ carrierRef, pdf: url === undefined ? null : await fetchFile(deps.http, url) });
}

async function checkAddress({ client }: Account, given: Address) {
  const reply = await client.validate(toQuery(given));
  if (isRefused(reply)) return refusal<{ address: Address; changed: boolean }>(reply);
  const validated = readWire(ShippoValidated, reply.body);
  const { value, reasons } = validated.analysis.validation_result;
  if (value !== 'invalid') return done(fromValidated(given, validated));
  const words = reasons.map(({ code, description }) => errorMessage(code || 'address', description || code));
  return refused<never>(words.length > 0 ? words : [errorMessage('address', 'the address was not found')]);
}
