import { describe, expect, test } from 'vitest';
import { onlyOrder, parsed } from '../support/parsing.ts';

const gid = (kind: string, id: number | string): string => `gid://shopify/${kind}/${id}`;

function aLine(id: number, over: object = {}): object {
  return { id: gid('LineItem', id), sku: `SKU-${id}`, title: `Thing ${id}`, quantity: 3, currentQuantity: 3, ...over };
}

function aFulfillmentOrder(lines: readonly (readonly [number, number])[], over: object = {}): object {
  return {
    id: gid('FulfillmentOrder', 1),
    status: 'OPEN',
    fulfillBy: '2026-11-25T17:00:00Z',
    fulfillmentHolds: [],
    lineItems: {
      nodes: lines.map(([id, remainingQuantity]) => ({
        id: gid('FulfillmentOrderLineItem', id + 900),
        remainingQuantity,
        totalQuantity: 3,
        lineItem: { id: gid('LineItem', id) },
      })),
      pageInfo: { hasNextPage: false },
    },
    ...over,
  };
}

function anOrder(over: object = {}): object {
  return {
    id: gid('Order', '9007199254740993'),
    name: '#1001',
    createdAt: '2026-11-20T09:00:00Z',
    updatedAt: '2026-11-20T09:05:00Z',
    displayFinancialStatus: 'PAID',
    shippingAddress: {
      name: 'Ada Example',
      address1: '1 Sample St',
      zip: '10115',
      city: 'Berlin',
      countryCodeV2: 'DE',
    },
    lineItems: { nodes: [aLine(1), aLine(2)], pageInfo: { hasNextPage: false } },
    fulfillmentOrders: { nodes: [aFulfillmentOrder([[1, 2]])], pageInfo: { hasNextPage: false } },
    ...over,
  };
}

