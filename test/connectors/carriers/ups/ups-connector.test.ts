import { expect, test } from 'vitest';
import { z } from 'zod';
import { upsConnector } from '../../../../main/carriers/ups/carrier.ts';
import { referenceOf } from '../../../../main/carriers/ups/shipment.ts';
import { simulatedUpsAccount, simulateUps } from '../../../../main/carriers/ups/simulated.ts';
import { describeConnector } from '../support/connector-suite.ts';
import {
  bought,
  type ConnectorUnderTest,
  HOUR_MS,
  inWorld,
  type ReceivedAddress,
  type ReceivedShipment,
} from '../support/connector-world.ts';
import type { ReceivedCall } from '../support/served-carrier.ts';
import { aShipment, losAngeles, sanFrancisco, someCustoms } from '../support/shipments.ts';

const MG_PER_POUND = 453_592.37;

/** A company stands first, the person behind it. */
const Party = z
  .object({
    Name: z.string(),
    AttentionName: z.string(),
    Phone: z.object({ Number: z.string() }).optional(),
    Address: z.object({
      AddressLine: z.array(z.string()),
      City: z.string(),
      StateProvinceCode: z.string().optional(),
      PostalCode: z.string(),
      CountryCode: z.string(),
    }),
  })
  .transform(({ Name, AttentionName, Phone, Address }): ReceivedAddress => {
    const [street1, street2] = Address.AddressLine;
    return {
      ...(Name === AttentionName ? { name: Name } : { company: Name, name: AttentionName }),
      ...(street1 === undefined ? {} : { street1 }),
      ...(street2 === undefined ? {} : { street2 }),
      city: Address.City,
      ...(Address.StateProvinceCode ? { region: Address.StateProvinceCode } : {}),
      postcode: Address.PostalCode,
      country: Address.CountryCode,
      ...(Phone ? { phone: Phone.Number } : {}),
    };
  });
const References = z.array(z.object({ Value: z.string() })).default([]);
const Sent = z.object({
  ShipmentRequest: z.object({
    Shipment: z.object({
      Shipper: z.object({ Name: z.string() }),
      ShipFrom: Party,
      ShipTo: Party,
      ReferenceNumber: References,
      Package: z.tuple([
        z.object({
          ReferenceNumber: References,
          PackageWeight: z.object({ Weight: z.coerce.number() }),
          Dimensions: z.object({ Length: z.coerce.number(), Width: z.coerce.number(), Height: z.coerce.number() }),
        }),
      ]),
      ShipmentServiceOptions: z
        .object({
          InternationalForms: z.object({
            CurrencyCode: z.string(),
            Product: z.array(
              z.object({
                Description: z.array(z.string()),
                Unit: z.object({ Number: z.coerce.number(), Value: z.coerce.number() }),
                CommodityCode: z.string(),
                OriginCountryCode: z.string(),
              }),
            ),
          }),
        })
        .optional(),
    }),
  }),
});

function lastShipment(calls: readonly ReceivedCall[]) {
  const made = calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/ship')).at(-1);
  return Sent.parse(JSON.parse(made?.body ?? '')).ShipmentRequest.Shipment;
}

function received(calls: readonly ReceivedCall[]): ReceivedShipment {
  const shipment = lastShipment(calls);
  const [parcel] = shipment.Package;
  const forms = shipment.ShipmentServiceOptions?.InternationalForms;
  return {
    reference: [...shipment.ReferenceNumber, ...parcel.ReferenceNumber][0]?.Value ?? '',
    weightMg: parcel.PackageWeight.Weight * MG_PER_POUND,
    lengthMm: parcel.Dimensions.Length * 25.4,
    widthMm: parcel.Dimensions.Width * 25.4,
    heightMm: parcel.Dimensions.Height * 25.4,
    from: shipment.ShipFrom,
    to: shipment.ShipTo,
    customs:
      forms?.Product.map(({ Description, Unit, CommodityCode, OriginCountryCode }) => ({
        description: Description.join(' '),
        quantity: Unit.Number,
        valueMinor: Math.round(Unit.Value * Unit.Number * 100),
        currency: forms.CurrencyCode,
        hsCode: CommodityCode,
        origin: OriginCountryCode,
      })) ?? null,
  };
}

