import { z } from 'zod';
import { colissimoConnector } from '../../../../main/carriers/colissimo/carrier.ts';
import { senderReference } from '../../../../main/carriers/colissimo/mapper.ts';
import { simulateColissimo } from '../../../../main/carriers/colissimo/simulated.ts';
import { COLISSIMO_SANDBOX } from '../../../../main/carriers/colissimo/simulated-checks.ts';
import { describeConnector } from '../support/connector-suite.ts';
import type { ReceivedAddress, ReceivedShipment } from '../support/connector-world.ts';
import type { ReceivedCall } from '../support/served-carrier.ts';
import { aShipment, someCustoms } from '../support/shipments.ts';

const Wire = z.object({
  letter: z.object({
    parcel: z.object({ weight: z.number() }),
    sender: z.object({ senderParcelRef: z.string(), address: z.record(z.string(), z.string()) }),
    addressee: z.object({ address: z.record(z.string(), z.string()) }),
    customsDeclarations: z
      .object({
        contents: z.object({
          article: z.array(
            z.object({
              ...{ description: z.string(), quantity: z.number(), weight: z.number(), value: z.number() },
              ...{ currency: z.string(), hsCode: z.string(), originCountry: z.string() },
            }),
          ),
        }),
      })
      .optional(),
  }),
});

function address(wire: Record<string, string>): ReceivedAddress {
  const { companyName, line1, line2, zipCode, city, countryCode, email } = wire;
  const phone = wire.mobileNumber ?? wire.phoneNumber;
  return {
    name: [wire.firstName, wire.lastName].filter(Boolean).join(' '),
    ...(companyName === undefined ? {} : { company: companyName }),
    ...(line2 === undefined ? {} : { street1: line2 }),
    ...(line1 === undefined ? {} : { street2: line1 }),
    ...(zipCode === undefined ? {} : { postcode: zipCode }),
    ...(city === undefined ? {} : { city }),
    ...(countryCode === undefined ? {} : { country: countryCode }),
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
  };
}

function received(calls: readonly ReceivedCall[]): ReceivedShipment {
  const last = calls.findLast(({ path }) => path.endsWith('/generateLabel'));
  const { letter } = Wire.parse(JSON.parse(last?.body ?? ''));
  const articles = letter.customsDeclarations?.contents.article;
  return {
    reference: letter.sender.senderParcelRef,
    weightMg: letter.parcel.weight * 1_000_000,
    from: address(letter.sender.address),
    to: address(letter.addressee.address),
    customs:
      articles?.map(({ description, quantity, weight, value, currency, hsCode, originCountry }) => ({
        ...{ description, quantity, currency, hsCode, origin: originCountry },
        netWeightMg: weight * quantity * 1_000_000,
        valueMinor: Math.round(value * quantity * 100),
      })) ?? null,
  };
}

describeConnector({
  connector: colissimoConnector,
  simulate: simulateColissimo,
  config: COLISSIMO_SANDBOX,
  wrongConfig: { ...COLISSIMO_SANDBOX, password: 'not this one' },
  request: (changes) => aShipment({ service: 'DOM', ...changes }),
  refused: { parcel: { weightMg: 35_000_000, lengthMm: 300, widthMm: 200, heightMm: 100, index: 1, count: 1 } },
  abroad: {
    service: 'COLI',
    to: {
      ...{ name: 'Ada Example', street1: '1 Sample Street', postcode: '10001', city: 'New York', region: 'NY' },
      ...{ country: 'US', phone: '+12125550100', email: 'ada@example.com' },
    },
    customs: someCustoms,
  },
  back: { service: 'CORE' },
  received,
  weightStepMg: 10_000,
  referenceSent: senderReference,
});
