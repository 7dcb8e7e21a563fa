import { describe, expect, test } from 'vitest';
import { onlyOrder, parsed, sample, samplesAreThere, withoutSamples } from '../support/parsing.ts';

function aUnit(id: string, over: object = {}): object {
  return {
    id,
    sku_id: '1729382476852921560',
    seller_sku: 'MUG-BLUE',
    product_name: 'Mug',
    sku_name: 'Blue',
    package_id: '1153132168123859123',
    display_status: 'AWAITING_SHIPMENT',
    package_status: 'TO_FULFILL',
    is_gift: false,
    ...over,
  };
}

function anOrder(over: object = {}): object {
  return {
    id: '576461413038785752',
    status: 'AWAITING_SHIPMENT',
    create_time: 1763600000,
    update_time: 1763600100,
    paid_time: 1763600050,
    rts_sla_time: 1763700000,
    tts_sla_time: 1763800000,
    shipping_type: 'SELLER',
    recipient_address: {
      name: 'Ada Example',
      address_line1: '1 Sample St',
      postal_code: '95110',
      region_code: 'US',
      phone_number: '(+1)2135551234',
    },
    line_items: [aUnit('577086512123755121'), aUnit('577086512123755122')],
    ...over,
  };
}

const page = (...orders: readonly unknown[]): object => ({
  code: 0,
  message: 'Success',
  data: { orders, next_page_token: '' },
});

describe('an order of TikTok Shop', () => {
  test('has one line for the units of a SKU, which keeps all their ids', async () => {
    expect(await onlyOrder('tiktok_shop', page(anOrder()))).toEqual({
      externalId: '576461413038785752',
      externalNumber: '576461413038785752',
      placedAt: '2025-11-20T00:53:20.000Z',
      shipBy: '2025-11-21T04:40:00.000Z',
      payState: 'paid',
      labelMode: 'seller',
      addressState: 'clear',
      lines: [
        {
          externalLineIds: ['577086512123755121', '577086512123755122'],
          sku: 'MUG-BLUE',
          title: 'Mug',
          quantityOrdered: 2,
          quantityToPack: 2,
        },
      ],
      attribution: { channel: 'tiktok_shop', evidence: 'connector=tiktok_shop' },
    });
  });

  test('keeps gifts and packages apart, and names a SKU by its id where the seller gave none', async () => {
    const line_items = [
      aUnit('1', { seller_sku: '' }),
      aUnit('2', { is_gift: true }),
      aUnit('3', { package_id: '99' }),
      aUnit('4', { seller_sku: '' }),
    ];
    const { lines } = await onlyOrder('tiktok_shop', page(anOrder({ line_items })));

    expect(lines.map(({ externalLineIds, sku }) => [externalLineIds, sku])).toEqual([
      [['1', '4'], '1729382476852921560'],
      [['2'], 'MUG-BLUE'],
      [['3'], 'MUG-BLUE'],
    ]);
  });

  test('is packed only in the units that are not on their way or cancelled', async () => {
    const line_items = [
      aUnit('1', { display_status: 'IN_TRANSIT' }),
      aUnit('2'),
      aUnit('3', { display_status: 'CANCELLED' }),
    ];
    const { lines } = await onlyOrder('tiktok_shop', page(anOrder({ status: 'PARTIALLY_SHIPPING', line_items })));

    expect(lines).toMatchObject([{ quantityOrdered: 3, quantityToPack: 1 }]);
  });

  test('says by itself who makes the label, whatever the shop', async () => {
    const { orders } = await parsed(
      'tiktok_shop',
      page(
        anOrder({ id: '1', shipping_type: 'TIKTOK' }),
        anOrder({ id: '2', shipping_type: 'SELLER' }),
        anOrder({ shipping_type: '' }),
      ),
    );

    expect(orders.map(({ labelMode }) => labelMode)).toEqual(['platform', 'seller', 'platform']);
  });

  test.each([
    ['starred', { name: 'A** E**', address_line1: '1 S***', region_code: 'US' }, 'AWAITING_SHIPMENT', 'masked'],
    ['withheld while the buyer may change it', null, 'ON_HOLD', 'pending'],
    ['withheld otherwise', null, 'AWAITING_SHIPMENT', 'masked'],
  ])('with an address that is %s says so', async (_, recipient_address, status, state) => {
    const { addressState } = await onlyOrder('tiktok_shop', page(anOrder({ status, recipient_address })));

    expect(addressState).toBe(state);
  });

  test.each([
    ['the phone', { phone_number: '(+1)213-***-1234' }, 'clear'],
    ['the name', { name: 'A** E**' }, 'masked'],
    ['the street', { address_line2: 'Apt. **' }, 'masked'],
    ['the city', { district_info: [{ address_level_name: 'City', address_name: 'San ***' }] }, 'masked'],
    ['the postcode', { postal_code: '951**' }, 'masked'],
  ])('is packed or not by what a parcel needs: with stars in %s it is', async (_, over, state) => {
    const { recipient_address: given } = anOrder() as { recipient_address: object }; // made above
    const { addressState } = await onlyOrder(
      'tiktok_shop',
      page(anOrder({ recipient_address: { ...given, ...over }, buyer_email: 'a***@example.org' })),
    );

    expect(addressState).toBe(state);
  });

  test('of a virtual bundle names its content, and stays one line of as many units as ids', async () => {
    const combined_listing_skus = [
      { product_id: '1', sku_id: '21', seller_sku: 'MUG-BLUE ', sku_count: 2 },
      { product_id: '2', sku_id: '22', seller_sku: '', sku_count: '1' },
    ];
    const line_items = ['1', '2'].map((id) => aUnit(id, { product_name: 'Gift set', combined_listing_skus }));
    const { lines } = await onlyOrder('tiktok_shop', page(anOrder({ line_items })));

    expect(lines).toMatchObject([
      { externalLineIds: ['1', '2'], title: 'Gift set (2 × MUG-BLUE + 1 × 22)', quantityOrdered: 2, quantityToPack: 2 },
    ]);
  });

  test('paid to the carrier goes out; an unpaid one has not been paid', async () => {
    const cod = await onlyOrder('tiktok_shop', page(anOrder({ is_cod: true, paid_time: 0 })));
    const unpaid = await onlyOrder('tiktok_shop', page(anOrder({ status: 'UNPAID', paid_time: 0 })));

    expect([cod.payState, unpaid.payState]).toEqual(['cod', 'unpaid']);
  });

  test('that is broken is set aside with its id; the others go in', async () => {
    const { orders, quarantined } = await parsed(
      'tiktok_shop',
      page({ id: '5', status: 'AWAITING_SHIPMENT' }, anOrder(), null),
    );

    expect(orders).toHaveLength(1);
    expect(quarantined).toMatchObject([{ id: '5', reason: expect.stringContaining('line_items') }, { id: null }]);
  });

  test.skipIf(!samplesAreThere)(`of the published sample is read (${withoutSamples})`, async () => {
    const order = await onlyOrder(
      'tiktok_shop',
      sample('tiktok/model_samples_202309/Order/OrderSearchOrdersResponse.json'),
    );

    expect(order).toMatchObject({
      externalId: '576461413038785752',
      placedAt: '2021-04-28T12:06:01.000Z',
      shipBy: '2021-04-28T12:08:08.000Z',
      payState: 'unpaid',
      labelMode: 'platform',
      // Of the buyer only the phone is starred.
      addressState: 'clear',
      lines: [
        { externalLineIds: ['577086512123755123'], sku: 'red_iphone_256', quantityOrdered: 1, quantityToPack: 1 },
      ],
    });
  });
});

