import { expect, test } from 'vitest';
import { z } from 'zod';
import { tiktokShippingConnector } from '../../../../main/channels/tiktok-shop/shipping/carrier.ts';
import {
  simulatedTiktokAccount,
  simulateTiktokShipping,
} from '../../../../main/channels/tiktok-shop/shipping/simulated.ts';
import { describeConnector } from '../support/connector-suite.ts';
import { bought, type ConnectorUnderTest, inWorld, type ReceivedShipment } from '../support/connector-world.ts';
import type { ReceivedCall } from '../support/served-carrier.ts';
import { aShipment } from '../support/shipments.ts';

const Sent = z.object({
  order_id: z.string(),
  dimension: z.object({ length: z.string(), width: z.string(), height: z.string() }),
  weight: z.object({ value: z.string() }),
});

function received(calls: readonly ReceivedCall[]): ReceivedShipment {
  const made = calls.filter(({ method, path }) => method === 'POST' && path === '/fulfillment/202309/packages').at(-1);
  const { order_id: reference, dimension, weight } = Sent.parse(JSON.parse(made?.body ?? ''));
  return {
    reference,
    weightMg: Number(weight.value) * 1_000,
    lengthMm: Number(dimension.length) * 10,
    widthMm: Number(dimension.width) * 10,
    heightMm: Number(dimension.height) * 10,
    customs: null,
  };
}

/** The order that a parcel of the tests belongs to: TikTok knows orders, not our references. */
const orderOf = (reference: string): string => `57${reference.slice(-8)}1`;

const subject: ConnectorUnderTest = {
  connector: tiktokShippingConnector,
  simulate: simulateTiktokShipping,
  config: simulatedTiktokAccount,
  wrongConfig: { ...simulatedTiktokAccount, appSecret: 'of another app' },
  request(changes = {}) {
    const shipment = aShipment();
    return { ...shipment, platformOrder: { externalId: orderOf(shipment.reference), lines: [] }, ...changes };
  },
  refused: { platformOrder: { externalId: '123', lines: [] } },
  referenceSent: orderOf,
  weightStepMg: 1_000,
  received,
  // The package tells number and label, not what it cost.
  findsWithoutPrice: true,
};

describeConnector(subject);

const withOrder = (externalId: string) => subject.request({ platformOrder: { externalId, lines: [] } });

test('a package that TikTok made is handed in, and asking again gives the same label', () =>
  inWorld(subject, async ({ carrier, served, simulated }) => {
    const request = withOrder('5712345670');
    const first = await bought(carrier, request);
    const again = await bought(carrier, request);

    expect(again.trackingNumber).toBe(first.trackingNumber);
    expect(simulated.sold()).toHaveLength(1);
    const ships = served.calls.filter(({ path }) => path.endsWith('/ship'));
    expect(ships.map(({ body }) => JSON.parse(body))).toEqual([{ handover_method: 'DROP_OFF' }]);
  }));

test('an order that ships by the seller is refused in words: its label comes from a carrier of ours', () =>
  inWorld(subject, async ({ carrier, simulated }) => {
    expect(await carrier.buy?.(withOrder('5791234567'), null)).toMatchObject({
      details: null,
      messages: [{ level: 'error', code: 'seller-ships' }],
    });
    expect(simulated.sold()).toEqual([]);
  }));

test('two parcels of one package never bear one number: it is split with TikTok first', () =>
  inWorld(subject, async ({ carrier, simulated }) => {
    const request = withOrder('5712345680');
    const answer = await carrier.buy?.({ ...request, parcel: { ...request.parcel, count: 2 } }, null);
    expect(answer).toMatchObject({ details: null, messages: [{ code: 'split-first' }] });
    expect(simulated.sold()).toEqual([]);
  }));
