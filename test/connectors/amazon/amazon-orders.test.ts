import { describe, expect, test } from 'vitest';
import { onlyOrder, parsed, sample, samplesAreThere, withoutSamples } from '../support/parsing.ts';

function anItem(over: object = {}): object {
  return {
    orderItemId: '05891234567890',
    quantityOrdered: 3,
    product: { asin: 'B000', title: 'Lamp', sellerSku: 'LAMP-1' },
    fulfillment: { quantityFulfilled: 1, quantityUnfulfilled: 2 },
    ...over,
  };
}

function anOrder(over: object = {}): object {
  return {
    orderId: '028-1234567-8901234',
    createdTime: '2026-11-20T10:30:00Z',
    lastUpdatedTime: '2026-11-20T14:20:00Z',
    salesChannel: { channelName: 'AMAZON' },
    recipient: {
      deliveryAddress: {
        name: 'Ada Example',
        addressLine1: '1 Sample St',
        city: 'London',
        postalCode: 'SW1',
        countryCode: 'GB',
      },
    },
    fulfillment: {
      fulfillmentStatus: 'PARTIALLY_SHIPPED',
      fulfilledBy: 'MERCHANT',
      shipByWindow: { earliestDateTime: '2026-11-21T00:00:00Z', latestDateTime: '2026-11-22T23:59:59Z' },
    },
    orderItems: [anItem()],
    ...over,
  };
}

const status = (fulfillmentStatus: string): object => ({ fulfillment: { fulfillmentStatus, fulfilledBy: 'MERCHANT' } });

describe('an order of Amazon', () => {
  test('is packed in its unfulfilled units, by the end of its ship-by window', async () => {
    expect(await onlyOrder('amazon', { order: anOrder() })).toEqual({
      externalId: '028-1234567-8901234',
      externalNumber: '028-1234567-8901234',
      placedAt: '2026-11-20T10:30:00.000Z',
      shipBy: '2026-11-22T23:59:59.000Z',
      payState: 'paid',
      labelMode: 'seller',
      addressState: 'clear',
      lines: [
        { externalLineIds: ['05891234567890'], sku: 'LAMP-1', title: 'Lamp', quantityOrdered: 3, quantityToPack: 2 },
      ],
      attribution: { channel: 'amazon', evidence: 'connector=amazon' },
    });
  });

  test('of Prime gets its label from Amazon', async () => {
    expect((await onlyOrder('amazon', { order: anOrder({ programs: ['PRIME'] }) })).labelMode).toBe('platform');
  });

  test('that is pending has neither been paid nor has an address; without the right to it the address is masked', async () => {
    const pending = await onlyOrder('amazon', { order: anOrder({ ...status('PENDING'), recipient: undefined }) });
    const unseen = await onlyOrder('amazon', { order: anOrder({ ...status('UNSHIPPED'), recipient: undefined }) });

    expect([pending.payState, pending.addressState]).toEqual(['unpaid', 'pending']);
    expect([unseen.payState, unseen.addressState]).toEqual(['paid', 'masked']);
  });

  test('leaves nothing to pack when it is cancelled, shipped, or in a warehouse of Amazon', async () => {
    const orders = [
      anOrder({ orderId: '1', ...status('CANCELLED') }),
      anOrder({ orderId: '2', ...status('SHIPPED') }),
      anOrder({ orderId: '3', fulfillment: { fulfillmentStatus: 'UNSHIPPED', fulfilledBy: 'AMAZON' } }),
    ];
    const answer = await parsed('amazon', {
      orders,
      pagination: { nextToken: 'x' },
      lastUpdatedBefore: '2026-11-20T15:00:00Z',
    });

    expect(answer.orders.map(({ lines }) => lines[0]?.quantityToPack)).toEqual([0, 0, 0]);
  });

  test('needs no more than the required fields', async () => {
    const bare = {
      orderId: '1',
      createdTime: '2026-11-20T10:30:00Z',
      lastUpdatedTime: '2026-11-20T10:30:00Z',
      salesChannel: { channelName: 'AMAZON' },
      orderItems: [{ orderItemId: '2', quantityOrdered: 1, product: {} }],
    };

    expect(await onlyOrder('amazon', { order: bare })).toMatchObject({
      shipBy: null,
      payState: 'unknown',
      lines: [{ quantityToPack: 1 }],
    });
  });

  test('that is broken is set aside with its id; the others go in', async () => {
    const broken = anOrder({ orderId: '9', orderItems: [anItem({ quantityOrdered: -1 })] });
    const { orders, quarantined } = await parsed('amazon', { orders: [broken, anOrder()] });

    expect(orders).toHaveLength(1);
    expect(quarantined).toEqual([{ id: '9', reason: 'orderItems.0.quantityOrdered: a negative quantity' }]);
  });

  test.skipIf(!samplesAreThere)(`of both published samples is read (${withoutSamples})`, async () => {
    const answerOf = (name: string): unknown =>
      (JSON.parse(sample(`amazon/sandbox_examples/orders_2026-01-01.${name}.json`)) as { response: unknown }).response; // the files' own shape

    expect(await onlyOrder('amazon', answerOf('searchOrders.200.1'))).toMatchObject({
      externalId: '202-7654321-1098765',
      labelMode: 'platform',
      shipBy: '2024-12-25T23:59:59.000Z',
    });
    expect(await onlyOrder('amazon', answerOf('getOrder.200.1'))).toMatchObject({
      addressState: 'clear',
      lines: [{ quantityOrdered: 2, quantityToPack: 0 }],
    });
    await expect(parsed('amazon', answerOf('getOrder.400.0'))).rejects.toMatchObject({ code: 'channel.refused' });
  });
});

describe('an answer of Amazon that is no order', () => {
  test.each([
    [
      'too many calls',
      { errors: [{ code: 'QuotaExceeded', message: 'You exceeded your quota' }] },
      'channel.throttled',
    ],
    [
      'a missing role',
      { errors: [{ code: 'Unauthorized', message: 'Access to requested resource is denied.' }] },
      'channel.sign-in-expired',
    ],
    ['a revoked sign-in', { error: 'invalid_grant', error_description: 'revoked' }, 'channel.sign-in-expired'],
    ['the older Orders v0', { payload: { Orders: [] } }, 'channel.unreadable-answer'],
  ])('%s is one clear error', async (_, answer, code) => {
    await expect(parsed('amazon', answer)).rejects.toMatchObject({ kind: 'remote', code });
  });

  test('a notification only names its order', async () => {
    const { quarantined } = await parsed('amazon', {
      NotificationType: 'ORDER_CHANGE',
      Payload: { OrderChangeNotification: { AmazonOrderId: '903-1' } },
    });

    expect(quarantined.map(({ id }) => id)).toEqual(['903-1']);
  });
});
