import { describe, expect, test } from 'vitest';
import type { ShipmentRequest } from '../../../main/carriers/carrier.ts';
import { carrierHttp } from '../../../main/carriers/carrier-http.ts';
import type { TokenBox } from '../../../main/channels/channel-token.ts';
import {
  type FindTiktokShop,
  tiktokShipping,
  tiktokShippingConnector,
} from '../../../main/channels/tiktok-shop/shipping/carrier.ts';
import { drawSimulatedLabel } from '../../../main/documents/simulated-carrier-label.ts';
import { bought } from '../carriers/support/connector-world.ts';
import { aShipment } from '../carriers/support/shipments.ts';
import { memoryTokens } from '../support/shop-world.ts';
import { aParcel, inTiktok, type TiktokWorld } from './tiktok-world.ts';

const options = { drawLabel: drawSimulatedLabel, tokenSeconds: 600 };

/** An account of TikTok's labels whose form is empty: the connected shop stands behind it. */
function labelsOf(world: TiktokWorld, tokens: TokenBox, aheadMs = 0) {
  const findShop: FindTiktokShop = async () => ({ config: world.config, tokens });
  const clock = () => new Date(world.now() + aheadMs);
  return tiktokShipping(findShop).open({}, { http: carrierHttp, clock });
}

const requestFor = (externalId: string): ShipmentRequest => ({
  ...aShipment(),
  platformOrder: { externalId, lines: [] },
});

describe('the label of an order that TikTok ships', () => {
  test('is bought with the tokens of the connected shop; its number is then known on both sides', () =>
    inTiktok(async (world) => {
      const tokens = memoryTokens();
      const placed = world.placeOne({ labelMode: 'platform' });
      const label = await bought(labelsOf(world, tokens), requestFor(placed.id));
      const parcel = aParcel(placed.id, { tracking: label.trackingNumber });
      const told = await world.at({ tokens }).ship?.(parcel);

      expect(placed.packages.map(({ tracking }) => tracking)).toEqual([label.trackingNumber]);
      expect(label.label).toMatchObject({ format: 'pdf' });
      expect(told).toEqual({ outcome: 'done', remoteId: label.carrierRef });
      expect((await world.channel.orders([placed.id])).orders).toMatchObject([{ shipState: 'shipped' }]);
    }, options));

  test('is bought after the token ended, and with a clock that is wrong; one renewal serves shop and labels', () =>
    inTiktok(async (world) => {
      const tokens = memoryTokens();
      const placed = world.placeOne({ labelMode: 'platform' });
      const shop = world.at({ tokens });
      await shop.orders([placed.id]);
      world.advance(660_000);
      const label = await bought(labelsOf(world, tokens, 600_000), requestFor(placed.id));
      await shop.orders([placed.id]);

      expect(label.trackingNumber).toMatch(/^1Z/);
      expect(world.tiktok.requests().filter((request) => request.includes('/token/refresh'))).toHaveLength(1);
    }, options));

  test('is bought for units that a line names together, and never for units that TikTok does not have', () =>
    inTiktok(async (world) => {
      const carrier = labelsOf(world, memoryTokens());
      const placed = world.placeOne({ labelMode: 'platform' });
      const [order] = (await world.channel.orders([placed.id])).orders;
      const lines = (order?.lines ?? []).map(({ externalLineIds, quantityToPack: quantity }) => ({
        externalLineId: externalLineIds.join(','),
        quantity,
      }));
      const request = requestFor(placed.id);
      const others = { externalId: placed.id, lines: [{ externalLineId: '1,2', quantity: 2 }] };
      const refused = await carrier.buy?.({ ...request, platformOrder: others }, null);
      const label = await bought(carrier, { ...request, platformOrder: { externalId: placed.id, lines } });

      expect(order?.lines[0]?.externalLineIds).toHaveLength(3);
      expect(refused).toMatchObject({ details: null, messages: [{ code: 'no-lines' }] });
      expect(label.carrierRef).toBe(`11${placed.id}`);
    }, options));

  test('is refused in words where no shop is connected', async () => {
    const carrier = tiktokShipping(async () => null).open({}, { http: carrierHttp, clock: () => new Date() });

    expect(await carrier.check()).toMatchObject({ details: null, messages: [{ level: 'error', code: 'no-shop' }] });
  });

  test('may still be asked for with a token that is typed in, then with all of its keys', () => {
    const open = (connector = tiktokShippingConnector, config = {}) =>
      connector.open(config, { http: carrierHttp, clock: () => new Date() });

    expect(() => open()).toThrow(expect.objectContaining({ code: 'carrier.bad-config' }));
    expect(() =>
      open(
        tiktokShipping(async () => null),
        { accessToken: 'typed' },
      ),
    ).toThrow(expect.objectContaining({ details: { fields: ['appKey', 'appSecret', 'shopCipher'] } }));
    expect(
      open(tiktokShippingConnector, { appKey: 'k', appSecret: 's', shopCipher: 'c', accessToken: 'a' }),
    ).toBeDefined();
  });
});
