import { describe, expect, test } from 'vitest';
import { addressStateOf, type ChannelReader, type NormalisedAddress } from '../../../main/channels/channel.ts';
import { shopifyReader } from '../../../main/channels/shopify/answer.ts';
import { taobaoReader } from '../../../main/channels/taobao/answer.ts';
import { wechatShopReader } from '../../../main/channels/wechat-shop/answer.ts';
import { wooCommerceReader } from '../../../main/channels/woocommerce/answer.ts';

const ada: NormalisedAddress = {
  ...{ name: 'Ada Example', company: '', street1: '1 Sample St', street2: '', postcode: '95110', city: 'San Jose' },
  ...{ region: 'CA', country: 'US', phone: '(+1)213-***-1234', email: 'a***@example.org' },
};

describe('an address', () => {
  test.each([
    ['of whose buyer only phone and e-mail are starred', {}, 'clear'],
    ['with a starred company beside a clear name', { company: 'A**' }, 'clear'],
    ['with a starred company for a name', { name: '', company: 'A**' }, 'masked'],
    ['with a starred name', { name: '陈＊' }, 'masked'],
    ['with a starred street', { street1: '1 S•••' }, 'masked'],
    ['with a starred second line', { street2: 'Apt. *' }, 'masked'],
    ['with a starred city', { city: 'S**' }, 'masked'],
    ['with a starred postcode', { postcode: '95***' }, 'masked'],
    ['without a street', { street1: '' }, 'masked'],
  ])('%s is %s', (_, over, state) => {
    expect(addressStateOf({ ...ada, ...over })).toBe(state);
  });
});

const { name, street1: street, city, phone, email } = ada;
const placed = { createdAt: '2026-11-20T09:00:00Z', updatedAt: '2026-11-20T09:05:00Z' };

const answers: readonly [string, ChannelReader, object][] = [
  [
    'Shopify',
    shopifyReader,
    {
      order: {
        ...{ id: 'gid://shopify/Order/1', ...placed, displayFinancialStatus: 'PAID', email, phone },
        shippingAddress: { name, address1: street, city, countryCodeV2: 'US', phone },
        lineItems: { nodes: [{ id: 'gid://shopify/LineItem/1', quantity: 1 }] },
      },
    },
  ],
  [
    'WooCommerce',
    wooCommerceReader,
    {
      ...{ id: 7, status: 'processing', date_created_gmt: '2026-03-22T19:28:02' },
      billing: { first_name: name, address_1: street, city, country: 'US', phone, email },
      line_items: [{ id: 1, name: 'Mug', quantity: 1, sku: 'MUG' }],
    },
  ],
  [
    'WeChat Shop',
    wechatShopReader,
    {
      order: {
        ...{ order_id: '7', status: 20, create_time: 1763600000 },
        order_detail: {
          product_infos: [{ product_id: '1', sku_id: '2', sku_cnt: 1, title: 'Mug' }],
          delivery_info: { address_info: { user_name: name, detail_info: street, city_name: city, tel_number: phone } },
        },
      },
    },
  ],
  [
    'Taobao',
    taobaoReader,
    {
      trade_fullinfo_get_response: {
        trade: {
          ...{ tid_str: '7', status: 'WAIT_SELLER_SEND_GOODS', created: '2026-11-20 09:00:00' },
          ...{ receiver_name: name, receiver_address: street, receiver_city: city, receiver_mobile: phone },
          orders: { order: [{ oid_str: '8', num: 1, title: 'Mug', status: 'WAIT_SELLER_SEND_GOODS' }] },
        },
      },
    },
  ],
];

describe('a starred phone or e-mail', () => {
  test.each(answers)('of %s is left out, and the order can be packed', (_, reader, answer) => {
    const { orders, quarantined } = reader.parse(JSON.stringify(answer));

    expect(quarantined).toEqual([]);
    expect(orders).toMatchObject([{ addressState: 'clear', address: { name, street1: street, phone: '', email: '' } }]);
  });
});
