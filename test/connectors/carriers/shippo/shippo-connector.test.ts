import { z } from 'zod';
import { shippoConnector } from '../../../../main/carriers/shippo/carrier.ts';
import { simulateShippo } from '../../../../main/carriers/shippo/simulated.ts';
import { describeConnector } from '../support/connector-suite.ts';
import type { ReceivedShipment } from '../support/connector-world.ts';
import type { ReceivedCall } from '../support/served-carrier.ts';
import { aShipment, someCustoms } from '../support/shipments.ts';

const text = z.string().default('');
const Address = z
  .object({
    name: text,
    company: text,
    street1: text,
    street2: text,
    city: text,
    state: text,
    zip: text,
    country: text,
    phone: text,
    email: text,
  })
  .transform(({ state, zip, ...address }) => ({ ...address, region: state, postcode: zip }));
const Parcel = z.object({
  length: z.string(),
  width: z.string(),
  height: z.string(),
  distance_unit: z.literal('mm'),
  weight: z.string(),
  mass_unit: z.literal('g'),
});
const Item = z.object({
  description: z.string(),
  quantity: z.number(),
  net_weight: z.string(),
  mass_unit: z.literal('g'),
  value_amount: z.string(),
  value_currency: z.string(),
  tariff_number: z.string(),
  origin_country: z.string(),
});
const Sent = z.object({
  address_from: Address,
  address_to: Address,
  parcels: z.tuple([Parcel]),
  extra: z.object({ is_return: z.boolean().default(false) }),
  customs_declaration: z.object({ items: z.array(Item) }).optional(),
});
const Bought = z.object({ metadata: z.string() });

/** Of a return Shippo is told the way out and turns it round: who sends it stands in `address_to`. */
function received(calls: readonly ReceivedCall[]): ReceivedShipment {
  const last = (wanted: string) => calls.filter(({ method, path }) => method === 'POST' && path === wanted).at(-1);
  const sent = Sent.parse(JSON.parse(last('/shipments')?.body ?? ''));
  const { metadata } = Bought.parse(JSON.parse(last('/transactions')?.body ?? ''));
  const [parcel] = sent.parcels;
  const back = sent.extra.is_return;
  return {
    reference: metadata,
    weightMg: Number(parcel.weight) * 1_000,
    lengthMm: Number(parcel.length),
    widthMm: Number(parcel.width),
    heightMm: Number(parcel.height),
    from: back ? sent.address_to : sent.address_from,
    to: back ? sent.address_from : sent.address_to,
    customs:
      sent.customs_declaration?.items.map((item) => ({
        description: item.description,
        quantity: item.quantity,
        netWeightMg: Number(item.net_weight) * 1_000,
        valueMinor: Math.round(Number(item.value_amount) * 100),
        currency: item.value_currency,
        hsCode: item.tariff_number,
        origin: item.origin_country,
      })) ?? null,
  };
}

const newYork = {
  name: 'Nora Fields',
  street1: '350 5th Ave',
  postcode: '10118',
  city: 'New York',
  region: 'NY',
  country: 'US',
  phone: '+12125550100',
};

describeConnector({
  connector: shippoConnector,
  simulate: simulateShippo,
  config: { apiToken: 'shippo_test_simulated' },
  wrongConfig: { apiToken: 'wrong' },
  request: aShipment,
  refused: { parcel: { weightMg: 40_000_000, lengthMm: 300, widthMm: 200, heightMm: 100, index: 1, count: 1 } },
  abroad: { to: newYork, customs: someCustoms },
  received,
  idSent: (carrierRef) => carrierRef.split(':')[1] ?? '',
});
