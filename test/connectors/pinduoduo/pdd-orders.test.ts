import { describe, expect, test } from 'vitest';
import { onlyOrder, parsed } from '../support/parsing.ts';

function anOrder(over: object = {}): object {
  return {
    order_sn: '201126-123456789012345',
    order_status: 1,
    refund_status: 1,
    confirm_time: '2026-11-20 10:00:00',
    last_ship_time: '2026-11-22 10:00:00',
    updated_at: '2026-11-20 10:01:00',
    receiver_name: '~AgAAAAKxyz~abc~0~',
    risk_control_status: 0,
    item_list: [
      {
        goods_id: '9007199254740993',
        sku_id: 123,
        outer_id: 'CUP',
        goods_name: '杯',
        goods_spec: '蓝',
        goods_count: 2,
        goods_price: 9.9,
      },
    ],
    ...over,
  };
}

const detail = (order_info: unknown): object => ({ order_info_get_response: { order_info } });

describe('an order of Pinduoduo', () => {
  test('has the platform’s last time to ship, and a receiver that only the platform can read', async () => {
    expect(await onlyOrder('pinduoduo', detail(anOrder()))).toEqual({
      externalId: '201126-123456789012345',
      externalNumber: '201126-123456789012345',
      placedAt: '2026-11-20T02:00:00.000Z',
      shipBy: '2026-11-22T02:00:00.000Z',
      payState: 'paid',
      labelMode: 'platform',
      addressState: 'encrypted',
      lines: [{ externalLineIds: ['123'], sku: 'CUP', title: '杯', quantityOrdered: 2, quantityToPack: 2 }],
      attribution: { channel: 'pinduoduo', evidence: 'connector=pinduoduo' },
    });
  });

  test.each([
    [{ order_status: 2, receiver_name: '' }, 'paid', 'masked', 0],
    [{ refund_status: 4 }, 'refunded', 'encrypted', 0],
    [{ receiver_name: '陈**' }, 'paid', 'masked', 2],
    [{ receiver_name: '' }, 'paid', 'pending', 2],
  ])('with %j says so', async (over, payState, addressState, left) => {
    const order = await onlyOrder('pinduoduo', detail(anOrder(over)));

    expect([order.payState, order.addressState, order.lines[0]?.quantityToPack]).toEqual([
      payState,
      addressState,
      left,
    ]);
  });

  test('in a list of numbers is to be read by its number', async () => {
    const list = {
      order_sn_increment_get_response: { order_sn_list: [{ order_sn: '1-2' }, { order_sn: '1-3' }], has_next: false },
    };

    expect((await parsed('pinduoduo', list)).quarantined.map(({ id }) => id)).toEqual(['1-2', '1-3']);
  });

  test.each([
    [
      { error_response: { error_code: 10019, error_msg: 'access_token已过期', sub_code: '10019' } },
      'channel.sign-in-expired',
    ],
    [{ error_response: { error_code: 70031, error_msg: '调用过于频繁' } }, 'channel.throttled'],
    [{ error_response: { error_code: 50001, error_msg: '业务服务错误' } }, 'channel.refused'],
  ])('%j is one clear error', async (raw, code) => {
    await expect(parsed('pinduoduo', raw)).rejects.toMatchObject({ kind: 'remote', code });
  });
});
