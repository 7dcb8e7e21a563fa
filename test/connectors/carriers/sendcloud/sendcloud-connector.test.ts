import { expect, test } from 'vitest';
import { z } from 'zod';
import { sendcloudConnector } from '../../../../main/carriers/sendcloud/carrier.ts';
import { simulateSendcloud } from '../../../../main/carriers/sendcloud/simulated.ts';
import { describeConnector } from '../support/connector-suite.ts';
import { bought, type ConnectorUnderTest, inWorld, type ReceivedShipment } from '../support/connector-world.ts';
import type { ReceivedCall } from '../support/served-carrier.ts';
import { aShipment, someCustoms } from '../support/shipments.ts';

const text = z.string().default('');
const Address = z
  .object({
    name: text,
    company_name: text,
    address_line_1: text,
    address_line_2: text,
    postal_code: text,
    city: text,
    country_code: text,
    state_province_code: text,
    phone_number: text,
    email: text,
  })
  .transform((address) => ({
    name: address.name,
    company: address.company_name,
    street1: address.address_line_1,
    street2: address.address_line_2,
    postcode: address.postal_code,
    city: address.city,
    country: address.country_code,
    region: address.state_province_code.replace(/^[A-Z]{2}-/, ''),
    phone: address.phone_number,
    email: address.email,
  }));
const Item = z.object({
  description: z.string(),
  quantity: z.number(),
  weight: z.object({ value: z.number(), unit: z.literal('kg') }),
  price: z.object({ value: z.string(), currency: z.string() }),
  hs_code: z.string(),
  origin_country: z.string(),
});
const Sides = z.object({
  length: z.coerce.number(),
  width: z.coerce.number(),
  height: z.coerce.number(),
  unit: z.literal('cm'),
});
const Weight = z.object({ value: z.coerce.number(), unit: z.literal('kg') });
const Outbound = z
  .object({
    from_address: Address,
    to_address: Address,
    external_reference_id: z.string(),
    parcels: z.tuple([z.object({ dimensions: Sides, weight: Weight, parcel_items: z.array(Item).optional() })]),
  })
  .transform(({ external_reference_id: reference, parcels: [parcel], ...ends }) => ({ ...ends, ...parcel, reference }));
const Back = z
  .object({
    from_address: Address,
    to_address: Address,
    external_reference: z.string(),
    dimensions: Sides,
    weight: Weight,
    parcel_items: z.array(Item).optional(),
  })
  .transform(({ external_reference: reference, ...rest }) => ({ ...rest, reference }));

/** Items carry weight and price of one piece; we count a line together. */
function received(calls: readonly ReceivedCall[]): ReceivedShipment {
  const made = calls.filter(({ path }) => /announce(?:-synchronously)?$/.test(path)).at(-1);
  const body: unknown = JSON.parse(made?.body ?? '');
  const told = made?.path === '/shipments/announce' ? Outbound.parse(body) : Back.parse(body);
  return {
    reference: told.reference,
    weightMg: told.weight.value * 1e6,
    lengthMm: told.dimensions.length * 10,
    widthMm: told.dimensions.width * 10,
    heightMm: told.dimensions.height * 10,
    from: told.from_address,
    to: told.to_address,
    customs:
      told.parcel_items?.map((item) => ({
        description: item.description,
        quantity: item.quantity,
        netWeightMg: item.weight.value * item.quantity * 1e6,
        valueMinor: Math.round(Number(item.price.value) * 100) * item.quantity,
        currency: item.price.currency,
        hsCode: item.hs_code,
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

const sendcloud: ConnectorUnderTest = {
  connector: sendcloudConnector,
  simulate: simulateSendcloud,
  config: { publicKey: 'sim-public', secretKey: 'secret' },
  wrongConfig: { publicKey: 'wrong', secretKey: 'secret' },
  request: aShipment,
  refused: {
    parcel: { weightMg: 40_000_000, lengthMm: 300, widthMm: 200, heightMm: 100, index: 1, count: 1 },
    service: 'colissimo:home',
  },
  abroad: { to: newYork, customs: someCustoms },
  received,
  weightStepMg: 1_000,
  repeatIsSafe: true,
};

describeConnector(sendcloud);

const aReturn = (changes = {}) => {
  const { from: shop, to: buyer } = aShipment();
  return aShipment({ kind: 'return', from: buyer, to: shop, ...changes });
};

test('finds a return again by the days it was made in, and follows its cancellation', () =>
  inWorld(sendcloud, async ({ carrier, advance, simulated }) => {
    const request = aReturn();
    const purchase = await bought(carrier, request);
    expect(purchase.cost).toEqual({ minor: 790, currency: 'EUR' });
    expect(await carrier.find?.(request)).toMatchObject({
      outcome: 'found',
      purchase: { trackingNumber: purchase.trackingNumber, label: purchase.label },
    });

    expect((await carrier.void?.(purchase))?.details).toBe('requested');
    advance(48 * 3_600_000);
    expect((await carrier.voidState?.(purchase))?.details).toBe('voided');
    expect(simulated.sold()).toHaveLength(1);
  }));

test('does not take a return that broke off for one that was never made', () =>
  inWorld(sendcloud, async ({ carrier, advance, simulated }) => {
    const [made, never] = [aReturn(), aReturn()];
    simulated.plan(['unavailable-after']);
    await expect(carrier.buy?.(made, null)).rejects.toMatchObject({ code: 'carrier.unavailable' });
    expect(await carrier.find?.(made)).toMatchObject({ outcome: 'found' });

    simulated.plan(['unavailable-before']);
    await expect(carrier.buy?.(never, null)).rejects.toMatchObject({ code: 'carrier.unavailable' });
    expect(await carrier.find?.(never)).toMatchObject({ outcome: 'unsure' });
    advance(10 * 60_000);
    expect(await carrier.find?.(never)).toEqual({ outcome: 'none' });
  }));

test('declares a value that does not go into its pieces to the cent', () =>
  inWorld(sendcloud, async ({ carrier, served }) => {
    const [mug] = someCustoms.items;
    if (!mug) throw new Error('the customs data have goods');
    const items = [{ ...mug, quantity: 3, value: { minor: 1_000, currency: 'EUR' } }];
    await bought(carrier, aShipment({ to: newYork, customs: { ...someCustoms, items } }));
    const lines = received(served.calls).customs ?? [];
    expect(lines.map(({ quantity, valueMinor }) => [quantity, valueMinor])).toEqual([
      [2, 666],
      [1, 334],
    ]);
  }));

test('names a kept sender address where the account has one', () =>
  inWorld(sendcloud, async ({ open, served }) => {
    await bought(open({ config: { ...sendcloud.config, senderAddressId: '825177' } }), aShipment());
    const sent = served.calls.find(({ path }) => path === '/shipments/announce')?.body ?? '';
    expect(JSON.parse(sent)).toMatchObject({ from_address: { sender_address_id: 825177 } });
  }));

test('sends a parcel to the pick-up point that the order names, by an option that goes there', () =>
  inWorld(sendcloud, async ({ carrier, served }) => {
    const purchase = await bought(carrier, aShipment({ pickupPoint: '1000002' }));
    expect(purchase.service).toBe('mondial_relay:point');
    const sent = served.calls.find(({ path }) => path === '/shipments/announce')?.body ?? '';
    expect(JSON.parse(sent)).toMatchObject({ to_service_point: { id: '1000002' } });
  }));
