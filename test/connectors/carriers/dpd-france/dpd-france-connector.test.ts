import { z } from 'zod';
import { readSoap } from '../../../../main/carriers/carrier-soap.ts';
import { dpdFranceConnector } from '../../../../main/carriers/dpd-france/carrier.ts';
import { parcelReference } from '../../../../main/carriers/dpd-france/mapper.ts';
import { simulateDpdFrance } from '../../../../main/carriers/dpd-france/simulated.ts';
import { DPD_SANDBOX, SimShipment } from '../../../../main/carriers/dpd-france/simulated-checks.ts';
import { describeConnector } from '../support/connector-suite.ts';
import type { ReceivedAddress, ReceivedShipment } from '../support/connector-world.ts';
import type { ReceivedCall } from '../support/served-carrier.ts';
import { aShipment } from '../support/shipments.ts';

const Wire = z.record(z.string(), z.object({ request: SimShipment }));

function address(wire: SimShipment['receiveraddress'], info: SimShipment['receiverinfo']): ReceivedAddress {
  return {
    name: wire.name,
    company: info ? info.name2 : '',
    street1: wire.street,
    street2: info ? info.vinfo1 : '',
    postcode: wire.zipCode,
    city: wire.city,
    country: wire.countryPrefix,
    phone: wire.phoneNumber,
  };
}

function received(calls: readonly ReceivedCall[]): ReceivedShipment {
  const last = calls.findLast(({ body }) => body.includes('WithLabelsBc'));
  const reply = readSoap(last?.body ?? '');
  const [wire] = Object.values(Wire.parse(reply.outcome === 'answered' ? reply.body : {}));
  if (!wire) throw new Error('no label was asked for');
  const { request } = wire;
  return {
    reference: request.referencenumber,
    weightMg: Math.round(Number(request.weight) * 1_000_000),
    from: address(request.shipperaddress, request.shipperinfo),
    to: address(request.receiveraddress, request.receiverinfo),
    customs: null,
  };
}

describeConnector({
  connector: dpdFranceConnector,
  simulate: simulateDpdFrance,
  config: DPD_SANDBOX,
  wrongConfig: { ...DPD_SANDBOX, password: 'another' },
  request: (changes) => aShipment({ service: 'CLASSIC', ...changes }),
  refused: { parcel: { weightMg: 999_990_000, lengthMm: 300, widthMm: 200, heightMm: 100, index: 1, count: 1 } },
  back: { service: 'RETOUR' },
  received,
  weightStepMg: 10_000,
  referenceSent: parcelReference,
  numberShape: /^[0-9]{14}$/,
});
