import { z } from 'zod';
import { amazonBuyShippingConnector } from '../../../../main/channels/amazon/buy-shipping/carrier.ts';
import { referenceOnLabel } from '../../../../main/channels/amazon/buy-shipping/mapper.ts';
import {
  simulateAmazonBuyShipping,
  simulatedAmazonAccount,
} from '../../../../main/channels/amazon/buy-shipping/simulated.ts';
import { describeConnector } from '../support/connector-suite.ts';
import type { ReceivedShipment } from '../support/connector-world.ts';
import type { ReceivedCall } from '../support/served-carrier.ts';
import { aShipment } from '../support/shipments.ts';

const Sent = z.object({
  ShipmentRequestDetails: z.object({
    ShipFromAddress: z.object({
      Name: z.string(),
      AddressLine1: z.string(),
      City: z.string(),
      PostalCode: z.string(),
      CountryCode: z.string(),
      Phone: z.string(),
      Email: z.string(),
    }),
    PackageDimensions: z.object({ Length: z.number(), Width: z.number(), Height: z.number() }),
    Weight: z.object({ Value: z.number() }),
    LabelCustomization: z.object({ CustomTextForLabel: z.string() }),
  }),
});

function received(calls: readonly ReceivedCall[]): ReceivedShipment {
  const made = calls.filter(({ method, path }) => method === 'POST' && path === '/mfn/v0/shipments').at(-1);
  const { ShipmentRequestDetails: sent } = Sent.parse(JSON.parse(made?.body ?? ''));
  const { ShipFromAddress: from, PackageDimensions: size } = sent;
  return {
    reference: sent.LabelCustomization.CustomTextForLabel,
    weightMg: sent.Weight.Value * 1_000,
    lengthMm: size.Length * 10,
    widthMm: size.Width * 10,
    heightMm: size.Height * 10,
    from: {
      company: from.Name,
      street1: from.AddressLine1,
      city: from.City,
      postcode: from.PostalCode,
      country: from.CountryCode,
      phone: from.Phone,
      email: from.Email,
    },
    customs: null,
  };
}

const platformOrder = {
  externalId: '903-5563053-5647845',
  lines: [{ externalLineId: '52986411826454', quantity: 1 }],
};

describeConnector({
  connector: amazonBuyShippingConnector,
  simulate: simulateAmazonBuyShipping,
  config: simulatedAmazonAccount,
  wrongConfig: { ...simulatedAmazonAccount, clientSecret: 'somebody else' },
  request: (changes) => aShipment({ platformOrder, ...changes }),
  refused: { platformOrder: { ...platformOrder, externalId: 'not-an-order-of-amazon' } },
  referenceSent: referenceOnLabel,
  weightStepMg: 1_000,
  received,
});
