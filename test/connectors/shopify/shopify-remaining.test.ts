import { describe, expect, test } from 'vitest';
import type { ShopifyClient } from '../../../main/channels/shopify/client.ts';
import { shopifyReading } from '../../../main/channels/shopify/reading.ts';
import { onlyOrder, parsed } from '../support/parsing.ts';

const lineId = (id: number): string => `gid://shopify/LineItem/${id}`;

const aLine = (id: number, over: object = {}): object => ({
  ...{ id: lineId(id), sku: `SKU-${id}`, title: `Thing ${id}`, quantity: 3, currentQuantity: 3 },
  ...{ unfulfilledQuantity: 3, requiresShipping: true },
  ...over,
});

/** A fulfillment order by what its lines say: their line, or only a SKU. */
const aPlan = (lines: readonly object[], status = 'OPEN'): object => ({
  id: 'gid://shopify/FulfillmentOrder/1',
  status,
  lineItems: {
    nodes: lines.map((line, at) => ({ id: `gid://shopify/FulfillmentOrderLineItem/${900 + at}`, ...line })),
  },
});

const anOrder = (over: object = {}): object => ({
  ...{ id: 'gid://shopify/Order/1', name: '#1001', displayFinancialStatus: 'PAID' },
  ...{ createdAt: '2026-11-20T09:00:00Z', updatedAt: '2026-11-20T09:05:00Z' },
  shippingAddress: { name: 'Ada Example', address1: '1 Sample St', city: 'Berlin', countryCodeV2: 'DE' },
  lineItems: { nodes: [aLine(1), aLine(2)] },
  fulfillmentOrders: { nodes: [] },
  ...over,
});

const plans = (...nodes: readonly object[]): object => ({ fulfillmentOrders: { nodes } });
const answer = (over: object): object => ({ data: { order: anOrder(over) } });
const toPack = async (over: object): Promise<number[]> =>
  (await onlyOrder('shopify', answer(over))).lines.map(({ quantityToPack }) => quantityToPack);
const setAside = async (over: object): Promise<string[]> => {
  const { orders, quarantined } = await parsed('shopify', answer(over));
  return orders.length > 0 ? ['goes in'] : quarantined.map(({ reason }) => reason);
};

describe('an order of Shopify that owes units which no fulfillment order has', () => {
  const unplanned = ['units are not fulfilled, but stand in no fulfillment order that has them to send: 6'];

  test('is set aside, not taken for one that has left', async () => {
    expect(await setAside({ fulfillmentOrders: { nodes: [] } })).toEqual(unplanned);
    expect(await setAside(plans(aPlan([{ remainingQuantity: 0, lineItem: { id: lineId(1) } }], 'CLOSED')))).toEqual(
      unplanned,
    );
  });

  test.each([
    ['cancelled', { cancelledAt: '2026-11-20T10:00:00Z' }],
    ['refunded', { displayFinancialStatus: 'REFUNDED' }],
    ['sent, as Shopify shows it', { displayFulfillmentStatus: 'FULFILLED' }],
    ['without anything to ship', { lineItems: { nodes: [aLine(1, { requiresShipping: false })] } }],
    ['emptied by an edit', { lineItems: { nodes: [aLine(1, { currentQuantity: 0 })] } }],
  ])('goes in with nothing to pack when it is %s', async (_, over) => {
    expect((await toPack(over)).every((units) => units === 0)).toBe(true);
  });

  test.each(['ON_HOLD', 'SCHEDULED', 'IN_PROGRESS'])('is none while they are %s', async (status) => {
    expect(await toPack(plans(aPlan([{ remainingQuantity: 2, lineItem: { id: lineId(2) } }], status)))).toEqual([0, 2]);
  });
});

describe('fulfillment orders of Shopify', () => {
  test('that are null are not told: what is not fulfilled is packed, and a hold of all of it counts', async () => {
    expect(await toPack({ fulfillmentOrders: null })).toEqual([3, 3]);

    const client = clientAnswering(anOrder({ fulfillmentOrders: null, displayFulfillmentStatus: 'ON_HOLD' }));
    const { orders } = await shopifyReading(client).orders(['gid://shopify/Order/1']);

    expect(orders).toMatchObject([{ hold: 'ON_HOLD', lines: [{ quantityToPack: 3 }, { quantityToPack: 3 }] }]);
  });

  test('with units of a line that is not in the order set it aside', async () => {
    const strange = { remainingQuantity: 2, lineItem: { id: lineId(9) } };
    const reason = `its fulfillment orders have units of ${lineId(9)} that are on none of its lines: 2`;

    expect(await setAside(plans(aPlan([{ remainingQuantity: 1, lineItem: { id: lineId(1) } }, strange])))).toEqual([
      reason,
    ]);
  });

  const twice = { lineItems: { nodes: [aLine(1, { sku: 'MUG' }), aLine(2), aLine(3, { sku: 'MUG' })] } };

  test('that name only a SKU fill its lines one after the other', async () => {
    const mugs = { remainingQuantity: 2, sku: 'MUG' };

    expect(await toPack({ ...twice, ...plans(aPlan([mugs])) })).toEqual([2, 0, 0]);
    expect(await toPack({ ...twice, ...plans(aPlan([mugs, mugs])) })).toEqual([3, 0, 1]);
    expect(
      await toPack({ ...twice, ...plans(aPlan([mugs, { remainingQuantity: 3, lineItem: { id: lineId(1) } }])) }),
    ).toEqual([3, 0, 2]);
  });

  test('that name more of a SKU than its lines have, or none of them, set the order aside', async () => {
    expect(await setAside({ ...twice, ...plans(aPlan([{ remainingQuantity: 7, sku: 'MUG' }])) })).toEqual([
      'its fulfillment orders have units of MUG that are on none of its lines: 1',
    ]);
    expect(await setAside({ ...twice, ...plans(aPlan([{ remainingQuantity: 1, sku: 'CUP' }])) })).toEqual([
      'its fulfillment orders have units of CUP that are on none of its lines: 1',
    ]);
  });
});

describe('an order of Shopify that is paid on delivery', () => {
  test.each([
    ['PENDING', ['Cash on Delivery (COD)'], 'cod'],
    ['PENDING', ['cash_on_delivery'], 'cod'],
    ['PENDING', ['Bank Deposit'], 'unpaid'],
    ['PENDING', ['Codeword Pay'], 'unpaid'],
    ['PENDING', null, 'unpaid'],
    ['VOIDED', ['Cash on Delivery (COD)'], 'unpaid'],
    ['PAID', ['Cash on Delivery (COD)'], 'paid'],
  ])('%s by %j is %s', async (displayFinancialStatus, paymentGatewayNames, payState) => {
    const order = await onlyOrder(
      'shopify',
      answer({ fulfillmentOrders: null, displayFinancialStatus, paymentGatewayNames }),
    );

    expect(order.payState).toBe(payState);
  });

  test('is so in a webhook too', async () => {
    const body = {
      ...{ id: 7, name: '#7', created_at: '2026-11-20T10:00:00Z', financial_status: 'pending' },
      ...{ payment_gateway_names: ['Cash on Delivery (COD)'], line_items: [{ id: 8, sku: 'A', quantity: 1 }] },
    };

    expect((await onlyOrder('shopify', body)).payState).toBe('cod');
  });
});

/** A shop that has this one order. */
function clientAnswering(order: object): ShopifyClient {
  return { ask: async () => ({ data: { nodes: [order] }, at: null, cost: null, withheld: false }) };
}