describe('a webhook of TikTok Shop', () => {
  test('only names the orders to read', async () => {
    const combined = {
      type: 4,
      shop_id: '7',
      timestamp: 1,
      data: { package_list: [{ package_id: '1', order_id_list: ['152523', '532123'] }] },
    };
    const { quarantined } = await parsed('tiktok_shop', combined);
    const single = await parsed('tiktok_shop', '{"type":1,"shop_id":"7","data":{"order_id":576486316948490001}}');

    expect(quarantined.map(({ id }) => id)).toEqual(['152523', '532123']);
    expect(single.quarantined.map(({ id }) => id)).toEqual(['576486316948490001']);
  });
});

describe('an answer of TikTok Shop that is no order', () => {
  test.each([
    ['a wrong token', { code: 105002, message: 'Expired credentials', request_id: 'r' }, 'channel.sign-in-expired'],
    ['a refresh token that ended', { code: 36004001, message: 'invalid' }, 'channel.sign-in-expired'],
    ['too many calls', { code: 36009004, message: 'slow down' }, 'channel.throttled'],
    ['any other code', { code: 12052901, message: 'bad parameter', data: null }, 'channel.refused'],
    [
      'errors inside a success',
      { code: 0, data: { errors: [{ code: 21022019, message: 'not shipped' }] } },
      'channel.refused',
    ],
    ['packages', { code: 0, data: { packages: [], next_page_token: 'x' } }, 'channel.unreadable-answer'],
    ['HTML', '<html><body>502</body></html>', 'channel.not-json'],
  ])('%s is one clear error', async (_, answer, code) => {
    await expect(parsed('tiktok_shop', answer)).rejects.toMatchObject({ kind: 'remote', code });
  });

  test('an empty page is no error', async () => {
    expect(await parsed('tiktok_shop', { code: 0, data: { total_count: 0, next_page_token: '' } })).toEqual({
      orders: [],
      quarantined: [],
    });
  });
});