describe('an order of Shopify', () => {
  test('is packed in what its fulfillment orders have left, by the earliest of their dates', async () => {
    const later = aFulfillmentOrder([[2, 1]], { fulfillBy: '2026-11-24T08:00:00+01:00' });
    const order = anOrder({ fulfillmentOrders: { edges: [{ node: aFulfillmentOrder([[1, 2]]) }, { node: later }] } });

    expect(await onlyOrder('shopify', { data: { order } })).toEqual({
      externalId: 'gid://shopify/Order/9007199254740993',
      externalNumber: '#1001',
      placedAt: '2026-11-20T09:00:00.000Z',
      shipBy: '2026-11-24T07:00:00.000Z',
      payState: 'paid',
      labelMode: 'seller',
      addressState: 'clear',
      lines: [
        {
          externalLineIds: [gid('LineItem', 1)],
          sku: 'SKU-1',
          title: 'Thing 1',
          quantityOrdered: 3,
          quantityToPack: 2,
        },
        {
          externalLineIds: [gid('LineItem', 2)],
          sku: 'SKU-2',
          title: 'Thing 2',
          quantityOrdered: 3,
          quantityToPack: 1,
        },
      ],
      attribution: { channel: 'web', evidence: 'none' },
    });
  });

  test('has nothing left to pack in fulfillment orders that are closed, and in a cancelled order', async () => {
    const closed = aFulfillmentOrder([[1, 2]], { status: 'CLOSED' });
    const done = await onlyOrder('shopify', { data: { order: anOrder({ fulfillmentOrders: { nodes: [closed] } }) } });
    const cancelled = await onlyOrder('shopify', { data: { order: anOrder({ cancelledAt: '2026-11-20T10:00:00Z' }) } });

    expect([...done.lines, ...cancelled.lines].map(({ quantityToPack }) => quantityToPack)).toEqual([0, 0, 0, 0]);
    expect(done.shipBy).toBeNull();
  });

  test('without the right to see buyers has a masked address, which is no error', async () => {
    const hidden = await onlyOrder('shopify', {
      data: { order: anOrder({ shippingAddress: null }) },
      errors: [{ message: 'not approved to access', extensions: { code: 'ACCESS_DENIED' } }],
    });
    const nameless = await onlyOrder('shopify', {
      data: {
        order: anOrder({ shippingAddress: { name: null, address1: null, city: 'Berlin', countryCodeV2: 'DE' } }),
      },
    });

    expect([hidden.addressState, nameless.addressState]).toEqual(['masked', 'masked']);
  });

  test('of which a nested page was not read is set aside: line 51 is not missed in silence', async () => {
    const lineItems = { nodes: [aLine(1)], pageInfo: { hasNextPage: true, endCursor: 'x' } };
    const { orders, quarantined } = await parsed('shopify', { data: { orders: { nodes: [anOrder({ lineItems })] } } });

    expect(orders).toEqual([]);
    expect(quarantined).toEqual([
      { id: gid('Order', '9007199254740993'), reason: 'lineItems has a further page that was not read' },
    ]);
  });

  test('that is broken is set aside with its id; the others go in', async () => {
    const nodes = [
      anOrder(),
      anOrder({ id: gid('Order', 2), createdAt: 'yesterday' }),
      anOrder({ id: gid('Order', 3) }),
    ];
    const { orders, quarantined } = await parsed('shopify', { data: { orders: { nodes } } });

    expect(orders.map(({ externalId }) => externalId)).toEqual([gid('Order', '9007199254740993'), gid('Order', 3)]);
    expect(quarantined).toEqual([{ id: gid('Order', 2), reason: '“yesterday” is no time' }]);
  });

  test('that stands twice in an answer goes in once, as it is now', async () => {
    const older = anOrder({ name: '#old', updatedAt: '2026-11-20T09:01:00Z' });
    const order = await onlyOrder('shopify', { data: { orders: { nodes: [anOrder(), older] } } });

    expect(order.externalNumber).toBe('#1001');
  });

  test('whose fulfillment order names the SKU but not the line is packed all the same', async () => {
    const lineItems = { nodes: [{ id: gid('FulfillmentOrderLineItem', 1), remainingQuantity: 1, sku: 'SKU-2' }] };
    const fulfillmentOrders = { nodes: [{ id: gid('FulfillmentOrder', 1), status: 'OPEN', lineItems }] };
    const { lines } = await onlyOrder('shopify', { data: { order: anOrder({ fulfillmentOrders }) } });

    expect(lines.map(({ quantityToPack }) => quantityToPack)).toEqual([0, 1]);
  });

  test('of 10,000 lines goes in whole, and script in a name stays a name', async () => {
    const title = '<script>alert(1)</script>\u202e"; drop table orders; --';
    const nodes = Array.from({ length: 10_000 }, (_, at) => aLine(at, { title }));
    const order = anOrder({ lineItems: { nodes }, fulfillmentOrders: undefined });
    const { lines } = await onlyOrder('shopify', { data: { order } });

    expect(lines).toHaveLength(10_000);
    expect(lines[9_999]?.title).toBe(title);
  });

  test('of the first reading step, which lists ids and dates, is to be read by its id', async () => {
    const nodes = [{ id: gid('Order', 5), updatedAt: '2026-11-20T09:05:00Z' }];
    const { orders, quarantined } = await parsed('shopify', { data: { orders: { nodes } } });

    expect(orders).toEqual([]);
    expect(quarantined.map(({ id }) => id)).toEqual([gid('Order', 5)]);
  });
});

