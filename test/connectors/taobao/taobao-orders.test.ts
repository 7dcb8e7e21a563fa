import { describe, expect, test } from 'vitest';
import { onlyOrder, parsed } from '../support/parsing.ts';

function aTrade(over: object = {}): object {
  return {
    tid: 1234567890123456,
    tid_str: '2345678901234567890',
    status: 'SELLER_CONSIGNED_PART',
    created: '2026-11-20 10:00:00',
    modified: '2026-11-20 10:05:00',
    oaid: 'oaid-1',
    receiver_name: '陈**',
    receiver_address: '大塘***',
    orders: {
      order: [
        {
          oid: 1,
          oid_str: '11',
          outer_sku_id: 'CUP',
          num: 2,
          title: '杯',
          refund_status: 'NO_REFUND',
          status: 'WAIT_SELLER_SEND_GOODS',
        },
        {
          oid: 2,
          oid_str: '12',
          outer_iid: 'POT',
          num: 1,
          title: '壶',
          refund_status: 'WAIT_SELLER_AGREE',
          status: 'WAIT_SELLER_SEND_GOODS',
        },
        {
          oid: 3,
          oid_str: '13',
          outer_iid: 'LID',
          num: 1,
          title: '盖',
          refund_status: 'CLOSED',
          status: 'WAIT_BUYER_CONFIRM_GOODS',
        },
      ],
    },
    ...over,
  };
}

const list = (...trade: readonly unknown[]): object => ({
  trades_sold_increment_get_response: { trades: { trade }, has_next: false },
});

describe('a trade of Taobao', () => {
  test('is packed in lines that are neither sent nor asked back', async () => {
    expect(await onlyOrder('taobao', { trade_fullinfo_get_response: { trade: aTrade() } })).toEqual({
      externalId: '2345678901234567890',
      externalNumber: '2345678901234567890',
      placedAt: '2026-11-20T02:00:00.000Z',
      shipBy: null,
      payState: 'paid',
      labelMode: 'platform',
      addressState: 'masked',
      lines: [
        { externalLineIds: ['11'], sku: 'CUP', title: '杯', quantityOrdered: 2, quantityToPack: 2 },
        { externalLineIds: ['12'], sku: 'POT', title: '壶', quantityOrdered: 1, quantityToPack: 0 },
        { externalLineIds: ['13'], sku: 'LID', title: '盖', quantityOrdered: 1, quantityToPack: 0 },
      ],
      attribution: { channel: 'taobao', evidence: 'connector=taobao' },
    });
  });

  test('without receiver fields is reached by its oaid alone', async () => {
    const trade = aTrade({ receiver_name: '', receiver_address: '' });

    expect((await onlyOrder('taobao', list(trade))).addressState).toBe('encrypted');
    const inTown = aTrade({ receiver_name: '', receiver_address: '', receiver_city: '杭州市' });
    expect((await onlyOrder('taobao', list(inTown))).addressState).toBe('encrypted');
  });

  test('that is broken is set aside with its id; the others go in; an empty page is no error', async () => {
    const { orders, quarantined } = await parsed(
      'taobao',
      list(aTrade({ tid_str: '9', status: 'NEW_STATE' }), aTrade()),
    );

    expect(orders).toHaveLength(1);
    expect(quarantined).toEqual([{ id: '9', reason: 'status “NEW_STATE” is unknown' }]);
    expect(
      await parsed('taobao', { trades_sold_increment_get_response: { has_next: false, request_id: 'x' } }),
    ).toEqual({ orders: [], quarantined: [] });
  });

  test.each([
    [
      { error_response: { code: 27, msg: 'Invalid session', sub_code: 'invalid-sessionkey', sub_msg: 'x' } },
      'channel.sign-in-expired',
    ],
    [{ error_response: { code: 7, msg: 'App Call Limited' } }, 'channel.throttled'],
    [{ error_response: { code: 15, msg: 'Remote service error', sub_code: 'isv.trade-not-exist' } }, 'channel.refused'],
  ])('%j is one clear error', async (raw, code) => {
    await expect(parsed('taobao', raw)).rejects.toMatchObject({ kind: 'remote', code });
  });
});
