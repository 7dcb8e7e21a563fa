import type { AccountField } from '../../../../shared/model/carrier.ts';
import type {
  Carrier,
  CarrierAnswer,
  CarrierConnector,
  Purchase,
  Rate,
  ShipmentRequest,
  VoidState,
} from '../../../carriers/carrier.ts';
import { baseUrlField, readConfig } from '../../../carriers/carrier-config.ts';
import { errorMessage, type JsonReply, readWire, refused } from '../../../carriers/carrier-json.ts';
import { signInUrl } from '../sign-in.ts';
import { type AmazonClient, amazonClient } from './client.ts';
import { fromErrors, fromRejected, fromServices, fromShipment, fromStatus, toDetails, unsupported } from './mapper.ts';
import { AmazonErrors, AmazonServices, AmazonShipment } from './wire.ts';

const fields: readonly AccountField[] = [
  { name: 'clientId', kind: 'text', required: true },
  { name: 'clientSecret', kind: 'secret', required: true },
  { name: 'refreshToken', kind: 'secret', required: true },
  baseUrlField('https://sellingpartnerapi-eu.amazon.com'),
  { name: 'authUrl', kind: 'url', required: false },
];

/**
 * Amazon Buy Shipping (Merchant Fulfillment API v0): labels for orders of Amazon, Prime among them. The purchase marks
 * the order as shipped with Amazon.
 */
export const amazonBuyShippingConnector: CarrierConnector = {
  name: 'amazon-buy-shipping',
  title: 'Amazon Buy Shipping',
  // There is no look-up by our reference: a purchase that nobody answered is settled in Seller Central.
  abilities: ['rates', 'buy', 'void', 'multi-parcel'],
  billing: 'on-purchase',
  fields,
  // Which services there are depends on the order; rates tell.
  services: [],
  addressLimits: { line: 60, name: 30 },
  maxWeightMg: 70_000_000,
  // getEligibleShipmentServices: 6 a second, createShipment: 2 a second (usage plans of the published model).
  requestsPerMinute: 120,
  platform: 'amazon',
  open(config, deps) {
    const field = readConfig(fields, config);
    const access = {
      baseUrl: field('baseUrl'),
      authUrl: signInUrl(field('authUrl'), field('baseUrl')),
      clientId: field('clientId'),
      clientSecret: field('clientSecret'),
      refreshToken: field('refreshToken'),
    };
    return openAmazon(amazonClient(access, deps));
  },
};

const done = <T>(details: T): CarrierAnswer<T> => ({ details, messages: [] });
const isRefused = ({ status }: JsonReply): boolean => status >= 400;
const refusal = <T>({ body }: JsonReply): CarrierAnswer<T> => refused(fromErrors(readWire(AmazonErrors, body)));

function openAmazon(client: AmazonClient): Carrier {
  return {
    async check() {
      await client.signIn();
      return done({ account: 'Amazon Seller' });
    },
    rates: (request) => rates(client, request),
    buy: (request, rateRef) => buy(client, request, rateRef),
    void: async ({ carrierRef }) => voidAnswer(await client.cancel(carrierRef)),
    voidState: async ({ carrierRef }) => voidAnswer(await client.shipment(carrierRef)),
  };
}

async function rates(client: AmazonClient, request: ShipmentRequest): Promise<CarrierAnswer<readonly Rate[]>> {
  const against = unsupported(request);
  if (against.length > 0) return refused(against);
  const reply = await client.services(toDetails(request));
  if (isRefused(reply)) return refusal(reply);
  const services = readWire(AmazonServices, reply.body);
  return { details: fromServices(services), messages: fromRejected(services) };
}

/** An offer is good for a few minutes: one that is not named is asked for again just before the purchase. */
async function buy(
  client: AmazonClient,
  request: ShipmentRequest,
  rateRef: string | null,
): Promise<CarrierAnswer<Purchase>> {
  const offered = await rates(client, request);
  if (offered.details === null) return refused(offered.messages);
  const fits = offered.details.filter(({ service }) => request.service === '' || service === request.service);
  const cheapest = [...fits].sort((one, other) => one.cost.minor - other.cost.minor)[0];
  const taken = fits.find((rate) => rate.rateRef === rateRef) ?? cheapest;
  if (!taken)
    return refused([
      errorMessage('no-service', 'Amazon offers no such service for this order', 'service'),
      ...offered.messages,
    ]);
  const reply = await client.create({
    ShipmentRequestDetails: toDetails(request),
    ShippingServiceId: taken.service,
    ...(taken.rateRef === null ? {} : { ShippingServiceOfferId: taken.rateRef }),
  });
  return isRefused(reply) ? refusal(reply) : done(fromShipment(readWire(AmazonShipment, reply.body)));
}

function voidAnswer(reply: JsonReply): CarrierAnswer<VoidState> {
  if (isRefused(reply)) return refusal(reply);
  const state = fromStatus(readWire(AmazonShipment, reply.body));
  return state === null ? refused([errorMessage('no-refund', 'no refund was asked for')]) : done(state);
}
