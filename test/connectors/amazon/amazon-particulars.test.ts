import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, test } from 'vitest';
import { amazonConnector } from '../../../main/channels/amazon/channel.ts';
import { type AmazonPlatformOptions, simulateAmazon } from '../../../main/channels/amazon/simulated.ts';
import { amazonOrderId } from '../../../main/channels/amazon/simulated-orders.ts';
import { sample, samplesAreThere, withoutSamples } from '../support/parsing.ts';
import { inShop, SETTLED_MS, type ShopUnderTest } from '../support/shop-world.ts';
import { aShipment, oneRead, remoteLines } from '../support/shop-writing-checks.ts';

const HOUR_MS = 3_600_000;

function amazon(options: Partial<AmazonPlatformOptions> = {}): ShopUnderTest {
  return {
    connector: amazonConnector,
    play: (more) => simulateAmazon({ ...more, ...options }),
    wrongConfig: { clientSecret: 'of another app' },
    externalId: amazonOrderId,
    carrier: { code: 'UPS', name: 'UPS' },
  };
}

describe('Amazon is read', () => {
  test('to the end, although it takes more searches than Amazon lets through at once', () =>
    inShop(amazon(), async (world) => {
      const placed = world.place(2_600);
      world.advance(SETTLED_MS);
      let [refusals, wait, isRead] = [0, 0, false];
      for (let turn = 0; !isRead && turn < 40; turn++)
        try {
          await world.reader.read();
          isRead = true;
        } catch (error) {
          expect(error).toMatchObject({ code: 'channel.throttled' });
          refusals += 1;
          wait = (error as { details: { retryAfterMs: number } }).details.retryAfterMs;
          world.advance(wait);
        }

      expect(refusals).toBeGreaterThan(0);
      expect(wait).toBeGreaterThan(60_000);
      expect(world.reader.orders.size).toBe(placed.length);
      expect(world.platform.requests().length).toBeLessThan(160);
    }));

  test('with another token once its own has ended between two pages', () =>
    inShop(amazon({ tokenSeconds: 600 }), async (world) => {
      world.place(250);
      world.advance(SETTLED_MS);
      world.onRequest((index) => index === 2 && world.platform.plan(['sign-in']));
      await world.reader.read();

      expect(world.reader.orders.size).toBe(250);
      expect(world.platform.requests().filter((one) => one.includes('/auth/')).length).toBe(2);
    }));

  test('without an address while the order is pending, and without the role for addresses', async () => {
    await inShop(amazon(), async (world) => {
      world.place(1, () => ({ state: 'unpaid' }));
      world.advance(SETTLED_MS);
      await world.reader.read();

      expect([...world.reader.orders.values()]).toMatchObject([
        { payState: 'unpaid', shipState: 'waiting', address: null, addressState: 'pending' },
      ]);
    });
    await inShop(amazon({ withholdsAddresses: true }), async (world) => {
      const { order } = await oneRead(world);
      const { messages } = await world.channel.check();

      expect(order).toMatchObject({ address: null, addressState: 'masked' });
      expect(messages.map(({ code }) => code)).toEqual(['shop.check.personal-data-withheld']);
    });
  });
});

