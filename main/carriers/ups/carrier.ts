import { AppError } from '../../../shared/errors.ts';
import type { AccountField } from '../../../shared/model/carrier.ts';
import type {
  Carrier,
  CarrierAnswer,
  CarrierConnector,
  FoundPurchase,
  Purchase,
  Rate,
  ShipmentRequest,
  Tracking,
  VoidState,
} from '../carrier.ts';
import { baseUrlField, readConfig } from '../carrier-config.ts';
import { type OpenPurchases, openPurchases } from '../carrier-doubt.ts';
import { errorMessage, type JsonReply, readWire, refused } from '../carrier-json.ts';
import { type UpsClient, upsClient } from './client.ts';
import {
  fromAlerts,
  fromErrors,
  fromRates,
  fromTracking,
  isVoided,
  toPurchase,
  toRecovered,
  unsupported,
} from './mapper.ts';
import { MOST_MG, upsServices } from './services.ts';
import { toRate, toRecovery, toShipment } from './shipment.ts';
import { UpsErrors, UpsRates, UpsRecovered, UpsShipped, UpsTracked, UpsVoided } from './wire.ts';

const fields: readonly AccountField[] = [
  { name: 'clientId', kind: 'text', required: true },
  { name: 'clientSecret', kind: 'secret', required: true },
  { name: 'accountNumber', kind: 'text', required: true },
  baseUrlField('https://onlinetools.ups.com'),
];

/** UPS by its own REST services. Outbound labels are billed when they are made unless they are voided. */
export const upsConnector: CarrierConnector = {
  name: 'ups',
  title: 'UPS',
  abilities: ['rates', 'buy', 'find', 'void', 'return-label', 'tracking', 'customs', 'multi-parcel'],
  billing: 'on-purchase',
  fields,
  services: upsServices,
  addressLimits: { line: 35, name: 35 },
  maxWeightMg: MOST_MG,
  // UPS names no number; it answers 429 where an application asks too often.
  requestsPerMinute: 120,
  missing: 'carrier.missing.ups-approval',
  open(config, deps) {
    const field = readConfig(fields, config);
    const accountNumber = field('accountNumber').toUpperCase();
    const access = { baseUrl: field('baseUrl'), clientId: field('clientId'), clientSecret: field('clientSecret') };
    const client = upsClient({ ...access, accountNumber }, deps);
    return openUps({ client, accountNumber, open: openPurchases(deps.clock) });
  },
};

interface Account {
  readonly client: UpsClient;
  readonly accountNumber: string;
  readonly open: OpenPurchases;
}

const done = <T>(details: T): CarrierAnswer<T> => ({ details, messages: [] });
const isRefused = ({ status }: JsonReply): boolean => status >= 400;
const messagesOf = ({ body }: JsonReply) => fromErrors(readWire(UpsErrors, body));

function openUps(account: Account): Carrier {
  const { client, accountNumber, open } = account;
  return {
    async check() {
      await client.signIn();
      return done({ account: accountNumber });
    },
    rates: (request) => rates(account, request),
    buy: (request) => open.during(request.reference, () => buy(account, request)),
    find: (request) => find(account, request),
    void: ({ carrierRef }) => remove(client, carrierRef),
    voidState: ({ trackingNumber }) => voidState(client, trackingNumber),
    track: ({ trackingNumber }) => track(client, trackingNumber),
  };
}

async function rates(
  { client, accountNumber }: Account,
  request: ShipmentRequest,
): Promise<CarrierAnswer<readonly Rate[]>> {
  const reply = await client.shop(toRate(request, accountNumber));
  if (isRefused(reply)) return refused(messagesOf(reply));
  const { RateResponse } = readWire(UpsRates, reply.body);
  return { details: fromRates(RateResponse.RatedShipment), messages: fromAlerts(RateResponse.Response.Alert) };
}

