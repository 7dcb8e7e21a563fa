import type { Address } from '../../../shared/model/address.ts';
import type { AccountField } from '../../../shared/model/carrier.ts';
import type { Carrier, CarrierAnswer, CarrierConnector, CarrierDeps, PickupPoint } from '../carrier.ts';
import { baseUrlField, readConfig } from '../carrier-config.ts';
import { openPurchases } from '../carrier-doubt.ts';
import { readWire } from '../carrier-json.ts';
import { type Account, done, isRefused, refusal } from './account.ts';
import { fromOptions, fromServicePoints, fromTracking } from './answers.ts';
import { sendcloudClient } from './client.ts';
import { toOptions } from './mapper.ts';
import { buyOutbound, findOutbound, outboundVoidState, voidOutbound } from './outbound.ts';
import { buyReturn, findReturn, isReturnRef, returnVoidState, voidReturn } from './returns.ts';
import { SendcloudOptions, SendcloudServicePoints, SendcloudShipments, SendcloudTracking } from './wire.ts';

/** Points that a screen can show. */
const MOST_POINTS = 20;

const fields: readonly AccountField[] = [
  { name: 'publicKey', kind: 'text', required: true },
  { name: 'secretKey', kind: 'secret', required: true },
  { name: 'senderAddressId', kind: 'text', required: false },
  baseUrlField('https://panel.sendcloud.sc/api/v3'),
];

/** Sendcloud, API v3: European carriers under one contract. Labels are invoiced unless they are cancelled in time. */
export const sendcloudConnector: CarrierConnector = {
  name: 'sendcloud',
  title: 'Sendcloud',
  abilities: [
    ...(['rates', 'buy', 'find', 'void', 'return-label', 'tracking'] as const),
    ...(['pickup-points', 'customs', 'multi-parcel'] as const),
  ],
  billing: 'on-purchase',
  fields,
  // Which shipping options there are is the account's business; rates tell.
  services: [],
  // Carriers behind Sendcloud differ; 35 letters are taken by all.
  addressLimits: { line: 35, name: 35 },
  maxWeightMg: 70_000_000,
  // 100 writes a minute, 1000 reads (sendcloud.dev/docs/getting-started/rate-limits).
  requestsPerMinute: 100,
  open: (config, deps) => openSendcloud(readConfig(fields, config), deps),
};

function openSendcloud(field: (name: string) => string, deps: CarrierDeps): Carrier {
  const keys = { publicKey: field('publicKey'), secretKey: field('secretKey') };
  const client = sendcloudClient(deps.http, field('baseUrl'), keys);
  const sender = Number.parseInt(field('senderAddressId'), 10);
  const account: Account = {
    client,
    deps,
    purchases: openPurchases(deps.clock),
    senderAddressId: Number.isNaN(sender) ? null : sender,
  };
  return {
    async check() {
      const reply = await client.shipments({ page_size: '1' });
      if (isRefused(reply)) return refusal(reply);
      readWire(SendcloudShipments, reply.body);
      return done({ account: 'Sendcloud' });
    },
    async rates(request) {
      const reply = await client.options(toOptions(request));
      if (isRefused(reply)) return refusal(reply);
      return done(fromOptions(readWire(SendcloudOptions, reply.body).data, request));
    },
    buy: (request, rateRef) =>
      account.purchases.during(request.reference, () =>
        request.kind === 'return' ? buyReturn(account, request, rateRef) : buyOutbound(account, request, rateRef),
      ),
    find: (request) => (request.kind === 'return' ? findReturn(account, request) : findOutbound(account, request)),
    void: ({ carrierRef }) => (isReturnRef(carrierRef) ? voidReturn : voidOutbound)(account, carrierRef),
    voidState: ({ carrierRef }) => (isReturnRef(carrierRef) ? returnVoidState : outboundVoidState)(account, carrierRef),
    async track({ trackingNumber }) {
      const reply = await client.tracking(trackingNumber);
      return isRefused(reply) ? refusal(reply) : done(fromTracking(readWire(SendcloudTracking, reply.body)));
    },
    pickupPoints: (near) => pickupPoints(account, near),
  };
}

async function pickupPoints({ client }: Account, near: Address): Promise<CarrierAnswer<readonly PickupPoint[]>> {
  const reply = await client.servicePoints({
    country_code: near.country,
    use_integration_carriers: 'true',
    address_street: near.street1,
    address_postal_code: near.postcode,
    address_city: near.city,
    limit: String(MOST_POINTS),
  });
  return isRefused(reply) ? refusal(reply) : done(fromServicePoints(readWire(SendcloudServicePoints, reply.body)));
}