describe('where an order of Shopify comes from', () => {
  test.each([
    [
      'the sales channel',
      { attribution: { handle: 'pinterest', displayName: 'Pinterest' }, sourceName: 'web' },
      'pinterest',
      'attribution.handle=pinterest',
    ],
    ['the source', { sourceName: 'tiktok', tags: ['snapchat'] }, 'tiktok_shop', 'sourceName=tiktok'],
    [
      'the app',
      { app: { name: 'Facebook & Instagram' }, sourceName: '2329312' },
      'facebook',
      'app.name=Facebook & Instagram',
    ],
    ['a tag', { sourceName: 'web', tags: ['VIP', 'TikTok Shop'] }, 'tiktok_shop', 'tag=TikTok Shop'],
    [
      'an attribute',
      { customAttributes: [{ key: 'Amazon order id', value: '028-1' }] },
      'amazon',
      'Amazon order id=028-1',
    ],
    [
      'a campaign',
      {
        customerJourneySummary: {
          ready: true,
          lastVisit: { referrerUrl: 'https://www.facebook.com/x', utmParameters: { source: 'ig' } },
        },
      },
      'instagram',
      'utm_source=ig',
    ],
    [
      'an advertisement on TikTok',
      { customerJourneySummary: { lastVisit: { utmParameters: { source: 'tiktok' } } } },
      'tiktok',
      'utm_source=tiktok',
    ],
    [
      'the referrer',
      { customerJourneySummary: { lastVisit: { referrerUrl: 'https://www.pinterest.co.uk/pin/1?e=ada@x.example' } } },
      'pinterest',
      'referrer=www.pinterest.co.uk',
    ],
    [
      'a short link of X',
      { customerJourneySummary: { lastVisit: { referrerUrl: 'https://t.co/abc' } } },
      'x',
      'referrer=t.co',
    ],
    [
      'a host that only looks alike',
      { customerJourneySummary: { lastVisit: { referrerUrl: 'https://notfacebook.com/' } } },
      'web',
      'none',
    ],
  ])('is told by %s', async (_, over, channel, evidence) => {
    const { attribution } = await onlyOrder('shopify', { data: { order: anOrder(over) } });

    expect(attribution).toEqual({ channel, evidence });
  });
});

describe('a webhook of Shopify', () => {
  const body = `{"id":820982911946154508,"admin_graphql_api_id":"gid://shopify/Order/820982911946154508","name":"#9999",
    "created_at":"2026-11-20T10:00:00+01:00","financial_status":"pending","source_name":"web","note_attributes":[],
    "landing_site":"/?utm_source=fb_ads&x=1","shipping_address":{"first_name":"Ada","last_name":"E","address1":"1 S","city":"Berlin","country_code":"DE"},
    "line_items":[{"id":866550311766439020,"sku":"A","title":"Thing","quantity":2,"current_quantity":2,"fulfillable_quantity":1}]}`;

  test('gives the order its ids whole, under the same id as the API', async () => {
    expect(await onlyOrder('shopify', body)).toMatchObject({
      externalId: 'gid://shopify/Order/820982911946154508',
      externalNumber: '#9999',
      placedAt: '2026-11-20T09:00:00.000Z',
      payState: 'unpaid',
      addressState: 'clear',
      lines: [
        { externalLineIds: ['gid://shopify/LineItem/866550311766439020'], quantityOrdered: 2, quantityToPack: 1 },
      ],
      attribution: { channel: 'facebook', evidence: 'utm_source=fb_ads' },
    });
  });
});

describe('an answer of Shopify that is no order', () => {
  test.each([
    ['throttled', { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }] }, 'channel.throttled'],
    ['an error with HTTP 200', { data: null, errors: [{ message: 'Field x doesn’t exist' }] }, 'channel.refused'],
    [
      'a user error',
      { data: { fulfillmentCreate: { userErrors: [{ field: ['f'], message: 'one location' }] } } },
      'channel.refused',
    ],
    ['a wrong token', { errors: '[API] Invalid API key or access token' }, 'channel.sign-in-expired'],
    ['HTML', '<!DOCTYPE html><html><title>Down</title></html>', 'channel.not-json'],
    ['half an answer', '{"data":{"order":{"id":"gid', 'channel.not-json'],
    ['something else', { hello: 1 }, 'channel.unreadable-answer'],
  ])('%s is one clear error', async (_, answer, code) => {
    await expect(parsed('shopify', answer)).rejects.toMatchObject({ kind: 'remote', code });
  });
});
