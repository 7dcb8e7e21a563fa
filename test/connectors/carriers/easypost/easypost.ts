import { z } from 'zod';
import { easypostConnector } from '../../../../main/carriers/easypost/carrier.ts';
import { simulateEasypost } from '../../../../main/carriers/easypost/simulated.ts';
import type { ConnectorUnderTest, ReceivedShipment } from '../support/connector-world.ts';
import type { ReceivedCall } from '../support/served-carrier.ts';
import { aShipment, losAngeles, sanFrancisco, someCustoms } from '../support/shipments.ts';

const MG_PER_OUNCE = 28_349.523125;
const Address = z
  .object({
    name: z.string().default(''),
    company: z.string().default(''),
    street1: z.string(),
    street2: z.string().default(''),
    city: z.string(),
    state: z.string().default(''),
    zip: z.string(),
    country: z.string(),
    phone: z.string().default(''),
    email: z.string().default(''),
  })
  .transform(({ state, zip, ...address }) => ({ ...address, region: state, postcode: zip }));
const Sent = z.object({
  shipment: z.object({
    reference: z.string(),
    is_return: z.boolean().default(false),
    to_address: Address,
    from_address: Address,
    parcel: z.object({ length: z.number(), width: z.number(), height: z.number(), weight: z.number() }),
    customs_info: z
      .object({
        customs_items: z.array(
          z.object({
            description: z.string(),
            quantity: z.number(),
            weight: z.number(),
            value: z.string(),
            currency: z.string(),
            hs_tariff_number: z.string(),
            origin_country: z.string(),
          }),
        ),
      })
      .optional(),
  }),
});

/** Of a return EasyPost is told the way out and turns it round: who sends it stands in `to_address`. */
function received(calls: readonly ReceivedCall[]): ReceivedShipment {
  const made = calls.filter(({ method, path }) => method === 'POST' && path === '/v2/shipments').at(-1);
  const { shipment } = Sent.parse(JSON.parse(made?.body ?? ''));
  const { parcel, is_return: back, to_address: to, from_address: from, customs_info: customs } = shipment;
  return {
    reference: shipment.reference,
    weightMg: parcel.weight * MG_PER_OUNCE,
    lengthMm: parcel.length * 25.4,
    widthMm: parcel.width * 25.4,
    heightMm: parcel.height * 25.4,
    from: back ? to : from,
    to: back ? from : to,
    customs:
      customs?.customs_items.map((item) => ({
        description: item.description,
        quantity: item.quantity,
        netWeightMg: item.weight * MG_PER_OUNCE,
        valueMinor: Math.round(Number(item.value) * 100),
        currency: item.currency,
        hsCode: item.hs_tariff_number,
        origin: item.origin_country,
      })) ?? null,
  };
}

/** EasyPost against its simulated service, between addresses in the United States. */
export const easypost: ConnectorUnderTest = {
  connector: easypostConnector,
  simulate: simulateEasypost,
  config: { apiKey: 'EZTKsimulated', carrierAccounts: 'ca_one, ca_two' },
  wrongConfig: { apiKey: 'wrong' },
  request: (changes) => aShipment({ from: sanFrancisco, to: losAngeles, ...changes }),
  refused: { parcel: { weightMg: 40_000_000, lengthMm: 300, widthMm: 200, heightMm: 100, index: 1, count: 1 } },
  abroad: { to: { ...aShipment().to }, customs: someCustoms },
  received,
  weightStepMg: MG_PER_OUNCE / 10,
  lengthStepMm: 2.54,
  repeatIsSafe: true,
};
