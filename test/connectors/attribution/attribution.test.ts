import { describe, expect, test } from 'vitest';
import {
  attribute,
  keptTraces,
  marketplaceNotes,
  type OrderTraces,
  ownMarketplace,
  stationChannel,
} from '../../../shared/model/attribution.ts';

function traces(over: Partial<OrderTraces> = {}): OrderTraces {
  return { engine: [], tags: [], attributes: [], campaigns: [], referrers: [], ...over };
}

describe('where an order is counted', () => {
  test('what the user wrote into the table goes before what is built in', () => {
    const campaigns = [{ from: 'utm_source', value: 'FB-Spring' }];
    const rules = [
      { kind: 'campaign', match: 'fb-spring', channel: 'instagram' },
      { kind: 'host', match: 'deals.example', channel: 'pinterest' },
      { kind: 'name', match: 'shop 3', channel: 'wechat_shop' },
    ] as const;
    const referrers = [{ from: 'referrer', value: 'https://deals.example/a?b=c' }];

    expect(attribute(traces({ campaigns })).channel).toBe('facebook');
    expect(attribute(traces({ campaigns }), rules).channel).toBe('instagram');
    expect(attribute(traces({ referrers }), rules)).toMatchObject({
      channel: 'pinterest',
      evidence: 'referrer=deals.example',
    });
    expect(attribute(traces({ engine: [{ from: 'id_shop', value: 'Shop 3' }] }), rules).channel).toBe('wechat_shop');
  });

  test.each([
    ['Facebook', 'facebook'],
    ['facebook_shop', 'facebook'],
    ['Instagram Shopping', 'instagram'],
    ['Pinterest Ads', 'pinterest'],
    ['Snapchat', 'snapchat'],
    ['Twitter', 'x'],
    ['TikTok Shop', 'tiktok_shop'],
    ['amazon_marketplace', 'amazon'],
    ['WeChat', 'wechat'],
    ['Online Store', 'web'],
    ['Amazon Pay', 'web'],
    ['shopify_draft_order', 'web'],
    ['580111', 'web'],
  ])('an engine that says %s means %s', (value, channel) => {
    expect(attribute(traces({ engine: [{ from: 'sourceName', value }] })).channel).toBe(channel);
  });

  test('the copy of a marketplace order names the order it was copied from', () => {
    const attributes = [{ from: 'TikTok Order ID', value: '576461413038785752' }];

    expect(attribute(traces({ attributes }))).toEqual({
      channel: 'tiktok_shop',
      evidence: 'TikTok Order ID=576461413038785752',
      settled: true,
      marketplaceOrderId: '576461413038785752',
    });
  });

  test.each([
    ['TikTok order id: 576461413038785752', 'tiktok_shop', '576461413038785752'],
    ['TikTok order id', 'tiktok_shop', null],
    ['tiktok_shop_order_576461413038785752', 'tiktok_shop', '576461413038785752'],
    ['Amazon order id 902-1845936-5435065', 'amazon', '902-1845936-5435065'],
    ['AMAZON-ORDER #902-1845936-5435065', 'amazon', '902-1845936-5435065'],
    ['Amazon order id later', 'web', null],
    ['no Amazon order 902-1845936-5435065', 'web', null],
    ['Pinterest orders', 'web', null],
  ])('a tag that says %s means %s, and its order %s', (tag, channel, marketplaceOrderId) => {
    const evidence = channel === 'web' ? 'none' : `tag=${tag}`;

    expect(attribute(traces({ tags: ['VIP', tag] }))).toEqual({ channel, evidence, settled: true, marketplaceOrderId });
  });

  test('what is kept of a tag or a note is enough to judge again', () => {
    const tags = ['Amazon order id 902-1845936-5435065'];
    const attributes = marketplaceNotes('Call first; TikTok order id: 576461413038785752');

    for (const given of [traces({ tags }), traces({ attributes })])
      expect(attribute(keptTraces(given))).toEqual(attribute(given));
    expect(attribute(traces({ attributes })).marketplaceOrderId).toBe('576461413038785752');
    expect(attribute(traces({ tags }), [{ kind: 'name', match: 'Amazon', channel: 'wechat_shop' }]).channel).toBe(
      'wechat_shop',
    );
  });

  test('while the platform still gathers traces, the answer is not settled', () => {
    expect(attribute(traces({ settled: false }))).toMatchObject({ channel: 'web', evidence: 'none', settled: false });
  });

  test('the station counts both TikTok and both WeChat together', () => {
    const names = (['tiktok_shop', 'tiktok', 'wechat_shop', 'wechat', 'amazon'] as const).map((channel) =>
      stationChannel(ownMarketplace(channel).channel),
    );

    expect(names).toEqual(['tiktok', 'tiktok', 'wechat', 'wechat', 'amazon']);
  });
});