const subject: ConnectorUnderTest = {
  connector: upsConnector,
  simulate: simulateUps,
  config: simulatedUpsAccount,
  wrongConfig: { ...simulatedUpsAccount, clientSecret: 'another one' },
  request: (changes) => aShipment({ from: sanFrancisco, to: losAngeles, service: '03', ...changes }),
  refused: { parcel: { weightMg: 80_000_000, lengthMm: 300, widthMm: 200, heightMm: 100, index: 1, count: 1 } },
  abroad: { to: { ...aShipment().to }, service: '65', customs: someCustoms },
  back: {},
  referenceSent: referenceOf,
  received,
  weightStepMg: MG_PER_POUND / 10,
  lengthStepMm: 2.54,
  findsWithoutPrice: true,
};

describeConnector(subject);

const signIns = (calls: readonly ReceivedCall[]): number =>
  calls.filter(({ path }) => path.endsWith('/oauth/token')).length;

test('signs in once for parcels that are bought at the same time, and anew when the token has ended', () =>
  inWorld(subject, async ({ carrier, served, advance }) => {
    await Promise.all([1, 2, 3].map(() => bought(carrier, subject.request())));
    expect(signIns(served.calls)).toBe(1);
    advance(5 * HOUR_MS);
    await bought(carrier, subject.request());
    expect(signIns(served.calls)).toBe(2);
  }));

test('counts in kilograms and centimetres where the shipper is in Europe', () =>
  inWorld(subject, async ({ carrier, served }) => {
    const purchase = await bought(carrier, aShipment({ service: '11' }));
    const [parcel] = lastShipment(served.calls).Package;
    expect(parcel).toMatchObject({ PackageWeight: { Weight: 1.3 }, Dimensions: { Length: 30, Width: 20, Height: 10 } });
    expect(purchase.cost?.currency).toBe('EUR');
  }));

test('tells codes of states only: the name of a region is none', () =>
  inWorld(subject, async ({ carrier, served }) => {
    const to = { ...aShipment().to, region: 'Pays de la Loire' };
    await bought(carrier, aShipment({ service: '11', to }));
    expect(lastShipment(served.calls).ShipTo.region).toBeUndefined();
    await bought(carrier, subject.request());
    expect(lastShipment(served.calls).ShipTo.region).toBe('CA');
  }));

test('buys no label that the printer cannot print: UPS draws for 203 dpi', () =>
  inWorld(subject, async ({ carrier, served }) => {
    const label = { media: '4x6', dpi: 300, file: 'pdf' } as const;
    const answer = await carrier.buy?.(subject.request({ label }), null);
    expect(answer).toMatchObject({ details: null, messages: [{ code: 'resolution' }] });
    expect(served.calls).toEqual([]);
  }));

test('stays the shipper of a return: only where it starts is another', () =>
  inWorld(subject, async ({ carrier, served }) => {
    const { from: shop, to: buyer } = subject.request();
    await bought(carrier, subject.request({ kind: 'return', from: buyer, to: shop }));
    expect(lastShipment(served.calls)).toMatchObject({
      Shipper: { Name: shop.company },
      ShipFrom: { name: buyer.name },
      ShipTo: { name: shop.name },
    });
  }));

test('finds the invoice for customs again with the label', () =>
  inWorld(subject, async ({ carrier }) => {
    const request = subject.request(subject.abroad);
    const { papers } = await bought(carrier, request);
    expect(papers.map(({ kind }) => kind)).toEqual(['commercial-invoice']);
    expect(await carrier.find?.(request)).toMatchObject({ outcome: 'found', purchase: { papers } });
  }));

test('does not say that nothing was bought when label recovery refuses for another reason', () =>
  inWorld(subject, async ({ carrier, served, advance }) => {
    const request = subject.request();
    await carrier.check();
    advance(HOUR_MS);
    const body = { response: { errors: [{ code: '300001', message: 'System unavailable' }] } };
    served.answerWith(400, JSON.stringify(body), 'application/json');
    expect(await carrier.find?.(request)).toMatchObject({ outcome: 'unsure', messages: [{ code: '300001' }] });
  }));