describe('Amazon is told', () => {
  test('of a parcel under a number of its own, although Seller Central took that number', () =>
    inShop(amazon(), async (world) => {
      const { placed, order } = await oneRead(world);
      const theirs = aShipment(amazon(), order, { lines: remoteLines(order, [1, 0]), tracking: '1Z1', last: false });
      await world.channel.ship?.(theirs);
      const told = await world.channel.ship?.(
        aShipment(amazon(), order, { lines: remoteLines(order, [2, 1]), tracking: '1Z2' }),
      );

      expect(told).toEqual({ outcome: 'done', remoteId: '1001' });
      expect(placed.packages.map(({ tracking }) => tracking)).toEqual(['1Z1', '1Z2']);
    }));

  test('never that a parcel leaves in the future, and the name of a carrier that it does not list', () =>
    inShop(amazon(), async (world) => {
      const { placed, order } = await oneRead(world);
      const shippedAt = new Date(world.now() + HOUR_MS).toISOString();
      const told = await world.channel.ship?.(
        aShipment(amazon(), order, { shippedAt, carrier: { code: 'Other', name: 'Zed Parcels' } }),
      );

      expect(told?.outcome).toBe('done');
      expect(placed.packages).toMatchObject([{ carrier: 'Zed Parcels' }]);
    }));

  test('nothing of the stock that lies in its own warehouse', () =>
    inShop(amazon({ fulfilledByAmazon: ['MUG-0'] }), async (world) => {
      await oneRead(world);
      const level = (sku: string) => ({ sku, available: 5, before: null, reference: 'r' });
      const told = await world.channel.stock?.([level('MUG-0'), level('CUP-0'), level('UNKNOWN')]);

      expect(told).toMatchObject([
        { sku: 'MUG-0', outcome: 'refused', code: 'fulfilled-by-amazon' },
        { sku: 'CUP-0', outcome: 'done' },
        { sku: 'UNKNOWN', outcome: 'unknown-sku' },
      ]);
      expect([...world.platform.book.stock]).toEqual([['CUP-0', 5]]);
    }));

  test('and a role that is missing is named, not taken for a wrong key', () =>
    inShop(amazon({ readOnly: true }), async (world) => {
      const { order } = await oneRead(world);
      const { messages } = await world.channel.check();
      const told = await world.channel.ship?.(aShipment(amazon(), order));

      expect(messages).toMatchObject([{ level: 'error', code: 'shop.check.missing-right' }]);
      expect(told).toMatchObject({ outcome: 'refused', code: 'missing-right' });
    }));
});

describe.skipIf(!samplesAreThere)(`by Amazon’s own models (${withoutSamples})`, () => {
  const validator = (file: string, definition: string): ValidateFunction => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    ajv.addSchema(JSON.parse(sample(`amazon/${file}`)) as object, 'model');
    const found = ajv.getSchema(`model#/definitions/${definition}`);
    if (!found) throw new Error(`no ${definition}`);
    return found;
  };
  const check = (validate: ValidateFunction, value: unknown): void => {
    validate(value);
    expect(validate.errors ?? []).toEqual([]);
  };

  test('what is confirmed is a shipment confirmation, and what the played platform answers is an answer', () =>
    inShop(amazon(), async (world) => {
      const calls: { url: string; body: string; answer: unknown }[] = [];
      const { fetch } = world.platform;
      Object.assign(world.platform, {
        async fetch(request: Request) {
          const body = await request.clone().text();
          const response = await fetch(request);
          const text = await response.clone().text();
          calls.push({ url: request.url, body, answer: text === '' ? null : JSON.parse(text) });
          return response;
        },
      });
      const { order } = await oneRead(world);
      await world.channel.ship?.(aShipment(amazon(), order, { lines: remoteLines(order, [2, 0]), last: false }));
      await world.channel.orders([order.externalId]);
      const found = (path: RegExp) => calls.filter(({ url }) => path.test(new URL(url).pathname));
      const search = found(/\/2026-01-01\/orders$/)[0];
      const detail = found(/\/2026-01-01\/orders\/.+/).at(-1);
      const confirmed = found(/shipmentConfirmation$/)[0];
      const parameters = (
        JSON.parse(sample('amazon/orders_2026-01-01.json')) as {
          paths: Record<string, { get: { parameters: { name: string }[] } }>;
        }
      ).paths['/orders/2026-01-01/orders']?.get.parameters.map(({ name }) => name);

      check(validator('ordersV0.json', 'ConfirmShipmentRequest'), JSON.parse(confirmed?.body ?? '{}'));
      check(validator('orders_2026-01-01.json', 'SearchOrdersResponse'), search?.answer);
      check(validator('orders_2026-01-01.json', 'GetOrderResponse'), detail?.answer);
      expect([...new URL(search?.url ?? '').searchParams.keys()].filter((key) => !parameters?.includes(key))).toEqual(
        [],
      );
    }));

  test('a confirmation without its tracking number is refused by them', () => {
    const validate = validator('ordersV0.json', 'ConfirmShipmentRequest');
    expect(validate({ marketplaceId: 'A', packageDetail: { packageReferenceId: '1', carrierCode: 'UPS' } })).toBe(
      false,
    );
  });
});
