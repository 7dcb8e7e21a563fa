import { describe, expect, test } from 'vitest';
import { onlyOrder, parsed } from '../support/parsing.ts';

function anOrder(over: object = {}): object {
  return {
    orderId: 'P700000000000000001',
    orderStatus: 5,
    cancelStatus: 0,
    createdTime: 1763600000000,
    updateTime: 1763600100000,
    promiseLastDeliveryTime: 1763700000000,
    openAddressId: 'oa-1',
    skuList: [
      { skuId: 's1', skuName: 'Cup', erpcode: 'CUP', skuSpec: 'blue', skuQuantity: 2 },
      { skuId: 's2', skuName: 'Pot', erpcode: '', skuQuantity: 1 },
    ],
    simpleDeliveryOrderList: [
      { deliveryOrderIndex: '1', expressTrackingNo: 'SF1', expressCompanyCode: 'sf', skuIdList: ['s1'] },
    ],
    ...over,
  };
}

const answer = (data: unknown): object => ({ success: true, error_code: 0, error_msg: '', data });

describe('an order of Xiaohongshu', () => {
  test('is packed without the SKUs that left in a parcel', async () => {
    expect(await onlyOrder('xiaohongshu', answer(anOrder()))).toEqual({
      externalId: 'P700000000000000001',
      externalNumber: 'P700000000000000001',
      placedAt: '2025-11-20T00:53:20.000Z',
      shipBy: '2025-11-21T04:40:00.000Z',
      payState: 'paid',
      labelMode: 'seller',
      addressState: 'encrypted',
      lines: [
        { externalLineIds: ['s1'], sku: 'CUP', title: 'Cup', quantityOrdered: 2, quantityToPack: 0 },
        { externalLineIds: ['s2'], sku: 's2', title: 'Pot', quantityOrdered: 1, quantityToPack: 1 },
      ],
      attribution: { channel: 'xiaohongshu', evidence: 'connector=xiaohongshu' },
    });
  });

  test('in a list is to be read by its id', async () => {
    const list = answer({ total: 1, pageNo: 1, maxPageNo: 1, orderList: [{ orderId: 'P1', orderStatus: 4 }] });

    expect((await parsed('xiaohongshu', list)).quarantined.map(({ id }) => id)).toEqual(['P1']);
  });

  test('that is broken is set aside with its id', async () => {
    const { quarantined } = await parsed('xiaohongshu', answer({ orderList: [anOrder({ skuList: [] })] }));

    expect(quarantined).toEqual([{ id: 'P700000000000000001', reason: 'no lines' }]);
  });

  test.each([
    [{ success: true, error_code: -9013, error_msg: '限流' }, 'channel.throttled'],
    [{ success: false, error_code: 0, error_msg: 'accessToken is invalid' }, 'channel.sign-in-expired'],
    [{ success: true, error_code: 10001, error_msg: 'no such order' }, 'channel.refused'],
    [answer({ code: 1, success: false, data: null, msg: 'no after-sale' }), 'channel.refused'],
    [answer({ code: 1, success: false, data: null }), 'channel.refused'],
    [answer({ code: 5, success: false, msg: 'not allowed', data: {} }), 'channel.refused'],
  ])('%j is one clear error', async (raw, code) => {
    await expect(parsed('xiaohongshu', raw)).rejects.toMatchObject({ kind: 'remote', code });
  });
});
