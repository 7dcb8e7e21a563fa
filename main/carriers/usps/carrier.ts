import type { AccountField } from '../../../shared/model/carrier.ts';
import type {
  Carrier,
  CarrierAnswer,
  CarrierConnector,
  CarrierDeps,
  FoundPurchase,
  Purchase,
  Rate,
  ShipmentRequest,
  TransmittedManifest,
  VoidState,
} from '../carrier.ts';
import { baseUrlField, readConfig } from '../carrier-config.ts';
import { type OpenPurchases, openPurchases } from '../carrier-doubt.ts';
import { errorMessage, type JsonReply, readWire, refused } from '../carrier-json.ts';
import { type UspsClient, uspsClient } from './client.ts';
import { dollars, fromError, fromTracking, toPurchase } from './mapper.ts';
import {
  MOST_MG,
  mailClassOf,
  outboundClasses,
  titleOf,
  toImage,
  toLabel,
  toPriceSearch,
  unsupported,
  uspsServices,
} from './parcel.ts';
import { parseJson, partsOf } from './parts.ts';
import { UspsCancelled, UspsError, UspsLabel, UspsPrices, UspsScanForm, UspsTracking } from './wire.ts';

const fields: readonly AccountField[] = [
  { name: 'clientId', kind: 'text', required: true },
  { name: 'clientSecret', kind: 'secret', required: true },
  { name: 'crid', kind: 'text', required: true },
  { name: 'mailerId', kind: 'text', required: true },
  { name: 'manifestMid', kind: 'text', required: true },
  { name: 'paymentAccount', kind: 'text', required: true },
  // Where SCAN forms say that the parcels come from; without it none are made.
  ...(['originName', 'originStreet', 'originCity', 'originState', 'originZip'] as const).map((name) => ({
    name,
    kind: 'text' as const,
    required: false,
  })),
  baseUrlField('https://apis.usps.com'),
];

/** USPS by its own APIs v3, within the United States. Outbound labels are billed when they are made. */
export const uspsConnector: CarrierConnector = {
  name: 'usps',
  title: 'USPS',
  abilities: ['rates', 'buy', 'find', 'void', 'return-label', 'manifest', 'tracking', 'multi-parcel'],
  billing: 'on-purchase',
  fields,
  services: uspsServices,
  addressLimits: { line: 50, name: 50 },
  maxWeightMg: MOST_MG,
  // What an account may ask is agreed with USPS; a 429 says when to come back.
  requestsPerMinute: 60,
  missing: 'carrier.missing.usps-account',
  open: (config, deps) => openUsps(readConfig(fields, config), deps),
};

interface Account {
  readonly client: UspsClient;
  readonly deps: CarrierDeps;
  readonly open: OpenPurchases;
  readonly origin: {
    readonly firm: string;
    readonly streetAddress: string;
    readonly city: string;
    readonly state: string;
    readonly ZIPCode: string;
  };
}

const done = <T>(details: T): CarrierAnswer<T> => ({ details, messages: [] });
const isRefused = ({ status }: { readonly status: number }): boolean => status >= 400;
const messagesOf = (body: unknown) => fromError(readWire(UspsError, body));
const refusal = <T>({ body }: JsonReply): CarrierAnswer<T> => refused(messagesOf(body));

function openUsps(field: (name: string) => string, deps: CarrierDeps): Carrier {
  const access = {
    ...{ baseUrl: field('baseUrl'), clientId: field('clientId'), clientSecret: field('clientSecret') },
    ...{ crid: field('crid'), mailerId: field('mailerId'), manifestMid: field('manifestMid') },
    paymentAccount: field('paymentAccount'),
  };
  const client = uspsClient(access, deps);
  const origin = {
    ...{ firm: field('originName'), streetAddress: field('originStreet'), city: field('originCity') },
    ...{ state: field('originState'), ZIPCode: field('originZip') },
  };
  const account: Account = { client, deps, origin, open: openPurchases(deps.clock) };
  return {
    async check() {
      await client.signIn();
      return done({ account: access.crid });
    },
    rates: (request) => rates(account, request),
    buy: (request) => account.open.during(request.reference, () => buy(account, request)),
    find: (request) => find(account, request),
    void: ({ trackingNumber }) => cancel(client, trackingNumber),
    voidState: ({ trackingNumber }) => voidState(client, trackingNumber),
    async track({ trackingNumber }) {
      const reply = await client.track(trackingNumber);
      return isRefused(reply) ? refusal(reply) : done(fromTracking(readWire(UspsTracking, reply.body)));
    },
    manifest: (parcels, shipDate) => manifest(account, parcels, shipDate),
  };
}

