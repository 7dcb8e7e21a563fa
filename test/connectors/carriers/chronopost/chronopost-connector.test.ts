import { z } from 'zod';
import { readSoap } from '../../../../main/carriers/carrier-soap.ts';
import { chronopostConnector } from '../../../../main/carriers/chronopost/carrier.ts';
import { shipperReference } from '../../../../main/carriers/chronopost/mapper.ts';
import { simulateChronopost } from '../../../../main/carriers/chronopost/simulated.ts';
import { CHRONOPOST_SANDBOX } from '../../../../main/carriers/chronopost/simulated-checks.ts';
import { describeConnector } from '../support/connector-suite.ts';
import type { ReceivedAddress, ReceivedShipment } from '../support/connector-world.ts';
import type { ReceivedCall } from '../support/served-carrier.ts';
import { aShipment } from '../support/shipments.ts';

const Party = z.record(z.string(), z.string());
const Wire = z.object({
  shippingV6: z.object({
    shipperValue: Party,
    recipientValue: Party,
    refValue: z.object({ shipperRef: z.string() }),
    skybillValue: z.object({ weight: z.string() }),
  }),
});

function address(role: 'shipper' | 'recipient', party: Readonly<Record<string, string>>): ReceivedAddress {
  const part = (name: string): string => party[role + name] ?? '';
  const company = part('Name') === part('ContactName') ? undefined : part('Name');
  return {
    name: part('ContactName'),
    ...(company === undefined ? {} : { company }),
    street1: part('Adress1'),
    street2: part('Adress2'),
    postcode: part('ZipCode'),
    city: part('City'),
    country: part('Country'),
    phone: part('Phone'),
    email: part('Email'),
  };
}

function received(calls: readonly ReceivedCall[]): ReceivedShipment {
  const last = calls.findLast(({ body }) => body.includes('shippingV6'));
  const reply = readSoap(last?.body ?? '');
  const { shippingV6 } = Wire.parse(reply.outcome === 'answered' ? reply.body : {});
  return {
    reference: shippingV6.refValue.shipperRef,
    weightMg: Math.round(Number(shippingV6.skybillValue.weight) * 1_000_000),
    from: address('shipper', shippingV6.shipperValue),
    to: address('recipient', shippingV6.recipientValue),
    customs: null,
  };
}

describeConnector({
  connector: chronopostConnector,
  simulate: simulateChronopost,
  config: CHRONOPOST_SANDBOX,
  wrongConfig: { ...CHRONOPOST_SANDBOX, password: '000000' },
  request: (changes) => aShipment({ service: '01', ...changes }),
  refused: { parcel: { weightMg: 30_001_000, lengthMm: 300, widthMm: 200, heightMm: 100, index: 1, count: 1 } },
  received,
  weightStepMg: 1_000,
  referenceSent: shipperReference,
});
