import { describe, expect, test } from 'vitest';
import { onlyOrder, parsed, sample, samplesAreThere, withoutSamples } from '../support/parsing.ts';

function anOrder(over: object = {}): object {
  return {
    id: 727,
    number: '727',
    status: 'processing',
    currency: 'EUR',
    date_created: '2026-03-22T16:28:02',
    date_created_gmt: '2026-03-22T19:28:02',
    date_paid_gmt: '2026-03-22T19:28:08',
    created_via: 'checkout',
    billing: { first_name: 'Ada', last_name: 'Example', address_1: '1 Sample St', city: 'Berlin', country: 'DE' },
    shipping: { first_name: '', last_name: '', address_1: '', city: '', country: '' },
    line_items: [
      { id: 315, name: 'Mug', product_id: 93, variation_id: 0, quantity: 2, sku: 'MUG', meta_data: [] },
      { id: 316, name: 'Tee', product_id: 22, variation_id: 23, quantity: 1, sku: '', meta_data: [] },
    ],
    refunds: [],
    meta_data: [],
    ...over,
  };
}

const meta = (entries: Readonly<Record<string, unknown>>): object => ({
  meta_data: Object.entries(entries).map(([key, value], id) => ({ id, key, value })),
});

describe('an order of WooCommerce', () => {
  test('takes its times from the UTC fields and its address from where it is filled in', async () => {
    expect(await onlyOrder('woocommerce', anOrder())).toEqual({
      externalId: '727',
      externalNumber: '727',
      placedAt: '2026-03-22T19:28:02.000Z',
      shipBy: null,
      payState: 'paid',
      labelMode: 'seller',
      addressState: 'clear',
      lines: [
        { externalLineIds: ['315'], sku: 'MUG', title: 'Mug', quantityOrdered: 2, quantityToPack: 2 },
        { externalLineIds: ['316'], sku: '23', title: 'Tee', quantityOrdered: 1, quantityToPack: 1 },
      ],
      attribution: { channel: 'web', evidence: 'none' },
    });
  });

  test('has titles as a person reads them, whatever the page they were made for', async () => {
    const line_items = [
      'Mug &ndash; L&#8217;&eacute;t&eacute;',
      'Salt &amp; Pepper &lt;b&gt; 3 < 4',
      'AT&T &bogus; & co',
      '&amp;ndash;',
    ].map((name, id) => ({ id, name, quantity: 1, sku: 'S', meta_data: [] }));
    const { lines } = await onlyOrder('woocommerce', anOrder({ line_items }));

    expect(lines.map(({ title }) => title)).toEqual([
      'Mug – L’été',
      'Salt & Pepper <b> 3 < 4',
      'AT&T &bogus; & co',
      '&ndash;',
    ]);
  });

  test.each([
    ['processing', 'bacs', 'paid', 2],
    ['processing', 'cod', 'cod', 2],
    ['on-hold', 'bacs', 'unpaid', 2],
    ['pending', 'cod', 'unpaid', 2],
    ['completed', 'bacs', 'paid', 0],
    ['cancelled', 'bacs', 'unpaid', 0],
    ['refunded', 'bacs', 'refunded', 0],
  ])('that is %s and paid by %s is %s, with %i to pack', async (status, payment_method, payState, left) => {
    const order = await onlyOrder('woocommerce', anOrder({ status, payment_method, date_paid_gmt: null }));

    expect([order.payState, order.lines[0]?.quantityToPack]).toEqual([payState, left]);
  });

  test('is packed without the units of refunds that were read with it', async () => {
    const refunds = [
      { id: 9, line_items: [{ quantity: -1, meta_data: [{ key: '_refunded_item_id', value: '315' }] }] },
    ];
    const { lines } = await onlyOrder('woocommerce', anOrder({ refunds }));

    expect(lines.map(({ quantityToPack }) => quantityToPack)).toEqual([1, 1]);
  });

  test.each([
    [
      'a campaign',
      { _wc_order_attribution_utm_source: 'fb', _wc_order_attribution_referrer: 'https://pin.it/x' },
      'facebook',
      '_wc_order_attribution_utm_source=fb',
    ],
    [
      'a site that sent the buyer',
      { _wc_order_attribution_utm_source: 'l.instagram.com' },
      'instagram',
      '_wc_order_attribution_utm_source=l.instagram.com',
    ],
    [
      'the referrer',
      { _wc_order_attribution_utm_source: '(direct)', _wc_order_attribution_referrer: 'https://www.pinterest.fr/' },
      'pinterest',
      '_wc_order_attribution_referrer=www.pinterest.fr',
    ],
    ['an app', { _tiktok_order_id: '5764', other: { deep: [1] } }, 'tiktok_shop', '_tiktok_order_id=5764'],
  ])('is attributed by %s', async (_, entries, channel, evidence) => {
    const { attribution } = await onlyOrder('woocommerce', anOrder(meta(entries)));

    expect(attribution).toEqual({ channel, evidence });
  });

  test('of half a unit is set aside; the others go in', async () => {
    const half = anOrder({ id: 9, line_items: [{ id: 1, name: 'Cheese', quantity: 0.5, sku: 'C' }] });
    const { orders, quarantined } = await parsed('woocommerce', [half, anOrder()]);

    expect(orders.map(({ externalId }) => externalId)).toEqual(['727']);
    expect(quarantined).toEqual([{ id: '9', reason: 'line_items.0.quantity: a quantity that is no whole number' }]);
  });

  test.skipIf(!samplesAreThere)(`of every published sample is read (${withoutSamples})`, async () => {
    for (const name of [
      'retrieve-an-order',
      'list-all-orders',
      'update-an-order',
      'create-an-order',
      'batch-update-orders',
      'delete-an-order',
    ]) {
      const { orders, quarantined } = await parsed('woocommerce', sample(`woocommerce/orders__${name}.json`));
      expect({ name, quarantined, empty: orders.length === 0 }).toEqual({ name, quarantined: [], empty: false });
    }
  });
});

describe('an answer of WooCommerce that is no order', () => {
  test.each([
    [
      'a wrong key',
      { code: 'woocommerce_rest_cannot_view', message: 'Sorry', data: { status: 401 } },
      'channel.sign-in-expired',
    ],
    [
      'an unknown order',
      { code: 'woocommerce_rest_shop_order_invalid_id', message: 'Invalid ID.', data: { status: 404 } },
      'channel.refused',
    ],
    ['a maintenance page', '<!doctype html><title>Briefly unavailable</title>', 'channel.not-json'],
  ])('%s is one clear error', async (_, answer, code) => {
    await expect(parsed('woocommerce', answer)).rejects.toMatchObject({ kind: 'remote', code });
  });
});