/** Each class is asked by itself; one that does not take the parcel says why. */
async function rates({ client, deps }: Account, request: ShipmentRequest): Promise<CarrierAnswer<readonly Rate[]>> {
  const against = unsupported(request);
  if (against.length > 0) return refused(against);
  const answers = await Promise.all(
    outboundClasses.map(async (mailClass) => {
      const reply = await client.prices(toPriceSearch(request, mailClass, deps.clock()));
      if (isRefused(reply)) return { rate: null, messages: messagesOf(reply.body) };
      const cost = dollars(readWire(UspsPrices, reply.body).totalBasePrice);
      const rate = { service: mailClass, title: titleOf(mailClass), cost, deliveryBy: null, transitDays: null };
      // A price is bought by its class; USPS holds none.
      return { rate: { ...rate, rateRef: null }, messages: [] };
    }),
  );
  const found = answers.flatMap(({ rate }) => rate ?? []);
  const messages = answers.flatMap((answer) => answer.messages);
  if (found.length === 0) return refused(messages);
  return { details: found, messages: messages.map((message) => ({ ...message, level: 'warning' })) };
}

async function buy({ client, deps }: Account, request: ShipmentRequest): Promise<CarrierAnswer<Purchase>> {
  const against = unsupported(request);
  if (against.length > 0) return refused(against);
  const label = toLabel(request, mailClassOf(request), deps.clock());
  const { reference, kind } = request;
  const reply = await (kind === 'return' ? client.returnLabel(label, reference) : client.label(label, reference));
  if (isRefused(reply)) return refusal(reply);
  return done(toPurchase(readWire(UspsLabel, reply.body), request));
}

/** Codes of reprints as shippers saw them in production in 2026; USPS's documents do not list them. */
const NO_LABEL = '160412';
const CANCELLED = '160979';
/** USPS looks for a key in mailing dates of the last seven days only; a day is left for time zones. */
const LOOKED_BACK_MS = 6 * 24 * 3_600_000;

/**
 * By our key, which a reprint takes: it sells nothing, but a label can be fetched three times only. What says "no such
 * label" counts only when no purchase can be under way any more, and while USPS still looks back far enough.
 */
async function find({ client, deps, open }: Account, request: ShipmentRequest): Promise<FoundPurchase> {
  const reply = await client.reprintByKey(request.reference, { imageInfo: toImage(request) });
  if (!isRefused(reply)) {
    return { outcome: 'found', purchase: toPurchase(readWire(UspsLabel, reply.body), request) };
  }
  const messages = messagesOf(reply.body);
  // A label that was taken back pays for nothing.
  if (messages.some(({ code }) => code === CANCELLED)) return { outcome: 'none' };
  if (!messages.some(({ code }) => code === NO_LABEL)) return { outcome: 'unsure', messages };
  if (open.isOpen(request.reference))
    return { outcome: 'unsure', messages: [errorMessage('in-flight', 'the purchase may still be under way')] };
  const age = deps.clock().getTime() - Date.parse(request.shipDate);
  return age <= LOOKED_BACK_MS ? { outcome: 'none' } : { outcome: 'unsure', messages };
}

async function cancel(client: UspsClient, trackingNumber: string): Promise<CarrierAnswer<VoidState>> {
  const reply = await client.cancel(trackingNumber);
  if (isRefused(reply)) {
    const messages = messagesOf(reply.body);
    return messages.some(({ code }) => code === CANCELLED) ? done('voided') : { details: 'refused', messages };
  }
  const { status, disputeId } = readWire(UspsCancelled, reply.body);
  if (/^cancel/i.test(status)) return done('voided');
  if (disputeId !== undefined) return done('requested');
  return { details: 'refused', messages: [errorMessage(status, `USPS answers: ${status || 'nothing'}`)] };
}

const ANY_IMAGE = { imageInfo: { imageType: 'PDF', labelType: '4X6LABEL' } };

/** USPS has no question for it: a label that is void cannot be fetched again, and one that can be is not. */
async function voidState(client: UspsClient, trackingNumber: string): Promise<CarrierAnswer<VoidState>> {
  const reply = await client.reprint(trackingNumber, ANY_IMAGE);
  if (!isRefused(reply)) return done('requested');
  const messages = messagesOf(reply.body);
  return messages.some(({ code }) => code === CANCELLED) ? done('voided') : refused(messages);
}

/** A SCAN form: the driver scans it, and every parcel on it counts as accepted. */
async function manifest(
  { client, origin }: Account,
  parcels: readonly { readonly trackingNumber: string }[],
  shipDate: string,
): Promise<CarrierAnswer<TransmittedManifest>> {
  if (Object.values(origin).includes(''))
    return refused([errorMessage('origin', 'the account lacks the address from which its parcels leave')]);
  const reply = await client.scanForm({
    form: '5630',
    imageType: 'PDF',
    labelType: '8.5x11LABEL',
    mailingDate: shipDate,
    overwriteMailingDate: false,
    entryFacilityZIPCode: origin.ZIPCode,
    destinationEntryFacilityType: 'NONE',
    shipment: { trackingNumbers: parcels.map(({ trackingNumber }) => trackingNumber) },
    fromAddress: origin,
  });
  if (isRefused(reply)) return refused(messagesOf(parseJson(Buffer.from(reply.bytes).toString('utf8'))));
  const parts = partsOf(reply);
  const { manifestNumber } = readWire(UspsScanForm, parseJson(parts.get('scanformmetadata') ?? ''));
  const image = parts.get('scanformimage');
  return done({ carrierRef: manifestNumber, pdf: image ? Buffer.from(image, 'base64') : null });
}