async function buy({ client, accountNumber }: Account, request: ShipmentRequest): Promise<CarrierAnswer<Purchase>> {
  const against = unsupported(request);
  if (against.length > 0) return refused(against);
  const reply = await client.ship(toShipment(request, accountNumber), request.reference.replaceAll('-', ''));
  if (isRefused(reply)) return refused(messagesOf(reply));
  const { Response, ShipmentResults } = readWire(UpsShipped, reply.body).ShipmentResponse;
  const [parcel, ...others] = ShipmentResults.PackageResults;
  // One was asked for; with more of them nobody knows which one is ours.
  if (!parcel || others.length > 0) throw new AppError('remote', 'carrier.unreadable', { why: 'parcels' });
  const purchase = toPurchase(ShipmentResults, parcel.TrackingNumber, request.service);
  return { details: purchase, messages: fromAlerts(Response.Alert) };
}

/**
 * Codes with which Label Recovery says that no shipment, or only a voided one, stands under reference and account. UPS's
 * documents do not list them; shippers saw them in production in 2026. Every other refusal leaves the question open.
 */
const NO_LABEL = new Set(['9801031', '9801040']);

/**
 * By Label Recovery, which takes our reference with the account's number. It never ships. What says "no such label" counts
 * only when no purchase can be under way any more; two labels of one reference are for people to look at.
 */
async function find({ client, accountNumber, open }: Account, request: ShipmentRequest): Promise<FoundPurchase> {
  const reply = await client.recover(toRecovery(request.reference, accountNumber));
  if (isRefused(reply)) {
    const messages = messagesOf(reply);
    if (!messages.every(({ code }) => NO_LABEL.has(code))) return { outcome: 'unsure', messages };
    if (!open.isOpen(request.reference)) return { outcome: 'none' };
    return { outcome: 'unsure', messages: [errorMessage('in-flight', 'the purchase may still be under way')] };
  }
  const { LabelResults, ShipmentIdentificationNumber, Form } = readWire(UpsRecovered, reply.body).LabelRecoveryResponse;
  const [label, ...others] = LabelResults;
  if (!label) throw new AppError('remote', 'carrier.unreadable', { why: 'no-label' });
  if (others.length > 0)
    return { outcome: 'unsure', messages: [errorMessage('several', 'UPS has several labels under this reference')] };
  const { TrackingNumber: trackingNumber, LabelImage } = label;
  // A shipment of one parcel bears the number of that parcel.
  const found = { shipmentId: ShipmentIdentificationNumber ?? trackingNumber, trackingNumber, form: Form };
  return { outcome: 'found', purchase: toRecovered({ ...found, image: LabelImage.GraphicImage }, request) };
}

/** Says that the shipment is void already. */
const VOIDED_BEFORE = '190117';

async function remove(client: UpsClient, shipmentId: string): Promise<CarrierAnswer<VoidState>> {
  const reply = await client.void(shipmentId);
  if (isRefused(reply)) {
    const messages = messagesOf(reply);
    return messages.some(({ code }) => code === VOIDED_BEFORE) ? done('voided') : { details: 'refused', messages };
  }
  const { Code, Description } = readWire(UpsVoided, reply.body).VoidShipmentResponse.SummaryResult.Status;
  if (Code === '1') return done('voided');
  return { details: 'refused', messages: [errorMessage(Code, Description || 'UPS did not void the shipment')] };
}

/** UPS voids at once and has no question for it: its tracking tells that the label was taken back. */
async function voidState(client: UpsClient, trackingNumber: string): Promise<CarrierAnswer<VoidState>> {
  const reply = await client.track(trackingNumber);
  if (isRefused(reply)) return refused(messagesOf(reply));
  if (isVoided(readWire(UpsTracked, reply.body))) return done('voided');
  return refused([errorMessage('not-voided', 'UPS does not say that the label is void')]);
}

async function track(client: UpsClient, trackingNumber: string): Promise<CarrierAnswer<Tracking>> {
  const reply = await client.track(trackingNumber);
  // A label that was not scanned yet may be unknown to tracking for some hours.
  if (reply.status === 404) return done({ state: 'unknown', events: [], deliveryBy: null });
  return isRefused(reply) ? refused(messagesOf(reply)) : done(fromTracking(readWire(UpsTracked, reply.body)));
}
