import { z } from 'zod';
import { readSoap } from '../../../../main/carriers/carrier-soap.ts';
import { mondialRelayConnector } from '../../../../main/carriers/mondial-relay/carrier.ts';
import { fileNumber, relayText } from '../../../../main/carriers/mondial-relay/mapper.ts';
import { simulateMondialRelay } from '../../../../main/carriers/mondial-relay/simulated.ts';
import { RELAY_SANDBOX } from '../../../../main/carriers/mondial-relay/simulated-checks.ts';
import { describeConnector } from '../support/connector-suite.ts';
import type { ReceivedAddress, ReceivedShipment } from '../support/connector-world.ts';
import type { ReceivedCall } from '../support/served-carrier.ts';
import { aShipment } from '../support/shipments.ts';

const Wire = z.object({ WSI2_CreationExpedition: z.record(z.string(), z.string()) });

/** Phone and e-mail are written in ways of their own, which the tests of the mapper look at. */
function address(params: Readonly<Record<string, string>>, prefix: 'Expe' | 'Dest'): ReceivedAddress {
  const part = (name: string): string => params[`${prefix}_${name}`] ?? '';
  return {
    name: part('Ad1'),
    company: part('Ad2'),
    street1: part('Ad3'),
    street2: part('Ad4'),
    city: part('Ville'),
    postcode: part('CP'),
    country: part('Pays'),
  };
}

function received(calls: readonly ReceivedCall[]): ReceivedShipment {
  const last = calls.findLast(({ body }) => body.includes('<WSI2_CreationExpedition'));
  const reply = readSoap(last?.body ?? '');
  const params = Wire.parse(reply.outcome === 'answered' ? reply.body : {}).WSI2_CreationExpedition;
  return {
    reference: params.NDossier ?? '',
    weightMg: Number(params.Poids) * 1_000,
    lengthMm: Number(params.Longueur) * 10,
    from: address(params, 'Expe'),
    to: address(params, 'Dest'),
    customs: null,
  };
}

describeConnector({
  connector: mondialRelayConnector,
  simulate: simulateMondialRelay,
  config: RELAY_SANDBOX,
  wrongConfig: { ...RELAY_SANDBOX, privateKey: 'another key' },
  request: (changes) => aShipment({ service: '24R', pickupPoint: '012345', ...changes }),
  refused: { pickupPoint: '999999' },
  back: { service: 'LCC' },
  received,
  weightStepMg: 1_000,
  lengthStepMm: 10,
  written: relayText,
  referenceSent: fileNumber,
  numberShape: /^[0-9]{8}$/,
});
