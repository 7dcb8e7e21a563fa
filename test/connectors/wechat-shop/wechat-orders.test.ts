import { describe, expect, test } from 'vitest';
import { onlyOrder, parsed, sample, samplesAreThere, withoutSamples } from '../support/parsing.ts';

function aProduct(over: object = {}): object {
  return { product_id: '234245', sku_id: '23424', sku_code: 'RING', sku_cnt: 10, title: '健身环', ...over };
}

function anOrder(over: { detail?: object } & Readonly<Record<string, unknown>> = {}): object {
  const { detail, ...rest } = over;
  return {
    order_id: '3705115058471208928',
    status: 20,
    create_time: 1763600000,
    update_time: 1763600100,
    order_detail: {
      product_infos: [aProduct()],
      delivery_info: {
        address_info: {
          user_name: '陈某',
          province_name: '广东',
          city_name: '广州',
          detail_info: '大塘 1',
          tel_number: '13800000000',
        },
      },
      ...detail,
    },
    ...rest,
  };
}

const answer = (order: unknown): object => ({ errcode: 0, errmsg: 'ok', order });

describe('an order of WeChat Shop', () => {
  test('is packed in what is neither shipped nor in an after-sale', async () => {
    const product_infos = [aProduct({ on_aftersale_sku_cnt: 2, finish_aftersale_sku_cnt: 1 })];
    const delivery_info = {
      delivery_product_info: [
        {
          waybill_id: 'SF1',
          delivery_id: 'SF',
          product_infos: [{ product_id: '234245', sku_id: '23424', product_cnt: 3 }],
        },
      ],
      address_info: { user_name: '陈*', detail_info: '大塘 ***' },
    };

    expect(
      await onlyOrder('wechat_shop', answer(anOrder({ status: 21, detail: { product_infos, delivery_info } }))),
    ).toEqual({
      externalId: '3705115058471208928',
      externalNumber: '3705115058471208928',
      placedAt: '2025-11-20T00:53:20.000Z',
      shipBy: null,
      payState: 'paid',
      labelMode: 'seller',
      addressState: 'masked',
      lines: [{ externalLineIds: ['23424'], sku: 'RING', title: '健身环', quantityOrdered: 10, quantityToPack: 4 }],
      attribution: { channel: 'wechat_shop', evidence: 'connector=wechat_shop' },
    });
  });

  test.each([
    [10, 'unpaid', 10],
    [20, 'paid', 10],
    [30, 'paid', 0],
    [100, 'paid', 0],
    [200, 'refunded', 0],
    [250, 'unpaid', 0],
  ])('in status %i is %s, with %i to pack', async (status, payState, left) => {
    const order = await onlyOrder('wechat_shop', answer(anOrder({ status })));

    expect([order.payState, order.lines[0]?.quantityToPack]).toEqual([payState, left]);
  });

  test('that is broken is set aside with its id', async () => {
    const { quarantined } = await parsed('wechat_shop', answer(anOrder({ detail: { product_infos: null } })));

    expect(quarantined).toEqual([
      { id: '3705115058471208928', reason: 'order_detail.product_infos: product_infos are missing' },
    ]);
  });

  test.skipIf(!samplesAreThere)(`of the published sample is read (${withoutSamples})`, async () => {
    expect(
      await onlyOrder('wechat_shop', sample('wechat_shop/model_samples/ECOrder/ChannelsECOrderGetResponse.json')),
    ).toMatchObject({
      externalId: '37423523451235145',
      lines: [{ quantityOrdered: 10, quantityToPack: 0 }],
    });
  });
});

describe('what only names orders of WeChat Shop', () => {
  test('keeps ids whole, also where they are numbers', async () => {
    const event =
      '{"Event":"channels_ec_order_deliver","order_info":{"order_id":3705115058471208928,"finish_delivery":1}}';
    const list = {
      errcode: 0,
      errmsg: 'ok',
      order_id_list: ['3704612354559743232', '3704849110714209536'],
      has_more: true,
    };
    const ids = async (raw: unknown): Promise<unknown> =>
      (await parsed('wechat_shop', raw)).quarantined.map(({ id }) => id);

    expect(await ids(event)).toEqual(['3705115058471208928']);
    expect(await ids(list)).toEqual(['3704612354559743232', '3704849110714209536']);
  });

  test.each(['finder_shop_aftersale_status_update', 'finder_shop_present_aftersale_status_update'])(
    'is the order of an after-sale under %s, not the after-sale',
    async (key) => {
      const event = {
        Event: 'channels_ec_aftersale_update',
        [key]: { after_sale_order_id: '1', order_id: '37051150' },
      };

      expect((await parsed('wechat_shop', event)).quarantined.map(({ id }) => id)).toEqual(['37051150']);
    },
  );

  test.skipIf(!samplesAreThere).each(['ChannelsECAftersaleUpdateEvent', 'ChannelsECPresentAftersaleUpdateEvent'])(
    `is read from the published %s (${withoutSamples})`,
    async (name) => {
      const { quarantined } = await parsed('wechat_shop', sample(`wechat_shop/event_samples/${name}.json`));

      expect(quarantined.map(({ id }) => id)).toEqual(['12345']);
    },
  );

  test.each([
    [{ errcode: 40001, errmsg: 'invalid credential' }, 'channel.sign-in-expired'],
    [{ errcode: 40164, errmsg: 'invalid ip 1.2.3.4, not in whitelist' }, 'channel.refused'],
    [{ errcode: 45011, errmsg: 'api minute-quota reach limit' }, 'channel.throttled'],
  ])('and %j is one clear error', async (raw, code) => {
    await expect(parsed('wechat_shop', raw)).rejects.toMatchObject({ kind: 'remote', code });
  });
});
