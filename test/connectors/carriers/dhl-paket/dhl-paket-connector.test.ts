import { z } from 'zod';
import { longCountry } from '../../../../main/carriers/carrier-country.ts';
import { dhlPaketConnector } from '../../../../main/carriers/dhl-paket/carrier.ts';
import { referenceOf } from '../../../../main/carriers/dhl-paket/mapper.ts';
import { simulateDhlPaket, simulatedDhlAccount } from '../../../../main/carriers/dhl-paket/simulated.ts';
import { describeConnector } from '../support/connector-suite.ts';
import type { ReceivedAddress, ReceivedShipment } from '../support/connector-world.ts';
import type { ReceivedCall } from '../support/served-carrier.ts';
import { aShipment, someCustoms } from '../support/shipments.ts';

const short = (alpha3: string): string =>
  ['FR', 'DE', 'CH', 'PT'].find((alpha2) => longCountry(alpha2) === alpha3) ?? alpha3;

const Party = z.object({
  name1: z.string(),
  name2: z.string().optional(),
  addressStreet: z.string(),
  postalCode: z.string(),
  city: z.string(),
  country: z.string(),
});
const Sent = z.object({
  shipments: z.tuple([
    z.object({
      refNo: z.string(),
      shipper: Party,
      consignee: Party,
      details: z.object({
        weight: z.object({ value: z.number() }),
        dim: z.object({ length: z.number(), width: z.number(), height: z.number() }),
      }),
      customs: z
        .object({
          items: z.array(
            z.object({
              itemDescription: z.string(),
              packagedQuantity: z.number(),
              itemValue: z.object({ value: z.number(), currency: z.string() }),
              itemWeight: z.object({ value: z.number() }),
              hsCode: z.string(),
              countryOfOrigin: z.string(),
            }),
          ),
        })
        .optional(),
    }),
  ]),
});
const SentBack = z.object({
  customerReference: z.string(),
  shipper: Party,
  itemWeight: z.object({ value: z.number() }),
});

/** A company stands first, the person behind it. */
const toAddress = ({ name1, name2, ...party }: z.infer<typeof Party>): ReceivedAddress => ({
  ...(name2 === undefined ? { name: name1 } : { company: name1, name: name2 }),
  street1: party.addressStreet,
  postcode: party.postalCode,
  city: party.city,
  country: short(party.country),
});

function received(calls: readonly ReceivedCall[]): ReceivedShipment {
  const made = calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/orders')).at(-1);
  const body: unknown = JSON.parse(made?.body ?? '');
  if (made?.path.includes('/returns/')) {
    const { customerReference: reference, shipper, itemWeight } = SentBack.parse(body);
    return { reference, weightMg: itemWeight.value * 1_000, from: toAddress(shipper), customs: null };
  }
  const [shipment] = Sent.parse(body).shipments;
  const { weight, dim } = shipment.details;
  return {
    reference: shipment.refNo,
    weightMg: weight.value * 1_000,
    lengthMm: dim.length,
    widthMm: dim.width,
    heightMm: dim.height,
    from: toAddress(shipment.shipper),
    to: toAddress(shipment.consignee),
    customs:
      shipment.customs?.items.map((item) => ({
        description: item.itemDescription,
        quantity: item.packagedQuantity,
        netWeightMg: item.itemWeight.value * 1_000 * item.packagedQuantity,
        valueMinor: Math.round(item.itemValue.value * 100 * item.packagedQuantity),
        currency: item.itemValue.currency,
        hsCode: item.hsCode,
        origin: short(item.countryOfOrigin),
      })) ?? null,
  };
}

const koeln = {
  name: 'Erika Beispiel',
  street1: 'Domkloster 4',
  postcode: '50667',
  city: 'Köln',
  country: 'DE',
  email: 'erika@example.com',
};

describeConnector({
  connector: dhlPaketConnector,
  simulate: simulateDhlPaket,
  config: simulatedDhlAccount,
  wrongConfig: { ...simulatedDhlAccount, password: 'another one' },
  request: (changes) => aShipment({ to: koeln, ...changes }),
  refused: { to: { ...koeln, postcode: 'nowhere' } },
  abroad: { to: { ...koeln, postcode: '8001', city: 'Zürich', country: 'CH' }, customs: someCustoms },
  back: {},
  referenceSent: referenceOf,
  weightStepMg: 1_000,
  received,
});
